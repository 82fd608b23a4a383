//! From names to numbers.

use trackstats::{Handle, MetricRef, Period, Value};

use super::Engine;
use crate::fault::Fault;
use crate::wire::{Reply, Request};

/// The answer where nothing was recorded.
const NOTHING: u32 = u32::MAX;

impl Engine {
    /// The number of a metric at values of dimensions; made if it is new.
    pub(super) fn resolve(
        &mut self,
        request: &mut Request<'_>,
        reply: &mut Reply,
    ) -> Result<(), Fault> {
        let handle = self.store.handle(&at(request))?;
        reply.number(self.number(handle).into());
        Ok(())
    }

    /// As [`resolve`](Engine::resolve), but makes nothing: 4294967295 where nothing was recorded. In a period, an error
    /// where something was recorded by more dimensions only.
    pub(super) fn find(
        &mut self,
        request: &mut Request<'_>,
        reply: &mut Reply,
    ) -> Result<(), Fault> {
        let at = at(request);
        let found = self.store.find_handle(&at)?;
        if let (None, Some(period)) = (&found, request.one_of(&Period::ALL)) {
            self.store.slice(&at, period, ..)?;
        }
        let number = found.map_or(NOTHING, |handle| self.number(handle));
        reply.number(number.into());
        Ok(())
    }

    pub(super) fn number(&mut self, handle: Handle<Value>) -> u32 {
        let number = self.next_handle();
        self.handles.push(handle);
        number
    }
}

fn at(request: &mut Request<'_>) -> MetricRef {
    let mut target = MetricRef::new(request.text());
    for (name, value) in request.pairs() {
        target = target.at(name, value);
    }
    target
}
