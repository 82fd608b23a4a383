//! The metric of a tracker.

use crate::model::{AsMetric, Declaration, MetricKey};

/// The metric, so that the tracker can be kept without a borrow.
#[derive(Clone, Debug)]
pub(super) enum MetricName {
    Declared(Declaration),
    Named(String),
}

impl MetricName {
    pub(super) fn of(metric: &impl AsMetric) -> Self {
        match metric.metric_key() {
            MetricKey::Declared(declaration) => Self::Declared(declaration),
            MetricKey::Named(name) => Self::Named(name.to_owned()),
        }
    }

    pub(super) fn key(&self) -> MetricKey<'_> {
        match self {
            Self::Declared(declaration) => MetricKey::Declared(*declaration),
            Self::Named(name) => MetricKey::Named(name),
        }
    }
}
