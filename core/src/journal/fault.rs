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
    Newer {
        version: u8,
        known: u8,
    },
    /// Refused by the engine, with its reason.
    Refused {
        at: usize,
        reason: String,
    },
}

impl Fault for JournalFault {
    fn code(&self) -> ErrorCode {
        match self {
            Self::Damaged { .. } | Self::Refused { .. } => ErrorCode::Corrupt,
            Self::Newer { .. } => ErrorCode::NewerVersion,
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
