//! A range beside the one before it.

use super::series::Found;
use super::{Store, StoreFault, Total, TotalQuery};
use crate::Error;
use crate::model::{MetricValue, Target};
use crate::time::{Date, DateRange, IntoDateRange, Period};

/// The totals of a range and of the range of the same length before it.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Comparison<V> {
    /// The range that was asked for.
    pub range: DateRange,
    /// Its total.
    pub current: Total<V>,
    /// The range before it.
    pub range_before: DateRange,
    /// The total of the range before it.
    pub before: Total<V>,
}

impl<V: MetricValue> Comparison<V> {
    /// By how much the sum changed, relative to the sum before: 0.08 is 8 % more. None where the sum
    /// before is zero.
    #[must_use]
    pub fn change(&self) -> Option<f64> {
        let before = self.before.sum.to_value().as_f64();
        let current = self.current.sum.to_value().as_f64();
        (before != 0.0).then(|| (current - before) / before.abs())
    }
}

/// A question for a comparison, answered by [`read`](CompareQuery::read).
#[derive(Debug)]
#[must_use = "a question is answered by `read`"]
pub struct CompareQuery<'s, V> {
    store: &'s Store,
    found: Result<Found, Error>,
    period: Period,
    range: Result<DateRange, Error>,
    total: std::marker::PhantomData<TotalQuery<'s, V>>,
}

impl Store {
    /// Asks for the total of a range and of the range before it.
    ///
    /// # Example: this week and the week before
    ///
    /// ```
    /// use trackstats::{Period, Store, stats};
    ///
    /// stats! { shopping { order_count } }
    ///
    /// let mut store = Store::in_memory();
    /// store.record(shopping::ORDER_COUNT, Period::Day, "2026-11-11", 50)?;
    /// store.record(shopping::ORDER_COUNT, Period::Day, "2026-11-18", 54)?;
    /// let week = store
    ///     .compare(shopping::ORDER_COUNT, Period::Day)
    ///     .range("2026-11-16"..="2026-11-22")
    ///     .read()?;
    /// assert_eq!((week.current.sum, week.before.sum, week.change()), (54, 50, Some(0.08)));
    /// # Ok::<(), trackstats::Error>(())
    /// ```
    pub fn compare<T: Target>(&self, target: T, period: Period) -> CompareQuery<'_, T::Value> {
        CompareQuery {
            store: self,
            found: self.found(&target, period),
            period,
            range: Ok(DateRange::ALL),
            total: std::marker::PhantomData,
        }
    }
}

impl<V: MetricValue> CompareQuery<'_, V> {
    /// The range to compare with the one before it. It needs both ends.
    pub fn range(mut self, range: impl IntoDateRange) -> Self {
        self.range = range.into_date_range();
        self
    }

    /// The comparison.
    ///
    /// # Errors
    ///
    /// `invalid_value` when the range has an open end, otherwise as for a [total](TotalQuery::read).
    pub fn read(self) -> Result<Comparison<V>, Error> {
        let (found, range) = (self.found?, self.range?);
        if range.first() == Date::MIN || range.last() == Date::MAX {
            return Err(StoreFault::OpenRange.into());
        }
        let range_before = range.before();
        Ok(Comparison {
            range,
            current: self.store.total_of(found, self.period, range)?,
            range_before,
            before: self.store.total_of(found, self.period, range_before)?,
        })
    }
}
