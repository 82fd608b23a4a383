//! What can go wrong with dates, periods and zones.

use std::fmt;

use super::Period;
use crate::error::{ErrorCode, Fault, shorten};
use crate::nearest::nearest;

#[derive(Debug)]
pub(crate) enum TimeFault {
    DateText(String),
    DateParts { year: i32, month: u8, day: u8 },
    DateOutside(String),
    MomentText(String),
    RangeText(String),
    TimestampOutside,
    Period(String),
    PeriodSeconds(u64),
    Weekday(String),
    Bucket(String),
    Offset(i32),
    Zone(String),
}

impl Fault for TimeFault {
    fn code(&self) -> ErrorCode {
        match self {
            Self::DateText(_)
            | Self::DateParts { .. }
            | Self::DateOutside(_)
            | Self::MomentText(_)
            | Self::RangeText(_)
            | Self::TimestampOutside => ErrorCode::InvalidDate,
            Self::Period(_) | Self::PeriodSeconds(_) => ErrorCode::UnknownPeriod,
            Self::Weekday(_) | Self::Bucket(_) => ErrorCode::InvalidValue,
            Self::Offset(_) | Self::Zone(_) => ErrorCode::UnknownZone,
        }
    }
}

impl fmt::Display for TimeFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::DateText(text) if is_written_as_date(text) => write!(
                f,
                "'{text}' is not a date: there is no such day from 0001-01-01 to 9999-12-31"
            ),
            Self::DateText(text) => {
                write!(
                    f,
                    "'{}' is not a date: write it as YYYY-MM-DD",
                    shorten(text)
                )
            }
            Self::DateParts { year, month, day } => {
                write!(
                    f,
                    "year {year}, month {month}, day {day} is not a date from 0001-01-01 to 9999-12-31"
                )
            }
            Self::DateOutside(what) => {
                write!(f, "{what} lies outside 0001-01-01 to 9999-12-31")
            }
            Self::MomentText(text) => write!(
                f,
                "'{}' is not a time: write YYYY-MM-DD, or YYYY-MM-DDTHH:MM:SS with Z or an offset",
                shorten(text)
            ),
            Self::RangeText(text) => write!(
                f,
                "'{}' is not a range of dates: write YYYY, YYYY-MM or YYYY-MM-DD, or give both ends",
                shorten(text)
            ),
            Self::TimestampOutside => f.write_str("the instant lies outside the years 1 to 9999"),
            Self::Period(text) => {
                write!(f, "'{}' is not a period: ", shorten(text))?;
                if let Some(nearest) = nearest(text, Period::ALL.map(Period::as_str)) {
                    write!(f, "did you mean '{nearest}'? ")?;
                }
                f.write_str("use day, week, days_28, month or lifetime")
            }
            Self::PeriodSeconds(seconds) => write!(
                f,
                "{seconds} is the length of no period: use 86400, 604800, 2419200, 2592000 or 0"
            ),
            Self::Weekday(text) => {
                write!(
                    f,
                    "'{}' is not a day of the week: use monday to sunday",
                    shorten(text)
                )
            }
            Self::Bucket(text) => {
                write!(
                    f,
                    "'{}' is not a bucket: use day, week, month, quarter or year",
                    shorten(text)
                )
            }
            Self::Offset(seconds) => {
                write!(f, "an offset of {seconds} seconds is more than a day")
            }
            Self::Zone(text) => write!(
                f,
                "'{}' is not a time zone: use a name of the IANA database, such as 'Europe/Amsterdam'",
                shorten(text)
            ),
        }
    }
}

/// Whether the text has the form of a date, so that its form is not what is wrong with it.
fn is_written_as_date(text: &str) -> bool {
    text.len() == 10
        && text.bytes().enumerate().all(|(place, byte)| match place {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        })
}
