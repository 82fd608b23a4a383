//! The length of the window that a statistic describes.

use std::fmt;
use std::str::FromStr;

use super::TimeFault;
use crate::Error;

/// The length of the window that ends on a statistic's date, both ends included.
///
/// Calendar weeks, months, quarters and years are no periods but [buckets](crate::Bucket): they are
/// computed when a series is read.
///
/// # Example: texts and lengths
///
/// ```
/// use trackstats::{ErrorCode, Period};
///
/// assert_eq!("days_28".parse::<Period>()?, Period::Days28);
/// assert_eq!(Period::Week.days(), Some(7));
/// assert_eq!(Period::Lifetime.days(), None);
/// assert_eq!("year".parse::<Period>().unwrap_err().code(), ErrorCode::UnknownPeriod);
/// # Ok::<(), trackstats::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Period {
    /// The date itself.
    Day,
    /// The 7 days that end on the date.
    Week,
    /// The 28 days that end on the date.
    Days28,
    /// The 30 days that end on the date.
    Month,
    /// Everything up to and including the date.
    Lifetime,
}

impl Period {
    /// All periods, shortest first.
    pub const ALL: [Self; 5] = [
        Self::Day,
        Self::Week,
        Self::Days28,
        Self::Month,
        Self::Lifetime,
    ];

    /// The text of the period: `day`, `week`, `days_28`, `month` or `lifetime`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Week => "week",
            Self::Days28 => "days_28",
            Self::Month => "month",
            Self::Lifetime => "lifetime",
        }
    }

    /// The number of days in the window; none for a lifetime.
    #[must_use]
    pub const fn days(self) -> Option<u32> {
        match self {
            Self::Day => Some(1),
            Self::Week => Some(7),
            Self::Days28 => Some(28),
            Self::Month => Some(30),
            Self::Lifetime => None,
        }
    }

    /// The number that stands for the period in interchange: its length in seconds, 0 for a
    /// lifetime, as in django-trackstats.
    #[must_use]
    pub const fn seconds(self) -> u32 {
        match self.days() {
            Some(days) => days * 86_400,
            None => 0,
        }
    }

    /// The period of that length in seconds.
    ///
    /// # Errors
    ///
    /// `unknown_period` when no period has that length.
    pub fn from_seconds(seconds: u64) -> Result<Self, Error> {
        Self::ALL
            .into_iter()
            .find(|period| u64::from(period.seconds()) == seconds)
            .ok_or_else(|| TimeFault::PeriodSeconds(seconds).into())
    }

    pub(crate) const fn index(self) -> usize {
        self as usize
    }
}

impl FromStr for Period {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        Self::ALL
            .into_iter()
            .find(|period| period.as_str() == text)
            .ok_or_else(|| TimeFault::Period(text.to_owned()).into())
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

#[cfg(feature = "serde")]
mod serde_periods {
    use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

    use super::Period;

    /// As the text of [`Period::as_str`].
    impl Serialize for Period {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            serializer.serialize_str(self.as_str())
        }
    }

    impl<'de> Deserialize<'de> for Period {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
            text.parse().map_err(de::Error::custom)
        }
    }
}
