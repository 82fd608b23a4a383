//! All or nothing, and what others did to the same store.

use super::Engine;
use crate::fault::Fault;
use crate::wire::{Reply, Request};

impl Engine {
    /// Begins a batch (0), or ends the innermost one and keeps it (1) or takes it back (2).
    pub(super) fn batch(&mut self, request: &mut Request<'_>) -> Result<(), Fault> {
        let step = request.count();
        if step == Some(0) {
            let savepoint = self.store.savepoint()?;
            self.savepoints.push(savepoint);
        } else if let Some(savepoint) = self.savepoints.pop() {
            if step == Some(1) {
                self.store.keep(savepoint)?;
            } else {
                self.store.take_back(savepoint);
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

    /// Puts the changes of others before one's own, and answers what was refused.
    pub(super) fn rebase(
        &mut self,
        request: &mut Request<'_>,
        reply: &mut Reply,
    ) -> Result<(), Fault> {
        let snapshot = request.bytes();
        let mut list = || -> Vec<_> {
            let count = request.count().unwrap_or(0);
            (0..count).map_while(|_| request.bytes()).collect()
        };
        let (others, own) = (list(), list());
        let refused = self.store.rebase(snapshot, &others, &own)?;
        reply.length(refused.len());
        for (place, error) in refused {
            reply.length(place);
            reply.text(error.code().as_str());
            reply.text(&error.to_string());
        }
        Ok(())
    }
}
