//! Several changes that are all made or none.

use super::Store;
use crate::Error;
use crate::engine::Mark;

impl Store {
    /// Does several things that are kept together: if the closure returns an error, or panics, the store
    /// is as it was before.
    ///
    /// # Example: the second record is refused, so that the first is taken back
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
        #[cfg(feature = "files")]
        if let Err(error) = batch.store.commit_at_once() {
            if crate::journal::Bug::NotTakenBack.is_planted()
                && let Some(savepoint) = batch.savepoint.take()
            {
                batch.store.engine.keep(savepoint.0);
            }
            return Err(error.into());
        }
        if let Some(savepoint) = batch.savepoint.take() {
            batch.store.engine.keep(savepoint.0);
        }
        Ok(result)
    }

    /// Begins what [`batch`](Store::batch) does for a caller whose work is no closure: a place to go back
    /// to. Savepoints are ended in the opposite order of their making, by [`keep`](Store::keep) or by
    /// [`take_back`](Store::take_back).
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
    /// store.take_back(savepoint);
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
        Ok(Savepoint(self.engine.mark()))
    }

    /// Ends a savepoint and keeps what came after it.
    ///
    /// # Errors
    ///
    /// As [`batch`](Store::batch), for a store with `Durability::Immediate`; then everything is taken
    /// back.
    pub fn keep(&mut self, savepoint: Savepoint) -> Result<(), Error> {
        #[cfg(feature = "files")]
        if let Err(error) = self.commit_at_once() {
            self.take_back(savepoint);
            return Err(error);
        }
        self.engine.keep(savepoint.0);
        Ok(())
    }

    /// Ends a savepoint and takes back what came after it.
    pub fn take_back(&mut self, savepoint: Savepoint) {
        self.engine.take_back(savepoint.0);
        self.declared.clear();
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
        work(self)
    }
}

/// A place in the changes of a store that it can go back to. Made by [`Store::savepoint`].
#[derive(Debug)]
#[must_use = "keep or take back what came after it"]
pub struct Savepoint(Mark);

/// Takes everything back when it is dropped before its end.
struct Batch<'s> {
    store: &'s mut Store,
    savepoint: Option<Savepoint>,
}

impl Drop for Batch<'_> {
    fn drop(&mut self) {
        if let Some(savepoint) = self.savepoint.take() {
            self.store.take_back(savepoint);
        }
    }
}
