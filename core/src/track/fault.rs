//! What can go wrong in a run of a tracker.

use std::fmt;

use crate::error::{ErrorCode, Fault};

#[derive(Debug)]
pub(crate) enum TrackFault {
    NotFloats { metric: String },
    Overflow { metric: String },
    DimensionTwice { metric: String, name: String },
    Source,
}

impl Fault for TrackFault {
    fn code(&self) -> ErrorCode {
        match self {
            Self::NotFloats { .. } => ErrorCode::KindMismatch,
            Self::Overflow { .. } => ErrorCode::Overflow,
            Self::DimensionTwice { .. } => ErrorCode::UnknownDimension,
            Self::Source => ErrorCode::Aborted,
        }
    }
}

impl fmt::Display for TrackFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotFloats { metric } => {
                write!(
                    f,
                    "the metric '{metric}' holds integers and a mean is a float"
                )
            }
            Self::Overflow { metric } => {
                write!(f, "a sum of '{metric}' is out of the range of its values")
            }
            Self::DimensionTwice { metric, name } => {
                write!(
                    f,
                    "a tracker of '{metric}' was given the dimension '{name}' twice"
                )
            }
            Self::Source => f.write_str("the source of the events failed"),
        }
    }
}
