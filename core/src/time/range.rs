//! A span of dates.

use std::ops::{Range, RangeFrom, RangeFull, RangeInclusive, RangeTo, RangeToInclusive};
use std::str::FromStr;

use super::{Bucket, Date, Tick, TimeFault};
use crate::Error;

/// A span of dates with both ends included; empty when the first is after the last.
///
/// # Example: from Rust's own ranges
///
/// `..=` includes its end and `..` does not, as everywhere in Rust.
///
/// ```
/// use trackstats::IntoDateRange as _;
///
/// let range = ("2026-11-01"..="2026-11-30").into_date_range()?;
/// assert_eq!(range.days(), 30);
/// assert_eq!(range, ("2026-11-01".."2026-12-01").into_date_range()?);
/// assert_eq!(range.before().first().to_string(), "2026-10-02");
/// # Ok::<(), trackstats::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct DateRange {
    first: Date,
    last: Date,
}

impl DateRange {
    /// Every date.
    pub const ALL: Self = Self {
        first: Date::MIN,
        last: Date::MAX,
    };

    /// The dates from `first` to `last`, both included.
    #[must_use]
    pub const fn new(first: Date, last: Date) -> Self {
        Self { first, last }
    }

    /// The first date.
    #[must_use]
    pub const fn first(self) -> Date {
        self.first
    }

    /// The last date, included.
    #[must_use]
    pub const fn last(self) -> Date {
        self.last
    }

    /// Whether there is no date in it.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.first > self.last
    }

    /// The number of dates in it.
    #[must_use]
    pub fn days(self) -> u32 {
        u32::try_from(self.last.days_since(self.first) + 1).unwrap_or(0)
    }

    /// Whether the date is in it.
    #[must_use]
    pub fn contains(self, date: Date) -> bool {
        self.first <= date && date <= self.last
    }

    /// The dates that are in both.
    #[must_use]
    pub fn intersection(self, other: Self) -> Self {
        Self {
            first: self.first.max(other.first),
            last: self.last.min(other.last),
        }
    }

    /// The range of the same number of days that ends on the day before this one.
    ///
    /// Where the calendar does not reach that far back, it is cut off at 0001-01-01.
    #[must_use]
    pub fn before(self) -> Self {
        if self.is_empty() || self.first == Date::MIN {
            return Self::empty();
        }
        let days = i64::from(self.days());
        Self {
            first: self.first.saturating_plus(-days),
            last: self.first.saturating_plus(-1),
        }
    }

    /// The dates in order.
    #[must_use = "iterators do nothing unless they are read"]
    pub fn iter(self) -> impl DoubleEndedIterator<Item = Date> + ExactSizeIterator {
        let first = self.first.tick();
        (0..self.days()).map(move |offset| Date::from_tick(first + offset.cast_signed()))
    }

    pub(crate) const fn empty() -> Self {
        Self {
            first: Date::MAX,
            last: Date::MIN,
        }
    }

    pub(crate) const fn ticks(self) -> (Tick, Tick) {
        (self.first.tick(), self.last.tick())
    }
}

/// A year, a month or a day.
///
/// # Example: November
///
/// ```
/// use trackstats::{DateRange, ErrorCode};
///
/// let november: DateRange = "2026-11".parse()?;
/// assert_eq!((november.days(), november.last().to_string()), (30, "2026-11-30".to_owned()));
/// assert_eq!("2026-W48".parse::<DateRange>().unwrap_err().code(), ErrorCode::InvalidDate);
/// # Ok::<(), trackstats::Error>(())
/// ```
impl FromStr for DateRange {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let (first, span) = match text.len() {
            4 => (format!("{text}-01-01"), Bucket::Year),
            7 => (format!("{text}-01"), Bucket::Month),
            _ => (text.to_owned(), Bucket::Day),
        };
        let first: Date = first
            .parse()
            .map_err(|_| TimeFault::RangeText(text.to_owned()))?;
        let last = span
            .next_start(first)
            .map_or(Date::MAX, |next| next.saturating_plus(-1));
        Ok(Self { first, last })
    }
}

/// What can be given as a range of dates: a [`DateRange`], a single [`Date`], a text `YYYY`, `YYYY-MM` or
/// `YYYY-MM-DD`, a Rust range whose ends are dates or texts, or a pair of ends of two types, both
/// included: `(start, "2026-11-30")`.
pub trait IntoDateRange {
    /// The range.
    ///
    /// # Errors
    ///
    /// `invalid_date` when an end is no date.
    fn into_date_range(self) -> Result<DateRange, Error>;
}

impl IntoDateRange for DateRange {
    fn into_date_range(self) -> Result<DateRange, Error> {
        Ok(self)
    }
}

impl IntoDateRange for Date {
    fn into_date_range(self) -> Result<DateRange, Error> {
        Ok(DateRange::new(self, self))
    }
}

macro_rules! texts {
    ($($text:ty),*) => {$(
        impl IntoDateRange for $text {
            fn into_date_range(self) -> Result<DateRange, Error> {
                self.parse()
            }
        }
    )*};
}

texts!(&str, &String, String);

impl IntoDateRange for &DateRange {
    fn into_date_range(self) -> Result<DateRange, Error> {
        Ok(*self)
    }
}

impl<A, B> IntoDateRange for (A, B)
where
    A: TryInto<Date, Error: Into<Error>>,
    B: TryInto<Date, Error: Into<Error>>,
{
    fn into_date_range(self) -> Result<DateRange, Error> {
        Ok(DateRange::new(date(self.0)?, date(self.1)?))
    }
}

impl IntoDateRange for RangeFull {
    fn into_date_range(self) -> Result<DateRange, Error> {
        Ok(DateRange::ALL)
    }
}

impl<D: TryInto<Date, Error: Into<Error>>> IntoDateRange for RangeInclusive<D> {
    fn into_date_range(self) -> Result<DateRange, Error> {
        let (first, last) = self.into_inner();
        Ok(DateRange::new(date(first)?, date(last)?))
    }
}

impl<D: TryInto<Date, Error: Into<Error>>> IntoDateRange for Range<D> {
    fn into_date_range(self) -> Result<DateRange, Error> {
        Ok(until(date(self.start)?, date(self.end)?))
    }
}

impl<D: TryInto<Date, Error: Into<Error>>> IntoDateRange for RangeFrom<D> {
    fn into_date_range(self) -> Result<DateRange, Error> {
        Ok(DateRange::new(date(self.start)?, Date::MAX))
    }
}

impl<D: TryInto<Date, Error: Into<Error>>> IntoDateRange for RangeTo<D> {
    fn into_date_range(self) -> Result<DateRange, Error> {
        Ok(until(Date::MIN, date(self.end)?))
    }
}

impl<D: TryInto<Date, Error: Into<Error>>> IntoDateRange for RangeToInclusive<D> {
    fn into_date_range(self) -> Result<DateRange, Error> {
        Ok(DateRange::new(Date::MIN, date(self.end)?))
    }
}

fn date<D: TryInto<Date, Error: Into<Error>>>(date: D) -> Result<Date, Error> {
    date.try_into().map_err(Into::into)
}

/// The range that stops before `end`; empty if `end` is the first date there is.
fn until(first: Date, end: Date) -> DateRange {
    end.plus_days(-1)
        .map_or(DateRange::empty(), |last| DateRange::new(first, last))
}
