//! All or nothing, and changes that are unconfirmed until they are durable.

use super::Engine;
use crate::fault::Fault;
use crate::wire::{Reply, Request};

impl Engine {
    /// Begins a batch (0), or ends the innermost one and releases it (1) or rolls it back (2).
    pub(super) fn batch(&mut self, request: &mut Request<'_>) -> Result<(), Fault> {
        let step = request.count();
        if step == Some(0) {
            let savepoint = self.store.savepoint()?;
            self.savepoints.push(savepoint);
        } else if let Some(savepoint) = self.savepoints.pop() {
            if step == Some(1) {
                self.store.release(savepoint)?;
            } else {
                self.store.rollback_to(savepoint)?;
            }
        }
        Ok(())
    }

    /// Holds unconfirmed changes from now on, confirms the first so many of them, and answers how many are left.
    pub(super) fn hold(&mut self, request: &mut Request<'_>, reply: &mut Reply) {
        self.store.hold_unconfirmed();
        let confirmed = request.count().unwrap_or(0);
        self.store.confirm_changes(confirmed as usize);
        reply.length(self.store.unconfirmed_changes());
    }
}
