//! Questions that only asynchronous methods of JavaScript ask: reading snapshots and changes.
//!
//! What only they need is a module of its own, which the build splits off from the core and which is
//! fetched when it is first needed.

use trackstats::Store;

use super::Engine;
use crate::fault::Fault;
use crate::host::HostZone;
use crate::wire::Request;

impl Engine {
    /// As [`ask`](Engine::ask), for these questions; 0 on an error and 1 otherwise.
    pub(super) fn ask_later(&mut self, question: u8) -> u32 {
        let request = std::mem::take(&mut self.request);
        let mut request = Request::new(&request);
        let outcome = match question {
            0 => self.restore(&mut request),
            _ => self.apply_changes(&request),
        };
        self.keep(outcome).into()
    }

    /// Puts a store restored from a snapshot, in the zone of that name, in the place of the one there is.
    fn restore(&mut self, request: &mut Request<'_>) -> Result<(), Fault> {
        let zone = HostZone(request.text());
        self.bigint = request.flag();
        let builder = Store::builder().zone(zone).clock(self.today.clone());
        self.store = builder.restore(request.rest())?;
        Ok(())
    }

    fn apply_changes(&mut self, request: &Request<'_>) -> Result<(), Fault> {
        Ok(self.store.apply_changes(request.rest())?)
    }
}
