//! What can go wrong with a question to the store.

use std::fmt;

use crate::error::{ErrorCode, Fault};
use crate::time::Period;

#[derive(Debug)]
pub(crate) enum StoreFault {
    ForeignHandle,
    OutdatedHandle,
    EndedSavepoint,
    RollingDays(u32),
    OpenRange,
    NoDimension {
        metric: String,
    },
    /// Nothing was recorded by these names, but by more of them.
    OnlyParts {
        metric: String,
        period: Period,
        asked: Vec<String>,
        recorded: Vec<String>,
    },
    Overflow {
        metric: String,
    },
    InsideBatch,
    OtherZone {
        stored: String,
        own: String,
    },
    #[cfg(feature = "files")]
    ReadOnly,
    #[cfg(feature = "files")]
    OpenSavepoint,
}

/// `a, b and c`.
fn list(f: &mut fmt::Formatter<'_>, names: &[String]) -> fmt::Result {
    for (place, name) in names.iter().enumerate() {
        f.write_str(match place {
            0 => "",
            _ if place + 1 == names.len() => " and ",
            _ => ", ",
        })?;
        write!(f, "'{name}'")?;
    }
    Ok(())
}

impl Fault for StoreFault {
    fn code(&self) -> ErrorCode {
        match self {
            Self::ForeignHandle
            | Self::OutdatedHandle
            | Self::EndedSavepoint
            | Self::InsideBatch => ErrorCode::InvalidState,
            Self::RollingDays(_) | Self::OpenRange => ErrorCode::InvalidValue,
            Self::OtherZone { .. } => ErrorCode::ZoneMismatch,
            #[cfg(feature = "files")]
            Self::ReadOnly => ErrorCode::ReadOnly,
            #[cfg(feature = "files")]
            Self::OpenSavepoint => ErrorCode::InvalidState,
            Self::NoDimension { .. } | Self::OnlyParts { .. } => ErrorCode::UnknownDimension,
            Self::Overflow { .. } => ErrorCode::Overflow,
        }
    }
}

impl fmt::Display for StoreFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ForeignHandle => f.write_str(
                "the handle was made by another store, or before this one was opened: make it anew",
            ),
            Self::OutdatedHandle => f.write_str(
                "what the handle stands for is not there any more: its statistics were deleted, or its metric \
                 was rolled back; make it anew",
            ),
            Self::EndedSavepoint => f.write_str(
                "the savepoint was ended before, with one that was made earlier, or is of another store",
            ),
            Self::RollingDays(days) => {
                write!(
                    f,
                    "a rolling window of {days} days is not possible: use 1 to 36500"
                )
            }
            Self::OpenRange => {
                f.write_str("a comparison needs a range with both ends, such as a month")
            }
            Self::NoDimension { metric } => write!(
                f,
                "the metric '{metric}' has no dimensions of its own: say what to break it down by"
            ),
            Self::OnlyParts {
                metric,
                period,
                asked,
                recorded,
            } => {
                write!(f, "'{metric}' was recorded in the period {period} by ")?;
                list(f, recorded)?;
                f.write_str(", and never ")?;
                if asked.is_empty() {
                    f.write_str("as a total")?;
                } else {
                    f.write_str("by ")?;
                    list(f, asked)?;
                    f.write_str(" alone")?;
                }
                f.write_str(
                    ": ask for a breakdown, which adds the parts up, for the series by a dimension, or name \
                     them all",
                )
            }
            Self::Overflow { metric } => {
                write!(f, "a sum of '{metric}' is out of the range of its values")
            }
            Self::InsideBatch => {
                f.write_str("the changes of a batch can be taken only when it has ended")
            }
            #[cfg(feature = "files")]
            Self::ReadOnly => f.write_str("the store was opened for reading only"),
            #[cfg(feature = "files")]
            Self::OpenSavepoint => f.write_str(
                "the store ended before a savepoint was released or rolled back to: what came after it is rolled back",
            ),
            Self::OtherZone { stored, own } => write!(
                f,
                "the store was created in the time zone '{stored}' and is opened in '{own}': name no zone to take \
                 what is stored, or move the store when it is open"
            ),
        }
    }
}
