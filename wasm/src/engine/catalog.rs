//! Domains and metrics.

use serde::{Deserialize, Serialize};
use trackstats::{Kind, NewDomain, NewMetric};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use super::Engine;
use crate::fault::{OrThrow as _, Thrown};
use crate::number::to_js;

/// A domain as JavaScript writes it.
#[derive(Debug, Deserialize, Serialize)]
struct JsDomain {
    #[serde(rename = "ref")]
    reference: String,
    title: Option<String>,
    description: Option<String>,
}

/// A metric as JavaScript writes it, with the name of its domain in front of its own.
#[derive(Debug, Deserialize, Serialize)]
struct JsMetric {
    name: String,
    title: Option<String>,
    description: Option<String>,
    kind: Option<Kind>,
    by: Option<Vec<String>>,
}

/// What is declared or registered at once.
#[derive(Debug, Deserialize, Serialize)]
struct Catalog {
    domains: Vec<JsDomain>,
    metrics: Vec<JsMetric>,
}

#[wasm_bindgen]
impl Engine {
    /// Registers domains and metrics, all or none; a text that is not given keeps what is stored.
    ///
    /// # Errors
    ///
    /// `invalid_reference`, `unknown_dimension` or `kind_mismatch` when one cannot be registered.
    pub fn register(&mut self, catalog: JsValue) -> Result<(), JsValue> {
        let catalog: Catalog = serde_wasm_bindgen::from_value(catalog).or_throw()?;
        let domains: Vec<NewDomain> = catalog.domains.into_iter().map(domain).collect();
        let metrics: Vec<NewMetric> = catalog.metrics.into_iter().map(metric).collect();
        let registered = self.store.batch(|store| {
            domains
                .iter()
                .try_for_each(|domain| store.register_domain(domain))?;
            metrics
                .iter()
                .try_for_each(|metric| store.register_metric(metric))
        });
        registered.or_throw()
    }

    /// The domains and metrics of the store.
    ///
    /// # Errors
    ///
    /// None that a store could cause.
    pub fn catalog(&self) -> Thrown<JsValue> {
        let domains = self.store.domains().map(|domain| JsDomain {
            reference: domain.reference.clone(),
            title: Some(domain.title.clone()),
            description: Some(domain.description.clone()),
        });
        let metrics = self.store.metrics().map(|metric| JsMetric {
            name: metric.name(),
            title: Some(metric.title.clone()),
            description: Some(metric.description.clone()),
            kind: Some(metric.kind),
            by: Some(metric.dimensions.clone()),
        });
        let catalog = Catalog {
            domains: domains.collect(),
            metrics: metrics.collect(),
        };
        to_js(&catalog, false)
    }
}

fn domain(given: JsDomain) -> NewDomain {
    let mut new = NewDomain::new(given.reference);
    if let Some(title) = given.title {
        new = new.title(title);
    }
    if let Some(description) = given.description {
        new = new.description(description);
    }
    new
}

fn metric(given: JsMetric) -> NewMetric {
    let mut new = NewMetric::new(given.name);
    if let Some(title) = given.title {
        new = new.title(title);
    }
    if let Some(description) = given.description {
        new = new.description(description);
    }
    if let Some(kind) = given.kind {
        new = new.kind(kind);
    }
    if let Some(by) = given.by {
        new = new.by(by);
    }
    new
}
