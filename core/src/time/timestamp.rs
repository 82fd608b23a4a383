//! An instant.

use std::fmt;
use std::str::FromStr;
use std::time::{SystemTime, UNIX_EPOCH};

use super::{Date, TimeFault, Zone, iso8601};
use crate::Error;

const DAY: i64 = 86_400;

/// An instant, in whole seconds since 1970-01-01T00:00:00Z; the years 1 to 9999 in UTC.
///
/// # Example: the date of an instant depends on the zone
///
/// ```
/// use trackstats::{FixedOffset, Timestamp, Utc};
///
/// let instant: Timestamp = "2026-11-23T23:30:00Z".parse()?;
/// assert_eq!(instant.date_in(&Utc).to_string(), "2026-11-23");
/// assert_eq!(instant.date_in(&FixedOffset::hours(1)?).to_string(), "2026-11-24");
/// # Ok::<(), trackstats::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(i64);

impl Timestamp {
    /// 0001-01-01T00:00:00Z.
    pub const MIN: Self = Self(Date::MIN.days_since_epoch() as i64 * DAY);
    /// 9999-12-31T23:59:59Z.
    pub const MAX: Self = Self((Date::MAX.days_since_epoch() as i64 + 1) * DAY - 1);

    /// The instant that many seconds after 1970-01-01T00:00:00Z.
    ///
    /// # Errors
    ///
    /// `invalid_date` when it lies outside the years 1 to 9999.
    pub fn from_seconds(seconds: i64) -> Result<Self, Error> {
        let instant = Self(seconds);
        if (Self::MIN..=Self::MAX).contains(&instant) {
            Ok(instant)
        } else {
            Err(TimeFault::TimestampOutside.into())
        }
    }

    /// The instant that many milliseconds after 1970-01-01T00:00:00Z, cut to the second before it.
    ///
    /// # Errors
    ///
    /// `invalid_date` when it lies outside the years 1 to 9999.
    pub fn from_millis(millis: i64) -> Result<Self, Error> {
        Self::from_seconds(millis.div_euclid(1_000))
    }

    /// The seconds since 1970-01-01T00:00:00Z, negative before it.
    #[must_use]
    pub const fn as_seconds(self) -> i64 {
        self.0
    }

    /// The calendar date at this instant in a zone, held inside 0001-01-01 to 9999-12-31.
    #[must_use]
    pub fn date_in(self, zone: &(impl Zone + ?Sized)) -> Date {
        self.local_date(zone.offset_at(self))
    }

    /// The hour on the clock at this instant in a zone, 0 to 23.
    #[must_use]
    pub fn hour_in(self, zone: &(impl Zone + ?Sized)) -> u8 {
        let local = self.0 + i64::from(zone.offset_at(self));
        u8::try_from(local.rem_euclid(DAY) / 3_600).unwrap_or(0)
    }

    /// The date on a clock that is `offset` seconds ahead of UTC.
    pub(crate) fn local_date(self, offset: i32) -> Date {
        let days = (self.0 + i64::from(offset)).div_euclid(DAY);
        Date::from_tick(0).saturating_plus(days)
    }

    pub(super) const fn unchecked(seconds: i64) -> Self {
        Self(seconds)
    }
}

impl FromStr for Timestamp {
    type Err = Error;

    /// Reads a time with `Z` or an offset, as RFC 3339, ISO 8601 and `PostgreSQL` write it:
    /// `2026-11-23T23:30:30Z`, `2026-11-23 23:30:30.5+01`, `20261123T233030+0100`. Fractions of a second
    /// are cut off, and a leap second, `23:59:60`, is the last second of its day.
    fn from_str(text: &str) -> Result<Self, Error> {
        iso8601::read(text)
            .and_then(iso8601::Reading::instant)
            .ok_or_else(|| TimeFault::MomentText(text.to_owned()).into())
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let date = self.local_date(0);
        let seconds = self.0.rem_euclid(DAY);
        let (hour, minute, second) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
        f.pad(&format!("{date}T{hour:02}:{minute:02}:{second:02}Z"))
    }
}

impl TryFrom<SystemTime> for Timestamp {
    type Error = Error;

    fn try_from(time: SystemTime) -> Result<Self, Error> {
        let seconds = match time.duration_since(UNIX_EPOCH) {
            Ok(after) => i64::try_from(after.as_secs()).ok(),
            // Rounded away from 1970, so that the instant is never later than the time.
            Err(before) => {
                let before = before.duration();
                let whole = before.as_secs() + u64::from(before.subsec_nanos() > 0);
                i64::try_from(whole).ok().map(|whole| -whole)
            }
        };
        seconds.map_or_else(
            || Err(TimeFault::TimestampOutside.into()),
            Self::from_seconds,
        )
    }
}

#[cfg(feature = "chrono")]
impl<Tz: chrono::TimeZone> TryFrom<chrono::DateTime<Tz>> for Timestamp {
    type Error = Error;

    fn try_from(time: chrono::DateTime<Tz>) -> Result<Self, Error> {
        Self::from_seconds(time.timestamp())
    }
}

#[cfg(feature = "serde")]
mod serde_timestamps {
    use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

    use super::Timestamp;

    /// As text in RFC 3339.
    impl Serialize for Timestamp {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            serializer.collect_str(self)
        }
    }

    impl<'de> Deserialize<'de> for Timestamp {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
            text.parse().map_err(de::Error::custom)
        }
    }
}
