//! Periods as files write them.

use crate::Error;
use crate::time::Period;

/// Reads a period by its name or its number of seconds.
pub(super) fn read(text: &str) -> Result<Period, Error> {
    match text.parse() {
        Ok(seconds) => Period::from_seconds(seconds),
        Err(_) => text.parse(),
    }
}
