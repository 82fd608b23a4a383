//! A stretch of a series as the store holds it, for code that wants the columns themselves.

use super::Store;
use crate::Error;
use crate::engine::{Ticks, Values};
use crate::model::{Key, MetricKey, MetricValue, Target, ValueKind, sealed};
use crate::time::{IntoDateRange, Period};

/// Consecutive points of a series, borrowed from the store without a copy; see [`Store::slice`].
#[derive(Clone, Copy, Debug)]
pub struct SeriesSlice<'s> {
    days: SliceDays<'s>,
    values: SliceValues<'s>,
    nulls: &'s [i32],
}

/// The dates of a slice, as days since 1970-01-01.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SliceDays<'s> {
    /// One day after the other from the first; the number of values tells how many.
    Consecutive {
        /// The first day. It means nothing where there are no values.
        first: i32,
    },
    /// One number for each value, ascending.
    Listed(&'s [i32]),
}

/// The values of a slice. Where the value is null there stands 0.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum SliceValues<'s> {
    /// Of a metric that holds integers.
    Integers(&'s [i64]),
    /// Of a metric that holds floats.
    Floats(&'s [f64]),
}

impl SliceValues<'_> {
    const fn empty(kind: ValueKind) -> Self {
        match kind {
            ValueKind::Integer => Self::Integers(&[]),
            ValueKind::Float => Self::Floats(&[]),
        }
    }
}

impl<'s> SeriesSlice<'s> {
    const fn empty(kind: ValueKind) -> Self {
        Self {
            days: SliceDays::Listed(&[]),
            values: SliceValues::empty(kind),
            nulls: &[],
        }
    }

    /// The number of points.
    #[inline]
    #[must_use]
    pub const fn len(&self) -> usize {
        match self.values {
            SliceValues::Integers(values) => values.len(),
            SliceValues::Floats(values) => values.len(),
        }
    }

    /// Whether there are no points.
    #[inline]
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The dates.
    #[inline]
    #[must_use]
    pub const fn days(&self) -> SliceDays<'s> {
        self.days
    }

    /// The values, one for each date.
    #[inline]
    #[must_use]
    pub const fn values(&self) -> SliceValues<'s> {
        self.values
    }

    /// The days whose value is null, ascending, as days since 1970-01-01.
    #[inline]
    #[must_use]
    pub const fn nulls(&self) -> &'s [i32] {
        self.nulls
    }
}

impl Store {
    /// The points of a series in a range, as the store holds them. Nothing is copied or filled; it is
    /// empty where [`series`](Store::series) would be.
    ///
    /// # Example: columns, and the day that is null
    ///
    /// ```
    /// use trackstats::{Null, Period, SliceDays, SliceValues, Store, stats};
    ///
    /// stats! { shopping { order_count } }
    ///
    /// let mut store = Store::in_memory();
    /// store.record(shopping::ORDER_COUNT, Period::Day, "1970-01-02", 3)?;
    /// store.record(shopping::ORDER_COUNT, Period::Day, "1970-01-03", Null)?;
    /// store.record(shopping::ORDER_COUNT, Period::Day, "1970-01-06", 5)?;
    ///
    /// let all = store.slice(shopping::ORDER_COUNT, Period::Day, ..)?;
    /// assert_eq!(all.days(), SliceDays::Listed(&[1, 2, 5]));
    /// assert_eq!(all.values(), SliceValues::Integers(&[3, 0, 5]));
    /// assert_eq!(all.nulls(), [2]);
    ///
    /// assert!(store.slice(shopping::ORDER_COUNT, Period::Week, ..)?.is_empty());
    /// assert!(store.slice("shopping.visitor_count", Period::Day, ..).is_err());
    /// # Ok::<(), trackstats::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// `invalid_date` when an end of the range is no date; `unknown_metric`, `unknown_dimension`,
    /// `kind_mismatch` and `invalid_value`, as for [`series`](Store::series).
    #[inline]
    pub fn slice<T: Target>(
        &self,
        target: T,
        period: Period,
        range: impl IntoDateRange,
    ) -> Result<SeriesSlice<'_>, Error> {
        let known = <T::Value as sealed::MetricValue>::KIND;
        let key = target.key();
        let slot = self.slot_to_read(&key, known, period)?;
        let (first, last) = range.into_date_range()?.ticks();
        let Some(series) = slot.and_then(|slot| self.engine.find_series(slot, period)) else {
            return Ok(SeriesSlice::empty(self.kind_of::<T::Value>(&key)));
        };
        let found = self.engine.column(series).slice(first, last);
        Ok(SeriesSlice {
            days: match found.ticks {
                Ticks::Run { first, .. } => SliceDays::Consecutive { first },
                Ticks::Listed(ticks) => SliceDays::Listed(ticks),
            },
            values: match found.values {
                Values::Integers(values) => SliceValues::Integers(values),
                Values::Floats(values) => SliceValues::Floats(values),
            },
            nulls: found.nulls,
        })
    }

    /// What a series would hold that is not there.
    #[cold]
    pub(super) fn kind_of<V: MetricValue>(&self, key: &Key<'_>) -> ValueKind {
        if let Some(kind) = V::KIND {
            return kind;
        }
        let metric = match *key {
            Key::Numbered { at, .. } => Some(self.engine.slot_metric(at.slot)),
            Key::Declared { metric, .. } => {
                self.find_metric(MetricKey::Declared(metric)).ok().flatten()
            }
            Key::Named { name, .. } => self.find_metric(MetricKey::Named(name)).ok().flatten(),
        };
        metric.map_or(ValueKind::Integer, |metric| {
            self.engine.catalog().metric(metric).kind
        })
    }
}
