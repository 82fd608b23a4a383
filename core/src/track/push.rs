//! Runs into which events are pushed, and several trackers over one reading of them.

use std::borrow::Borrow;

use super::gather::{AnyGathered, each_gathered};
use super::tracker::Tracker;
use super::{TrackFault, TrackReport};
use crate::Error;
use crate::model::MetricValue;
use crate::store::Store;

/// A run of a tracker that events are pushed into one by one, by [`Tracker::begin`].
///
/// It holds no borrow of the store, which is changed by [`finish`](TrackRun::finish) alone: it can be
/// kept in a state and across `.await`, and several runs can be fed by one cursor. A run that is
/// dropped changes nothing.
///
/// # Example: a stream, without a dependency
///
/// ```
/// # use std::collections::VecDeque;
/// use trackstats::{Date, Period, Store, Timestamp, Tracker, stats};
///
/// stats! { shopping { order_count } }
///
/// # struct Cursor(VecDeque<Date>);
/// # impl Cursor {
/// #     async fn next(&mut self) -> Option<Date> { self.0.pop_front() }
/// # }
/// async fn count(store: &mut Store, mut orders: Cursor) -> Result<u64, trackstats::Error> {
///     let tracker = Tracker::count(shopping::ORDER_COUNT, Period::Day).at(|date: &Date| *date);
///     let mut run = tracker.begin(store)?;
///     while let Some(order) = orders.next().await {
///         run.push(&order)?;
///     }
///     Ok(run.finish(store)?.created)
/// }
/// # fn is_send<T: Send>(_: &T) {}
/// # let now: Timestamp = "2026-11-23T12:00:00Z".parse()?;
/// # let mut store = Store::builder().clock(now).build();
/// # let mut future = std::pin::pin!(count(&mut store, Cursor(VecDeque::from(["2026-11-20".parse()?]))));
/// # is_send(&future);
/// # let mut context = std::task::Context::from_waker(std::task::Waker::noop());
/// # assert!(matches!(future.as_mut().poll(&mut context), std::task::Poll::Ready(Ok(1))));
/// # Ok::<(), trackstats::Error>(())
/// ```
#[must_use = "finish it to write its rows"]
pub struct TrackRun<'f, E, V = i64> {
    tracker: Tracker<'f, E, V>,
    gathered: AnyGathered,
    has_failed: bool,
}

impl<'f, E, V: MetricValue> Tracker<'f, E, V> {
    /// Begins a run that events are pushed into.
    ///
    /// # Errors
    ///
    /// `unknown_metric` when a metric given by name is not there; `kind_mismatch` when it does not hold
    /// what is computed; `unknown_dimension` when it is not split that way.
    pub fn begin(&self, store: &Store) -> Result<TrackRun<'f, E, V>, Error> {
        Ok(TrackRun {
            gathered: self.gather(store)?,
            tracker: self.clone(),
            has_failed: false,
        })
    }
}

impl<E, V: MetricValue> TrackRun<'_, E, V> {
    /// Reads an event.
    ///
    /// # Errors
    ///
    /// `invalid_date` and `invalid_value` when a closure gives what cannot be stored. The run cannot be
    /// finished then.
    pub fn push(&mut self, event: &E) -> Result<(), Error> {
        let Self {
            tracker, gathered, ..
        } = self;
        let pushed = each_gathered!(gathered, gathered => gathered.add(tracker, event));
        self.has_failed |= pushed.is_err();
        pushed
    }

    /// Writes the rows, all of them or none. Several runs are written together or not at all in a
    /// [`batch`](Store::batch).
    ///
    /// # Errors
    ///
    /// `invalid_state` when an event could not be read; `invalid_value` when the events begin later
    /// than what rows that are stored were made of; `overflow` when a sum does not fit.
    pub fn finish(self, store: &mut Store) -> Result<TrackReport, Error> {
        if self.has_failed {
            return Err(TrackFault::Failed.into());
        }
        self.tracker.settle(store, self.gathered)
    }
}

impl<E, V> std::fmt::Debug for TrackRun<'_, E, V> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("TrackRun")
            .field("tracker", &self.tracker)
            .finish_non_exhaustive()
    }
}

/// A tracker of events, whatever its metric holds. Sealed.
pub trait AnyTracker<E>: sealed::Begin<E> {}

impl<E, V: MetricValue> AnyTracker<E> for Tracker<'_, E, V> {}

mod sealed {
    use super::{Error, MetricValue, Store, TrackReport, TrackRun, Tracker};

    pub trait Begin<E> {
        fn begin_any<'t>(&'t self, store: &Store) -> Result<Box<dyn Run<E> + 't>, Error>;
    }

    pub trait Run<E> {
        fn push_any(&mut self, event: &E) -> Result<(), Error>;
        fn finish_any(self: Box<Self>, store: &mut Store) -> Result<TrackReport, Error>;
    }

    impl<E, V: MetricValue> Begin<E> for Tracker<'_, E, V> {
        fn begin_any<'t>(&'t self, store: &Store) -> Result<Box<dyn Run<E> + 't>, Error> {
            Ok(Box::new(self.begin(store)?))
        }
    }

    impl<E, V: MetricValue> Run<E> for TrackRun<'_, E, V> {
        fn push_any(&mut self, event: &E) -> Result<(), Error> {
            self.push(event)
        }

        fn finish_any(self: Box<Self>, store: &mut Store) -> Result<TrackReport, Error> {
            self.finish(store)
        }
    }
}

/// Runs several trackers over one reading of the events: all rows are written or none, and there is a
/// report for each, in their order.
///
/// # Example: orders and their revenue
///
/// ```
/// use trackstats::{Date, Period, Store, Timestamp, Tracker, stats, track_all};
///
/// stats! { shopping { order_count, revenue: f64 } }
///
/// let day: Date = "2026-11-22".parse()?;
/// let orders = [(day, 9.5), (day, 3.0)].into_iter();
/// let now: Timestamp = "2026-11-23T12:00:00Z".parse()?;
/// let mut store = Store::builder().clock(now).build();
///
/// let days = Tracker::count(shopping::ORDER_COUNT, Period::Day).at(|order: &(Date, f64)| order.0);
/// let week = Tracker::count(shopping::ORDER_COUNT, Period::Week).at(|order: &(Date, f64)| order.0);
/// let revenue = Tracker::sum(shopping::REVENUE, Period::Day, |order: &(Date, f64)| order.1)
///     .at(|order| order.0);
/// let reports = track_all(&mut store, &[&days, &week, &revenue], orders)?;
/// assert_eq!(reports.iter().map(|report| report.created).collect::<Vec<_>>(), [1, 2, 1]);
/// assert_eq!(store.value(shopping::REVENUE, Period::Day, day)?, Some(Some(12.5)));
/// # Ok::<(), trackstats::Error>(())
/// ```
///
/// # Errors
///
/// As [`Tracker::track`]. Nothing is written then.
pub fn track_all<E, B: Borrow<E>>(
    store: &mut Store,
    trackers: &[&dyn AnyTracker<E>],
    events: impl IntoIterator<Item = B>,
) -> Result<Vec<TrackReport>, Error> {
    let mut runs = Vec::with_capacity(trackers.len());
    for tracker in trackers {
        runs.push(tracker.begin_any(store)?);
    }
    for event in events {
        for run in &mut runs {
            run.push_any(event.borrow())?;
        }
    }
    store.batch(|store| runs.into_iter().map(|run| run.finish_any(store)).collect())
}
