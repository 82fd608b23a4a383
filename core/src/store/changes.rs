//! A store as bytes: snapshots, and the changes since.

use super::{Store, StoreBuilder, StoreFault};
use crate::Error;
use crate::engine::Reader;
use crate::journal::{
    Snapshot, apply_changes, read_snapshot, salvage_snapshot, write_changes, write_snapshot,
};

impl Store {
    /// All that the store holds, as bytes; see [`StoreBuilder::restore`].
    ///
    /// The format is described in the source of the module `journal`. The same statistics give the same
    /// bytes on every machine, in Rust and in JavaScript.
    #[must_use]
    pub fn snapshot(&self) -> Vec<u8> {
        write_snapshot(&self.engine, self.zone.name())
    }

    /// From now on, captures every change until it is [drained](Store::drain_changes).
    ///
    /// # Example: keep another store level
    ///
    /// ```
    /// use trackstats::{Period, Store, stats};
    ///
    /// stats! { shopping { order_count } }
    ///
    /// let mut store = Store::in_memory();
    /// store.record(shopping::ORDER_COUNT, Period::Day, "2026-11-22", 3)?;
    /// let mut copy = Store::builder().restore(&store.snapshot())?;
    ///
    /// store.capture_changes();
    /// store.increment(shopping::ORDER_COUNT, "2026-11-22", 1)?;
    /// copy.apply_changes(&store.drain_changes()?)?;
    /// assert_eq!(copy.value(shopping::ORDER_COUNT, Period::Day, "2026-11-22")?, Some(Some(4)));
    /// # Ok::<(), trackstats::Error>(())
    /// ```
    pub fn capture_changes(&mut self) {
        self.engine.want_changes(Reader::Caller, true);
    }

    /// The changes since they were last drained, as bytes; no bytes if there are none.
    ///
    /// An increment is captured as what was added, so that it adds to what another store holds; everything
    /// else as the value that was set.
    ///
    /// # Errors
    ///
    /// `invalid_state` inside a [batch](Store::batch), which may still be rolled back.
    pub fn drain_changes(&mut self) -> Result<Vec<u8>, Error> {
        if self.engine.is_marked() {
            return Err(StoreFault::InsideBatch.into());
        }
        let changes = self.engine.changes(Reader::Caller);
        if changes.is_empty() {
            return Ok(Vec::new());
        }
        let bytes = write_changes(&self.engine, changes);
        self.engine.mark_read(Reader::Caller);
        self.tidy();
        Ok(bytes)
    }

    /// Makes the changes that another store made: all of them, or none if the bytes are refused. They
    /// are not among the changes that this store captures.
    ///
    /// # Errors
    ///
    /// `corrupt` when the bytes are not from [`drain_changes`](Store::drain_changes), or do not fit what
    /// this store holds; `newer_version` when a later release wrote them. For a store that is kept in
    /// a file, also what [`flush`](Store::flush) answers.
    pub fn apply_changes(&mut self, changes: &[u8]) -> Result<(), Error> {
        if changes.is_empty() {
            return Ok(());
        }
        #[cfg(feature = "files")]
        if self.kept.is_some() {
            return self.apply_and_keep(changes);
        }
        self.apply_unnoticed(changes)
    }

    /// Applies changes that nobody is told of.
    pub(super) fn apply_unnoticed(&mut self, changes: &[u8]) -> Result<(), Error> {
        self.engine.pause_changes(true);
        let applied = apply_changes(&mut self.engine, changes);
        self.engine.pause_changes(false);
        self.declared.clear();
        self.tidy();
        applied?;
        Ok(())
    }
}

impl StoreBuilder {
    /// The store that was written down as a [snapshot](Store::snapshot), in the time zone that it was written
    /// in.
    ///
    /// # Example: there and back
    ///
    /// ```
    /// use trackstats::{ErrorCode, FixedOffset, Period, Store, stats};
    ///
    /// stats! { shopping { order_count } }
    ///
    /// let mut store = Store::in_memory();
    /// store.record(shopping::ORDER_COUNT, Period::Day, "2026-11-22", 3)?;
    /// let bytes = store.snapshot();
    ///
    /// let again = Store::builder().restore(&bytes)?;
    /// assert_eq!(again.value(shopping::ORDER_COUNT, Period::Day, "2026-11-22")?, Some(Some(3)));
    ///
    /// let elsewhere = Store::builder().zone(FixedOffset::hours(2)?).restore(&bytes);
    /// assert_eq!(elsewhere.unwrap_err().code(), ErrorCode::ZoneMismatch);
    /// assert_eq!(Store::builder().restore(b"TKST?").unwrap_err().code(), ErrorCode::NewerVersion);
    /// # Ok::<(), trackstats::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// `corrupt` when the bytes are no snapshot; `newer_version` when a later release wrote it;
    /// `zone_mismatch` when it was written in another time zone than the one that the builder was given,
    /// `unknown_zone` when it was given none and this program does not know that of the snapshot.
    pub fn restore(self, snapshot: &[u8]) -> Result<Store, Error> {
        self.holding_snapshot(read_snapshot(snapshot)?)
    }

    /// As [`restore`](StoreBuilder::restore), of a damaged snapshot: what comes before the first place that
    /// cannot be read.
    ///
    /// # Errors
    ///
    /// `corrupt` when nothing can be read; `zone_mismatch` as [`restore`](StoreBuilder::restore).
    pub fn restore_readable(self, snapshot: &[u8]) -> Result<Store, Error> {
        match salvage_snapshot(snapshot) {
            Some(readable) => self.holding_snapshot(readable),
            None => self.restore(snapshot),
        }
    }

    fn holding_snapshot(mut self, snapshot: Snapshot) -> Result<Store, Error> {
        self.take_zone(&snapshot.zone)?;
        Ok(self.with(snapshot.engine))
    }
}
