//! How several values become one.

use super::StoreFault;
use crate::model::{MetricValue, Value, ValueKind};

/// How several values become one: [`Sum`], [`Mean`], [`Minimum`], [`Maximum`] or [`Last`]. Nulls are
/// passed over; where there is nothing else, the result is null. Sealed.
///
/// # Example: a month in several ways
///
/// ```
/// use trackstats::{Bucket, Last, Maximum, Mean, Period, Store, stats};
///
/// stats! { shopping { order_count } }
///
/// let mut store = Store::in_memory();
/// store.record(shopping::ORDER_COUNT, Period::Day, "2026-11-21", 5)?;
/// store.record(shopping::ORDER_COUNT, Period::Day, "2026-11-23", 2)?;
/// let days = || store.series(shopping::ORDER_COUNT, Period::Day);
/// let mean = days().bucket(Bucket::Month, Mean).read()?;
/// assert_eq!(mean.values().collect::<Vec<_>>(), [Some(3.5)]);
/// let most = days().bucket(Bucket::Month, Maximum).read()?;
/// assert_eq!(most.values().collect::<Vec<_>>(), [Some(5)]);
/// let last = days().bucket(Bucket::Month, Last).read()?;
/// assert_eq!(last.values().collect::<Vec<_>>(), [Some(2)]);
/// # Ok::<(), trackstats::Error>(())
/// ```
pub trait Aggregate<V: MetricValue>: sealed::Aggregate {
    /// What values of `V` become: floats for a mean, otherwise `V`.
    type Output: MetricValue;
}

/// The sum.
#[derive(Clone, Copy, Debug, Default)]
pub struct Sum;

/// The sum divided by the number of values.
#[derive(Clone, Copy, Debug, Default)]
pub struct Mean;

/// The smallest value.
#[derive(Clone, Copy, Debug, Default)]
pub struct Minimum;

/// The largest value.
#[derive(Clone, Copy, Debug, Default)]
pub struct Maximum;

/// The value of the latest date that has one.
#[derive(Clone, Copy, Debug, Default)]
pub struct Last;

pub(crate) mod sealed {
    pub trait Aggregate {
        fn any(self) -> super::AnyAggregate;
    }
}

macro_rules! aggregates {
    ($($name:ident => $output:ty),*) => {$(
        impl sealed::Aggregate for $name {
            fn any(self) -> AnyAggregate {
                AnyAggregate::$name
            }
        }

        impl<V: MetricValue> Aggregate<V> for $name {
            type Output = $output;
        }
    )*};
}

aggregates!(Sum => V, Mean => f64, Minimum => V, Maximum => V, Last => V);

/// An aggregate that is known at run time only, for metrics whose kind is.
///
/// A mean is a float, and all others are of the kind of the metric.
///
/// # Example: an aggregate that a user chose
///
/// ```
/// use trackstats::{AnyAggregate, MetricRef, NewMetric, Period, Store, Value};
///
/// let mut store = Store::in_memory();
/// store.register_metric(&NewMetric::new("shopping.order_count"))?;
/// let orders = MetricRef::new("shopping.order_count");
/// store.record(&orders, Period::Day, "2026-11-22", 3)?;
/// store.record(&orders, Period::Day, "2026-11-23", 4)?;
/// let chosen = AnyAggregate::Mean;
/// let series = store.series(&orders, Period::Day).rolling(2, chosen).read()?;
/// assert_eq!(series.values().last(), Some(Some(Value::Float(3.5))));
/// # Ok::<(), trackstats::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum AnyAggregate {
    /// The sum.
    Sum,
    /// The sum divided by the number of values.
    Mean,
    /// The smallest value.
    Minimum,
    /// The largest value.
    Maximum,
    /// The value of the latest date that has one.
    Last,
}

impl sealed::Aggregate for AnyAggregate {
    fn any(self) -> Self {
        self
    }
}

impl Aggregate<Value> for AnyAggregate {
    type Output = Value;
}

/// Values on their way to becoming one.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Folding {
    fold: AnyAggregate,
    count: u32,
    /// Exact: 2^32 values of 64 bits fit.
    integers: i128,
    floats: f64,
    chosen: Option<Value>,
}

impl Folding {
    pub(crate) const fn new(fold: AnyAggregate) -> Self {
        Self {
            fold,
            count: 0,
            integers: 0,
            floats: 0.0,
            chosen: None,
        }
    }

    pub(crate) fn push(&mut self, value: Option<Value>) {
        let Some(value) = value else { return };
        self.count += 1;
        match self.fold {
            AnyAggregate::Sum | AnyAggregate::Mean => match value {
                Value::Integer(value) => self.integers += i128::from(value),
                Value::Float(value) => self.floats += value,
            },
            AnyAggregate::Last => self.chosen = Some(value),
            AnyAggregate::Minimum if self.chosen.is_none_or(|chosen| less(value, chosen)) => {
                self.chosen = Some(value);
            }
            AnyAggregate::Maximum if self.chosen.is_none_or(|chosen| less(chosen, value)) => {
                self.chosen = Some(value);
            }
            AnyAggregate::Minimum | AnyAggregate::Maximum => {}
        }
        if self.chosen.is_none() {
            self.chosen = Some(value);
        }
    }

    /// Takes in what was folded of the values that follow.
    pub(crate) fn join(&mut self, later: Self) {
        self.count += later.count;
        self.integers += later.integers;
        self.floats += later.floats;
        let Some(value) = later.chosen else { return };
        let takes = match (self.fold, self.chosen) {
            (_, None) | (AnyAggregate::Last, _) => true,
            (AnyAggregate::Minimum, Some(chosen)) => less(value, chosen),
            (AnyAggregate::Maximum, Some(chosen)) => less(chosen, value),
            (AnyAggregate::Sum | AnyAggregate::Mean, _) => false,
        };
        if takes {
            self.chosen = Some(value);
        }
    }

    /// Whether values of that kind are added.
    pub(crate) fn adds(&self, kind: ValueKind) -> bool {
        matches!(self.fold, AnyAggregate::Sum | AnyAggregate::Mean)
            && self.chosen.is_some_and(|chosen| chosen.kind() == kind)
    }

    /// Whether the sum of floats did not leave their range.
    pub(crate) fn is_finite(&self) -> bool {
        self.floats.is_finite()
    }

    /// The result; none where there was no value but null.
    #[expect(clippy::cast_precision_loss, reason = "a mean is a float")]
    pub(crate) fn finish(&self, metric: &str) -> Result<Option<Value>, StoreFault> {
        let Some(chosen) = self.chosen else {
            return Ok(None);
        };
        let overflow = || StoreFault::Overflow {
            metric: metric.to_owned(),
        };
        let sum = || match chosen.kind() {
            ValueKind::Integer => i64::try_from(self.integers).ok().map(Value::Integer),
            ValueKind::Float => self.floats.is_finite().then_some(Value::Float(self.floats)),
        };
        match self.fold {
            AnyAggregate::Sum => sum().map(Some).ok_or_else(overflow),
            AnyAggregate::Mean => {
                let sum = match chosen.kind() {
                    ValueKind::Integer => self.integers as f64,
                    ValueKind::Float => self.floats,
                };
                let mean = sum / f64::from(self.count);
                if mean.is_finite() {
                    Ok(Some(Value::Float(mean)))
                } else {
                    Err(overflow())
                }
            }
            AnyAggregate::Minimum | AnyAggregate::Maximum | AnyAggregate::Last => Ok(Some(chosen)),
        }
    }
}

/// Values of one metric are of one kind, and floats are finite.
fn less(left: Value, right: Value) -> bool {
    match (left, right) {
        (Value::Integer(left), Value::Integer(right)) => left < right,
        _ => left.as_f64() < right.as_f64(),
    }
}
