//! What can go wrong with a question to the store.

use std::fmt;

use crate::error::{ErrorCode, Fault};

#[derive(Debug)]
pub(crate) enum StoreFault {
    ForeignHandle,
    RollingDays(u32),
    OpenRange,
    NoDimension {
        metric: String,
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

impl Fault for StoreFault {
    fn code(&self) -> ErrorCode {
        match self {
            Self::ForeignHandle | Self::RollingDays(_) | Self::OpenRange => ErrorCode::InvalidValue,
            Self::InsideBatch => ErrorCode::InvalidState,
            Self::OtherZone { .. } => ErrorCode::ZoneMismatch,
            #[cfg(feature = "files")]
            Self::ReadOnly => ErrorCode::ReadOnly,
            #[cfg(feature = "files")]
            Self::OpenSavepoint => ErrorCode::InvalidState,
            Self::NoDimension { .. } => ErrorCode::UnknownDimension,
            Self::Overflow { .. } => ErrorCode::Overflow,
        }
    }
}

impl fmt::Display for StoreFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ForeignHandle => f.write_str("the handle was made by another store"),
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
                "the store ended before a savepoint was kept or taken back: what came after it is taken back",
            ),
            Self::OtherZone { stored, own } => write!(
                f,
                "the store was created in the time zone '{stored}' and is opened in '{own}': name no zone to take \
                 what is stored, or move the store when it is open"
            ),
        }
    }
}
