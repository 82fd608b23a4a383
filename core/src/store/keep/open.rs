//! Opening a store that is kept somewhere.

use std::path::Path;

use super::super::{Store, StoreBuilder, StoreFault};
use crate::Error;
use crate::engine::{Engine, Reader};
use crate::journal::{
    Disk, Lock, LockFault, Medium, Owner, Read, Torn, apply_changes, read_snapshot, store_id,
    write_snapshot,
};
use crate::time::zone_of;

/// When a change is on the disk.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Durability {
    /// When the call that makes the change returns. Each call waits for the disk; several changes that
    /// are made in a [`batch`](Store::batch) wait once.
    Immediate,
    /// When [`flush`](Store::flush) returns. Changes are gathered until then, and written as one commit.
    #[default]
    Grouped,
}

/// How a store is kept, as its builder was told.
#[derive(Clone, Debug, Default)]
pub(in crate::store) struct Keeping {
    durability: Durability,
    read_only: bool,
    id: Option<[u8; 16]>,
}

/// Where a store is kept.
#[derive(Debug)]
pub(in crate::store) struct Kept {
    /// None if it is only read.
    pub(super) owner: Option<Owner>,
    pub(super) durability: Durability,
    pub(super) torn: Option<Torn>,
    /// Given back last, when nothing is written any more.
    _lock: Option<Lock>,
}

impl Store {
    /// Opens the store in a file, or makes one if there is none, as [`StoreBuilder::open`].
    ///
    /// # Example: there and back
    ///
    /// ```
    /// use trackstats::{ErrorCode, Period, Store, stats};
    ///
    /// stats! { shopping { order_count } }
    ///
    /// # let folder = tempfile::tempdir().expect("there is a folder for temporary files");
    /// # let folder = folder.path();
    /// let path = folder.join("shop.stats");
    /// let mut store = Store::open(&path)?;
    /// store.record(shopping::ORDER_COUNT, Period::Day, "2026-11-23", 3)?;
    /// store.flush()?;
    /// assert_eq!(Store::open(&path).unwrap_err().code(), ErrorCode::InUse);
    /// store.close()?;
    ///
    /// let store = Store::open(&path)?;
    /// assert_eq!(store.value(shopping::ORDER_COUNT, Period::Day, "2026-11-23")?, Some(Some(3)));
    /// # Ok::<(), trackstats::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`StoreBuilder::open`].
    pub fn open(path: impl AsRef<Path>) -> Result<Self, Error> {
        Self::builder().open(path)
    }

    /// What a crash had left of a commit that was not whole, when the store was opened: where it began
    /// in the file, and how long it was. It was never acknowledged, and was cut off.
    #[must_use]
    pub fn torn(&self) -> Option<Torn> {
        self.kept.as_ref()?.torn
    }
}

impl StoreBuilder {
    /// Sets when a change is on the disk; [`Durability::Grouped`] if it is not set.
    pub fn durability(mut self, durability: Durability) -> Self {
        self.keeping.durability = durability;
        self
    }

    /// Opens for reading only: beside the owner, at the last commit, and without writing anything. A
    /// change is refused then, with the code `io`.
    pub fn read_only(mut self, read_only: bool) -> Self {
        self.keeping.read_only = read_only;
        self
    }

    /// Sets what tells a new store from every other; drawn at random if it is not set. A store that is
    /// there keeps what it has.
    pub fn store_id(mut self, id: [u8; 16]) -> Self {
        self.keeping.id = Some(id);
        self
    }

    /// Opens the store in a file, or makes one if there is none. The folder has to be there; the usual
    /// ending is `.stats`.
    ///
    /// Beside the file lie, while the store is open, `<name>.lock`, and while a new snapshot is written,
    /// `<name>.new`. Before a file of an older format is upgraded, it is copied to `<name>.v<version>`.
    ///
    /// # Errors
    ///
    /// `in_use` when somebody else has opened it, in this process or another one; `zone_mismatch` when
    /// the builder asks for another time zone than the store was made in, `unknown_zone` when it asks for
    /// none and this program does not know that of the store; `corrupt`, with the place, when the file is
    /// damaged (see [`recover`](crate::recover)); `newer_version` when a later release wrote it;
    /// `quota` and `io` when the file cannot be read or made.
    pub fn open(self, path: impl AsRef<Path>) -> Result<Store, Error> {
        let path = path.as_ref();
        let fault = |error| StoreFault::File {
            path: path.display().to_string(),
            error,
        };
        let disk = Disk::new(path, self.keeping.read_only).map_err(fault)?;
        if self.keeping.read_only {
            return self.open_to_read(disk, &path.display().to_string());
        }
        let lock = Lock::take(disk.path()).map_err(|error| match error {
            LockFault::Io(error) => fault(error),
            LockFault::Held(process) => StoreFault::InUse {
                path: path.display().to_string(),
                process,
            },
        })?;
        self.open_locked(Box::new(disk), Some(lock))
    }

    /// Opens the store on a medium, or makes one there. That it has one owner is up to the caller.
    ///
    /// # Errors
    ///
    /// As [`open`](StoreBuilder::open), without `in_use`.
    pub fn open_on(self, medium: impl Medium + 'static) -> Result<Store, Error> {
        if self.keeping.read_only {
            return self.open_to_read(medium, "on this medium");
        }
        self.open_locked(Box::new(medium), None)
    }

    fn open_to_read(self, mut medium: impl Medium, place: &str) -> Result<Store, Error> {
        let Some(read) = Owner::read(&mut medium, true)? else {
            return Err(StoreFault::NotThere(place.to_owned()).into());
        };
        let torn = read.opened.torn;
        self.opened(&read, |_| Ok(None), torn, None)
    }

    fn open_locked(self, mut medium: Box<dyn Medium>, lock: Option<Lock>) -> Result<Store, Error> {
        if let Some(read) = Owner::read(&mut *medium, false)? {
            let torn = read.opened.torn;
            let take = |read: &Read| Owner::take(medium, read.opened.clone()).map(Some);
            return self.opened(&read, |read| Ok(take(read)?), torn, lock);
        }
        let id = self.keeping.id.unwrap_or_else(store_id);
        let snapshot = write_snapshot(&Engine::default(), self.zone_name());
        let owner = Owner::create(medium, id, &snapshot)?;
        let keeping = self.keeping.clone();
        Ok(self.build().kept_by(&keeping, Some(owner), None, lock))
    }

    fn opened(
        mut self,
        read: &Read,
        owner: impl FnOnce(&Read) -> Result<Option<Owner>, Error>,
        torn: Option<Torn>,
        lock: Option<Lock>,
    ) -> Result<Store, Error> {
        let snapshot = read.bytes.get(read.opened.snapshot.clone());
        let snapshot = read_snapshot(snapshot.unwrap_or_default())?;
        match &self.zone {
            None => self.zone = Some(zone_of(&snapshot.zone)?),
            Some(zone) if zone.name() == snapshot.zone => {}
            Some(zone) => {
                return Err(StoreFault::OtherZone {
                    stored: snapshot.zone,
                    own: zone.name().to_owned(),
                }
                .into());
            }
        }
        let mut engine = snapshot.engine;
        for frame in &read.opened.frames {
            let changes = read.bytes.get(frame.clone()).unwrap_or_default();
            apply_changes(&mut engine, changes)?;
        }
        // Nothing is written before all of it was understood.
        let owner = owner(read)?;
        let keeping = self.keeping.clone();
        Ok(self.with(engine).kept_by(&keeping, owner, torn, lock))
    }
}

impl Store {
    fn kept_by(
        mut self,
        keeping: &Keeping,
        owner: Option<Owner>,
        torn: Option<Torn>,
        lock: Option<Lock>,
    ) -> Self {
        self.engine.want_changes(Reader::Journal, owner.is_some());
        self.kept = Some(Box::new(Kept {
            owner,
            durability: keeping.durability,
            torn,
            _lock: lock,
        }));
        self
    }
}
