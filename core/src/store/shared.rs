//! A store that several write: what others did comes before what is not yet confirmed here.

use super::zone::check_zone;
use super::{Store, StoreFault};
use crate::Error;
use crate::engine::Reader;
use crate::journal::read_snapshot;

impl Store {
    /// From now on, holds what undoes a change until the change is confirmed, so that the changes of others can
    /// be put before it; see [`rebase`](Store::rebase).
    pub fn hold_unconfirmed(&mut self) {
        self.engine.hold_unconfirmed();
    }

    /// How many changes are not confirmed yet, for [`confirm_changes`](Store::confirm_changes).
    #[must_use]
    pub fn unconfirmed_changes(&self) -> usize {
        self.engine.unconfirmed()
    }

    /// Confirms the first `count` of the unconfirmed changes: every writer has them at this place.
    pub fn confirm_changes(&mut self, count: usize) {
        self.engine.confirm(count);
        self.tidy();
    }

    /// Rolls back what is unconfirmed, makes the changes of others, and makes one's own again: a value that was
    /// set stands, what was added is added to theirs. `own` is what is unconfirmed, as
    /// [`drain_changes`](Store::drain_changes) gave it. `snapshot`, if there is one, is put in the place of
    /// everything before the changes of the others, which are confirmed.
    ///
    /// Changes that do not fit what came before them are left out, so that everybody leaves out the same.
    /// Gives the error of each, with its place among the others and then one's own.
    ///
    /// # Example: two who count the same
    ///
    /// ```
    /// use trackstats::{Period, Store, stats};
    ///
    /// stats! { shopping { order_count } }
    ///
    /// let open = || {
    ///     let mut store = Store::in_memory();
    ///     store.hold_unconfirmed();
    ///     store.capture_changes();
    ///     store
    /// };
    /// let (mut one, mut two) = (open(), open());
    /// one.increment(shopping::ORDER_COUNT, "2026-11-23", 1)?;
    /// two.increment(shopping::ORDER_COUNT, "2026-11-23", 2)?;
    /// let (first, second) = (one.drain_changes()?, two.drain_changes()?);
    /// assert!(two.rebase(None, &[&first], &[&second])?.is_empty());
    /// one.confirm_changes(one.unconfirmed_changes());
    /// one.rebase(None, &[&second], &[])?;
    /// for store in [one, two] {
    ///     assert_eq!(store.value(shopping::ORDER_COUNT, Period::Day, "2026-11-23")?, Some(Some(3)));
    /// }
    /// # Ok::<(), trackstats::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// `invalid_state` inside a [batch](Store::batch), or when there are captured changes that were not drained;
    /// `corrupt`, `newer_version` and `zone_mismatch` when the snapshot is refused, which changes
    /// nothing.
    pub fn rebase(
        &mut self,
        snapshot: Option<&[u8]>,
        others: &[&[u8]],
        own: &[&[u8]],
    ) -> Result<Vec<(usize, Error)>, Error> {
        if self.engine.is_marked() || !self.engine.changes(Reader::Caller).is_empty() {
            return Err(StoreFault::InsideBatch.into());
        }
        let read = snapshot.map(read_snapshot).transpose()?;
        if let Some(read) = &read {
            check_zone(&read.zone, self.zone.name())?;
        }
        self.engine.roll_back_unconfirmed();
        if let Some(mut read) = read {
            self.engine.replace(&mut read.engine);
        }
        self.declared.clear();
        let mut refused = Vec::new();
        for (place, changes) in others.iter().chain(own).enumerate() {
            if let Err(error) = self.apply_unnoticed(changes) {
                refused.push((place, error));
            }
            if place + 1 == others.len() {
                self.engine.confirm(usize::MAX);
            }
        }
        Ok(refused)
    }
}
