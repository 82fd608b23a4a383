//! When an event happened.

use std::str::FromStr;
use std::time::SystemTime;

use super::{Date, TimeFault, Timestamp, iso8601};
use crate::Error;

/// When an event happened: at an instant, whose date depends on the zone, or on a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EventTime {
    /// An instant, dated in the zone of the tracker.
    Instant(Timestamp),
    /// A date as it is; no zone applies.
    Date(Date),
}

impl FromStr for EventTime {
    type Err = Error;

    /// Reads a date, or a time without an offset, as a date, and a time with one as an instant, in every
    /// form that [`Timestamp`] reads.
    ///
    /// # Example: what `PostgreSQL` writes, and a leap second
    ///
    /// ```
    /// use trackstats::{EventTime, Timestamp};
    ///
    /// let paid: EventTime = "2023-02-10 15:41:33+01".parse()?;
    /// assert_eq!(paid, EventTime::Instant("2023-02-10T14:41:33Z".parse()?));
    /// let leap: Timestamp = "2016-12-31T23:59:60Z".parse()?;
    /// assert_eq!(leap.to_string(), "2016-12-31T23:59:59Z");
    /// # Ok::<(), trackstats::Error>(())
    /// ```
    fn from_str(text: &str) -> Result<Self, Error> {
        let fault = || TimeFault::MomentText(text.to_owned());
        let reading = iso8601::read(text).ok_or_else(fault)?;
        if reading.has_offset() {
            Ok(Self::Instant(reading.instant().ok_or_else(fault)?))
        } else {
            Ok(Self::Date(reading.date))
        }
    }
}

/// What a tracker's closure may return as the time of an event; none where it has no time.
///
/// Implemented for [`Date`], [`Timestamp`], [`EventTime`], text as [`Timestamp`] reads it, [`SystemTime`], and with the
/// features `chrono`, `jiff` and `time` for the dates and times of those crates, each also by reference,
/// in an `Option` and in a `Result`.
pub trait IntoEventTime {
    /// The time of the event, or none.
    ///
    /// # Errors
    ///
    /// `invalid_date` when a text is no time, or the time lies outside the years 1 to 9999.
    fn into_event_time(self) -> Result<Option<EventTime>, Error>;
}

impl IntoEventTime for EventTime {
    #[inline]
    fn into_event_time(self) -> Result<Option<EventTime>, Error> {
        Ok(Some(self))
    }
}

impl IntoEventTime for Date {
    #[inline]
    fn into_event_time(self) -> Result<Option<EventTime>, Error> {
        Ok(Some(EventTime::Date(self)))
    }
}

impl IntoEventTime for Timestamp {
    #[inline]
    fn into_event_time(self) -> Result<Option<EventTime>, Error> {
        Ok(Some(EventTime::Instant(self)))
    }
}

impl IntoEventTime for SystemTime {
    fn into_event_time(self) -> Result<Option<EventTime>, Error> {
        Ok(Some(EventTime::Instant(self.try_into()?)))
    }
}

impl IntoEventTime for &str {
    fn into_event_time(self) -> Result<Option<EventTime>, Error> {
        self.parse().map(Some)
    }
}

impl IntoEventTime for &String {
    fn into_event_time(self) -> Result<Option<EventTime>, Error> {
        self.parse().map(Some)
    }
}

impl IntoEventTime for String {
    fn into_event_time(self) -> Result<Option<EventTime>, Error> {
        self.parse().map(Some)
    }
}

/// So that the time of an event may be passed where it lies.
macro_rules! by_reference {
    ($($type:ty),*) => {$(
        impl IntoEventTime for &$type {
            #[inline]
            fn into_event_time(self) -> Result<Option<EventTime>, Error> {
                (*self).into_event_time()
            }
        }
    )*};
}

by_reference!(EventTime, Date, Timestamp, SystemTime);

impl<T: IntoEventTime> IntoEventTime for Option<T> {
    #[inline]
    fn into_event_time(self) -> Result<Option<EventTime>, Error> {
        self.map_or(Ok(None), T::into_event_time)
    }
}

/// So that a closure may parse a text and pass on what it got.
impl<T: IntoEventTime, X: Into<Error>> IntoEventTime for Result<T, X> {
    #[inline]
    fn into_event_time(self) -> Result<Option<EventTime>, Error> {
        self.map_err(Into::into)?.into_event_time()
    }
}

#[cfg(feature = "serde")]
mod serde_moments {
    use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

    use super::EventTime;

    /// As text: in RFC 3339, or as `YYYY-MM-DD`.
    impl Serialize for EventTime {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            match self {
                Self::Instant(instant) => instant.serialize(serializer),
                Self::Date(date) => date.serialize(serializer),
            }
        }
    }

    impl<'de> Deserialize<'de> for EventTime {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
            text.parse().map_err(de::Error::custom)
        }
    }
}

#[cfg(feature = "chrono")]
mod chrono_moments {
    use chrono::{DateTime, NaiveDate, NaiveDateTime, TimeZone};

    use super::{Error, EventTime, IntoEventTime};

    impl<Tz: TimeZone> IntoEventTime for DateTime<Tz> {
        fn into_event_time(self) -> Result<Option<EventTime>, Error> {
            Ok(Some(EventTime::Instant(self.try_into()?)))
        }
    }

    impl<Tz: TimeZone> IntoEventTime for &DateTime<Tz> {
        fn into_event_time(self) -> Result<Option<EventTime>, Error> {
            let seconds = crate::Timestamp::from_seconds(self.timestamp())?;
            Ok(Some(EventTime::Instant(seconds)))
        }
    }

    by_reference!(NaiveDate, NaiveDateTime);

    impl IntoEventTime for NaiveDate {
        fn into_event_time(self) -> Result<Option<EventTime>, Error> {
            Ok(Some(EventTime::Date(self.try_into()?)))
        }
    }

    /// A time without a zone is dated as it is written.
    impl IntoEventTime for NaiveDateTime {
        fn into_event_time(self) -> Result<Option<EventTime>, Error> {
            self.date().into_event_time()
        }
    }
}
