//! One part of a statement.

use crate::sql::fault::SqlFault;

pub(super) type Checked = Result<(), SqlFault>;

/// Refuses a part that is there.
pub(super) fn none(there: bool, what: &str) -> Checked {
    if there {
        Err(SqlFault::refused(format!("{what} is not supported")))
    } else {
        Ok(())
    }
}
