//! The options of a tracker.

use std::borrow::Borrow;
use std::marker::PhantomData;
use std::sync::Arc;

use super::builder::TrackerBuilder;
use super::name::MetricName;
use super::resume::Chosen;
use super::{Aggregation, EventDimension, TrackReport, TrackSince};
use crate::Error;
use crate::model::{AsMetric, DimensionValue, IntoValue, MetricValue, Value};
use crate::store::Store;
use crate::time::{Date, EventTime, IntoDateRange, Period, Zone};

/// The types of values in which a mean can be stored: `f64`, and [`Value`] where the kind is known at
/// run time. Sealed by [`MetricValue`].
#[diagnostic::on_unimplemented(
    message = "a mean cannot be stored in a metric of `{Self}`",
    note = "a mean is a float: declare the metric with `: f64`"
)]
pub trait FloatMetric: MetricValue {}

impl FloatMetric for f64 {}
impl FloatMetric for Value {}

type TimeOf<'f, E> = Arc<dyn Fn(&E) -> Result<Option<EventTime>, Error> + Send + Sync + 'f>;
pub(super) type Measure<'f, E> = Arc<dyn Fn(&E) -> Result<Option<Value>, Error> + Send + Sync + 'f>;
pub(super) type Item<'f, E> = Arc<dyn for<'e> Fn(&'e E) -> EventDimension<'e> + Send + Sync + 'f>;
type Test<'f, E> = Arc<dyn Fn(&E) -> bool + Send + Sync + 'f>;

/// Computes the statistics of a metric from events.
///
/// A run reads all events once, dates them in the zone of the store, and writes the rows of its
/// period: for `day` one for each day that has events, for every other period one for each day up to
/// today. It resumes at the newest row that is stored, so that it can be run as often as one likes;
/// by how much it reaches back is set by the options. What it left alone though the events give another
/// value is in the [`TrackReport`].
///
/// It is `Send`, `Sync` and `Clone`, and runs as often as one likes; so may what its closures hold.
///
/// # Example: comments per user in the last seven days
///
/// ```
/// use trackstats::{Period, Store, Timestamp, Tracker, stats};
///
/// stats! { users { comment_count by user } }
///
/// struct Comment {
///     user: u64,
///     at: Timestamp,
/// }
///
/// let at = |text: &str| text.parse::<Timestamp>();
/// let comments = [
///     Comment { user: 1, at: at("2026-11-20T10:00:00Z")? },
///     Comment { user: 1, at: at("2026-11-21T10:00:00Z")? },
///     Comment { user: 2, at: at("2026-11-22T10:00:00Z")? },
/// ];
///
/// let mut store = Store::builder().clock(at("2026-11-23T12:00:00Z")?).build();
/// let report = Tracker::count(users::COMMENT_COUNT, Period::Week)
///     .at(|comment: &Comment| comment.at)
///     .by("user", |comment| comment.user.into())
///     .track(&mut store, &comments)?;
/// assert_eq!(report.created, 6);
///
/// let week = store.series(users::comment_count(1), Period::Week).read()?;
/// assert_eq!(week.values().collect::<Vec<_>>(), [Some(1), Some(2), Some(2), Some(2)]);
/// # Ok::<(), trackstats::Error>(())
/// ```
#[must_use = "run it with `track`"]
pub struct Tracker<'f, E, V = i64> {
    pub(super) metric: MetricName,
    pub(super) aggregation: Aggregation,
    pub(super) at: TimeOf<'f, E>,
    pub(super) measure: Option<Measure<'f, E>>,
    pub(super) item: Option<Item<'f, E>>,
    pub(super) by: Vec<(String, Item<'f, E>)>,
    pub(super) fixed: Vec<(String, DimensionValue<'static>)>,
    pub(super) filters: Vec<Test<'f, E>>,
    pub(super) period: Period,
    pub(super) chosen: Chosen,
    pub(super) zone: Option<Arc<dyn Zone>>,
    value: PhantomData<fn() -> V>,
}

impl Tracker<'static, ()> {
    /// Counts the events.
    pub fn count<'f, E, M: AsMetric>(metric: M, period: Period) -> TrackerBuilder<'f, E, M::Value> {
        TrackerBuilder::new(&metric, period, Aggregation::Count)
    }

    /// Counts the distinct items of the events; events without one are passed over.
    ///
    /// # Example: visitors of a day
    ///
    /// ```
    /// use trackstats::{Date, Period, Store, Timestamp, Tracker, stats};
    ///
    /// stats! { site { visitor_count } }
    ///
    /// let day: Date = "2026-11-22".parse()?;
    /// let visits = [(day, "ann"), (day, "bob"), (day, "ann")];
    /// let now: Timestamp = "2026-11-23T12:00:00Z".parse()?;
    /// let mut store = Store::builder().clock(now).build();
    /// Tracker::count_distinct(site::VISITOR_COUNT, Period::Day, |visit: &(Date, &str)| visit.1.into())
    ///     .at(|visit| visit.0)
    ///     .track(&mut store, &visits)?;
    /// assert_eq!(store.value(site::VISITOR_COUNT, Period::Day, day)?, Some(Some(2)));
    /// # Ok::<(), trackstats::Error>(())
    /// ```
    pub fn count_distinct<'f, E, M: AsMetric>(
        metric: M,
        period: Period,
        item: impl for<'e> Fn(&'e E) -> EventDimension<'e> + Send + Sync + 'f,
    ) -> TrackerBuilder<'f, E, M::Value> {
        let mut builder = TrackerBuilder::new(&metric, period, Aggregation::Distinct);
        builder.item = Some(Arc::new(item));
        builder
    }

    /// Adds up a value of the events; nulls are passed over.
    pub fn sum<'f, E, M: AsMetric, R: IntoValue<M::Value>>(
        metric: M,
        period: Period,
        value: impl Fn(&E) -> R + Send + Sync + 'f,
    ) -> TrackerBuilder<'f, E, M::Value> {
        TrackerBuilder::measuring(&metric, period, Aggregation::Sum, value)
    }

    /// Takes the mean of a value of the events; nulls are passed over.
    pub fn mean<'f, E, M: AsMetric<Value: FloatMetric>, R: IntoValue<Value>>(
        metric: M,
        period: Period,
        value: impl Fn(&E) -> R + Send + Sync + 'f,
    ) -> TrackerBuilder<'f, E, M::Value> {
        let mut builder = TrackerBuilder::new(&metric, period, Aggregation::Mean);
        builder.measure = Some(Arc::new(move |event| value(event).into_value()));
        builder
    }

    /// Takes the smallest value of the events; nulls are passed over.
    pub fn minimum<'f, E, M: AsMetric, R: IntoValue<M::Value>>(
        metric: M,
        period: Period,
        value: impl Fn(&E) -> R + Send + Sync + 'f,
    ) -> TrackerBuilder<'f, E, M::Value> {
        TrackerBuilder::measuring(&metric, period, Aggregation::Minimum, value)
    }

    /// Takes the largest value of the events; nulls are passed over.
    pub fn maximum<'f, E, M: AsMetric, R: IntoValue<M::Value>>(
        metric: M,
        period: Period,
        value: impl Fn(&E) -> R + Send + Sync + 'f,
    ) -> TrackerBuilder<'f, E, M::Value> {
        TrackerBuilder::measuring(&metric, period, Aggregation::Maximum, value)
    }
}

impl<'f, E, V: MetricValue> Tracker<'f, E, V> {
    /// From what `TrackerBuilder` holds.
    pub(super) fn new(
        metric: MetricName,
        period: Period,
        aggregation: Aggregation,
        at: impl Fn(&E) -> Result<Option<EventTime>, Error> + Send + Sync + 'f,
    ) -> Self {
        Self {
            metric,
            aggregation,
            at: Arc::new(at),
            measure: None,
            item: None,
            by: Vec::new(),
            fixed: Vec::new(),
            filters: Vec::new(),
            period,
            chosen: Chosen::new(),
            zone: None,
            value: PhantomData,
        }
    }

    /// Splits by a dimension; called again, by each combination. Each object resumes on its own, and
    /// one without an event in the source is left alone.
    pub fn by(
        mut self,
        dimension: impl Into<String>,
        value: impl for<'e> Fn(&'e E) -> EventDimension<'e> + Send + Sync + 'f,
    ) -> Self {
        self.by.push((dimension.into(), Arc::new(value)));
        self
    }

    /// Writes everything to one value of a dimension.
    pub fn object<'v>(
        mut self,
        dimension: impl Into<String>,
        value: impl Into<DimensionValue<'v>>,
    ) -> Self {
        self.fixed
            .push((dimension.into(), value.into().into_owned()));
        self
    }

    /// Keeps out the events for which the closure is false, before anything is counted.
    pub fn filter(mut self, test: impl Fn(&E) -> bool + Send + Sync + 'f) -> Self {
        self.filters.push(Arc::new(test));
        self
    }

    /// Resumes so many days before the newest stored row, 1 if it is not called (a lifetime resumes at
    /// the row). Give more where events come in late.
    pub fn look_back(mut self, days: u32) -> Self {
        self.chosen.look_back = Some(days);
        self
    }

    /// Computes the rows of these dates, whatever is stored, and no others. A row that is there gets the
    /// value of no events where there are none any more.
    pub fn range(mut self, range: impl IntoDateRange) -> Self {
        self.chosen.set_range(range);
        self
    }

    /// Computes every row again, also those of days and objects that have no event any more: they get
    /// the value of no events.
    pub fn recompute(mut self) -> Self {
        self.chosen.recompute = true;
        self
    }

    /// Says from when on the source gives all events, which a narrowed source does not say itself. Rows
    /// that were made of earlier events are not touched, and a run that would have to is refused. Days
    /// since then without an event get a row of none where they have one. With [`Date::MIN`], the
    /// source gives all there are.
    ///
    /// Ask with [`needed_since`](Tracker::needed_since) from when on they are needed.
    pub fn since(mut self, date: Date) -> Self {
        self.chosen.since = Some(date);
        self
    }

    /// Dates the events, and today, in this zone instead of that of the store.
    pub fn zone(mut self, zone: impl Zone + 'static) -> Self {
        self.zone = Some(Arc::new(zone));
        self
    }

    /// Reads the events and writes the rows. The events may be owned or borrowed.
    ///
    /// # Errors
    ///
    /// `unknown_metric` when a metric given by name is not there; `kind_mismatch` when it does not hold
    /// what is computed; `unknown_dimension` when it is not split that way; `invalid_date` and
    /// `invalid_value` when a closure gives what cannot be stored, and when the first event comes after
    /// what rows that would be written again were made of; `overflow` when a sum does not fit. Nothing is
    /// written then.
    pub fn track<B: Borrow<E>>(
        &self,
        store: &mut Store,
        events: impl IntoIterator<Item = B>,
    ) -> Result<TrackReport, Error> {
        self.run(store, events.into_iter().map(Ok))
    }

    /// As [`track`](Tracker::track), for a source whose reading can fail.
    ///
    /// # Errors
    ///
    /// As [`track`](Tracker::track), and `aborted` with the error of the source, after which nothing is
    /// written.
    pub fn try_track<B: Borrow<E>, X: std::error::Error + Send + Sync + 'static>(
        &self,
        store: &mut Store,
        events: impl IntoIterator<Item = Result<B, X>>,
    ) -> Result<TrackReport, Error> {
        let events = events.into_iter().map(|event| {
            event.map_err(|error| Error::from(super::TrackFault::Source).with_source(error))
        });
        self.run(store, events)
    }

    /// From when on a run now needs events, or none if it needs all: a lifetime does, and where nothing is
    /// stored. It changes with what is stored, so ask before each run.
    ///
    /// # Errors
    ///
    /// `unknown_metric` when a metric given by name is not there; `unknown_dimension` when it is not split
    /// that way.
    pub fn needed_since(&self, store: &Store) -> Result<Option<TrackSince>, Error> {
        self.since_in(store)
    }

    /// As [`track`](Tracker::track), for a source that can leave out old events: `source` is told from
    /// when on they are [needed](Tracker::needed_since), or none if all are. It may give more.
    ///
    /// # Example: ask the database for the new events only
    ///
    /// ```
    /// use trackstats::{Date, Period, Store, Timestamp, Tracker, stats};
    ///
    /// stats! { shopping { order_count } }
    ///
    /// let orders: Vec<Date> = ["2026-11-01", "2026-11-02", "2026-11-22", "2026-11-23"]
    ///     .iter()
    ///     .map(|date| date.parse())
    ///     .collect::<Result<_, _>>()?;
    /// let now: Timestamp = "2026-11-23T12:00:00Z".parse()?;
    /// let mut store = Store::builder().clock(now).build();
    /// store.record(shopping::ORDER_COUNT, Period::Day, "2026-11-01", 1)?;
    /// store.record(shopping::ORDER_COUNT, Period::Day, "2026-11-22", 1)?;
    ///
    /// let report = Tracker::count(shopping::ORDER_COUNT, Period::Day)
    ///     .at(|date: &Date| *date)
    ///     .track_since(&mut store, |since| {
    ///         // SELECT … WHERE paid_at >= since.instant
    ///         let first = since.map_or(Date::MIN, |since| since.date);
    ///         orders.iter().filter(move |date| **date >= first)
    ///     })?;
    /// assert_eq!((report.events, report.created), (2, 1));
    /// # Ok::<(), trackstats::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`track`](Tracker::track).
    pub fn track_since<B: Borrow<E>, I: IntoIterator<Item = B>>(
        &self,
        store: &mut Store,
        source: impl FnOnce(Option<TrackSince>) -> I,
    ) -> Result<TrackReport, Error> {
        let since = self.since_in(store)?;
        let told = self
            .clone()
            .since(since.map_or(Date::MIN, |since| since.date));
        told.run(store, source(since).into_iter().map(Ok))
    }

    pub(super) fn today(&self, store: &Store) -> Date {
        match &self.zone {
            Some(zone) => store.now().date_in(&**zone),
            None => store.today(),
        }
    }
}

impl<E, V> Clone for Tracker<'_, E, V> {
    fn clone(&self) -> Self {
        Self {
            metric: self.metric.clone(),
            aggregation: self.aggregation,
            at: Arc::clone(&self.at),
            measure: self.measure.clone(),
            item: self.item.clone(),
            by: self.by.clone(),
            fixed: self.fixed.clone(),
            filters: self.filters.clone(),
            period: self.period,
            chosen: self.chosen.clone(),
            zone: self.zone.clone(),
            value: PhantomData,
        }
    }
}

impl<E, V> std::fmt::Debug for Tracker<'_, E, V> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let by: Vec<_> = self.by.iter().map(|(name, _)| name).collect();
        f.debug_struct("Tracker")
            .field("metric", &self.metric)
            .field("period", &self.period)
            .field("aggregation", &self.aggregation)
            .field("by", &by)
            .finish_non_exhaustive()
    }
}
