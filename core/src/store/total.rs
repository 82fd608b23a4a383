//! Sums over a range.

use std::marker::PhantomData;

use super::series::Found;
use super::{Store, StoreFault};
use crate::Error;
use crate::model::{MetricValue, Target, Value};
use crate::time::{DateRange, IntoDateRange, Period};

/// The values of a range, added up.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Total<V> {
    /// The sum of the values; zero if there are none.
    pub sum: V,
    /// The number of values, nulls not counted.
    pub count: usize,
    /// The number of nulls.
    pub nulls: usize,
}

impl<V: MetricValue> Total<V> {
    /// The sum divided by the number of values; none if there are none.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "a mean is a float")]
    pub fn mean(&self) -> Option<f64> {
        (self.count > 0).then(|| self.sum.to_value().as_f64() / self.count as f64)
    }
}

/// A question for a total, answered by [`read`](TotalQuery::read).
#[derive(Debug)]
#[must_use = "a question is answered by `read`"]
pub struct TotalQuery<'s, V> {
    store: &'s Store,
    found: Result<Found, Error>,
    period: Period,
    range: Result<DateRange, Error>,
    value: PhantomData<fn() -> V>,
}

impl Store {
    /// Asks for the sum and the number of the values of a series.
    ///
    /// # Example: a month's sales
    ///
    /// ```
    /// use trackstats::{Period, Store, stats};
    ///
    /// stats! { shopping { order_count } }
    ///
    /// let mut store = Store::in_memory();
    /// store.record(shopping::ORDER_COUNT, Period::Day, "2026-11-01", 3)?;
    /// store.record(shopping::ORDER_COUNT, Period::Day, "2026-11-30", 4)?;
    /// let november = store
    ///     .total(shopping::ORDER_COUNT, Period::Day)
    ///     .range("2026-11-01"..="2026-11-30")
    ///     .read()?;
    /// assert_eq!((november.sum, november.count, november.mean()), (7, 2, Some(3.5)));
    /// # Ok::<(), trackstats::Error>(())
    /// ```
    pub fn total<T: Target>(&self, target: T, period: Period) -> TotalQuery<'_, T::Value> {
        TotalQuery {
            store: self,
            found: self.found(&target, period),
            period,
            range: Ok(DateRange::ALL),
            value: PhantomData,
        }
    }
}

impl<V: MetricValue> TotalQuery<'_, V> {
    /// Only these dates; all if it is not called.
    pub fn range(mut self, range: impl IntoDateRange) -> Self {
        self.range = range.into_date_range();
        self
    }

    /// The total.
    ///
    /// # Errors
    ///
    /// `invalid_date` when the range was no range of dates; `unknown_metric`, `unknown_dimension` or
    /// `kind_mismatch` when the metric is not there as it was asked for; `overflow` when the sum does not
    /// fit.
    #[inline]
    pub fn read(self) -> Result<Total<V>, Error> {
        self.store.total_of(self.found?, self.period, self.range?)
    }
}

impl Store {
    #[inline]
    pub(super) fn total_of<V: MetricValue>(
        &self,
        found: Found,
        period: Period,
        range: DateRange,
    ) -> Result<Total<V>, Error> {
        let slot = found.slot;
        let series = slot.and_then(|slot| self.engine.find_series(slot, period));
        let (Some(slot), Some(series)) = (slot, series) else {
            return Ok(Total {
                sum: V::of_value(Value::zero(found.kind)),
                count: 0,
                nulls: 0,
            });
        };
        let (first, last) = range.ticks();
        let total = self.engine.column(series).total(first, last);
        let sum = total.sum.ok_or_else(|| StoreFault::Overflow {
            metric: self.slot_metric_name(slot),
        })?;
        Ok(Total {
            sum: V::of_value(sum),
            count: total.len - total.nulls,
            nulls: total.nulls,
        })
    }
}
