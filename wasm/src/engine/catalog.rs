//! Domains and metrics.

use trackstats::{MetricInfo, NewDomain, NewMetric, ValueKind};

use super::Engine;
use crate::fault::Fault;
use crate::wire::{Reply, Request};

impl Engine {
    /// Registers domains and metrics, all or none; a text that is not given keeps what is stored.
    pub(super) fn register(&mut self, request: &mut Request<'_>) -> Result<(), Fault> {
        let mut domains = Vec::new();
        for _ in 0..request.count().unwrap_or(0) {
            domains.push(domain(request));
        }
        let mut metrics = Vec::new();
        for _ in 0..request.count().unwrap_or(0) {
            metrics.push(metric(request));
        }
        self.store.batch(|store| {
            for domain in &domains {
                store.register_domain(domain)?;
            }
            for metric in &metrics {
                store.register_metric(metric)?;
            }
            Ok::<_, trackstats::Error>(())
        })?;
        Ok(())
    }

    /// The domains and metrics of the store.
    pub(super) fn catalog(&self, reply: &mut Reply) {
        reply.length(self.store.domains().count());
        for domain in self.store.domains() {
            reply.text(&domain.reference);
            reply.text(&domain.title);
            reply.text(&domain.description);
        }
        reply.length(self.store.metrics().count());
        for metric in self.store.metrics() {
            reply.text(&metric.name());
            reply.text(&metric.title);
            reply.text(&metric.description);
            kind_and_dimensions(metric, reply);
        }
    }

    /// The metrics that changed since this was last asked; of those that are not there any more, the name alone.
    pub(super) fn changed_metrics(&mut self, reply: &mut Reply) {
        for (name, metric) in self.store.take_changed_metrics() {
            reply.text(name);
            match metric {
                Some(metric) => kind_and_dimensions(metric, reply),
                None => reply.number(f64::NAN),
            }
        }
    }
}

fn kind_and_dimensions(metric: &MetricInfo, reply: &mut Reply) {
    reply.number(match metric.kind {
        ValueKind::Integer => 0.0,
        ValueKind::Float => 1.0,
    });
    reply.texts(&metric.dimensions);
}

fn domain(request: &mut Request<'_>) -> NewDomain {
    let mut new = NewDomain::new(request.text());
    if let Some(title) = request.optional_text() {
        new = new.title(title);
    }
    if let Some(description) = request.optional_text() {
        new = new.description(description);
    }
    new
}

/// A metric, with the name of its domain in front of its own.
fn metric(request: &mut Request<'_>) -> NewMetric {
    let mut new = NewMetric::new(request.text());
    if let Some(title) = request.optional_text() {
        new = new.title(title);
    }
    if let Some(description) = request.optional_text() {
        new = new.description(description);
    }
    if let Some(kind) = request.one_of(&[ValueKind::Integer, ValueKind::Float]) {
        new = new.kind(kind);
    }
    if let Some(by) = request.optional_texts() {
        new = new.by(by);
    }
    new
}
