//! The dates and times of jiff.

use jiff::civil;

use super::{Date, EventTime, IntoEventTime, TimeFault, Timestamp};
use crate::Error;

impl TryFrom<civil::Date> for Date {
    type Error = Error;

    fn try_from(date: civil::Date) -> Result<Self, Error> {
        let part = |number: i8| u8::try_from(number).unwrap_or(0);
        Self::new(i32::from(date.year()), part(date.month()), part(date.day()))
    }
}

impl TryFrom<&civil::Date> for Date {
    type Error = Error;

    fn try_from(date: &civil::Date) -> Result<Self, Error> {
        (*date).try_into()
    }
}

impl From<Date> for civil::Date {
    fn from(date: Date) -> Self {
        let parts = || {
            Some((
                i16::try_from(date.year()).ok()?,
                i8::try_from(date.month()).ok()?,
                i8::try_from(date.day()).ok()?,
            ))
        };
        parts()
            .and_then(|(year, month, day)| Self::new(year, month, day).ok())
            .expect("jiff has every date of the years 1 to 9999")
    }
}

impl TryFrom<jiff::Timestamp> for Timestamp {
    type Error = Error;

    fn try_from(instant: jiff::Timestamp) -> Result<Self, Error> {
        // The second that has begun: jiff cuts towards 1970.
        let second = instant.as_second();
        let begun = second - i64::from(instant.subsec_nanosecond() < 0);
        Self::from_seconds(begun)
    }
}

impl TryFrom<&jiff::ZonedDateTime> for Timestamp {
    type Error = Error;

    fn try_from(time: &jiff::ZonedDateTime) -> Result<Self, Error> {
        time.timestamp().try_into()
    }
}

impl TryFrom<Timestamp> for jiff::Timestamp {
    type Error = Error;

    fn try_from(instant: Timestamp) -> Result<Self, Error> {
        Self::from_second(instant.as_seconds()).map_err(|_| TimeFault::TimestampOutside.into())
    }
}

impl IntoEventTime for jiff::Timestamp {
    fn into_event_time(self) -> Result<Option<EventTime>, Error> {
        Ok(Some(EventTime::Instant(self.try_into()?)))
    }
}

impl IntoEventTime for &jiff::Timestamp {
    fn into_event_time(self) -> Result<Option<EventTime>, Error> {
        (*self).into_event_time()
    }
}

impl IntoEventTime for &jiff::ZonedDateTime {
    fn into_event_time(self) -> Result<Option<EventTime>, Error> {
        self.timestamp().into_event_time()
    }
}

impl IntoEventTime for jiff::ZonedDateTime {
    fn into_event_time(self) -> Result<Option<EventTime>, Error> {
        self.timestamp().into_event_time()
    }
}

impl IntoEventTime for civil::Date {
    fn into_event_time(self) -> Result<Option<EventTime>, Error> {
        Ok(Some(EventTime::Date(self.try_into()?)))
    }
}

impl IntoEventTime for &civil::Date {
    fn into_event_time(self) -> Result<Option<EventTime>, Error> {
        (*self).into_event_time()
    }
}

/// A time without a zone is dated as it is written.
impl IntoEventTime for civil::DateTime {
    fn into_event_time(self) -> Result<Option<EventTime>, Error> {
        self.date().into_event_time()
    }
}

impl IntoEventTime for &civil::DateTime {
    fn into_event_time(self) -> Result<Option<EventTime>, Error> {
        self.date().into_event_time()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_go_there_and_back() {
        for date in [Date::MIN, Date::MAX, Date::new(2024, 2, 29).unwrap()] {
            assert_eq!(Date::try_from(civil::Date::from(date)).unwrap(), date);
        }
        assert!(Date::try_from(civil::Date::new(0, 12, 31).unwrap()).is_err());
    }

    #[test]
    fn instants_are_cut_to_the_second_that_has_begun() {
        for (nanoseconds, second) in [(0, 0), (999_999_999, 0), (-1, -1), (-1_000_000_000, -1)] {
            let instant = jiff::Timestamp::from_nanosecond(nanoseconds).unwrap();
            assert_eq!(Timestamp::try_from(instant).unwrap().as_seconds(), second);
        }
        for instant in [Timestamp::MIN, Timestamp::from_seconds(-1).unwrap()] {
            let there = jiff::Timestamp::try_from(instant).unwrap();
            assert_eq!(Timestamp::try_from(there).unwrap(), instant);
        }
    }

    #[test]
    fn a_zoned_time_is_an_instant_and_a_civil_one_a_date() {
        let utc = jiff::Timestamp::UNIX_EPOCH.to_zoned_datetime(jiff::tz::TimeZone::UTC);
        let zero = EventTime::Instant(Timestamp::from_seconds(0).unwrap());
        assert_eq!((&utc).into_event_time().unwrap(), Some(zero));
        let written = civil::date(2026, 11, 23).at(23, 30, 0, 0);
        let date = EventTime::Date("2026-11-23".parse().unwrap());
        assert_eq!(written.into_event_time().unwrap(), Some(date));
    }
}
