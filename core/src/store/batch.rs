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
    ///     Ok(())
    /// });
    /// assert!(result.is_err());
    /// assert!(store.is_empty());
    /// ```
    ///
    /// # Errors
    ///
    /// The error that the closure returns. To give up for a reason of one's own, return
    /// [`Error::aborted`]. For a store that is kept in a file with `Durability::Immediate`, also what its
    /// `flush` answers.
    pub fn batch<R>(
        &mut self,
        work: impl FnOnce(&mut Self) -> Result<R, Error>,
    ) -> Result<R, Error> {
        #[cfg(feature = "files")]
        self.check_writable()?;
        let mark = self.engine.mark();
        let mut batch = Batch {
            store: self,
            mark: Some(mark),
        };
        let result = work(batch.store)?;
        #[cfg(feature = "files")]
        if let Err(error) = batch.store.commit_at_once() {
            if crate::journal::Bug::NotTakenBack.is_planted()
                && let Some(mark) = batch.mark.take()
            {
                batch.store.engine.keep(mark);
            }
            return Err(error);
        }
        if let Some(mark) = batch.mark.take() {
            batch.store.engine.keep(mark);
        }
        Ok(result)
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

/// Takes everything back when it is dropped before its end.
struct Batch<'s> {
    store: &'s mut Store,
    mark: Option<Mark>,
}

impl Drop for Batch<'_> {
    fn drop(&mut self) {
        if let Some(mark) = self.mark.take() {
            self.store.engine.take_back(mark);
            self.store.declared.clear();
        }
    }
}
