//! Integers that a number of JavaScript holds exactly.

use super::{Cell, Engine, EngineFault, SeriesId};
use crate::model::Value;
use crate::time::Tick;

/// The largest integer of which JavaScript's numbers can tell the neighbours.
const SAFE: u64 = (1 << 53) - 1;

impl Engine {
    /// From now on refuses to write what JavaScript's numbers do not hold; what was written stays.
    pub(crate) fn stay_safe(&mut self) {
        self.is_safe = true;
    }

    /// Refuses an integer that is not to be written.
    #[inline]
    pub(crate) fn check_safe(&self, value: Value) -> Result<(), EngineFault> {
        match value {
            Value::Integer(value) if self.is_safe && value.unsigned_abs() > SAFE => {
                Err(EngineFault::Unsafe(value))
            }
            _ => Ok(()),
        }
    }

    /// Refuses an amount that leads to an integer that is not to be written.
    #[inline]
    pub(crate) fn check_safe_sum(
        &self,
        series: SeriesId,
        tick: Tick,
        amount: Value,
    ) -> Result<(), EngineFault> {
        if !self.is_safe {
            return Ok(());
        }
        self.check_safe(amount)?;
        match (self.column(series).get(tick), amount) {
            (Cell::Held(Some(Value::Integer(held))), Value::Integer(amount)) => {
                // What does not fit at all is refused as such when it is added.
                self.check_safe(Value::Integer(held.saturating_add(amount)))
            }
            _ => Ok(()),
        }
    }
}
