//! Points in date order.

use super::MetricValue;
use crate::time::Date;

/// The value of a series on a date; none where it is known to be missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Point<V> {
    /// The date; of a [bucket](crate::Bucket), its first.
    pub date: Date,
    /// The value.
    pub value: Option<V>,
}

/// The points of one metric in one period, in date order, each date at most once.
///
/// # Example: points, dates and values
///
/// ```
/// use trackstats::{Fill, Period, Store, stats};
///
/// stats! { shopping { order_count } }
///
/// let mut store = Store::in_memory();
/// store.record(shopping::ORDER_COUNT, Period::Day, "2026-11-21", 2)?;
/// store.record(shopping::ORDER_COUNT, Period::Day, "2026-11-23", 5)?;
/// let series = store.series(shopping::ORDER_COUNT, Period::Day).fill(Fill::Zero).read()?;
/// assert_eq!(series.values().collect::<Vec<_>>(), [Some(2), Some(0), Some(5)]);
/// assert_eq!(series.last().unwrap().date.to_string(), "2026-11-23");
/// # Ok::<(), trackstats::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(transparent))]
pub struct Series<V> {
    points: Vec<Point<V>>,
}

impl<V: MetricValue> Series<V> {
    pub(crate) const fn new(points: Vec<Point<V>>) -> Self {
        Self { points }
    }

    /// The points in date order.
    #[must_use]
    pub fn points(&self) -> &[Point<V>] {
        &self.points
    }

    /// The points in date order, one after the other.
    pub fn iter(&self) -> std::slice::Iter<'_, Point<V>> {
        self.points.iter()
    }

    /// The number of points.
    #[must_use]
    pub fn len(&self) -> usize {
        self.points.len()
    }

    /// Whether there are no points.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.points.is_empty()
    }

    /// The dates in order.
    #[must_use = "iterators do nothing unless they are read"]
    pub fn dates(&self) -> impl DoubleEndedIterator<Item = Date> + ExactSizeIterator {
        self.points.iter().map(|point| point.date)
    }

    /// The values in the order of their dates.
    #[must_use = "iterators do nothing unless they are read"]
    pub fn values(&self) -> impl DoubleEndedIterator<Item = Option<V>> + ExactSizeIterator {
        self.points.iter().map(|point| point.value)
    }

    /// The first point.
    #[must_use]
    pub fn first(&self) -> Option<Point<V>> {
        self.points.first().copied()
    }

    /// The last point.
    #[must_use]
    pub fn last(&self) -> Option<Point<V>> {
        self.points.last().copied()
    }

    /// The point of a date; none in a gap.
    #[must_use]
    pub fn get(&self, date: Date) -> Option<Point<V>> {
        let index = self
            .points
            .binary_search_by_key(&date, |point| point.date)
            .ok()?;
        self.points.get(index).copied()
    }
}

impl<V> IntoIterator for Series<V> {
    type Item = Point<V>;
    type IntoIter = std::vec::IntoIter<Point<V>>;

    fn into_iter(self) -> Self::IntoIter {
        self.points.into_iter()
    }
}

impl<'a, V: MetricValue> IntoIterator for &'a Series<V> {
    type Item = &'a Point<V>;
    type IntoIter = std::slice::Iter<'a, Point<V>>;

    fn into_iter(self) -> Self::IntoIter {
        self.points.iter()
    }
}
