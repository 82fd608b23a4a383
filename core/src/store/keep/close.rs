//! The end of a store.

use super::super::{Store, StoreFault};
use crate::Error;

impl Store {
    /// Makes everything durable and closes the file, so that somebody else can open it.
    ///
    /// Dropping a store does the same, and tells an error to whom
    /// [`on_error`](crate::StoreBuilder::on_error) names.
    ///
    /// # Errors
    ///
    /// As [`flush`](Store::flush). To try again after an error, call that first: the store is gone
    /// after this. `invalid_state` when a [savepoint](Store::savepoint) was not ended: what came after it
    /// is rolled back, and what came before it is durable.
    pub fn close(mut self) -> Result<(), Error> {
        let result = self.finish();
        // Dropping it must neither try again nor tell it again.
        self.kept = None;
        result
    }

    fn finish(&mut self) -> Result<(), Error> {
        let is_unfinished = self.kept.is_some() && self.engine.is_marked();
        self.engine.roll_back_marks();
        self.commit()?;
        let kept = self.kept.take();
        if let Some(mut owner) = kept.and_then(|kept| kept.owner) {
            owner.close()?;
        }
        if is_unfinished {
            return Err(StoreFault::OpenSavepoint.into());
        }
        Ok(())
    }
}

impl Drop for Store {
    fn drop(&mut self) {
        let tell = self.kept.as_ref().map(|kept| kept.tell.clone());
        if let Err(error) = self.finish()
            && let Some(tell) = tell
        {
            tell.tell(&error);
        }
    }
}
