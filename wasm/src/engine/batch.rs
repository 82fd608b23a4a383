//! All or nothing, and changes that are held until they are durable.

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

    /// Holds changes from now on, settles the first so many of them, and answers how many are held.
    pub(super) fn hold(&mut self, request: &mut Request<'_>, reply: &mut Reply) {
        self.store.hold_changes();
        let settled = request.count().unwrap_or(0);
        self.store.settle_changes(settled as usize);
        reply.length(self.store.held_changes());
    }
}
