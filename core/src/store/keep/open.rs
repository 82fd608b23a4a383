//! Opening a store that is kept somewhere.

use std::path::Path;
use std::time::Duration;

use super::super::{Store, StoreBuilder};
use super::fault::FileFault;
use super::reader::{Loaded, Source};
use super::tell::Tell;
use crate::Error;
use crate::engine::{Engine, Reader};
use crate::journal::{
    Disk, Owner, StorageBackend, TruncatedTail, store_id, write_changes, write_snapshot,
};

/// When a change is on the disk.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Durability {
    /// When the call that makes the change returns. Each call waits for the disk; several changes that
    /// are made in a [`batch`](Store::batch) wait once.
    Immediate,
    /// When [`flush`](Store::flush) returns. Changes are gathered until then, and written as one commit.
    #[default]
    OnFlush,
}

/// How a store is kept, as its builder was told.
#[derive(Clone, Debug, Default)]
pub(in crate::store) struct Keeping {
    durability: Durability,
    read_only: bool,
    read_damaged: bool,
    wait: Duration,
    id: Option<[u8; 16]>,
    tell: Tell,
}

impl Keeping {
    const fn reads_only(&self) -> bool {
        self.read_only || self.read_damaged
    }
}

/// Where a store is kept.
#[derive(Debug)]
pub(in crate::store) struct Kept {
    /// None if it is only read.
    pub(super) owner: Option<Owner>,
    /// What it is read from, if it is only read.
    pub(super) source: Option<Source>,
    pub(super) durability: Durability,
    pub(super) truncated_tail: Option<TruncatedTail>,
    pub(super) tell: Tell,
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
    pub fn truncated_tail(&self) -> Option<TruncatedTail> {
        self.kept.as_ref()?.truncated_tail
    }

    /// The bytes of changes that are not durable yet, as a commit would write them: 0 after
    /// [`flush`](Store::flush), and for a store without a file. They are written down for that, which takes
    /// as long as it takes to commit them to memory.
    ///
    /// # Example: a number to watch
    ///
    /// ```
    /// use trackstats::journal::MemoryBackend;
    /// use trackstats::{Store, stats};
    ///
    /// stats! { shopping { order_count } }
    ///
    /// let mut store = Store::builder().open_with(MemoryBackend::new())?;
    /// store.increment(shopping::ORDER_COUNT, "2026-11-23", 1)?;
    /// assert!(store.unsaved() > 0);
    /// store.flush()?;
    /// assert_eq!(store.unsaved(), 0);
    /// # Ok::<(), trackstats::Error>(())
    /// ```
    #[must_use]
    pub fn unsaved(&self) -> usize {
        let changes = self.engine.changes(Reader::Journal);
        if changes.is_empty() {
            return 0;
        }
        write_changes(&self.engine, changes).len()
    }
}

impl StoreBuilder {
    /// Sets when a change is on the disk; [`Durability::OnFlush`] if it is not set.
    pub fn durability(mut self, durability: Durability) -> Self {
        self.keeping.durability = durability;
        self
    }

    /// Waits that long for another owner to close the store, as in a restart in which the new program
    /// begins before the old one has ended; at least 10 seconds also find out that an owner is dead
    /// whose process cannot be seen from here. Without it, a store that is in use is refused at once.
    ///
    /// # Example: the old program has ten seconds to end
    ///
    /// ```
    /// use std::time::Duration;
    /// use trackstats::Store;
    ///
    /// # let folder = tempfile::tempdir().expect("there is a folder for temporary files");
    /// let path = folder.path().join("shop.stats");
    /// let store = Store::builder().wait(Duration::from_secs(10)).open(&path)?;
    /// # Ok::<(), trackstats::Error>(())
    /// ```
    pub fn wait(mut self, wait: Duration) -> Self {
        self.keeping.wait = wait;
        self
    }

    /// Opens for reading only: beside the owner, at the last commit, and without writing anything. What
    /// the owner commits later is read by [`refresh`](Store::refresh). A change is refused, with the code
    /// `read_only`.
    pub fn read_only(mut self, read_only: bool) -> Self {
        self.keeping.read_only = read_only;
        self
    }

    /// Opens a damaged file too, for reading only and up to the damage, which
    /// [`damage`](Store::damage) tells. What comes behind it can only be got by [`recover`](crate::recover).
    ///
    /// # Example: what came before a damaged commit
    ///
    /// ```
    /// use trackstats::journal::MemoryBackend;
    /// use trackstats::{ErrorCode, Store, stats};
    ///
    /// stats! { shopping { order_count } }
    ///
    /// let backend = MemoryBackend::new();
    /// let mut store = Store::builder().open_with(backend.clone())?;
    /// for day in ["2026-11-21", "2026-11-22", "2026-11-23"] {
    ///     store.increment(shopping::ORDER_COUNT, day, 1)?;
    ///     store.flush()?;
    /// }
    /// drop(store);
    /// let mut bytes = backend.bytes();
    /// let frames = trackstats::journal::open(&bytes)?.frames;
    /// bytes[frames[1].start] ^= 1;
    /// let damaged = MemoryBackend::holding(bytes);
    /// assert_eq!(Store::builder().open_with(damaged.clone()).unwrap_err().code(), ErrorCode::Corrupt);
    ///
    /// let store = Store::builder().read_damaged(true).open_with(damaged)?;
    /// assert_eq!(store.len(), 1);
    /// assert_eq!(store.damage().map(|error| error.code()), Some(ErrorCode::Corrupt));
    /// # Ok::<(), trackstats::Error>(())
    /// ```
    pub fn read_damaged(mut self, read_damaged: bool) -> Self {
        self.keeping.read_damaged = read_damaged;
        self
    }

    /// Sets who is told of what fails where no caller waits for an answer: when a store that is dropped
    /// cannot be written, and when a long file cannot be written anew. Without it that is a line on the
    /// standard error.
    ///
    /// # Example: a store that is dropped and cannot be written
    ///
    /// ```
    /// use std::sync::{Arc, Mutex};
    /// use trackstats::{Store, stats};
    ///
    /// stats! { shopping { order_count } }
    ///
    /// # let folder = tempfile::tempdir().expect("there is a folder for temporary files");
    /// # let path = folder.path().join("shop.stats");
    /// let told = Arc::new(Mutex::new(Vec::new()));
    /// let own = Arc::clone(&told);
    /// let mut store = Store::builder()
    ///     .on_error(move |error| own.lock().unwrap_or_else(|lock| lock.into_inner()).push(error.to_string()))
    ///     .open(&path)?;
    /// store.increment(shopping::ORDER_COUNT, "2026-11-23", 1)?;
    /// std::fs::remove_file(&path).expect("the file is there");
    /// drop(store);
    /// # #[cfg(unix)]
    /// assert_eq!(told.lock().map(|told| told.len()).unwrap_or_default(), 1);
    /// # Ok::<(), trackstats::Error>(())
    /// ```
    pub fn on_error(mut self, call: impl Fn(&Error) + Send + Sync + 'static) -> Self {
        self.keeping.tell = Tell::new(call);
        self
    }

    /// Sets what tells a new store from every other; drawn at random if it is not set. A store that is
    /// there keeps what it has.
    pub fn store_id(mut self, id: [u8; 16]) -> Self {
        self.keeping.id = Some(id);
        self
    }

    /// Opens the store in a file, or makes one if there is none, or an empty one. The folder has to be
    /// there; symbolic links are followed; the usual ending is `.stats`.
    ///
    /// Beside the file lie, while the store is open, `<name>.lock`, and while a new snapshot is written,
    /// `<name>.compacting`, which takes over owner, mode and access list of the file. Before a file of an older format is upgraded, it is copied to `<name>.v<version>`.
    ///
    /// # Errors
    ///
    /// `in_use` when somebody else has opened it, in this process or another one, and does not close it
    /// in the time of [`wait`](StoreBuilder::wait); `zone_mismatch` when
    /// the builder asks for another time zone than the store was made in, `unknown_zone` when it asks for
    /// none and this program does not know that of the store; `corrupt`, with the place, when the file is
    /// damaged (see [`recover`](crate::recover)) or something else, which is named; `newer_version` when a later release wrote it;
    /// `storage_full` and `io` when the file cannot be read or made.
    pub fn open(self, path: impl AsRef<Path>) -> Result<Store, Error> {
        let path = path.as_ref();
        if self.keeping.reads_only() {
            let disk = Disk::reading(path).map_err(|error| FileFault::io(path, error))?;
            return self.open_to_read(disk, Some(path));
        }
        let disk = Disk::owned(path, self.keeping.wait);
        let disk = disk.map_err(|fault| FileFault::disk(path, fault))?;
        self.open_to_write(Box::new(disk), Some(path))
    }

    /// Opens the store in a storage backend, or makes one there. That it has one owner is up to the caller.
    ///
    /// # Errors
    ///
    /// As [`open`](StoreBuilder::open), without `in_use`.
    pub fn open_with(self, backend: impl StorageBackend + 'static) -> Result<Store, Error> {
        if self.keeping.reads_only() {
            return self.open_to_read(backend, None);
        }
        self.open_to_write(Box::new(backend), None)
    }

    fn open_to_read(
        self,
        backend: impl StorageBackend + 'static,
        path: Option<&Path>,
    ) -> Result<Store, Error> {
        let place = path.map(Path::to_owned);
        let (source, loaded) = Source::open(Box::new(backend), place, self.keeping.read_damaged)?;
        let kept = Kept {
            owner: None,
            source: Some(source),
            durability: self.keeping.durability,
            truncated_tail: loaded.truncated_tail,
            tell: self.keeping.tell.clone(),
        };
        Ok(self.holding(loaded)?.kept_as(kept))
    }

    fn open_to_write(
        self,
        mut backend: Box<dyn StorageBackend>,
        path: Option<&Path>,
    ) -> Result<Store, Error> {
        let (durability, tell) = (self.keeping.durability, self.keeping.tell.clone());
        let kept = |owner, truncated_tail| Kept {
            owner: Some(owner),
            source: None,
            durability,
            truncated_tail,
            tell,
        };
        let read = Owner::read(&mut *backend, false);
        if let Some(read) = read.map_err(|fault| FileFault::named(path, fault))? {
            let truncated_tail = read.opened.truncated_tail;
            // Nothing is written before all of it was understood.
            let store = self.holding(Loaded::whole(&read)?)?;
            return Ok(store.kept_as(kept(Owner::take(backend, read.opened)?, truncated_tail)));
        }
        let id = self.keeping.id.unwrap_or_else(store_id);
        let snapshot = write_snapshot(&Engine::default(), self.zone_name());
        let kept = kept(Owner::create(backend, id, &snapshot)?, None);
        Ok(self.build().kept_as(kept))
    }

    /// The store with what was read, in the zone that it was made in.
    fn holding(mut self, loaded: Loaded) -> Result<Store, Error> {
        self.take_zone(&loaded.zone)?;
        Ok(self.with(loaded.engine))
    }
}

impl Store {
    fn kept_as(mut self, kept: Kept) -> Self {
        let is_owned = kept.owner.is_some();
        self.engine.want_changes(Reader::Journal, is_owned);
        self.kept = Some(Box::new(kept));
        self
    }
}
