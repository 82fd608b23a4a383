//! What a tracker computes.

use std::fmt;
use std::str::FromStr;

use super::super::TrackFault;
use crate::Error;

/// How the events of a window become a value.
///
/// # Example: from text and back
///
/// ```
/// use trackstats::{Aggregation, ErrorCode};
///
/// assert_eq!("distinct".parse::<Aggregation>()?, Aggregation::Distinct);
/// assert_eq!(Aggregation::Minimum.to_string(), "minimum");
/// assert_eq!("median".parse::<Aggregation>().unwrap_err().code(), ErrorCode::InvalidValue);
/// # Ok::<(), trackstats::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Aggregation {
    /// The number of events.
    Count,
    /// The number of distinct items; events without one are passed over.
    Distinct,
    /// The sum of the values; nulls are passed over.
    Sum,
    /// The mean of the values; nulls are passed over.
    Mean,
    /// The smallest value; nulls are passed over.
    Minimum,
    /// The largest value; nulls are passed over.
    Maximum,
}

impl Aggregation {
    /// All aggregations.
    pub const ALL: [Self; 6] = [
        Self::Count,
        Self::Distinct,
        Self::Sum,
        Self::Mean,
        Self::Minimum,
        Self::Maximum,
    ];

    /// The text: `count`, `distinct`, `sum`, `mean`, `minimum` or `maximum`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Count => "count",
            Self::Distinct => "distinct",
            Self::Sum => "sum",
            Self::Mean => "mean",
            Self::Minimum => "minimum",
            Self::Maximum => "maximum",
        }
    }
}

impl FromStr for Aggregation {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        Self::ALL
            .into_iter()
            .find(|aggregation| aggregation.as_str() == text)
            .ok_or_else(|| TrackFault::Aggregation(text.to_owned()).into())
    }
}

impl fmt::Display for Aggregation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}
