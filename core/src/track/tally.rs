//! What is kept of the events of one day.

use crate::model::Value;

/// A statistic on its way: `Some(None)` is null; none is an overflow.
pub(super) type Finished = Option<Option<Value>>;

/// What is kept of the events of a day, or of several days together.
pub(super) trait Tally: Copy + std::fmt::Debug {
    /// Of no events.
    const EMPTY: Self;

    /// Whether [`finish`](Tally::finish) may find that a sum does not fit.
    fn may_overflow(&self) -> bool;

    /// Of one event; `value` is none where it is null or the tally is not interested.
    fn of(value: Option<Value>) -> Self;

    /// How many events there were.
    fn events(&self) -> u64;

    fn is_empty(&self) -> bool {
        self.events() == 0
    }

    fn merge(&mut self, other: &Self);

    /// Takes away what was merged, if that gives exactly what was there before; answers whether it
    /// did.
    fn unmerge(&mut self, other: &Self) -> bool;

    /// The statistic.
    fn finish(&self) -> Finished;
}

/// The number of events.
#[derive(Clone, Copy, Debug)]
pub(super) struct Count(u64);

impl Tally for Count {
    const EMPTY: Self = Self(0);

    fn may_overflow(&self) -> bool {
        false
    }

    #[inline]
    fn of(_: Option<Value>) -> Self {
        Self(1)
    }

    #[inline]
    fn events(&self) -> u64 {
        self.0
    }

    #[inline]
    fn merge(&mut self, other: &Self) {
        self.0 += other.0;
    }

    #[inline]
    fn unmerge(&mut self, other: &Self) -> bool {
        self.0 -= other.0;
        true
    }

    #[inline]
    fn finish(&self) -> Finished {
        Some(Some(Value::Integer(
            i64::try_from(self.0).unwrap_or(i64::MAX),
        )))
    }
}

/// How many events there were, and how many of them had a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Seen {
    events: u32,
    values: u32,
}

impl Seen {
    const NONE: Self = Self {
        events: 0,
        values: 0,
    };

    fn one(has_value: bool) -> Self {
        Self {
            events: 1,
            values: has_value.into(),
        }
    }

    fn merge(&mut self, other: Self) {
        self.events = self.events.saturating_add(other.events);
        self.values = self.values.saturating_add(other.values);
    }

    /// Whether there is a value, or nothing at all that could have had one.
    fn is_known(self) -> bool {
        self.values > 0 || self.events == 0
    }
}

/// The exact sum of integers.
#[derive(Clone, Copy, Debug)]
pub(super) struct IntegerSum {
    seen: Seen,
    sum: i128,
}

impl Tally for IntegerSum {
    const EMPTY: Self = Self {
        seen: Seen::NONE,
        sum: 0,
    };

    fn may_overflow(&self) -> bool {
        true
    }

    fn of(value: Option<Value>) -> Self {
        let sum = value.and_then(Value::as_i64).map_or(0, i128::from);
        Self {
            seen: Seen::one(value.is_some()),
            sum,
        }
    }

    fn events(&self) -> u64 {
        self.seen.events.into()
    }

    fn merge(&mut self, other: &Self) {
        self.seen.merge(other.seen);
        self.sum += other.sum;
    }

    fn unmerge(&mut self, other: &Self) -> bool {
        self.seen.events -= other.seen.events;
        self.seen.values -= other.seen.values;
        self.sum -= other.sum;
        true
    }

    fn finish(&self) -> Finished {
        if self.seen.is_known() {
            i64::try_from(self.sum)
                .ok()
                .map(|sum| Some(Value::Integer(sum)))
        } else {
            Some(None)
        }
    }
}

/// The sum of floats, or with `MEAN` their mean.
#[derive(Clone, Copy, Debug)]
pub(super) struct FloatSum<const MEAN: bool> {
    seen: Seen,
    sum: f64,
}

impl<const MEAN: bool> Tally for FloatSum<MEAN> {
    const EMPTY: Self = Self {
        seen: Seen::NONE,
        sum: 0.0,
    };

    fn may_overflow(&self) -> bool {
        true
    }

    fn of(value: Option<Value>) -> Self {
        Self {
            seen: Seen::one(value.is_some()),
            sum: value.map_or(0.0, Value::as_f64),
        }
    }

    fn events(&self) -> u64 {
        self.seen.events.into()
    }

    fn merge(&mut self, other: &Self) {
        self.seen.merge(other.seen);
        self.sum += other.sum;
    }

    fn unmerge(&mut self, _: &Self) -> bool {
        // Taking a float away does not undo the rounding of adding it.
        false
    }

    fn finish(&self) -> Finished {
        if !self.seen.is_known() || (MEAN && self.seen.values == 0) {
            return Some(None);
        }
        let result = if MEAN {
            self.sum / f64::from(self.seen.values)
        } else {
            self.sum
        };
        result.is_finite().then_some(Some(Value::Float(result)))
    }
}

/// The smallest value, or with `GREATEST` the largest.
#[derive(Clone, Copy, Debug)]
pub(super) struct Extreme<const GREATEST: bool> {
    events: u32,
    value: Option<Value>,
}

impl<const GREATEST: bool> Tally for Extreme<GREATEST> {
    const EMPTY: Self = Self {
        events: 0,
        value: None,
    };

    fn may_overflow(&self) -> bool {
        false
    }

    fn of(value: Option<Value>) -> Self {
        Self { events: 1, value }
    }

    fn events(&self) -> u64 {
        self.events.into()
    }

    fn merge(&mut self, other: &Self) {
        self.events = self.events.saturating_add(other.events);
        self.value = match (self.value, other.value) {
            (Some(held), Some(new)) => {
                let larger = match (held, new) {
                    (Value::Integer(held), Value::Integer(new)) => new > held,
                    _ => new.as_f64() > held.as_f64(),
                };
                Some(if larger == GREATEST { new } else { held })
            }
            (held, new) => held.or(new),
        };
    }

    fn unmerge(&mut self, _: &Self) -> bool {
        false
    }

    fn finish(&self) -> Finished {
        Some(self.value)
    }
}
