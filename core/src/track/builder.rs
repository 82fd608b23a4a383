//! A tracker before it is said when its events happened.

use std::marker::PhantomData;

use super::Aggregation;
use super::name::MetricName;
use super::tracker::{Item, Measure, Tracker};
use crate::model::{AsMetric, IntoValue, MetricValue, sealed};
use crate::time::{IntoEventTime, Period};

/// A tracker that does not know yet when its events happened: call [`at`](TrackerBuilder::at).
#[must_use = "say with `at` when an event happened"]
pub struct TrackerBuilder<'f, E, V> {
    metric: MetricName,
    period: Period,
    aggregation: Aggregation,
    pub(super) measure: Option<Measure<'f, E>>,
    pub(super) item: Option<Item<'f, E>>,
    value: PhantomData<fn() -> V>,
}

impl<'f, E, V: MetricValue> TrackerBuilder<'f, E, V> {
    pub(super) fn new(
        metric: &impl AsMetric<Value = V>,
        period: Period,
        aggregation: Aggregation,
    ) -> Self {
        let metric = MetricName::of(metric);
        Self {
            metric,
            period,
            aggregation,
            measure: None,
            item: None,
            value: PhantomData,
        }
    }

    pub(super) fn measuring<R: IntoValue<V>>(
        metric: &impl AsMetric<Value = V>,
        period: Period,
        aggregation: Aggregation,
        value: impl Fn(&E) -> R + Send + Sync + 'f,
    ) -> Self {
        let mut builder = Self::new(metric, period, aggregation);
        builder.measure = Some(std::sync::Arc::new(move |event| {
            Ok(value(event)
                .into_value()?
                .map(sealed::MetricValue::to_value))
        }));
        builder
    }

    /// Says when an event happened: a [`Timestamp`](crate::Timestamp), a [`Date`](crate::Date), anything else that is
    /// [`IntoEventTime`], or an `Option` of it.
    pub fn at<R: IntoEventTime>(
        self,
        at: impl Fn(&E) -> R + Send + Sync + 'f,
    ) -> Tracker<'f, E, V> {
        let mut tracker = Tracker::new(self.metric, self.period, self.aggregation, move |event| {
            at(event).into_event_time()
        });
        tracker.measure = self.measure;
        tracker.item = self.item;
        tracker
    }
}

impl<E, V> std::fmt::Debug for TrackerBuilder<'_, E, V> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self {
            metric,
            period,
            aggregation,
            ..
        } = self;
        f.debug_struct("TrackerBuilder")
            .field("metric", metric)
            .field("period", period)
            .field("aggregation", aggregation)
            .finish_non_exhaustive()
    }
}
