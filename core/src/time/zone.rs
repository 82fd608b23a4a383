//! Time zones.

use std::fmt;

use super::zone_name::{offset_name, offset_of, primary};
use super::{Date, TimeFault, Timestamp};
use crate::Error;

/// A time zone: how far the clocks on the wall are ahead of UTC at an instant.
///
/// The trait is small so that a host with zone data of its own, such as a browser, can supply it.
///
/// # Example: a zone of one's own
///
/// ```
/// use trackstats::{Timestamp, Zone};
///
/// #[derive(Debug)]
/// struct ShipTime;
///
/// impl Zone for ShipTime {
///     fn name(&self) -> &str {
///         "Ship"
///     }
///     fn offset_at(&self, _: Timestamp) -> i32 {
///         -3 * 3600
///     }
/// }
///
/// let instant: Timestamp = "2026-11-23T02:00:00Z".parse()?;
/// assert_eq!(instant.date_in(&ShipTime).to_string(), "2026-11-22");
/// # Ok::<(), trackstats::Error>(())
/// ```
pub trait Zone: fmt::Debug + Send + Sync {
    /// The name, as the IANA time zone database writes it.
    fn name(&self) -> &str;

    /// The seconds that local time is ahead of UTC at an instant; less than a day either way.
    fn offset_at(&self, instant: Timestamp) -> i32;
}

/// Coordinated universal time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Utc;

impl Zone for Utc {
    fn name(&self) -> &'static str {
        "UTC"
    }

    fn offset_at(&self, _: Timestamp) -> i32 {
        0
    }
}

/// A zone that never changes its clocks.
///
/// # Example: two hours east
///
/// ```
/// use trackstats::{ErrorCode, FixedOffset, Timestamp};
///
/// let late: Timestamp = "2026-11-22T23:30:00Z".parse()?;
/// assert_eq!(late.date_in(&FixedOffset::hours(2)?).to_string(), "2026-11-23");
/// assert_eq!(FixedOffset::hours(25).unwrap_err().code(), ErrorCode::UnknownZone);
/// # Ok::<(), trackstats::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FixedOffset {
    name: String,
    seconds: i32,
}

impl FixedOffset {
    /// The zone that many seconds ahead of UTC, named like `+05:45`; without an offset, `UTC`.
    ///
    /// # Errors
    ///
    /// `unknown_zone` when the offset is a day or more.
    pub fn seconds(seconds: i32) -> Result<Self, Error> {
        if seconds.unsigned_abs() >= 86_400 {
            return Err(TimeFault::Offset(seconds).into());
        }
        Ok(Self {
            name: offset_name(seconds),
            seconds,
        })
    }

    /// The zone that many hours ahead of UTC.
    ///
    /// # Errors
    ///
    /// `unknown_zone` when the offset is a day or more.
    pub fn hours(hours: i32) -> Result<Self, Error> {
        Self::seconds(hours.saturating_mul(3_600))
    }
}

impl Zone for FixedOffset {
    fn name(&self) -> &str {
        &self.name
    }

    fn offset_at(&self, _: Timestamp) -> i32 {
        self.seconds
    }
}

/// The zone of a name that a store was given: UTC, a fixed offset, or one of the database.
pub(crate) fn zone_of(name: &str) -> Result<std::sync::Arc<dyn Zone>, Error> {
    if primary(name) == Utc.name() {
        return Ok(std::sync::Arc::new(Utc));
    }
    if let Some(seconds) = offset_of(name) {
        return Ok(std::sync::Arc::new(FixedOffset::seconds(seconds)?));
    }
    #[cfg(feature = "zones")]
    let found = NamedZone::new(name).map(|zone| std::sync::Arc::new(zone) as _);
    #[cfg(not(feature = "zones"))]
    let found = Err(TimeFault::Zone(name.to_owned()).into());
    found
}

/// Clocks have never changed twice within a quarter of an hour, so that between two looks that far
/// apart, the offset is steady or changes once.
const STEP: i64 = 900;

/// The first instant that has the given date on the clocks of a zone; none where the clocks skip it.
///
/// # Example: a day that begins at one o'clock, and one that never was
///
/// ```
/// # #[cfg(feature = "zones")] {
/// use trackstats::{NamedZone, start_of_day};
///
/// let havana = NamedZone::new("America/Havana")?;
/// let start = start_of_day(&havana, "2024-03-10".parse()?).unwrap();
/// assert_eq!(start.to_string(), "2024-03-10T05:00:00Z");
///
/// let apia = NamedZone::new("Pacific/Apia")?;
/// assert_eq!(start_of_day(&apia, "2011-12-30".parse()?), None);
/// # }
/// # Ok::<(), trackstats::Error>(())
/// ```
#[must_use]
pub fn start_of_day(zone: &(impl Zone + ?Sized), date: Date) -> Option<Timestamp> {
    // Clocks are less than a day off, so every instant of the date is within a day of it in UTC.
    let midnight = i64::from(date.days_since_epoch()) * 86_400;
    let mut from = midnight - 86_400;
    while from < midnight + 2 * 86_400 {
        let until = from + STEP;
        let change = change(zone, from, until);
        for (start, end) in [(from, change), (change, until)] {
            let ahead = offset(zone, start);
            let first = start.max(midnight - ahead);
            if start < end && first < end && first < midnight + 86_400 - ahead {
                return Timestamp::from_seconds(first).ok();
            }
        }
        from = until;
    }
    None
}

/// The instant at which the hour on the clocks of a zone began. Where clocks are set back, an hour
/// that is shown twice is two hours, unless the clocks were set back inside it.
///
/// # Example: two hours that are both called one o'clock
///
/// ```
/// # #[cfg(feature = "zones")] {
/// use trackstats::{NamedZone, Timestamp, start_of_hour};
///
/// let new_york = NamedZone::new("America/New_York")?;
/// let start = |text: &str| Ok::<_, trackstats::Error>(start_of_hour(&new_york, text.parse()?).to_string());
/// assert_eq!(start("2024-11-03T05:30:00Z")?, "2024-11-03T05:00:00Z");
/// assert_eq!(start("2024-11-03T06:30:00Z")?, "2024-11-03T06:00:00Z");
/// # }
/// # Ok::<(), trackstats::Error>(())
/// ```
#[must_use]
pub fn start_of_hour(zone: &(impl Zone + ?Sized), instant: Timestamp) -> Timestamp {
    let mut inside = instant.as_seconds();
    loop {
        let ahead = offset(zone, inside);
        let hour = (inside + ahead).div_euclid(3_600);
        let start = hour * 3_600 - ahead;
        let Some(change) = last_change(zone, start, inside) else {
            return Timestamp::unchecked(start);
        };
        // Before the change the clocks showed something else, or the same hour already.
        let before = change - 1;
        if (before + offset(zone, before)).div_euclid(3_600) != hour {
            return Timestamp::unchecked(change);
        }
        inside = before;
    }
}

fn offset(zone: &(impl Zone + ?Sized), seconds: i64) -> i64 {
    i64::from(zone.offset_at(Timestamp::unchecked(seconds)))
}

/// The second at which the offset changes between two that are at most a step apart; the later of
/// them if it does not.
fn change(zone: &(impl Zone + ?Sized), from: i64, until: i64) -> i64 {
    let before = offset(zone, from);
    if before == offset(zone, until) {
        return until;
    }
    let (mut low, mut high) = (from, until);
    while high - low > 1 {
        let middle = low.midpoint(high);
        if offset(zone, middle) == before {
            low = middle;
        } else {
            high = middle;
        }
    }
    high
}

/// The last second after `start`, up to `end`, at which the offset is another than a second before.
fn last_change(zone: &(impl Zone + ?Sized), start: i64, end: i64) -> Option<i64> {
    let mut until = end;
    while until > start {
        let from = (until - STEP).max(start);
        if offset(zone, from) != offset(zone, until) {
            return Some(change(zone, from, until));
        }
        until = from;
    }
    None
}

#[cfg(feature = "zones")]
pub use named::NamedZone;

#[cfg(feature = "zones")]
mod named {
    use chrono::{DateTime, Offset as _, TimeZone as _};
    use chrono_tz::Tz;

    use super::{Error, TimeFault, Timestamp, Zone};

    /// A zone of the IANA time zone database, by name, from the table inside chrono-tz.
    ///
    /// # Example: half past midnight in Kathmandu
    ///
    /// ```
    /// use trackstats::{ErrorCode, NamedZone, Timestamp};
    ///
    /// let kathmandu = NamedZone::new("Asia/Kathmandu")?;
    /// let instant: Timestamp = "2026-11-22T18:45:00Z".parse()?;
    /// assert_eq!(instant.date_in(&kathmandu).to_string(), "2026-11-23");
    /// assert_eq!(NamedZone::new("asia/katmandu")?, kathmandu);
    /// assert_eq!(NamedZone::new("Mars/Olympus").unwrap_err().code(), ErrorCode::UnknownZone);
    /// # Ok::<(), trackstats::Error>(())
    /// ```
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub struct NamedZone(Tz);

    impl NamedZone {
        /// The zone of that name, in any case. It has its primary name, whichever of its names is given:
        /// that of `Asia/Calcutta` is `Asia/Kolkata`.
        ///
        /// # Errors
        ///
        /// `unknown_zone` when the database has none of that name.
        pub fn new(name: &str) -> Result<Self, Error> {
            super::primary(name)
                .parse()
                .map(Self)
                .map_err(|_| TimeFault::Zone(name.to_owned()).into())
        }
    }

    impl Zone for NamedZone {
        fn name(&self) -> &str {
            self.0.name()
        }

        fn offset_at(&self, instant: Timestamp) -> i32 {
            DateTime::from_timestamp(instant.as_seconds(), 0).map_or(0, |utc| {
                self.0
                    .offset_from_utc_datetime(&utc.naive_utc())
                    .fix()
                    .local_minus_utc()
            })
        }
    }
}
