//! Reading series.

use std::marker::PhantomData;

use super::rolling;
use super::shape::{self, Shape};
use super::{Aggregate, Fill, Store, StoreFault};
use crate::Error;
use crate::engine::{Cell, Column};
use crate::model::{MetricValue, Point, Series, SlotId, Target, Value, ValueKind};
use crate::time::{Bucket, Date, DateRange, IntoDateRange, Period, Tick};

/// One series is asked for; see [`Store::series`].
#[derive(Clone, Copy, Debug)]
pub struct SingleSeries(Found);

/// Several series are asked for; see [`Store::series_of`].
#[derive(Clone, Debug)]
pub struct SeriesList(Vec<Found>);

/// What was found of a target: its slot, if something was ever recorded there, and what it holds.
#[derive(Clone, Copy, Debug)]
pub(super) struct Found {
    pub(super) slot: Option<SlotId>,
    pub(super) kind: ValueKind,
}

/// A question for series, answered by `read`.
///
/// The steps are taken in this order, whatever the order of the calls: the range is cut out, gaps are
/// filled, then the rolling or the cumulative values are computed, then the buckets.
#[derive(Debug)]
#[must_use = "a question is answered by `read`"]
pub struct SeriesQuery<'s, V, C = SingleSeries> {
    store: &'s Store,
    chosen: Result<C, Error>,
    period: Period,
    range: Result<DateRange, Error>,
    shape: Shape,
    value: PhantomData<fn() -> V>,
}

impl Store {
    /// Asks for the series of a metric in a period.
    ///
    /// # Example: the last days of a month, without gaps
    ///
    /// ```
    /// use trackstats::{Bucket, Fill, Mean, Period, Store, Sum, stats};
    ///
    /// stats! { shopping { order_count } }
    ///
    /// let mut store = Store::in_memory();
    /// for (date, orders) in [("2026-10-29", 4), ("2026-10-31", 2), ("2026-11-02", 6)] {
    ///     store.record(shopping::ORDER_COUNT, Period::Day, date, orders)?;
    /// }
    /// let orders = || store.series(shopping::ORDER_COUNT, Period::Day);
    ///
    /// let filled = orders().range("2026-10-29"..="2026-11-01").fill(Fill::Zero).read()?;
    /// assert_eq!(filled.values().collect::<Vec<_>>(), [Some(4), Some(0), Some(2), Some(0)]);
    ///
    /// let week = orders().rolling(7, Sum).read()?;
    /// assert_eq!(week.values().collect::<Vec<_>>(), [Some(4), Some(6), Some(12)]);
    ///
    /// let months = orders().bucket(Bucket::Month, Mean).read()?;
    /// assert_eq!(months.values().collect::<Vec<_>>(), [Some(3.0), Some(6.0)]);
    /// # Ok::<(), trackstats::Error>(())
    /// ```
    pub fn series<T: Target>(&self, target: T, period: Period) -> SeriesQuery<'_, T::Value> {
        self.ask(self.found(&target, period).map(SingleSeries), period)
    }

    /// Asks for several series at once; filled, they all have the same dates.
    ///
    /// # Example: two products side by side
    ///
    /// ```
    /// use trackstats::{Fill, Period, Store, stats};
    ///
    /// stats! { shopping { sales by product } }
    ///
    /// let mut store = Store::in_memory();
    /// store.record(shopping::sales("tea"), Period::Day, "2026-11-21", 1)?;
    /// store.record(shopping::sales("rice"), Period::Day, "2026-11-23", 2)?;
    /// let both = store
    ///     .series_of([shopping::sales("tea"), shopping::sales("rice")], Period::Day)
    ///     .fill(Fill::Null)
    ///     .read()?;
    /// assert_eq!(both[0].values().collect::<Vec<_>>(), [Some(1), None, None]);
    /// assert_eq!(both[1].values().collect::<Vec<_>>(), [None, None, Some(2)]);
    /// # Ok::<(), trackstats::Error>(())
    /// ```
    pub fn series_of<T: Target>(
        &self,
        targets: impl IntoIterator<Item = T>,
        period: Period,
    ) -> SeriesQuery<'_, T::Value, SeriesList> {
        let found = targets
            .into_iter()
            .map(|target| self.found(&target, period))
            .collect::<Result<_, _>>();
        self.ask(found.map(SeriesList), period)
    }

    /// The series at several slots in one shape.
    pub(super) fn shaped<V: MetricValue>(
        &self,
        slots: Vec<SlotId>,
        period: Period,
        range: DateRange,
        shape: Shape,
    ) -> Result<Vec<Series<V>>, Error> {
        let mut all = Vec::with_capacity(slots.len());
        for slot in slots {
            all.push(Found {
                slot: Some(slot),
                kind: self.slot_kind(slot),
            });
        }
        let mut query: SeriesQuery<'_, V, SeriesList> = self.ask(Ok(SeriesList(all)), period);
        query.range = Ok(range);
        query.shape = shape;
        query.read()
    }

    fn ask<V, C>(&self, chosen: Result<C, Error>, period: Period) -> SeriesQuery<'_, V, C> {
        SeriesQuery {
            store: self,
            chosen,
            period,
            range: Ok(DateRange::ALL),
            shape: Shape::default(),
            value: PhantomData,
        }
    }
}

impl<'s, V: MetricValue, C> SeriesQuery<'s, V, C> {
    /// Only these dates; all if it is not called.
    pub fn range(mut self, range: impl IntoDateRange) -> Self {
        self.range = range.into_date_range();
        self
    }

    /// Puts a point on every date of the range that has none. Where the range is open, it reaches from
    /// the first stored point to the last; a range that only has a beginning reaches to today at least.
    pub fn fill(mut self, fill: Fill) -> Self {
        self.shape.fill = Some(fill);
        self
    }

    /// Each point becomes the aggregate of the points of the `days` that end on it, those before the
    /// range included. The last of `rolling` and `cumulative` counts.
    pub fn rolling<A: Aggregate<V>>(
        self,
        days: u32,
        aggregate: A,
    ) -> SeriesQuery<'s, A::Output, C> {
        let mut next = self.with_values();
        next.shape.rolling = Some((days, aggregate.any()));
        next.shape.cumulative = false;
        next
    }

    /// Each point becomes the sum of all points of the range up to it.
    pub fn cumulative(mut self) -> Self {
        self.shape.cumulative = true;
        self.shape.rolling = None;
        self
    }

    /// The points of each calendar span become one, on the first date of the span.
    ///
    /// A span that the range cuts through is made of the part inside.
    pub fn bucket<A: Aggregate<V>>(
        self,
        bucket: Bucket,
        aggregate: A,
    ) -> SeriesQuery<'s, A::Output, C> {
        let mut next = self.with_values();
        next.shape.bucket = Some((bucket, aggregate.any()));
        next
    }

    fn with_values<W>(self) -> SeriesQuery<'s, W, C> {
        let Self {
            store,
            chosen,
            period,
            range,
            shape,
            value: _,
        } = self;
        SeriesQuery {
            store,
            chosen,
            period,
            range,
            shape,
            value: PhantomData,
        }
    }
}

impl<V: MetricValue> SeriesQuery<'_, V, SingleSeries> {
    /// The series.
    ///
    /// # Errors
    ///
    /// `invalid_date` when the range was no range of dates; `unknown_metric`, `unknown_dimension` or
    /// `kind_mismatch` when the metric is not there as it was asked for; `invalid_value` when a rolling
    /// window is not 1 to 36,500 days; `overflow` when a sum does not fit.
    #[inline]
    pub fn read(self) -> Result<Series<V>, Error> {
        let SingleSeries(found) = self.chosen?;
        let reading = Reading {
            store: self.store,
            period: self.period,
            shape: self.shape,
        };
        let range = self.range?;
        let axis = reading.axis(&[found], range);
        reading.series(found, range, axis)
    }
}

impl<V: MetricValue> SeriesQuery<'_, V, SeriesList> {
    /// The series, in the order in which they were asked for.
    ///
    /// # Errors
    ///
    /// As for one series.
    pub fn read(self) -> Result<Vec<Series<V>>, Error> {
        let SeriesList(all) = self.chosen?;
        let reading = Reading {
            store: self.store,
            period: self.period,
            shape: self.shape,
        };
        let range = self.range?;
        let axis = reading.axis(&all, range);
        all.into_iter()
            .map(|found| reading.series(found, range, axis))
            .collect()
    }
}

/// What all series of one question have in common.
struct Reading<'s> {
    store: &'s Store,
    period: Period,
    shape: Shape,
}

impl<'s> Reading<'s> {
    fn column(&self, slot: Option<SlotId>) -> Option<&'s Column> {
        let engine = self.store.engine();
        engine
            .find_series(slot?, self.period)
            .map(|series| engine.column(series))
    }

    /// The dates to fill: the range, with its open ends drawn in to where there are points, or to today
    /// where it has a beginning.
    fn axis(&self, all: &[Found], range: DateRange) -> Option<(Tick, Tick)> {
        self.shape.fill?;
        let (first, last) = range.ticks();
        let extents = all
            .iter()
            .filter_map(|found| self.column(found.slot)?.extent());
        let stored = extents.reduce(|all, one| (all.0.min(one.0), all.1.max(one.1)));
        let open = (range.first() == Date::MIN, range.last() == Date::MAX);
        let (from, until) = match open {
            (false, false) => (first, last),
            (true, false) => (stored?.0, last),
            (true, true) => stored?,
            (false, true) => {
                let today = self.store.today().tick();
                (first, stored.map_or(today, |(_, newest)| newest.max(today)))
            }
        };
        (from <= until).then_some((from, until))
    }

    #[inline]
    fn series<V: MetricValue>(
        &self,
        found: Found,
        range: DateRange,
        axis: Option<(Tick, Tick)>,
    ) -> Result<Series<V>, Error> {
        if self.shape.computes() {
            return self.computed(found, range, axis);
        }
        let column = self.column(found.slot);
        let (first, last) = range.ticks();
        let points = column.map_or(Vec::new(), |column| column.slice(first, last).points());
        let Some(fill) = self.shape.fill else {
            return Ok(Series::new(points));
        };
        Ok(Series::new(self.filled(found, points, axis, fill)))
    }

    fn filled<V: MetricValue>(
        &self,
        found: Found,
        points: Vec<Point<V>>,
        axis: Option<(Tick, Tick)>,
        fill: Fill,
    ) -> Vec<Point<V>> {
        let Some(axis) = axis else { return points };
        let before = match fill {
            Fill::Previous => self
                .column(found.slot)
                .and_then(|column| value_before(column, axis.0)),
            Fill::Zero | Fill::Null => None,
        };
        shape::fill(
            &points,
            axis,
            fill,
            V::of_value(Value::zero(found.kind)),
            before,
        )
    }

    fn computed<V: MetricValue>(
        &self,
        found: Found,
        range: DateRange,
        axis: Option<(Tick, Tick)>,
    ) -> Result<Series<V>, Error> {
        let slot = found.slot;
        let metric = slot.map_or(String::new(), |slot| self.store.slot_metric_name(slot));
        // A rolling window reaches back behind the range, and is filled there as inside.
        let (first, last) = range.ticks();
        let (reach, axis) = match self.shape.rolling {
            Some((days, _)) => {
                if !(1..=36_500).contains(&days) {
                    return Err(StoreFault::RollingDays(days).into());
                }
                let back = |tick| {
                    Date::from_tick(tick)
                        .saturating_plus(1 - i64::from(days))
                        .tick()
                };
                let oldest = self
                    .column(slot)
                    .and_then(Column::extent)
                    .map(|(oldest, _)| oldest);
                let axis = axis
                    .map(|(from, until)| (from.min(back(from).max(oldest.unwrap_or(from))), until));
                (back(first), axis)
            }
            None => (first, axis),
        };
        let column = self.column(slot);
        let mut points: Vec<Point<Value>> =
            column.map_or(Vec::new(), |column| column.slice(reach, last).points());
        if let Some(fill) = self.shape.fill {
            points = self.filled(found, points, axis, fill);
        }
        if let Some(rolling) = self.shape.rolling {
            points = rolling::rolling(&points, rolling, range.first(), &metric)?;
        }
        if self.shape.cumulative {
            points = shape::cumulative(&points, &metric)?;
        }
        if let Some(bucket) = self.shape.bucket {
            points = shape::gather(&points, bucket, &metric)?;
        }
        let mut typed = Vec::with_capacity(points.len());
        for point in points {
            typed.push(Point {
                date: point.date,
                value: point.value.map(V::of_value),
            });
        }
        Ok(Series::new(typed))
    }
}

/// The value that is in force when `tick` comes.
fn value_before<V: MetricValue>(column: &Column, tick: Tick) -> Option<V> {
    let (first, _) = column.extent()?;
    let (last, _) = column.slice(first, tick.checked_sub(1)?).last()?;
    match column.get(last) {
        Cell::Held(value) => value.map(V::of_value),
        Cell::Missing => None,
    }
}
