//! What is kept of the events of one day, for any aggregation.
//!
//! A tracker over closures is made for one tally by the compiler. A tracker over columns is made once
//! and told the aggregation, so that it takes a fifth of the code where code is fetched.

use super::super::tally::{Finished, Tally};
use super::Aggregation;
use crate::model::{Value, ValueKind};

/// What is kept of events.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kept {
    Count,
    IntegerSum,
    FloatSum,
    Mean,
    Smallest(ValueKind),
    Greatest(ValueKind),
}

impl Kept {
    /// What an aggregation keeps for a metric of a kind; nothing for a mean of integers.
    pub(super) const fn of(aggregation: Aggregation, kind: ValueKind) -> Option<Self> {
        Some(match (aggregation, kind) {
            (Aggregation::Count | Aggregation::Distinct, _) => Self::Count,
            (Aggregation::Sum, ValueKind::Integer) => Self::IntegerSum,
            (Aggregation::Sum, ValueKind::Float) => Self::FloatSum,
            (Aggregation::Mean, ValueKind::Float) => Self::Mean,
            (Aggregation::Mean, ValueKind::Integer) => return None,
            (Aggregation::Minimum, kind) => Self::Smallest(kind),
            (Aggregation::Maximum, kind) => Self::Greatest(kind),
        })
    }
}

/// What is kept of the events of a day, or of several days together.
#[derive(Clone, Copy, Debug)]
pub(super) struct AnyTally {
    /// The bits of the integer or the float.
    bits: u64,
    /// The 32 bits above those of a sum of integers: 2^32 values of 64 bits fit.
    above: i32,
    events: u32,
    values: u32,
    kept: Kept,
}

impl AnyTally {
    /// Of no events, for an aggregation. [`EMPTY`](Tally::EMPTY) is of none, and cannot be finished.
    pub(super) const fn none(kept: Kept) -> Self {
        Self {
            bits: 0,
            above: 0,
            events: 0,
            values: 0,
            kept,
        }
    }

    /// Of one event.
    #[inline]
    pub(super) fn one(kept: Kept, value: Option<Value>) -> Self {
        let (bits, above) = match value {
            _ if kept == Kept::Count => (1, 0),
            None => (0, 0),
            Some(Value::Integer(value)) => (value.cast_unsigned(), if value < 0 { -1 } else { 0 }),
            Some(Value::Float(value)) => (value.to_bits(), 0),
        };
        Self {
            bits,
            above,
            events: 1,
            values: value.is_some().into(),
            kept,
        }
    }

    /// Of so many events, which are only counted.
    #[inline]
    pub(super) const fn of_events(kept: Kept, events: u32) -> Self {
        Self {
            bits: events as u64,
            above: 0,
            events,
            values: 0,
            kept,
        }
    }

    fn float(&self) -> f64 {
        f64::from_bits(self.bits)
    }

    fn sum(&self) -> i128 {
        i128::from(self.above) << 64 | i128::from(self.bits)
    }

    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the low bits and those above are all that a sum has"
    )]
    fn set_sum(&mut self, sum: i128) {
        self.bits = sum as u64;
        self.above = (sum >> 64) as i32;
    }

    fn value(&self, kind: ValueKind) -> Value {
        match kind {
            ValueKind::Integer => Value::Integer(self.bits.cast_signed()),
            ValueKind::Float => Value::Float(self.float()),
        }
    }

    /// Takes the value of the other if it is the first or lies further out.
    fn take_extreme(&mut self, other: &Self, kind: ValueKind, greatest: bool) {
        if other.values == 0 {
            return;
        }
        let is_larger = match kind {
            ValueKind::Integer => other.bits.cast_signed() > self.bits.cast_signed(),
            ValueKind::Float => other.float() > self.float(),
        };
        if self.values == 0 || is_larger == greatest {
            self.bits = other.bits;
        }
    }
}

impl Tally for AnyTally {
    const EMPTY: Self = Self::none(Kept::Count);

    fn may_overflow(&self) -> bool {
        matches!(self.kept, Kept::IntegerSum | Kept::FloatSum | Kept::Mean)
    }

    #[inline]
    fn of(value: Option<Value>) -> Self {
        Self::one(Kept::Count, value)
    }

    #[inline]
    fn events(&self) -> u64 {
        self.events.into()
    }

    #[inline]
    fn merge(&mut self, other: &Self) {
        if other.events == 0 {
            return;
        }
        self.kept = other.kept;
        match other.kept {
            Kept::Count => self.bits += other.bits,
            Kept::IntegerSum => self.set_sum(self.sum() + other.sum()),
            Kept::FloatSum | Kept::Mean => {
                self.bits = (self.float() + other.float()).to_bits();
            }
            Kept::Smallest(kind) => self.take_extreme(other, kind, false),
            Kept::Greatest(kind) => self.take_extreme(other, kind, true),
        }
        self.events = self.events.saturating_add(other.events);
        self.values = self.values.saturating_add(other.values);
    }

    fn unmerge(&mut self, other: &Self) -> bool {
        match self.kept {
            Kept::Count => self.bits -= other.bits,
            Kept::IntegerSum => self.set_sum(self.sum() - other.sum()),
            // Taking a float away does not undo the rounding of adding it.
            _ => return false,
        }
        self.events -= other.events;
        self.values -= other.values;
        true
    }

    fn finish(&self) -> Finished {
        let value = match self.kept {
            Kept::Count => Value::Integer(i64::try_from(self.bits).unwrap_or(i64::MAX)),
            // No events have the sum 0, events with null only have none.
            Kept::IntegerSum | Kept::FloatSum if self.values == 0 && self.events > 0 => {
                return Some(None);
            }
            Kept::IntegerSum => Value::Integer(i64::try_from(self.sum()).ok()?),
            Kept::FloatSum => Value::Float(self.float()),
            _ if self.values == 0 => return Some(None),
            Kept::Mean => Value::Float(self.float() / f64::from(self.values)),
            Kept::Smallest(kind) | Kept::Greatest(kind) => self.value(kind),
        };
        match value {
            Value::Float(float) if !float.is_finite() => None,
            value => Some(Some(value)),
        }
    }
}
