//! The options of a tracker over columns.

use std::marker::PhantomData;

use super::super::TrackReport;
use super::super::name::MetricName;
use super::super::resume::Chosen;
use super::stored::StoredObjects;
use super::{Aggregation, EventColumns};
use crate::Error;
use crate::model::{AsMetric, Handle, MetricValue};
use crate::store::Store;
use crate::time::{Date, IntoDateRange, Period, Zone};
use crate::track::TrackSince;

/// Computes the statistics of a metric from events given as columns, such as typed arrays.
///
/// A run gives the report and the rows that a [`Tracker`](crate::Tracker) gives for the same events. Dates, objects and
/// items are numbers here, so that an event costs a few nanoseconds.
///
/// # Example: comments per user in the last seven days
///
/// ```
/// use trackstats::{Aggregation, ColumnTracker, Date, EventColumns, Period, Store, stats};
///
/// stats! { users { comment_count by user } }
///
/// let first: Date = "2026-11-20".parse()?;
/// let first = first.days_since_epoch();
/// let days = [first, first + 1, first + 2, EventColumns::UNDATED];
/// let users = [0, 0, 1, 0];
///
/// let mut store = Store::in_memory();
/// let handles = [store.handle(users::comment_count(1))?, store.handle(users::comment_count(2))?];
/// let report = ColumnTracker::new(users::COMMENT_COUNT, Period::Week, Aggregation::Count)
///     .today("2026-11-23".parse()?)
///     .track_each(&mut store, &handles, &EventColumns::new(&days).objects(&users))?;
/// assert_eq!((report.events, report.created, report.undated), (4, 6, 1));
///
/// let week = store.series(users::comment_count(1), Period::Week).read()?;
/// assert_eq!(week.values().collect::<Vec<_>>(), [Some(1), Some(2), Some(2), Some(2)]);
/// # Ok::<(), trackstats::Error>(())
/// ```
///
/// # Example: columns that do not fit each other
///
/// ```
/// use trackstats::{Aggregation, ColumnTracker, ErrorCode, EventColumns, Period, Store, stats};
///
/// stats! { users { comment_count by user } }
///
/// let mut store = Store::in_memory();
/// let handle = store.handle(users::comment_count(1))?;
/// let events = EventColumns::new(&[20_000, 20_001]).objects(&[0]);
/// let error = ColumnTracker::new(users::COMMENT_COUNT, Period::Day, Aggregation::Count)
///     .track_each(&mut store, &[handle], &events)
///     .unwrap_err();
/// assert_eq!(error.code(), ErrorCode::InvalidValue);
/// assert_eq!(error.to_string(), "the column of objects has a length of 1 in the place of 2");
/// # Ok::<(), trackstats::Error>(())
/// ```
#[derive(Clone, Debug)]
#[must_use = "run it with `track_one` or `track_each`"]
pub struct ColumnTracker<V = i64> {
    pub(super) metric: MetricName,
    pub(super) period: Period,
    pub(super) aggregation: Aggregation,
    pub(super) chosen: Chosen,
    pub(super) today: Option<Date>,
    pub(super) objects: Option<StoredObjects>,
    value: PhantomData<fn() -> V>,
}

impl<V: MetricValue> ColumnTracker<V> {
    /// Of a metric and a period. That the metric can hold the result is looked at when it runs.
    pub fn new(metric: impl AsMetric<Value = V>, period: Period, aggregation: Aggregation) -> Self {
        Self {
            metric: MetricName::of(&metric),
            period,
            aggregation,
            chosen: Chosen::new(),
            today: None,
            objects: None,
            value: PhantomData,
        }
    }

    /// Resumes so many days before the newest stored row; see [`Tracker::look_back`](crate::Tracker::look_back).
    pub fn look_back(mut self, days: u32) -> Self {
        self.chosen.look_back = Some(days);
        self
    }

    /// Computes the rows of these dates, whatever is stored, and no others.
    pub fn range(mut self, range: impl IntoDateRange) -> Self {
        self.chosen.set_range(range);
        self
    }

    /// Computes every row again, also those of days and objects that have no event any more.
    pub fn recompute(mut self) -> Self {
        self.chosen.recompute = true;
        self
    }

    /// Says from when on the source gives all events; see [`Tracker::since`](crate::Tracker::since).
    pub fn since(mut self, date: Date) -> Self {
        self.chosen.since = Some(date);
        self
    }

    /// Takes in the objects that are stored split by these dimensions, of which some have a value: a run
    /// over some of them is then judged by all, and where rows are computed again, theirs are too.
    pub fn stored_objects<'d>(
        mut self,
        dimensions: impl IntoIterator<Item = (&'d str, Option<&'d str>)>,
    ) -> Self {
        self.objects = Some(StoredObjects::new(dimensions));
        self
    }

    /// From when on a run now needs events, for any of the periods, or none if it needs all; see
    /// [`Tracker::needed_since`](crate::Tracker::needed_since). The date begins in that zone.
    ///
    /// # Errors
    ///
    /// `unknown_metric` when a metric given by name is not there; `invalid_value` when a handle is of
    /// another metric; `invalid_state` when it is of another store; `invalid_date` when the range is none.
    pub fn needed_since_in(
        &self,
        periods: &[Period],
        store: &Store,
        handles: &[Handle<V>],
        zone: &dyn Zone,
    ) -> Result<Option<TrackSince>, Error> {
        self.since_in(periods, store, handles, zone)
    }

    /// Takes this date for today instead of that of the store.
    pub fn today(mut self, today: Date) -> Self {
        self.today = Some(today);
        self
    }

    /// Writes everything to one handle, which has rows even without events where it has stored ones.
    ///
    /// # Errors
    ///
    /// `invalid_value` when the handle is of another metric, the columns do not have the same
    /// length, the one that the aggregation needs is missing, an object has no handle, or a value
    /// cannot be stored; `invalid_state` when the handle is of another store; `invalid_date` when a day is outside the calendar or the range is none;
    /// `unknown_metric` when a metric given by name is not there; `kind_mismatch` when it does not hold
    /// what is computed; `overflow` when a sum does not fit. Nothing is written then.
    pub fn track_one(
        &self,
        store: &mut Store,
        handle: Handle<V>,
        events: &EventColumns<'_>,
    ) -> Result<TrackReport, Error> {
        self.run(store, &[handle], true, events)
    }

    /// Writes the events of each object to its handle. Each resumes on its own, and one without an event
    /// is left alone. Two handles of the same metric and dimensions are one object.
    ///
    /// # Errors
    ///
    /// As [`track_one`](ColumnTracker::track_one).
    pub fn track_each(
        &self,
        store: &mut Store,
        handles: &[Handle<V>],
        events: &EventColumns<'_>,
    ) -> Result<TrackReport, Error> {
        self.run(store, handles, false, events)
    }

    /// As [`track_one`](ColumnTracker::track_one), for several periods in the place of the tracker's own: the
    /// events are read once where they are counted, all is written or nothing, and there is a report for
    /// each.
    ///
    /// # Example: orders of the day, the week, and so far
    ///
    /// ```
    /// use trackstats::{Aggregation, ColumnTracker, EventColumns, Period, Store, stats};
    ///
    /// stats! { shopping { order_count } }
    ///
    /// let mut store = Store::in_memory();
    /// let handle = store.handle(shopping::ORDER_COUNT)?;
    /// let events = EventColumns::new(&[20_000, 20_000, 20_001]);
    /// let reports = ColumnTracker::new(shopping::ORDER_COUNT, Period::Day, Aggregation::Count)
    ///     .today("2024-10-05".parse()?)
    ///     .track_one_in(&[Period::Day, Period::Lifetime], &mut store, handle, &events)?;
    /// assert_eq!([reports[0].created, reports[1].created], [2, 2]);
    /// let so_far = store.series(handle, Period::Lifetime).read()?;
    /// assert_eq!(so_far.values().collect::<Vec<_>>(), [Some(2), Some(3)]);
    /// # Ok::<(), trackstats::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`track_one`](ColumnTracker::track_one).
    pub fn track_one_in(
        &self,
        periods: &[Period],
        store: &mut Store,
        handle: Handle<V>,
        events: &EventColumns<'_>,
    ) -> Result<Vec<TrackReport>, Error> {
        self.run_in(periods, store, &[handle], true, events)
    }

    /// As [`track_each`](ColumnTracker::track_each), for several periods as in
    /// [`track_one_in`](ColumnTracker::track_one_in).
    ///
    /// # Errors
    ///
    /// As [`track_one`](ColumnTracker::track_one).
    pub fn track_each_in(
        &self,
        periods: &[Period],
        store: &mut Store,
        handles: &[Handle<V>],
        events: &EventColumns<'_>,
    ) -> Result<Vec<TrackReport>, Error> {
        self.run_in(periods, store, handles, false, events)
    }
}
