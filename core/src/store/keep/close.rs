//! The end of a store.

use super::super::Store;
use crate::Error;

impl Store {
    /// Makes everything durable and closes the file, so that somebody else can open it.
    ///
    /// Dropping a store does the same, but has nobody to tell an error to.
    ///
    /// # Errors
    ///
    /// As [`flush`](Store::flush). To try again after an error, call that first: the store is gone
    /// after this.
    pub fn close(mut self) -> Result<(), Error> {
        self.finish()
    }

    fn finish(&mut self) -> Result<(), Error> {
        self.commit()?;
        let kept = self.kept.take();
        match kept.and_then(|kept| kept.end()) {
            Some(result) => result,
            None => Ok(()),
        }
    }
}

impl super::Kept {
    fn end(self) -> Option<Result<(), Error>> {
        let mut kept = self;
        let owner = kept.owner.as_mut()?;
        Some(owner.close().map_err(Error::from))
    }
}

impl Drop for Store {
    fn drop(&mut self) {
        let _ = self.finish();
    }
}
