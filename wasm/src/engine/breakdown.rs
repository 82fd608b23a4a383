//! How a total is made up of its parts.

use trackstats::AnyAggregate;

use super::Engine;
use super::shape::AGGREGATES;
use crate::fault::Fault;
use crate::number::check;
use crate::wire::{Reply, Request};

impl Engine {
    /// A breakdown, largest part first.
    pub(super) fn breakdown(
        &self,
        request: &mut Request<'_>,
        reply: &mut Reply,
    ) -> Result<(), Fault> {
        let metric = request.text();
        let mut query = self.store.breakdown(metric.as_str(), request.period());
        for name in request.texts() {
            query = query.by(name);
        }
        for (name, value) in request.pairs() {
            query = query.at(name, value);
        }
        query = query.range(request.range());
        if let Some(limit) = request.count() {
            query = query.limit(limit as usize);
        }
        let aggregate = request.one_of(&AGGREGATES).unwrap_or(AnyAggregate::Sum);
        let found = query.aggregate(aggregate).read()?;
        reply.length(found.parts.len());
        for part in found.parts {
            reply.texts(&part.at);
            reply.value(Some(check(part.value, self.bigint)?), self.bigint);
        }
        let other = match found.other {
            Some(value) => Some(check(value, self.bigint)?),
            None => None,
        };
        reply.value(other, self.bigint);
        reply.length(found.other_count);
        reply.texts(&found.split_by);
        Ok(())
    }
}
