//! A calendar day.

use std::fmt;
use std::ops::{Add, AddAssign, Sub, SubAssign};
use std::str::FromStr;

use super::{TimeFault, Weekday};
use crate::Error;

/// The integer that the engine sorts by. It is a day today and may be an hour later; only this
/// floor knows.
pub(crate) type Tick = i32;

/// A calendar day from 0001-01-01 to 9999-12-31, in the proleptic Gregorian calendar.
///
/// Wherever a date is taken, the text `YYYY-MM-DD` is taken too.
///
/// # Example: from text, from numbers, and back
///
/// ```
/// use trackstats::Date;
///
/// let date: Date = "2024-02-29".parse()?;
/// assert_eq!(date, Date::new(2024, 2, 29)?);
/// assert_eq!((date.year(), date.month(), date.day()), (2024, 2, 29));
/// assert_eq!(date.plus_days(1)?.to_string(), "2024-03-01");
/// # Ok::<(), trackstats::Error>(())
/// ```
///
/// # Example: a day that does not exist
///
/// ```
/// use trackstats::{Date, ErrorCode};
///
/// assert_eq!(Date::new(2023, 2, 29).unwrap_err().code(), ErrorCode::InvalidDate);
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(Tick);

impl Date {
    /// The first date: 0001-01-01.
    pub const MIN: Self = Self(-719_162);
    /// The last date: 9999-12-31.
    pub const MAX: Self = Self(2_932_896);

    /// The date of a year, a month from 1 and a day from 1.
    ///
    /// # Errors
    ///
    /// `invalid_date` when there is no such day, or the year is not 1 to 9999.
    pub fn new(year: i32, month: u8, day: u8) -> Result<Self, Error> {
        Self::from_parts(year, month, day)
            .ok_or_else(|| TimeFault::DateParts { year, month, day }.into())
    }

    /// The number of days since 1970-01-01, negative before it.
    #[must_use]
    pub const fn days_since_epoch(self) -> i32 {
        self.0
    }

    /// The date that many days after 1970-01-01.
    ///
    /// # Errors
    ///
    /// `invalid_date` when it lies outside 0001-01-01 to 9999-12-31.
    pub fn from_days_since_epoch(days: i32) -> Result<Self, Error> {
        Self::checked(i64::from(days))
            .ok_or_else(|| TimeFault::DateOutside(format!("day {days} since 1970-01-01")).into())
    }

    /// The year, 1 to 9999.
    #[must_use]
    pub fn year(self) -> i32 {
        self.parts().0
    }

    /// The month, 1 to 12.
    #[must_use]
    pub fn month(self) -> u8 {
        self.parts().1
    }

    /// The day of the month, 1 to 31.
    #[must_use]
    pub fn day(self) -> u8 {
        self.parts().2
    }

    /// The day of the week.
    #[must_use]
    pub fn weekday(self) -> Weekday {
        // 1970-01-01 was a Thursday, the fourth day of a week that starts on Monday.
        Weekday::from_number((self.0 + 3).rem_euclid(7))
    }

    /// The date that many days later, or earlier if negative.
    ///
    /// # Errors
    ///
    /// `invalid_date` when it lies outside 0001-01-01 to 9999-12-31.
    pub fn plus_days(self, days: i32) -> Result<Self, Error> {
        Self::checked(i64::from(self.0) + i64::from(days))
            .ok_or_else(|| TimeFault::DateOutside(format!("{days} days from {self}")).into())
    }

    /// The date that many days after 1970-01-01, or the end of the calendar that is nearest to it: for
    /// the ends of ranges.
    ///
    /// # Example: an end that is open
    ///
    /// ```
    /// use trackstats::Date;
    ///
    /// assert_eq!(Date::nearest_to_days(0), "1970-01-01".parse()?);
    /// assert_eq!(Date::nearest_to_days(i32::MAX), Date::MAX);
    /// # Ok::<(), trackstats::Error>(())
    /// ```
    #[inline]
    #[must_use]
    pub const fn nearest_to_days(days: i32) -> Self {
        if days < Self::MIN.0 {
            Self::MIN
        } else if days > Self::MAX.0 {
            Self::MAX
        } else {
            Self(days)
        }
    }

    /// The number of days from `earlier` to this date, negative if it is later.
    #[must_use]
    pub const fn days_since(self, earlier: Self) -> i32 {
        self.0 - earlier.0
    }

    /// The date that many days later, held inside the calendar.
    pub(crate) fn saturating_plus(self, days: i64) -> Self {
        let sum = i64::from(self.0).saturating_add(days);
        Self::checked(sum).unwrap_or(if sum < 0 { Self::MIN } else { Self::MAX })
    }

    pub(crate) const fn tick(self) -> Tick {
        self.0
    }

    /// The date of a tick that came from a date.
    pub(crate) const fn from_tick(tick: Tick) -> Self {
        debug_assert!(tick >= Self::MIN.0 && tick <= Self::MAX.0);
        Self(tick)
    }

    fn checked(days: i64) -> Option<Self> {
        i32::try_from(days)
            .ok()
            .map(Self)
            .filter(|date| (Self::MIN..=Self::MAX).contains(date))
    }

    const fn from_parts(year: i32, month: u8, day: u8) -> Option<Self> {
        if year < 1 || year > 9999 || month < 1 || month > 12 {
            return None;
        }
        if day < 1 || day > days_in_month(year, month) {
            return None;
        }
        Some(Self(days_from_civil(year, month, day)))
    }

    /// Year, month and day. The algorithm is `civil_from_days` of Howard Hinnant, "chrono-Compatible
    /// Low-Level Date Algorithms": years start in March, so that the leap day comes last.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a month is 1 to 12 and a day is 1 to 31"
    )]
    pub(crate) const fn parts(self) -> (i32, u8, u8) {
        let days = self.0 + 719_468;
        let era = days.div_euclid(146_097);
        let day_of_era = days.rem_euclid(146_097);
        let year_of_era =
            (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let from_march = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * from_march + 2) / 5 + 1;
        let month = if from_march < 10 {
            from_march + 3
        } else {
            from_march - 9
        };
        let year = year_of_era + era * 400 + if month <= 2 { 1 } else { 0 };
        (year, month as u8, day as u8)
    }
}

/// Days since 1970-01-01; the inverse of [`Date::parts`], from the same source.
const fn days_from_civil(year: i32, month: u8, day: u8) -> Tick {
    let (month, day) = (month as i32, day as i32);
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let from_march = if month > 2 { month - 3 } else { month + 9 };
    let day_of_year = (153 * from_march + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

const fn days_in_month(year: i32, month: u8) -> u8 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Reads `YYYY-MM-DD`: four, two and two digits, nothing around them.
pub(super) fn parse(text: &[u8]) -> Option<Date> {
    let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = *text else {
        return None;
    };
    let digit = |byte: u8| byte.is_ascii_digit().then(|| byte - b'0');
    let year = [y1, y2, y3, y4].into_iter().try_fold(0_i32, |year, byte| {
        Some(year * 10 + i32::from(digit(byte)?))
    })?;
    Date::from_parts(
        year,
        digit(m1)? * 10 + digit(m2)?,
        digit(d1)? * 10 + digit(d2)?,
    )
}

impl FromStr for Date {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        parse(text.as_bytes()).ok_or_else(|| TimeFault::DateText(text.to_owned()).into())
    }
}

impl TryFrom<&str> for Date {
    type Error = Error;

    fn try_from(text: &str) -> Result<Self, Error> {
        text.parse()
    }
}

impl TryFrom<&String> for Date {
    type Error = Error;

    fn try_from(text: &String) -> Result<Self, Error> {
        text.parse()
    }
}

impl TryFrom<String> for Date {
    type Error = Error;

    fn try_from(text: String) -> Result<Self, Error> {
        text.parse()
    }
}

impl From<&Self> for Date {
    fn from(date: &Self) -> Self {
        *date
    }
}

/// So many days later, held inside the calendar; [`plus_days`](Date::plus_days) refuses what lies outside.
///
/// # Example: the week that ends on a date
///
/// ```
/// use trackstats::Date;
///
/// let sunday: Date = "2026-11-29".parse()?;
/// assert_eq!((sunday - 6).to_string(), "2026-11-23");
/// assert_eq!(sunday - (sunday - 6), 6);
/// assert_eq!(Date::MAX + 1, Date::MAX);
/// # Ok::<(), trackstats::Error>(())
/// ```
impl Add<i32> for Date {
    type Output = Self;

    fn add(self, days: i32) -> Self {
        self.saturating_plus(i64::from(days))
    }
}

/// So many days earlier, held inside the calendar.
impl Sub<i32> for Date {
    type Output = Self;

    fn sub(self, days: i32) -> Self {
        self.saturating_plus(-i64::from(days))
    }
}

/// As [`days_since`](Date::days_since).
impl Sub for Date {
    type Output = i32;

    fn sub(self, earlier: Self) -> i32 {
        self.days_since(earlier)
    }
}

impl AddAssign<i32> for Date {
    fn add_assign(&mut self, days: i32) {
        *self = *self + days;
    }
}

impl SubAssign<i32> for Date {
    fn sub_assign(&mut self, days: i32) {
        *self = *self - days;
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.parts();
        // Through one text, so that width and alignment apply to the whole date.
        f.pad(&format!("{year:04}-{month:02}-{day:02}"))
    }
}

impl fmt::Debug for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(feature = "chrono")]
mod chrono_dates {
    use chrono::NaiveDate;

    use super::{Date, Error, TimeFault};

    /// The days from chrono's first day of the common era to 1970-01-01.
    const EPOCH_FROM_CE: i32 = 719_163;

    impl From<Date> for NaiveDate {
        fn from(date: Date) -> Self {
            Self::from_num_days_from_ce_opt(date.days_since_epoch() + EPOCH_FROM_CE)
                .expect("chrono's years reach further than ours")
        }
    }

    impl TryFrom<NaiveDate> for Date {
        type Error = Error;

        fn try_from(date: NaiveDate) -> Result<Self, Error> {
            use chrono::Datelike as _;

            Self::checked(i64::from(date.num_days_from_ce()) - i64::from(EPOCH_FROM_CE))
                .ok_or_else(|| TimeFault::DateOutside(date.to_string()).into())
        }
    }
}

#[cfg(feature = "serde")]
mod serde_dates {
    use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

    use super::Date;

    /// As the text `YYYY-MM-DD`.
    impl Serialize for Date {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            serializer.collect_str(self)
        }
    }

    impl<'de> Deserialize<'de> for Date {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
            text.parse().map_err(de::Error::custom)
        }
    }
}
