//! Several changes that are all made or none.

use super::{Store, StoreFault};
use crate::Error;
use crate::engine::Mark;

impl Store {
    /// Does several things that are kept together: if the closure returns an error, or panics, the store
    /// is as it was before.
    ///
    /// # Example: the second record is refused, so that the first is rolled back
    ///
    /// ```
    /// use trackstats::{Period, Store, stats};
    ///
    /// stats! { shopping { order_count, revenue: f64 } }
    ///
    /// let mut store = Store::in_memory();
    /// let result = store.batch(|store| {
    ///     store.record(shopping::ORDER_COUNT, Period::Day, "2026-11-23", 3)?;
    ///     store.record(shopping::REVENUE, Period::Day, "2026-11-23", f64::NAN)?;
    ///     Ok::<(), trackstats::Error>(())
    /// });
    /// assert!(result.is_err());
    /// assert!(store.is_empty());
    /// ```
    ///
    /// # Example: an error of one's own
    ///
    /// The closure may return any error that those of the store become.
    ///
    /// ```
    /// # use trackstats::{Period, Store, stats};
    /// # stats! { shopping { order_count } }
    /// # let mut store = Store::in_memory();
    /// use std::error::Error;
    ///
    /// let result = store.batch(|store| -> Result<(), Box<dyn Error>> {
    ///     let orders: i64 = "three".parse()?;
    ///     store.record(shopping::ORDER_COUNT, Period::Day, "2026-11-23", orders)?;
    ///     Ok(())
    /// });
    /// assert_eq!(result.unwrap_err().to_string(), "invalid digit found in string");
    /// ```
    ///
    /// # Errors
    ///
    /// The error that the closure returns; to give up for a reason of one's own, that may be
    /// [`Error::aborted`]. For a store that is kept in a file with `Durability::Immediate`, also what its
    /// `flush` answers.
    pub fn batch<R, X: From<Error>>(
        &mut self,
        work: impl FnOnce(&mut Self) -> Result<R, X>,
    ) -> Result<R, X> {
        let savepoint = self.savepoint()?;
        let mut batch = Batch {
            store: self,
            savepoint: Some(savepoint),
        };
        let result = work(batch.store)?;
        if let Some(savepoint) = &batch.savepoint {
            batch.store.check_savepoint(savepoint)?;
            batch.store.engine.release_after(savepoint.mark);
        }
        #[cfg(feature = "files")]
        if let Err(error) = batch.store.commit_at_once() {
            if crate::journal::Bug::NotRolledBack.is_planted()
                && let Some(savepoint) = batch.savepoint.take()
            {
                batch.store.engine.release(savepoint.mark);
            }
            return Err(error.into());
        }
        if let Some(savepoint) = batch.savepoint.take() {
            batch.store.end(savepoint);
        }
        Ok(result)
    }

    /// Begins what [`batch`](Store::batch) does for a caller whose work is not a closure: marks a place in the
    /// changes, to [roll back to](Store::rollback_to) or to [release](Store::release). Ending one ends those
    /// that were made after it.
    ///
    /// # Example: the work of somebody else
    ///
    /// ```
    /// use trackstats::{Period, Store, stats};
    ///
    /// stats! { shopping { order_count } }
    ///
    /// let mut store = Store::in_memory();
    /// let savepoint = store.savepoint()?;
    /// store.record(shopping::ORDER_COUNT, Period::Day, "2026-11-23", 3)?;
    /// store.rollback_to(savepoint)?;
    /// assert!(store.is_empty());
    /// # Ok::<(), trackstats::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As the first change of a batch.
    pub fn savepoint(&mut self) -> Result<Savepoint, Error> {
        #[cfg(feature = "files")]
        self.check_writable()?;
        Ok(Savepoint {
            store: self.id,
            mark: self.engine.mark(),
        })
    }

    /// Ends a savepoint and keeps what came after it.
    ///
    /// # Errors
    ///
    /// `invalid_state` when the savepoint is of another store, or was ended with an earlier one; and as
    /// [`batch`](Store::batch), for a store with `Durability::Immediate`: then everything is rolled back.
    pub fn release(&mut self, savepoint: Savepoint) -> Result<(), Error> {
        self.check_savepoint(&savepoint)?;
        self.engine.release_after(savepoint.mark);
        #[cfg(feature = "files")]
        if let Err(error) = self.commit_at_once() {
            self.roll_back(&savepoint);
            return Err(error);
        }
        self.end(savepoint);
        Ok(())
    }

    /// Rolls back what came after a savepoint, and ends it, other than `ROLLBACK TO` in SQL, which leaves it open.
    ///
    /// # Errors
    ///
    /// `invalid_state` when the savepoint is of another store, or was ended with an earlier one; nothing
    /// changes then.
    #[expect(
        clippy::needless_pass_by_value,
        reason = "a savepoint is ended only once"
    )]
    pub fn rollback_to(&mut self, savepoint: Savepoint) -> Result<(), Error> {
        self.check_savepoint(&savepoint)?;
        self.roll_back(&savepoint);
        Ok(())
    }

    fn check_savepoint(&self, savepoint: &Savepoint) -> Result<(), Error> {
        if savepoint.store == self.id && self.engine.is_open_mark(savepoint.mark) {
            Ok(())
        } else {
            Err(StoreFault::EndedSavepoint.into())
        }
    }

    fn roll_back(&mut self, savepoint: &Savepoint) {
        self.engine.rollback_to(savepoint.mark);
        self.declared.clear();
        self.tidy();
    }

    #[expect(
        clippy::needless_pass_by_value,
        reason = "a savepoint is ended only once"
    )]
    fn end(&mut self, savepoint: Savepoint) {
        self.engine.release(savepoint.mark);
        self.tidy();
    }

    /// Makes a change that is a commit of its own, unless it is part of one.
    #[inline]
    pub(crate) fn change<R>(
        &mut self,
        work: impl FnOnce(&mut Self) -> Result<R, Error>,
    ) -> Result<R, Error> {
        #[cfg(feature = "files")]
        if self.kept.is_some() {
            return self.change_kept(work);
        }
        self.work(work)
    }

    /// Does what a change is made of; what that registers is rolled back if it is refused.
    #[inline]
    pub(in crate::store) fn work<R>(
        &mut self,
        work: impl FnOnce(&mut Self) -> Result<R, Error>,
    ) -> Result<R, Error> {
        let mut working = Working {
            store: self,
            is_kept: false,
        };
        let result = work(working.store);
        working.is_kept = result.is_ok();
        result
    }

    #[cold]
    fn end_registering(&mut self, is_kept: bool) {
        let Some(mark) = self.registering.take() else {
            return;
        };
        if !self.engine.is_open_mark(mark) {
            return;
        }
        if is_kept {
            self.engine.release(mark);
        } else {
            self.engine.rollback_to(mark);
            self.declared.clear();
        }
    }

    /// Gives back what series without statistics take, where there are many, unless somebody keeps their numbers.
    pub(in crate::store) fn tidy(&mut self) {
        if !self.hands_out_numbers {
            self.engine.tidy(false);
        }
    }

    /// From now on, handles stay valid until the next [`give_back`](Store::give_back), and only so long.
    #[doc(hidden)]
    pub const fn hand_out_numbers(&mut self) {
        self.hands_out_numbers = true;
    }

    /// Gives back what series without statistics take, where there are many, for a caller who keeps handles; says
    /// whether they are of no more use.
    #[doc(hidden)]
    pub fn give_back(&mut self) -> bool {
        self.engine.tidy(false)
    }
}

/// A place in the changes of a store that it can go back to. Made by [`Store::savepoint`].
#[derive(Debug)]
#[must_use = "release it, or roll back to it"]
pub struct Savepoint {
    store: u64,
    mark: Mark,
}

/// Ends a registration with the change that made it, also when that panics.
struct Working<'s> {
    store: &'s mut Store,
    is_kept: bool,
}

impl Drop for Working<'_> {
    #[inline]
    fn drop(&mut self) {
        if self.store.registering.is_some() {
            self.store.end_registering(self.is_kept);
        }
    }
}

/// Rolls everything back when it is dropped before its end.
struct Batch<'s> {
    store: &'s mut Store,
    savepoint: Option<Savepoint>,
}

impl Drop for Batch<'_> {
    fn drop(&mut self) {
        if let Some(savepoint) = self.savepoint.take() {
            self.store.roll_back(&savepoint);
        }
    }
}
