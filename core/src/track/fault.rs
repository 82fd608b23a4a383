//! What can go wrong in a run of a tracker.

use std::fmt;

use super::Aggregation;
use crate::error::{ErrorCode, Fault};
use crate::time::{Date, Period};

#[derive(Debug)]
pub(crate) enum TrackFault {
    NotFloats {
        metric: String,
    },
    Overflow {
        metric: String,
    },
    DimensionTwice {
        metric: String,
        name: String,
    },
    Source,
    Failed,
    /// The events begin after what the rows to compute depend on; of all dates if none is needed first.
    Lacks {
        metric: String,
        period: Period,
        first: Option<Date>,
        needed: Option<Date>,
        /// From when on the caller says that all events are there.
        since: Option<Date>,
    },
    Aggregation(String),
    ColumnLength {
        column: &'static str,
        length: usize,
        events: usize,
    },
    TooManyEvents {
        events: u64,
    },
    NoColumn {
        aggregation: Aggregation,
        column: &'static str,
    },
    NoObjects {
        handles: usize,
    },
    ObjectOutside {
        object: u32,
        handles: u32,
    },
    OtherMetric {
        metric: String,
        handle: String,
    },
}

impl Fault for TrackFault {
    fn code(&self) -> ErrorCode {
        match self {
            Self::NotFloats { .. } => ErrorCode::KindMismatch,
            Self::Overflow { .. } => ErrorCode::Overflow,
            Self::DimensionTwice { .. } => ErrorCode::UnknownDimension,
            Self::Source => ErrorCode::Aborted,
            Self::Failed => ErrorCode::InvalidState,
            Self::Lacks { .. }
            | Self::Aggregation(_)
            | Self::ColumnLength { .. }
            | Self::TooManyEvents { .. }
            | Self::NoColumn { .. }
            | Self::NoObjects { .. }
            | Self::ObjectOutside { .. }
            | Self::OtherMetric { .. } => ErrorCode::InvalidValue,
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
            Self::Failed => {
                f.write_str("a run that could not read an event cannot be finished: begin another")
            }
            Self::Lacks {
                metric,
                period,
                first,
                needed,
                since,
            } => write_lacks(f, (metric, *period), *first, *needed, *since),
            Self::Aggregation(text) => write!(
                f,
                "'{text}' is not an aggregation: use count, distinct, sum, mean, minimum or maximum"
            ),
            Self::ColumnLength {
                column,
                length,
                events,
            } => write!(
                f,
                "the column of {column} has a length of {length} in the place of {events}"
            ),
            Self::TooManyEvents { events } => write!(
                f,
                "a run was given {events} events: give at most 4294967295"
            ),
            Self::NoColumn {
                aggregation,
                column,
            } => write!(
                f,
                "the aggregation '{aggregation}' needs a column of {column}"
            ),
            Self::NoObjects { handles } => {
                write!(
                    f,
                    "the events of {handles} handles need a column of objects"
                )
            }
            Self::ObjectOutside { object, handles } => {
                write!(f, "the object {object} is not one of the {handles} handles")
            }
            Self::OtherMetric { metric, handle } => {
                write!(
                    f,
                    "a tracker of '{metric}' was given a handle of '{handle}'"
                )
            }
        }
    }
}

/// Writes which events a source lacks.
fn write_lacks(
    f: &mut fmt::Formatter<'_>,
    (metric, period): (&str, Period),
    first: Option<Date>,
    needed: Option<Date>,
    since: Option<Date>,
) -> fmt::Result {
    if let (Some(first), Some(needed), None) = (first, needed, since)
        && first <= needed
    {
        return write!(
            f,
            "the events of '{metric}' begin at {first}, and rows of the period '{period}' hold more \
             than they give: a part of that day may be missing, so give all events, or say with \
             `since` from when on they are all there"
        );
    }
    match (since, first) {
        (Some(since), _) => {
            write!(
                f,
                "the events of '{metric}' are all there since {since} only"
            )?;
        }
        (None, Some(first)) => {
            write!(f, "the events of '{metric}' begin at {first}")?;
        }
        (None, None) => {
            write!(f, "no event of '{metric}' has a date up to today")?;
        }
    }
    write!(
        f,
        " and rows of the period '{period}' were made of earlier ones: give "
    )?;
    match needed {
        Some(needed) => write!(f, "the events since {needed}")?,
        None => f.write_str("all events")?,
    }
    match since {
        Some(_) => Ok(()),
        None => f.write_str(", or say with `since` from when on they are all there"),
    }
}
