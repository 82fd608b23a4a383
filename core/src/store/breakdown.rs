//! How a total is made up of its parts.

use std::marker::PhantomData;

use super::aggregate::{Aggregate, AnyAggregate, Folding};
use super::chosen::Chosen;
use super::parts::{Asked, Parts};
use super::top::{Top, from_key, key};
use super::{Store, StoreFault};
use crate::Error;
use crate::engine::Column;
use crate::model::{AsMetric, DimensionValue, MetricId, MetricValue, SlotId, Value, ValueKind};
use crate::time::{Date, DateRange, IntoDateRange, Period};

/// The parts of a metric by the values of one or more dimensions, largest first.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Breakdown<V> {
    /// The parts, largest value first; of equal ones the first by text.
    pub parts: Vec<BreakdownPart<V>>,
    /// The sum of the parts that were cut off by the limit; none if there were none.
    pub other: Option<V>,
    /// The number of parts that were cut off.
    pub other_count: usize,
    /// The dimensions of what was read, sorted by name: those that were named, or more, whose values were added up.
    /// None if nothing was ever recorded by all that were named.
    pub split_by: Vec<String>,
}

impl<V> Breakdown<V> {
    const fn empty() -> Self {
        Self {
            parts: Vec::new(),
            other: None,
            other_count: 0,
            split_by: Vec::new(),
        }
    }
}

/// One part of a [`Breakdown`].
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct BreakdownPart<V> {
    /// The values of the dimensions, in the order in which they were asked for.
    pub at: Vec<String>,
    /// The value of the part.
    pub value: V,
}

/// A question for a breakdown, answered by [`read`](BreakdownQuery::read).
#[derive(Debug)]
#[must_use = "a question is answered by `read`"]
pub struct BreakdownQuery<'s, V> {
    asked: Asked<'s>,
    fold: AnyAggregate,
    value: PhantomData<fn() -> V>,
}

impl Store {
    /// Asks how a metric is made up of its parts.
    ///
    /// # Example: the best-selling country, and all others together
    ///
    /// ```
    /// use trackstats::{Period, Store, stats};
    ///
    /// stats! { shopping { sales by (country, province) } }
    ///
    /// let mut store = Store::in_memory();
    /// for (country, province, sold) in
    ///     [("NL", "Utrecht", 3), ("NL", "Drenthe", 4), ("BE", "Namur", 5), ("LU", "Capellen", 1)]
    /// {
    ///     store.record(shopping::sales(country, province), Period::Day, "2026-11-23", sold)?;
    /// }
    /// let top = store
    ///     .breakdown(shopping::SALES, Period::Day)
    ///     .by("country")
    ///     .on("2026-11-23")
    ///     .limit(1)
    ///     .read()?;
    /// assert_eq!((top.parts[0].at[0].as_str(), top.parts[0].value), ("NL", 7));
    /// assert_eq!((top.other, top.other_count), (Some(6), 2));
    /// # Ok::<(), trackstats::Error>(())
    /// ```
    pub fn breakdown<M: AsMetric>(
        &self,
        metric: M,
        period: Period,
    ) -> BreakdownQuery<'_, M::Value> {
        BreakdownQuery {
            asked: self.ask_for_parts(metric, period),
            fold: AnyAggregate::Sum,
            value: PhantomData,
        }
    }
}

impl<V: MetricValue> BreakdownQuery<'_, V> {
    /// Breaks down by this dimension; called again, by each combination. If it is not called, by all
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

    /// On one date.
    pub fn on<D: TryInto<Date, Error: Into<Error>>>(mut self, date: D) -> Self {
        self.asked.range = date
            .try_into()
            .map(|date| DateRange::new(date, date))
            .map_err(Into::into);
        self
    }

    /// Over these dates; all if neither this nor [`on`](Self::on) is called.
    pub fn range(mut self, range: impl IntoDateRange) -> Self {
        self.asked.range = range.into_date_range();
        self
    }

    /// How the dates of a range become one value of a part; their sum if it is not called. Of a
    /// [lifetime](Period::Lifetime), ask for the [`Last`](super::Last).
    pub fn aggregate<A: Aggregate<V, Output = V>>(mut self, aggregate: A) -> Self {
        self.fold = aggregate.any();
        self
    }

    /// At most so many parts; the rest is summed as `other`.
    pub fn limit(mut self, parts: usize) -> Self {
        self.asked.limit = parts;
        self
    }

    /// The breakdown. A part without a value, or with null only, is left out.
    ///
    /// It is read from what was recorded in the range by exactly the dimensions that are named; if nothing was, from
    /// what was recorded by the fewest more, added up, and of equally few by the first in the order of their
    /// names. [`split_by`](Breakdown::split_by) says which it was.
    ///
    /// # Errors
    ///
    /// `invalid_date` when the range was no range of dates; `unknown_metric` when a metric given by name
    /// is not there; `unknown_dimension` when the metric has no dimension of that name, or none was
    /// named and none declared; `overflow` when a sum does not fit.
    pub fn read(mut self) -> Result<Breakdown<V>, Error> {
        let Some((metric, range, chosen)) = self.asked.choose()? else {
            return Ok(Breakdown::empty());
        };
        let Asked { by, at, .. } = &self.asked;
        if at.is_empty() && by.len() == 1 && chosen.split.names().len() == 1 {
            self.read_exact(metric, &chosen, range)
        } else {
            self.read_grouped(metric, &chosen, range)
        }
    }

    /// Each series is a part.
    fn read_exact(
        &self,
        metric: MetricId,
        chosen: &Chosen<'_>,
        range: DateRange,
    ) -> Result<Breakdown<V>, Error> {
        let engine = self.asked.store.engine();
        let kind = self.kind(metric);
        let text = |slot: u32| {
            engine
                .slot_values(SlotId(slot))
                .first()
                .map_or("", |&value| engine.text(value))
        };
        let by_text = |left, right| text(left).cmp(text(right));
        let mut top = Top::new(self.asked.limit, kind, &by_text);
        let single = range.first() == range.last();
        for &(slot, series) in chosen.split.series(self.asked.period) {
            let column = engine.column(series);
            // A mean is no value as it is stored: that of one integer is a float.
            let value = if single && self.fold != AnyAggregate::Mean {
                column.value(range.first().tick())
            } else {
                self.fold_column(column, range, metric)?
            };
            if let Some(value) = value {
                top.push(key(value), slot.0);
            }
        }
        self.answer(top.finish(), metric, chosen, &|slot| {
            vec![text(slot).to_owned()]
        })
    }

    /// The series with equal values at the places asked for are one part.
    fn read_grouped(
        &self,
        metric: MetricId,
        chosen: &Chosen<'_>,
        range: DateRange,
    ) -> Result<Breakdown<V>, Error> {
        let engine = self.asked.store.engine();
        let name = engine.catalog().name(metric);
        let mut parts = Parts::default();
        let mut sums: Vec<Folding> = Vec::new();
        for &(slot, series) in chosen.split.series(self.asked.period) {
            let values = engine.slot_values(slot);
            if !chosen.takes(values) {
                continue;
            }
            if let Some(value) = self.fold_column(engine.column(series), range, metric)? {
                let number = parts.number(chosen.part(values));
                if number == sums.len() {
                    sums.push(Folding::new(AnyAggregate::Sum));
                }
                sums[number].push(Some(value));
            }
        }
        let by_text = |left, right| parts.by_text(engine, left, right);
        let mut top = Top::new(self.asked.limit, self.kind(metric), &by_text);
        for (number, sum) in (0..).zip(&sums) {
            if let Some(value) = sum.finish(name)? {
                top.push(key(value), number);
            }
        }
        self.answer(top.finish(), metric, chosen, &|number| {
            engine.texts(parts.values(number))
        })
    }

    /// The kind of the parts.
    fn kind(&self, metric: MetricId) -> ValueKind {
        match self.fold {
            AnyAggregate::Mean => ValueKind::Float,
            _ => self.asked.store.engine().catalog().metric(metric).kind,
        }
    }

    fn fold_column(
        &self,
        column: &Column,
        range: DateRange,
        metric: MetricId,
    ) -> Result<Option<Value>, Error> {
        let (first, last) = range.ticks();
        let mut folding = Folding::new(self.fold);
        for (_, value) in column.slice(first, last).iter() {
            folding.push(value);
        }
        Ok(folding.finish(self.asked.store.engine().catalog().name(metric))?)
    }

    fn answer(
        &self,
        (kept, rest): (Vec<(i64, u32)>, Option<super::top::Rest>),
        metric: MetricId,
        chosen: &Chosen<'_>,
        at: &dyn Fn(u32) -> Vec<String>,
    ) -> Result<Breakdown<V>, Error> {
        let catalog = self.asked.store.engine().catalog();
        let kind = self.kind(metric);
        let mut parts = Vec::with_capacity(kept.len());
        for (key, item) in kept {
            parts.push(BreakdownPart {
                at: at(item),
                value: V::of_value(from_key(key, kind)),
            });
        }
        let mut answer = Breakdown {
            parts,
            split_by: self.asked.store.engine().texts(chosen.split.names()),
            ..Breakdown::empty()
        };
        if let Some(rest) = rest {
            let overflow = || StoreFault::Overflow {
                metric: catalog.name(metric).to_owned(),
            };
            answer.other = Some(V::of_value(rest.sum().ok_or_else(overflow)?));
            answer.other_count = rest.count();
        }
        Ok(answer)
    }
}
