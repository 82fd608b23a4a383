//! What a key of a series holds, and what adding to it makes of it.

use super::column::Column;
use super::slice::Slice;
use crate::model::Value;

/// What a key of a series holds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Cell {
    /// Never recorded.
    Missing,
    /// A value, or null.
    Held(Option<Value>),
}

impl Cell {
    /// What the cell holds once this much was added; none if that does not fit. The amount is of the same kind.
    #[inline]
    pub(super) fn plus(self, amount: Value) -> Option<Value> {
        match (self, amount) {
            (Self::Held(Some(Value::Integer(held))), Value::Integer(amount)) => {
                held.checked_add(amount).map(Value::Integer)
            }
            (Self::Held(Some(Value::Float(held))), Value::Float(amount)) => {
                let sum = held + amount;
                sum.is_finite().then_some(Value::Float(sum))
            }
            _ => Some(amount),
        }
    }
}

impl Column {
    /// Adds what another column of the same kind holds, date by date; false if a sum does not fit.
    pub(crate) fn add_all(&mut self, cells: Slice<'_>) -> bool {
        for (tick, amount) in cells.iter() {
            let held = self.get(tick);
            match (held, amount) {
                (Cell::Held(_), None) => {}
                (Cell::Missing, None) => {
                    self.set(tick, None);
                }
                (_, Some(amount)) => match held.plus(amount) {
                    Some(sum) => {
                        self.set(tick, Some(sum));
                    }
                    None => return false,
                },
            }
        }
        true
    }
}
