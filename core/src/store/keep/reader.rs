//! Reading a file beside its owner, and reading on in it.

use std::path::{Path, PathBuf};

use super::super::Store;
use super::super::zone::check_zone;
use super::fault::FileFault;
use crate::Error;
use crate::engine::Engine;
use crate::error::ErrorCode;
use crate::journal::{
    Journal, Opened, Owner, Read, Salvaged, StorageBackend, TruncatedTail, apply_changes,
    read_snapshot, salvage, salvage_snapshot,
};

/// What a store that is only read was read from.
#[derive(Debug)]
pub(super) struct Source {
    backend: Box<dyn StorageBackend>,
    /// Where the file is, if it is one.
    place: Option<PathBuf>,
    /// Whether a damaged file is read up to the damage.
    damaged: bool,
    /// How far the file was read; none if it is damaged.
    journal: Option<Journal>,
    damage: Option<Error>,
}

/// What was read of a file.
pub(super) struct Loaded {
    pub(super) zone: String,
    pub(super) engine: Engine,
    pub(super) truncated_tail: Option<TruncatedTail>,
    journal: Option<Journal>,
    damage: Option<Error>,
}

impl Loaded {
    /// Everything that a file holds, which is whole.
    pub(super) fn whole(read: &Read) -> Result<Self, Error> {
        let Opened {
            journal,
            snapshot,
            frames,
            truncated_tail,
            ..
        } = &read.opened;
        let snapshot = read_snapshot(read.bytes.get(snapshot.clone()).unwrap_or_default())?;
        let mut engine = snapshot.engine;
        for frame in frames {
            apply_changes(
                &mut engine,
                read.bytes.get(frame.clone()).unwrap_or_default(),
            )?;
        }
        Ok(Self {
            zone: snapshot.zone,
            engine,
            truncated_tail: *truncated_tail,
            journal: Some(journal.clone()),
            damage: None,
        })
    }

    /// What comes before the damage that was found.
    fn before(damage: Error, bytes: &[u8]) -> Result<Self, Error> {
        let Some((found, snapshot)) = salvage(bytes).and_then(|found| {
            let snapshot = Readable::of(bytes, &found)?;
            Some((found, snapshot))
        }) else {
            return Err(damage);
        };
        let mut engine = snapshot.engine;
        let frames = found.before_damage().iter();
        for frame in frames.filter(|_| !snapshot.damaged) {
            let changes = bytes.get(frame.clone()).unwrap_or_default();
            if apply_changes(&mut engine, changes).is_err() {
                break;
            }
        }
        Ok(Self {
            zone: snapshot.zone,
            engine,
            truncated_tail: None,
            journal: None,
            damage: Some(damage),
        })
    }
}

/// The snapshot of a damaged file, as far as it can be read.
pub(super) struct Readable {
    pub(super) zone: String,
    pub(super) engine: Engine,
    pub(super) damaged: bool,
}

impl Readable {
    pub(super) fn of(bytes: &[u8], found: &Salvaged) -> Option<Self> {
        let bytes = bytes.get(found.snapshot.clone()).unwrap_or_default();
        let (snapshot, damaged) = match read_snapshot(bytes) {
            Ok(snapshot) => (snapshot, found.snapshot_damaged),
            Err(_) => (salvage_snapshot(bytes)?, true),
        };
        Some(Self {
            zone: snapshot.zone,
            engine: snapshot.engine,
            damaged,
        })
    }
}

impl Source {
    /// Reads everything for the first time.
    pub(super) fn open(
        backend: Box<dyn StorageBackend>,
        place: Option<PathBuf>,
        damaged: bool,
    ) -> Result<(Self, Loaded), Error> {
        let mut source = Self {
            backend,
            place,
            damaged,
            journal: None,
            damage: None,
        };
        let read = source.read()?;
        let mut loaded = source.load(read)?;
        source.note(&mut loaded);
        Ok((source, loaded))
    }

    pub(super) const fn damage(&self) -> Option<&Error> {
        self.damage.as_ref()
    }

    /// The file as it is; an error if it is damaged.
    fn read(&mut self) -> Result<Result<Read, Error>, Error> {
        match Owner::read(&mut *self.backend, true) {
            Ok(Some(read)) => Ok(Ok(read)),
            Ok(None) => {
                let nowhere = Path::new("in this storage backend");
                Err(FileFault::not_there(self.place.as_deref().unwrap_or(nowhere)).into())
            }
            Err(fault) => Ok(Err(FileFault::named(self.place.as_deref(), fault))),
        }
    }

    fn load(&mut self, read: Result<Read, Error>) -> Result<Loaded, Error> {
        match read.and_then(|read| Loaded::whole(&read)) {
            Err(error) if self.damaged && error.code() == ErrorCode::Corrupt => {
                let bytes = self.backend.read().ok().flatten();
                Loaded::before(error, &bytes.unwrap_or_default())
            }
            other => other,
        }
    }

    fn note(&mut self, loaded: &mut Loaded) {
        self.journal = loaded.journal.take();
        self.damage = loaded.damage.take();
    }

    /// Has the store be as the file is; tells whether that may have changed something.
    fn refresh(&mut self, store: &mut Store) -> Result<bool, Error> {
        let read = self.read()?;
        if let (Some(journal), Ok(read)) = (&self.journal, &read) {
            let opened = &read.opened.journal;
            if journal.is_level(opened) {
                return Ok(false);
            }
            let mut next = journal.clone();
            let from = usize::try_from(journal.end()).unwrap_or(usize::MAX);
            let appended = read.bytes.get(from..).unwrap_or_default();
            let frames = next.follow(appended);
            if next.is_level(opened) {
                let frames = frames.into_iter().filter_map(|at| appended.get(at));
                store.apply_all(frames)?;
                self.journal = Some(next);
                return Ok(true);
            }
        }
        let mut loaded = self.load(read)?;
        check_zone(&loaded.zone, store.zone.name())?;
        store.engine.replace(&mut loaded.engine);
        store.declared.clear();
        self.note(&mut loaded);
        Ok(true)
    }
}

impl Store {
    /// Reads what the owner of the file has committed since, for a store that was opened with
    /// [`read_only`](crate::StoreBuilder::read_only). Tells whether anything may have changed. Other stores
    /// have nothing to read.
    ///
    /// The whole file is read, so that a program that follows a large one calls this now and then, and not
    /// before each question.
    ///
    /// # Example: a report beside the program that counts
    ///
    /// ```
    /// use trackstats::journal::MemoryBackend;
    /// use trackstats::{Period, Store, stats};
    ///
    /// stats! { shopping { order_count } }
    ///
    /// let backend = MemoryBackend::new();
    /// let mut store = Store::builder().open_with(backend.clone())?;
    /// let mut reader = Store::builder().read_only(true).open_with(backend)?;
    /// store.increment(shopping::ORDER_COUNT, "2026-11-23", 1)?;
    /// store.flush()?;
    /// assert!(reader.is_empty());
    /// assert!(reader.refresh()?);
    /// assert_eq!(reader.value(shopping::ORDER_COUNT, Period::Day, "2026-11-23")?, Some(Some(1)));
    /// assert!(!reader.refresh()?);
    /// # Ok::<(), trackstats::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`StoreBuilder::open`](crate::StoreBuilder::open); the store is as it was then.
    pub fn refresh(&mut self) -> Result<bool, Error> {
        let source = self.kept.as_mut().and_then(|kept| kept.source.take());
        let Some(mut source) = source else {
            return Ok(false);
        };
        let result = source.refresh(self);
        if let Some(kept) = &mut self.kept {
            kept.source = Some(source);
        }
        result
    }

    /// What is wrong with the file, for a store that was opened with
    /// [`read_damaged`](crate::StoreBuilder::read_damaged) and is there only up to the damage.
    #[must_use]
    pub fn damage(&self) -> Option<&Error> {
        self.kept.as_ref()?.source.as_ref()?.damage()
    }

    /// Applies several commits of somebody else: all of them, or none.
    fn apply_all<'b>(&mut self, commits: impl Iterator<Item = &'b [u8]>) -> Result<(), Error> {
        let mark = self.engine.mark();
        for changes in commits {
            if let Err(error) = self.apply_unnoticed(changes) {
                self.engine.rollback_to(mark);
                self.declared.clear();
                return Err(error);
            }
        }
        self.engine.release(mark);
        Ok(())
    }
}
