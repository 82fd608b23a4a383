//! When an event happened.

use std::str::FromStr;
use std::time::SystemTime;

use super::{Date, TimeFault, Timestamp, rfc3339};
use crate::Error;

/// When an event happened: at an instant, whose date depends on the zone, or on a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Moment {
    /// An instant, dated in the zone of the tracker.
    Instant(Timestamp),
    /// A date as it is; no zone applies.
    Date(Date),
}

impl FromStr for Moment {
    type Err = Error;

    /// Reads `YYYY-MM-DD` or a time without an offset as a date, a time with one as an instant.
    fn from_str(text: &str) -> Result<Self, Error> {
        let fault = || TimeFault::MomentText(text.to_owned());
        let reading = rfc3339::read(text).ok_or_else(fault)?;
        if reading.has_offset() {
            Ok(Self::Instant(reading.instant().ok_or_else(fault)?))
        } else {
            Ok(Self::Date(reading.date))
        }
    }
}

/// What a tracker's closure may return as the time of an event; none where it has no time.
///
/// Implemented for [`Date`], [`Timestamp`], [`Moment`], text in RFC 3339, [`SystemTime`], and with the
/// feature `chrono` for its dates and times, each also in an `Option` and in a `Result`.
pub trait IntoMoment {
    /// The moment, or none.
    ///
    /// # Errors
    ///
    /// `invalid_date` when a text is no time, or the time lies outside the years 1 to 9999.
    fn into_moment(self) -> Result<Option<Moment>, Error>;
}

impl IntoMoment for Moment {
    #[inline]
    fn into_moment(self) -> Result<Option<Moment>, Error> {
        Ok(Some(self))
    }
}

impl IntoMoment for Date {
    #[inline]
    fn into_moment(self) -> Result<Option<Moment>, Error> {
        Ok(Some(Moment::Date(self)))
    }
}

impl IntoMoment for Timestamp {
    #[inline]
    fn into_moment(self) -> Result<Option<Moment>, Error> {
        Ok(Some(Moment::Instant(self)))
    }
}

impl IntoMoment for SystemTime {
    fn into_moment(self) -> Result<Option<Moment>, Error> {
        Ok(Some(Moment::Instant(self.try_into()?)))
    }
}

impl IntoMoment for &str {
    fn into_moment(self) -> Result<Option<Moment>, Error> {
        self.parse().map(Some)
    }
}

impl IntoMoment for &String {
    fn into_moment(self) -> Result<Option<Moment>, Error> {
        self.parse().map(Some)
    }
}

impl IntoMoment for String {
    fn into_moment(self) -> Result<Option<Moment>, Error> {
        self.parse().map(Some)
    }
}

impl<T: IntoMoment> IntoMoment for Option<T> {
    #[inline]
    fn into_moment(self) -> Result<Option<Moment>, Error> {
        self.map_or(Ok(None), T::into_moment)
    }
}

/// So that a closure may parse a text and pass on what it got.
impl<T: IntoMoment, X: Into<Error>> IntoMoment for Result<T, X> {
    #[inline]
    fn into_moment(self) -> Result<Option<Moment>, Error> {
        self.map_err(Into::into)?.into_moment()
    }
}

#[cfg(feature = "serde")]
mod serde_moments {
    use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

    use super::Moment;

    /// As text: in RFC 3339, or as `YYYY-MM-DD`.
    impl Serialize for Moment {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            match self {
                Self::Instant(instant) => instant.serialize(serializer),
                Self::Date(date) => date.serialize(serializer),
            }
        }
    }

    impl<'de> Deserialize<'de> for Moment {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
            text.parse().map_err(de::Error::custom)
        }
    }
}

#[cfg(feature = "chrono")]
mod chrono_moments {
    use chrono::{DateTime, NaiveDate, NaiveDateTime, TimeZone};

    use super::{Error, IntoMoment, Moment};

    impl<Tz: TimeZone> IntoMoment for DateTime<Tz> {
        fn into_moment(self) -> Result<Option<Moment>, Error> {
            Ok(Some(Moment::Instant(self.try_into()?)))
        }
    }

    impl IntoMoment for NaiveDate {
        fn into_moment(self) -> Result<Option<Moment>, Error> {
            Ok(Some(Moment::Date(self.try_into()?)))
        }
    }

    /// A time without a zone is dated as it is written.
    impl IntoMoment for NaiveDateTime {
        fn into_moment(self) -> Result<Option<Moment>, Error> {
            self.date().into_moment()
        }
    }
}
