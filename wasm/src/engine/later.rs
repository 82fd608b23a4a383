//! Questions that only asynchronous methods of JavaScript ask: reading snapshots, changes and trackers; and taking
//! changes, which nobody does who has not waited before.
//!
//! What only they need is a module of its own, which the build splits off from the core and which is
//! fetched when it is first needed.

use trackstats::{Error, Store, StoreBuilder};

use super::Engine;
use super::read::address;
use crate::fault::Fault;
use crate::host::{HostZone, builder};
use crate::wire::{Reply, Request};

impl Engine {
    /// As [`ask`](Engine::ask), for these questions.
    pub(super) fn ask_later(&mut self, question: u8) -> u32 {
        let request = std::mem::take(&mut self.request);
        let mut request = Request::new(&request);
        let mut reply = Reply::default();
        let outcome = match question {
            0 => self.restore(&mut request, StoreBuilder::restore),
            1 => self.apply_changes(&request),
            2 => self.rebase(&mut request, &mut reply),
            3 => self.track(&mut request, &mut reply),
            4 => self.restore(&mut request, StoreBuilder::restore_readable),
            5 => self.needed(&mut request, &mut reply),
            _ => self.drain_changes(&mut reply),
        };
        if !self.keep(outcome) {
            return 0;
        }
        self.reply = reply.0;
        address(self.reply.as_ptr())
    }

    /// Puts a store restored from a snapshot, in the zone of that name, in the place of the one there is.
    fn restore(
        &mut self,
        request: &mut Request<'_>,
        from: impl FnOnce(StoreBuilder, &[u8]) -> Result<Store, Error>,
    ) -> Result<(), Fault> {
        let zone = HostZone(request.text());
        self.bigint = request.flag();
        let builder = builder(self.bigint).zone(zone).clock(self.today.clone());
        self.put(from(builder, request.rest())?);
        Ok(())
    }

    fn drain_changes(&mut self, reply: &mut Reply) -> Result<(), Fault> {
        reply.0 = self.store.drain_changes()?;
        Ok(())
    }

    fn apply_changes(&mut self, request: &Request<'_>) -> Result<(), Fault> {
        Ok(self.store.apply_changes(request.rest())?)
    }

    /// Puts the changes of others before one's own, and answers what was refused.
    fn rebase(&mut self, request: &mut Request<'_>, reply: &mut Reply) -> Result<(), Fault> {
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
