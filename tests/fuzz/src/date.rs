//! Dates and times as text.

use trackstats::{Bucket, Date, ErrorCode, EventTime, FixedOffset, Timestamp, Weekday, Zone as _};

/// Reads a text as a date, as an instant and as either.
///
/// # Panics
///
/// When what was read does not read the same again, or an error has another code than `invalid_date`.
pub fn date(text: &str) {
    match text.parse::<Date>() {
        Ok(date) => {
            assert_eq!(date.to_string(), text, "a date is written in one way only");
            stays_in_the_calendar(date);
        }
        Err(error) => assert_eq!(error.code(), ErrorCode::InvalidDate),
    }
    match text.parse::<Timestamp>() {
        Ok(instant) => {
            assert_eq!(instant.to_string().parse().ok(), Some(instant));
            let zone = FixedOffset::hours(14).expect("the hours are few");
            assert_eq!(zone.offset_at(instant), 14 * 3_600);
            stays_in_the_calendar(instant.date_in(&zone));
            assert!(instant.hour_in(&zone) < 24);
        }
        Err(error) => assert_eq!(error.code(), ErrorCode::InvalidDate),
    }
    match text.parse::<EventTime>() {
        Ok(EventTime::Instant(instant)) => assert_eq!(text.parse().ok(), Some(instant)),
        // In the extended form of ISO 8601, or in the basic one.
        Ok(EventTime::Date(date)) => {
            assert!(
                text.replace('-', "")
                    .starts_with(&date.to_string().replace('-', ""))
            );
        }
        Err(error) => assert_eq!(error.code(), ErrorCode::InvalidDate),
    }
}

fn stays_in_the_calendar(date: Date) {
    assert!((Date::MIN..=Date::MAX).contains(&date));
    let parts = Date::new(date.year(), date.month(), date.day());
    assert_eq!(parts.ok(), Some(date));
    for bucket in [
        Bucket::Week(Weekday::Sunday),
        Bucket::Month,
        Bucket::Quarter,
        Bucket::Year,
    ] {
        assert!(bucket.range(date).contains(date), "{bucket} of {date}");
    }
}
