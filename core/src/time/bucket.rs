//! Calendar spans.

use std::fmt;
use std::str::FromStr;

use super::{Date, DateRange, TimeFault};
use crate::Error;

/// A day of the week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "lowercase")
)]
#[expect(missing_docs, reason = "the names of the days need no explanation")]
pub enum Weekday {
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
}

impl Weekday {
    /// All days, Monday first.
    pub const ALL: [Self; 7] = [
        Self::Monday,
        Self::Tuesday,
        Self::Wednesday,
        Self::Thursday,
        Self::Friday,
        Self::Saturday,
        Self::Sunday,
    ];

    /// The name in lower case.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Monday => "monday",
            Self::Tuesday => "tuesday",
            Self::Wednesday => "wednesday",
            Self::Thursday => "thursday",
            Self::Friday => "friday",
            Self::Saturday => "saturday",
            Self::Sunday => "sunday",
        }
    }

    /// Monday is 0 and Sunday is 6.
    pub(super) fn from_number(number: i32) -> Self {
        let index = usize::try_from(number.rem_euclid(7)).unwrap_or(0);
        Self::ALL[index]
    }

    const fn number(self) -> i32 {
        self as i32
    }
}

impl FromStr for Weekday {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        Self::ALL
            .into_iter()
            .find(|day| day.as_str() == text)
            .ok_or_else(|| TimeFault::Weekday(text.to_owned()).into())
    }
}

/// A span of the calendar that the points of a series are gathered in when it is read.
///
/// # Example: the week that holds a date
///
/// ```
/// use trackstats::{Bucket, Date, Weekday};
///
/// let monday: Date = "2026-11-23".parse()?;
/// assert_eq!(Bucket::Week(Weekday::Monday).start(monday), monday);
/// assert_eq!(Bucket::Week(Weekday::Sunday).start(monday).to_string(), "2026-11-22");
/// assert_eq!(Bucket::Quarter.range(monday).last().to_string(), "2026-12-31");
/// # Ok::<(), trackstats::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "lowercase")
)]
#[non_exhaustive]
pub enum Bucket {
    /// One day.
    Day,
    /// Seven days from the given day of the week.
    Week(Weekday),
    /// A month of the calendar.
    Month,
    /// Three months, from January, April, July or October.
    Quarter,
    /// A year from January.
    Year,
}

impl Bucket {
    /// The first date of the bucket that holds the date.
    ///
    /// The first week of the calendar starts on 0001-01-01, whatever day of the week that is.
    #[must_use]
    pub fn start(self, date: Date) -> Date {
        let (year, month, _) = date.parts();
        match self {
            Self::Day => date,
            Self::Week(first) => {
                let into = (date.weekday().number() - first.number()).rem_euclid(7);
                date.saturating_plus(-i64::from(into))
            }
            Self::Month => first_of(year, month),
            Self::Quarter => first_of(year, (month - 1) / 3 * 3 + 1),
            Self::Year => first_of(year, 1),
        }
    }

    /// The first and the last date of the bucket that holds the date.
    #[must_use]
    pub fn range(self, date: Date) -> DateRange {
        let start = self.start(date);
        let last = self
            .next_start(start)
            .map_or(Date::MAX, |next| next.saturating_plus(-1));
        DateRange::new(start, last)
    }

    /// The start of the bucket after the one that holds the date; none after the last.
    #[must_use]
    pub fn next_start(self, date: Date) -> Option<Date> {
        let (year, month, _) = date.parts();
        match self {
            Self::Day => date.plus_days(1).ok(),
            Self::Week(first) => {
                let into = (date.weekday().number() - first.number()).rem_euclid(7);
                date.plus_days(7 - into).ok()
            }
            Self::Month => month_start(year, month + 1),
            Self::Quarter => month_start(year, (month - 1) / 3 * 3 + 4),
            Self::Year => month_start(year, 13),
        }
    }
}

fn first_of(year: i32, month: u8) -> Date {
    Date::new(year, month, 1).unwrap_or(Date::MIN)
}

/// The first of a month that may be numbered past December.
fn month_start(year: i32, month: u8) -> Option<Date> {
    let (year, month) = if month > 12 {
        (year + 1, month - 12)
    } else {
        (year, month)
    };
    Date::new(year, month, 1).ok()
}

impl FromStr for Bucket {
    type Err = Error;

    /// Reads `day`, `week` (from Monday), `month`, `quarter` or `year`.
    fn from_str(text: &str) -> Result<Self, Error> {
        Ok(match text {
            "day" => Self::Day,
            "week" => Self::Week(Weekday::Monday),
            "month" => Self::Month,
            "quarter" => Self::Quarter,
            "year" => Self::Year,
            _ => return Err(TimeFault::Bucket(text.to_owned()).into()),
        })
    }
}

impl fmt::Display for Bucket {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Day => "day",
            Self::Week(_) => "week",
            Self::Month => "month",
            Self::Quarter => "quarter",
            Self::Year => "year",
        })
    }
}
