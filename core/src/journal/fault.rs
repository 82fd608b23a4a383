//! What bytes can be refused for.

use std::fmt;

use crate::error::{ErrorCode, Fault};

#[derive(Debug, PartialEq, Eq)]
pub(crate) enum JournalFault {
    /// What was being read, and at which byte.
    Damaged {
        what: &'static str,
        at: usize,
    },
    /// No store, but this.
    Foreign(&'static str),
    Newer {
        version: u8,
        known: u8,
    },
    /// A wait for the disk failed earlier.
    Unsure,
    /// Changes that are larger than a frame may be.
    TooLarge(usize),
    /// Refused by the engine, with its reason.
    Refused {
        at: usize,
        reason: String,
    },
}

impl Fault for JournalFault {
    fn code(&self) -> ErrorCode {
        match self {
            Self::Damaged { .. } | Self::Foreign(_) | Self::Refused { .. } => ErrorCode::Corrupt,
            Self::Newer { .. } => ErrorCode::NewerVersion,
            Self::Unsure => ErrorCode::Io,
            Self::TooLarge(_) => ErrorCode::InvalidValue,
        }
    }
}

impl fmt::Display for JournalFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Damaged { what, at } => {
                write!(
                    f,
                    "the stored bytes are damaged: {what} is not readable at byte {at}"
                )
            }
            Self::Foreign(what) => write!(f, "this is not a store: it is {what}"),
            Self::Unsure => f.write_str(
                "a wait for the disk failed, so that nothing is written until the store is opened anew",
            ),
            Self::TooLarge(len) => {
                write!(f, "{len} bytes of changes are too many for a commit: write a snapshot")
            }
            Self::Newer { version, known } => write!(
                f,
                "the bytes are of version {version} and this release reads up to {known}: \
                 use a newer release of trackstats"
            ),
            Self::Refused { at, reason } => {
                write!(f, "the stored bytes are damaged: at byte {at}, {reason}")
            }
        }
    }
}
