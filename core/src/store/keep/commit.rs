//! Making changes durable.

use super::super::{Store, StoreFault};
use crate::Error;
use crate::engine::Reader;
use crate::journal::{Bug, write_changes, write_snapshot};

impl Store {
    /// Makes everything durable that was changed until now, as one commit. Without a file there is
    /// nothing to do.
    ///
    /// # Example: one commit for a day's work
    ///
    /// ```
    /// use trackstats::journal::MemoryBackend;
    /// use trackstats::{Period, Store, stats};
    ///
    /// stats! { shopping { order_count } }
    ///
    /// let backend = MemoryBackend::new();
    /// let mut store = Store::builder().open_with(backend.clone())?;
    /// store.increment(shopping::ORDER_COUNT, "2026-11-23", 1)?;
    /// store.increment(shopping::ORDER_COUNT, "2026-11-23", 1)?;
    /// let reader = || Store::builder().read_only(true).open_with(backend.clone());
    /// assert!(reader()?.is_empty());
    /// store.flush()?;
    /// assert_eq!(reader()?.value(shopping::ORDER_COUNT, Period::Day, "2026-11-23")?, Some(Some(2)));
    /// # Ok::<(), trackstats::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// `storage_full` when there is no room, `io` when writing or waiting for the disk failed. The changes stay
    /// in memory, can be read, and are written by the next `flush`. After a wait for the disk failed,
    /// nobody knows what is on it, so that every later change and `flush` is refused with `io` until the
    /// store is opened anew. `invalid_state` inside a [batch](Store::batch).
    pub fn flush(&mut self) -> Result<(), Error> {
        if self.engine.has_open_marks() {
            return Err(StoreFault::InsideBatch.into());
        }
        self.commit()
    }

    pub(super) fn commit(&mut self) -> Result<(), Error> {
        let Some(kept) = &mut self.kept else {
            return Ok(());
        };
        let Some(owner) = &mut kept.owner else {
            return Ok(());
        };
        let engine = &mut self.engine;
        let zone = self.zone.name();
        let changes = engine.changes(Reader::Journal);
        if changes.is_empty() {
            return Ok(owner.check()?);
        }
        let half = if Bug::BatchInHalves.is_planted() {
            changes.len() / 2
        } else {
            0
        };
        let (before, changes) = changes.split_at(half);
        if !before.is_empty() {
            owner.commit(&write_changes(engine, before), || {
                write_snapshot(engine, zone)
            })?;
        }
        let bytes = write_changes(engine, changes);
        if Bug::ForgottenEarly.is_planted() {
            engine.mark_read(Reader::Journal);
        }
        owner.commit(&bytes, || write_snapshot(engine, zone))?;
        if !Bug::WrittenTwice.is_planted() {
            engine.mark_read(Reader::Journal);
        }
        if owner.is_long() {
            // What was to be kept is kept; this is tried again when the file has grown.
            if let Err(fault) = owner.compact(&write_snapshot(engine, zone)) {
                kept.tell.tell(&fault.into());
            }
        }
        self.tidy();
        Ok(())
    }

    /// Writes everything anew, without the changes that led to it. This happens by itself when they take
    /// more than a megabyte and more than the store; it makes all durable, as [`flush`](Store::flush).
    ///
    /// # Errors
    ///
    /// As [`flush`](Store::flush); the file is as it was then.
    pub fn compact(&mut self) -> Result<(), Error> {
        if self.engine.has_open_marks() {
            return Err(StoreFault::InsideBatch.into());
        }
        self.check_writable()?;
        if let Some(owner) = self.kept.as_mut().and_then(|kept| kept.owner.as_mut()) {
            owner.compact(&write_snapshot(&self.engine, self.zone.name()))?;
            self.engine.mark_read(Reader::Journal);
            self.engine.tidy(true);
        }
        Ok(())
    }

    /// Applies the changes of another store and makes them durable, with what came before them.
    pub(in crate::store) fn apply_and_keep(&mut self, changes: &[u8]) -> Result<(), Error> {
        self.check_writable()?;
        self.flush()?;
        let mark = self.engine.mark();
        let result = self.apply_unnoticed(changes).and_then(|()| {
            let zone = self.zone.name();
            let engine = &self.engine;
            match self.kept.as_mut().and_then(|kept| kept.owner.as_mut()) {
                Some(owner) => Ok(owner.commit(changes, || write_snapshot(engine, zone))?),
                None => Ok(()),
            }
        });
        match result {
            Ok(()) => self.engine.release(mark),
            Err(_) => self.engine.rollback_to(mark),
        }
        self.declared.clear();
        result
    }
}
