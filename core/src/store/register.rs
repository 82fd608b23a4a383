//! Domains and metrics: registering and listing them.

use super::Store;
use crate::Error;
use crate::engine::{Applied, Entry};
use crate::model::{Domain, DomainInfo, MetricId, MetricInfo, NewDomain, NewMetric};

impl Store {
    /// Registers a declared domain and all its metrics.
    ///
    /// Not needed before recording: a declared metric registers itself when it is first recorded. It
    /// makes the metrics visible before that, in [`metrics`](Store::metrics) and in SQL.
    ///
    /// # Errors
    ///
    /// `kind_mismatch` when the store holds a metric of that name with values of another kind;
    /// nothing is registered then.
    pub fn register(&mut self, domain: Domain) -> Result<(), Error> {
        self.batch(|store| {
            store.put_new_domain(&domain.into())?;
            for metric in domain.metrics() {
                store.put_new_metric(&NewMetric::from(metric))?;
            }
            Ok(())
        })
    }

    /// Registers a domain, or changes the texts that are given.
    ///
    /// # Errors
    ///
    /// `invalid_reference` when the reference is empty, longer than 100 characters, or has a dot, white
    /// space or a control character.
    pub fn register_domain(&mut self, domain: &NewDomain) -> Result<(), Error> {
        self.change(|store| store.put_new_domain(domain))
    }

    /// Registers a metric, or changes what is given. Its domain is registered with it.
    ///
    /// # Errors
    ///
    /// `invalid_reference` when the name is not `domain.metric` with valid references, or the name of a
    /// dimension is not valid; `unknown_dimension` when a dimension is given twice; `kind_mismatch` when
    /// the metric is there and holds values of another kind.
    pub fn register_metric(&mut self, metric: &NewMetric) -> Result<(), Error> {
        self.change(|store| store.put_new_metric(metric).map(|_| ()))
    }

    /// The domains in the order of their registration.
    pub fn domains(&self) -> impl Iterator<Item = &DomainInfo> {
        self.engine.catalog().domains().iter()
    }

    /// The metrics in the order of their registration.
    pub fn metrics(&self) -> impl Iterator<Item = &MetricInfo> {
        self.engine.catalog().metrics().map(|(_, info)| info)
    }

    /// The names of the metrics whose registration, kind or dimensions changed since this was last called, with what
    /// is known of those that are registered.
    #[doc(hidden)]
    pub fn take_changed_metrics(&mut self) -> impl Iterator<Item = (&str, Option<&MetricInfo>)> {
        self.engine_mut().take_changed_metrics()
    }

    /// The domain of that reference.
    #[must_use]
    pub fn domain(&self, reference: &str) -> Option<&DomainInfo> {
        self.domains().find(|domain| domain.reference == reference)
    }

    /// The metric of that name, `domain.metric`.
    #[must_use]
    pub fn metric(&self, name: &str) -> Option<&MetricInfo> {
        let catalog = self.engine.catalog();
        catalog.find(name).map(|id| catalog.metric(id))
    }

    pub(crate) fn put_new_domain(&mut self, domain: &NewDomain) -> Result<(), Error> {
        self.engine.apply(Entry::Domain(domain))?;
        Ok(())
    }

    pub(crate) fn put_new_metric(&mut self, metric: &NewMetric) -> Result<MetricId, Error> {
        match self.engine.apply(Entry::Metric(metric))? {
            Applied::Metric(id) => Ok(id),
            other => unreachable!("a metric entry answers with its number, not {other:?}"),
        }
    }
}
