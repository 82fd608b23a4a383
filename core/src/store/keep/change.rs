//! Changes of a store that is kept.

use super::super::{Store, StoreFault};
use super::Durability;
use crate::Error;

impl Store {
    /// Whether changes are possible.
    pub(in crate::store) fn check_writable(&self) -> Result<(), Error> {
        match &self.kept {
            None => Ok(()),
            Some(kept) => match &kept.owner {
                None => Err(StoreFault::ReadOnly.into()),
                Some(owner) => Ok(owner.check()?),
            },
        }
    }

    fn is_immediate(&self) -> bool {
        self.kept
            .as_ref()
            .is_some_and(|kept| kept.durability == Durability::Immediate)
    }

    /// Makes a change; if it has to be durable at once and cannot be, it is rolled back.
    pub(in crate::store) fn change_kept<R>(
        &mut self,
        work: impl FnOnce(&mut Self) -> Result<R, Error>,
    ) -> Result<R, Error> {
        if self.engine.has_open_marks() {
            return self.work(work);
        }
        if self.is_immediate() {
            return self.batch(work);
        }
        self.check_writable()?;
        self.work(work)
    }

    /// Commits what a batch did, at the end of the outermost one.
    pub(in crate::store) fn commit_at_once(&mut self) -> Result<(), Error> {
        if self.is_immediate() && self.engine.has_one_mark() {
            self.commit()?;
        }
        Ok(())
    }
}
