//! What is made of the points of a series when it is read.

use super::StoreFault;
use super::aggregate::{AnyAggregate, Folding};
use crate::model::{MetricValue, Point, Value};
use crate::time::{Bucket, Date, Tick};

/// What stands in the gaps of a series.
///
/// # Example: a day without a value
///
/// ```
/// use trackstats::{Fill, Period, Store, stats};
///
/// stats! { shopping { order_count } }
///
/// let mut store = Store::in_memory();
/// store.record(shopping::ORDER_COUNT, Period::Day, "2026-11-21", 3)?;
/// store.record(shopping::ORDER_COUNT, Period::Day, "2026-11-23", 5)?;
/// for (fill, value) in [(Fill::Zero, Some(0)), (Fill::Null, None), (Fill::Previous, Some(3))] {
///     let series = store.series(shopping::ORDER_COUNT, Period::Day).fill(fill).read()?;
///     assert_eq!(series.points()[1].value, value);
/// }
/// # Ok::<(), trackstats::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "lowercase")
)]
#[non_exhaustive]
pub enum Fill {
    /// Zero.
    Zero,
    /// Null.
    Null,
    /// The value before the gap, also from before the range; null where there is none.
    Previous,
}

/// The steps from stored points to read ones, in the order in which they are taken.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Shape {
    pub(super) fill: Option<Fill>,
    pub(super) rolling: Option<(u32, AnyAggregate)>,
    pub(super) cumulative: bool,
    pub(super) bucket: Option<(Bucket, AnyAggregate)>,
}

impl Shape {
    /// Whether the points change beyond the filling of gaps.
    pub(super) fn computes(&self) -> bool {
        self.rolling.is_some() || self.cumulative || self.bucket.is_some()
    }
}

/// Puts a point on each tick from `first` to `last` that has none.
pub(super) fn fill<V: MetricValue>(
    points: &[Point<V>],
    (first, last): (Tick, Tick),
    fill: Fill,
    zero: V,
    before: Option<V>,
) -> Vec<Point<V>> {
    let days = usize::try_from(i64::from(last) - i64::from(first) + 1).unwrap_or(0);
    let mut filled = Vec::with_capacity(days);
    let mut stored = points.iter().copied().peekable();
    let mut previous = before;
    for tick in first..=last {
        let date = Date::from_tick(tick);
        let point = stored.next_if(|point| point.date == date).unwrap_or(Point {
            date,
            value: match fill {
                Fill::Zero => Some(zero),
                Fill::Null => None,
                Fill::Previous => previous,
            },
        });
        previous = point.value;
        filled.push(point);
    }
    filled
}

/// The running sum; a null adds nothing.
pub(super) fn cumulative(
    points: &[Point<Value>],
    metric: &str,
) -> Result<Vec<Point<Value>>, StoreFault> {
    let mut sum = Folding::new(AnyAggregate::Sum);
    let mut summed = Vec::with_capacity(points.len());
    for point in points {
        sum.push(point.value);
        summed.push(Point {
            date: point.date,
            value: sum.finish(metric)?,
        });
    }
    Ok(summed)
}

/// One point a bucket, on its first date.
pub(super) fn gather(
    points: &[Point<Value>],
    (bucket, fold): (Bucket, AnyAggregate),
    metric: &str,
) -> Result<Vec<Point<Value>>, StoreFault> {
    let mut gathered = Vec::new();
    let mut rest = points;
    while let Some(first) = rest.first() {
        let start = bucket.start(first.date);
        let end = bucket.next_start(first.date);
        let inside = rest.partition_point(|point| end.is_none_or(|end| point.date < end));
        let (head, tail) = rest.split_at(inside);
        gathered.push(Point {
            date: start,
            value: aggregate(head, fold, metric)?,
        });
        rest = tail;
    }
    Ok(gathered)
}

pub(super) fn aggregate(
    points: &[Point<Value>],
    fold: AnyAggregate,
    metric: &str,
) -> Result<Option<Value>, StoreFault> {
    let mut folding = Folding::new(fold);
    for point in points {
        folding.push(point.value);
    }
    folding.finish(metric)
}
