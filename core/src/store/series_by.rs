//! One series for each of the largest parts of a metric, and one for the rest.

use std::marker::PhantomData;

use super::aggregate::{Aggregate, AnyAggregate, Folding};
use super::chosen::Chosen;
use super::parts::{Asked, Parts};
use super::shape::Shape;
use super::top::{Top, key};
use super::{Fill, Store, StoreFault};
use crate::Error;
use crate::engine::{Column, Entry, SeriesId};
use crate::model::{AsMetric, DimensionValue, MetricId, MetricRef, MetricValue, NewMetric, Series};
use crate::time::{Bucket, Date, DateRange, IntoDateRange, Period};

/// The series of the largest parts of a metric, and of all others together.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(bound(deserialize = "V: MetricValue + serde::Deserialize<'de>"))
)]
#[non_exhaustive]
pub struct SeriesBy<V> {
    /// The parts, that with the largest sum first; of equal ones the first by text.
    pub parts: Vec<SeriesPart<V>>,
    /// The series of the parts that were cut off by the limit, added up; none if there were none.
    pub other: Option<Series<V>>,
    /// The number of parts that were cut off.
    pub other_count: usize,
    /// The dimensions of what was read, sorted by name, as [`Breakdown::split_by`](crate::Breakdown::split_by).
    pub split_by: Vec<String>,
}

/// One part of a [`SeriesBy`].
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(bound(deserialize = "V: MetricValue + serde::Deserialize<'de>"))
)]
#[non_exhaustive]
pub struct SeriesPart<V> {
    /// The values of the dimensions, in the order in which they were asked for.
    pub at: Vec<String>,
    /// The series of the part.
    pub series: Series<V>,
}

/// A question for the series of the parts of a metric, answered by [`read`](SeriesByQuery::read).
#[derive(Debug)]
#[must_use = "a question is answered by `read`"]
pub struct SeriesByQuery<'s, V> {
    asked: Asked<'s>,
    shape: Shape,
    value: PhantomData<fn() -> V>,
}

impl Store {
    /// Asks for the series of the parts of a metric: those of the largest, and the rest added up.
    ///
    /// # Example: the status that most answers had, and all others
    ///
    /// ```
    /// use trackstats::{Period, Store, stats};
    ///
    /// stats! { web { requests by (route, status) } }
    ///
    /// let mut store = Store::in_memory();
    /// for (route, status, date, count) in [
    ///     ("/", 200, "2026-11-22", 70),
    ///     ("/cart", 200, "2026-11-22", 5),
    ///     ("/", 200, "2026-11-23", 80),
    ///     ("/", 404, "2026-11-23", 2),
    ///     ("/cart", 500, "2026-11-23", 1),
    /// ] {
    ///     store.record(web::requests(route, status), Period::Day, date, count)?;
    /// }
    /// let found = store.series_by(web::REQUESTS, Period::Day).by("status").limit(1).read()?;
    /// assert_eq!(found.parts[0].at, ["200"]);
    /// assert_eq!(found.parts[0].series.values().collect::<Vec<_>>(), [Some(75), Some(80)]);
    /// let other = found.other.expect("two parts were cut off");
    /// assert_eq!(other.values().collect::<Vec<_>>(), [Some(3)]);
    /// # Ok::<(), trackstats::Error>(())
    /// ```
    pub fn series_by<M: AsMetric>(&self, metric: M, period: Period) -> SeriesByQuery<'_, M::Value> {
        SeriesByQuery {
            asked: self.ask_for_parts(metric, period),
            shape: Shape::default(),
            value: PhantomData,
        }
    }
}

impl<V: MetricValue> SeriesByQuery<'_, V> {
    /// One series for each value of this dimension; called again, for each combination. If it is not called, of all
    /// dimensions that the metric was declared with.
    pub fn by(mut self, dimension: impl Into<String>) -> Self {
        self.asked.by(dimension);
        self
    }

    /// Only what has this dimension at this value.
    pub fn at<'a>(
        mut self,
        dimension: impl Into<String>,
        value: impl Into<DimensionValue<'a>>,
    ) -> Self {
        self.asked.at(dimension, value);
        self
    }

    /// Only these dates; all if it is not called.
    pub fn range(mut self, range: impl IntoDateRange) -> Self {
        self.asked.range = range.into_date_range();
        self
    }

    /// At most so many parts; the rest is one series.
    pub fn limit(mut self, parts: usize) -> Self {
        self.asked.limit = parts;
        self
    }

    /// Puts a point on every date that has none, as for [several series](Store::series_of): all get the same dates.
    pub fn fill(mut self, fill: Fill) -> Self {
        self.shape.fill = Some(fill);
        self
    }

    /// Each point becomes the aggregate of the points of the `days` that end on it, as for
    /// [one series](crate::SeriesQuery::rolling).
    pub fn rolling<A: Aggregate<V, Output = V>>(mut self, days: u32, aggregate: A) -> Self {
        self.shape.rolling = Some((days, aggregate.any()));
        self.shape.cumulative = false;
        self
    }

    /// Each point becomes the sum of all points of the range up to it.
    pub fn cumulative(mut self) -> Self {
        self.shape.cumulative = true;
        self.shape.rolling = None;
        self
    }

    /// The points of each calendar span become one, on the first date of the span.
    pub fn bucket<A: Aggregate<V, Output = V>>(mut self, bucket: Bucket, aggregate: A) -> Self {
        self.shape.bucket = Some((bucket, aggregate.any()));
        self
    }

    /// The series. Parts are compared by the sum of their values in the range, and one without a value is left out.
    ///
    /// Which dimensions it is read from is chosen as for a [breakdown](crate::BreakdownQuery::read).
    ///
    /// # Errors
    ///
    /// As [`BreakdownQuery::read`](crate::BreakdownQuery::read), and as for
    /// [one series](crate::SeriesQuery::read).
    pub fn read(mut self) -> Result<SeriesBy<V>, Error> {
        let mut answer = SeriesBy {
            parts: Vec::new(),
            other: None,
            other_count: 0,
            split_by: Vec::new(),
        };
        let Some((metric, range, chosen)) = self.asked.choose()? else {
            return Ok(answer);
        };
        let engine = self.asked.store.engine();
        answer.split_by = engine.texts(chosen.split.names());
        let (parts, groups) = self.groups(&chosen, range);
        let by_text = |left, right| parts.by_text(engine, left, right);
        let kind = engine.catalog().metric(metric).kind;
        let mut top = Top::new(self.asked.limit, kind, &by_text);
        let name = engine.catalog().name(metric);
        for (number, group) in (0..).zip(&groups) {
            if let Some(value) = group.sum.finish(name)? {
                top.push(key(value), number);
            }
        }
        let (kept, _) = top.finish();
        let mut columns = Vec::new();
        let mut is_kept = vec![false; groups.len()];
        for &(_, number) in &kept {
            is_kept[number as usize] = true;
            let mut column = self.new_column(metric);
            self.add(metric, &mut column, &groups[number as usize], range)?;
            columns.push(column);
        }
        let mut other = self.new_column(metric);
        for (group, _) in groups.iter().zip(is_kept).filter(|(_, kept)| !kept) {
            if group.sum.finish(name)?.is_some() {
                answer.other_count += 1;
                self.add(metric, &mut other, group, range)?;
            }
        }
        columns.push(other);
        let mut series = self.shaped(metric, columns, range)?;
        let other = series.pop();
        if answer.other_count > 0 {
            answer.other = other;
        }
        for ((_, number), series) in kept.into_iter().zip(series) {
            answer.parts.push(SeriesPart {
                at: engine.texts(parts.values(number)),
                series,
            });
        }
        Ok(answer)
    }

    /// The parts, and the series that make up each.
    fn groups(&self, chosen: &Chosen<'_>, range: DateRange) -> (Parts, Vec<Group>) {
        let engine = self.asked.store.engine();
        let (first, last) = range.ticks();
        let mut parts = Parts::default();
        let mut groups: Vec<Group> = Vec::new();
        for &(slot, series) in chosen.split.series(self.asked.period) {
            let values = engine.slot_values(slot);
            if !chosen.takes(values) {
                continue;
            }
            let number = parts.number(chosen.part(values));
            if number == groups.len() {
                groups.push(Group {
                    series: Vec::new(),
                    sum: Folding::new(AnyAggregate::Sum),
                });
            }
            let group = &mut groups[number];
            group.series.push(series);
            for (_, value) in engine.column(series).slice(first, last).iter() {
                group.sum.push(value);
            }
        }
        (parts, groups)
    }

    fn new_column(&self, metric: MetricId) -> Column {
        Column::new(self.asked.store.engine().catalog().metric(metric).kind)
    }

    /// Adds the series of a part to a column. What lies before the range counts where a point is made of earlier
    /// ones.
    fn add(
        &self,
        metric: MetricId,
        column: &mut Column,
        group: &Group,
        range: DateRange,
    ) -> Result<(), Error> {
        let engine = self.asked.store.engine();
        let reaches_back = self.shape.rolling.is_some() || self.shape.fill == Some(Fill::Previous);
        let first = if reaches_back {
            Date::MIN
        } else {
            range.first()
        };
        for &series in &group.series {
            let slice = engine
                .column(series)
                .slice(first.tick(), range.last().tick());
            if !column.add_all(slice) {
                let metric = engine.catalog().name(metric).to_owned();
                return Err(StoreFault::Overflow { metric }.into());
            }
        }
        Ok(())
    }

    /// The columns as series in the shape that was asked for: those of a store that holds nothing else.
    fn shaped(
        &self,
        metric: MetricId,
        columns: Vec<Column>,
        range: DateRange,
    ) -> Result<Vec<Series<V>>, Error> {
        let catalog = self.asked.store.engine().catalog();
        let mut store = self.asked.store.beside();
        let name = catalog.name(metric);
        let new = NewMetric::new(name).kind(catalog.metric(metric).kind);
        store.engine_mut().apply(Entry::Metric(&new))?;
        let mut places = Vec::with_capacity(columns.len());
        for (number, column) in columns.into_iter().enumerate() {
            let place = MetricRef::new(name).at("part", number);
            let handle = store.handle(&place)?;
            let slot = store.slot_of(handle)?;
            let engine = store.engine_mut();
            let series = engine.series(slot, self.asked.period);
            engine.fill(series, column);
            places.push(slot);
        }
        store.shaped(places, self.asked.period, range, self.shape)
    }
}

/// What makes up one part.
struct Group {
    series: Vec<SeriesId>,
    sum: Folding,
}
