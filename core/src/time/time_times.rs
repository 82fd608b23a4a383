//! The dates and times of the crate `time`.

use time::{OffsetDateTime, PrimitiveDateTime, UtcDateTime};

use super::{Date, EventTime, IntoEventTime, TimeFault, Timestamp};
use crate::Error;

/// The Julian day of 1970-01-01.
const EPOCH: i32 = 2_440_588;

impl TryFrom<time::Date> for Date {
    type Error = Error;

    fn try_from(date: time::Date) -> Result<Self, Error> {
        Self::from_days_since_epoch(date.to_julian_day() - EPOCH)
    }
}

impl TryFrom<&time::Date> for Date {
    type Error = Error;

    fn try_from(date: &time::Date) -> Result<Self, Error> {
        (*date).try_into()
    }
}

impl From<Date> for time::Date {
    fn from(date: Date) -> Self {
        Self::from_julian_day(date.days_since_epoch() + EPOCH)
            .expect("the crate has every date of the years 1 to 9999")
    }
}

impl TryFrom<OffsetDateTime> for Timestamp {
    type Error = Error;

    fn try_from(time: OffsetDateTime) -> Result<Self, Error> {
        Self::from_seconds(time.unix_timestamp())
    }
}

impl TryFrom<UtcDateTime> for Timestamp {
    type Error = Error;

    fn try_from(time: UtcDateTime) -> Result<Self, Error> {
        Self::from_seconds(time.unix_timestamp())
    }
}

impl TryFrom<Timestamp> for OffsetDateTime {
    type Error = Error;

    fn try_from(instant: Timestamp) -> Result<Self, Error> {
        Self::from_unix_timestamp(instant.as_seconds())
            .map_err(|_| TimeFault::TimestampOutside.into())
    }
}

macro_rules! event_times {
    ($($type:ty: $time:ident => $event_time:expr),*) => {$(
        impl IntoEventTime for $type {
            fn into_event_time(self) -> Result<Option<EventTime>, Error> {
                let $time = self;
                Ok(Some($event_time))
            }
        }

        impl IntoEventTime for &$type {
            fn into_event_time(self) -> Result<Option<EventTime>, Error> {
                (*self).into_event_time()
            }
        }
    )*};
}

// A time without an offset is dated as it is written.
event_times!(
    OffsetDateTime: time => EventTime::Instant(time.try_into()?),
    UtcDateTime: time => EventTime::Instant(time.try_into()?),
    PrimitiveDateTime: time => EventTime::Date(time.date().try_into()?),
    time::Date: date => EventTime::Date(date.try_into()?)
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_go_there_and_back() {
        for date in [Date::MIN, Date::MAX, Date::new(2024, 2, 29).unwrap()] {
            assert_eq!(Date::try_from(time::Date::from(date)).unwrap(), date);
        }
        assert!(Date::try_from(time::Date::MIN).is_err());
    }

    #[test]
    fn a_time_with_an_offset_is_an_instant_and_one_without_a_date() {
        let late = OffsetDateTime::from_unix_timestamp(-1).unwrap();
        let instant = Timestamp::from_seconds(-1).unwrap();
        assert_eq!(
            late.into_event_time().unwrap(),
            Some(EventTime::Instant(instant))
        );
        assert_eq!(OffsetDateTime::try_from(instant).unwrap(), late);
        let date = EventTime::Date("1969-12-31".parse().unwrap());
        let written = PrimitiveDateTime::new(late.date(), late.time());
        assert_eq!((&written).into_event_time().unwrap(), Some(date));
    }
}
