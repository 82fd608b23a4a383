//! The calendar dates of events.

use std::ops::Range;
use std::sync::Arc;

use crate::time::{Date, EventTime, Timestamp, Zone};

/// Seconds in a quarter of an hour. Clocks have never changed twice within one.
const QUARTER: i64 = 900;

/// Seconds in a day of a clock that is not changed.
const DAY: i64 = 86_400;

/// Dates instants in a zone, and remembers what holds for the last quarter of an hour: events mostly
/// come in order, and zones are slow to ask.
#[derive(Debug)]
pub(super) struct Dating {
    zone: Arc<dyn Zone>,
    /// The seconds in which it is `date`.
    seconds: Range<i64>,
    date: Date,
    /// The end of the last quarter that was asked for, and the offset then.
    end: (i64, i32),
}

impl Dating {
    pub(super) fn new(zone: Arc<dyn Zone>) -> Self {
        Self {
            zone,
            seconds: 0..0,
            date: Date::MIN,
            end: (i64::MIN, 0),
        }
    }

    #[inline]
    pub(super) fn date(&mut self, time: EventTime) -> Date {
        match time {
            EventTime::Date(date) => date,
            EventTime::Instant(instant) if self.seconds.contains(&instant.as_seconds()) => {
                self.date
            }
            EventTime::Instant(instant) => self.look_up(instant),
        }
    }

    fn look_up(&mut self, instant: Timestamp) -> Date {
        let start = instant.as_seconds().div_euclid(QUARTER) * QUARTER;
        let at = |seconds| Some(self.zone.offset_at(Timestamp::from_seconds(seconds).ok()?));
        let (end, known) = self.end;
        let first = if start == end { Some(known) } else { at(start) };
        let last = at(start + QUARTER);
        if let (Some(first), Some(last)) = (first, last) {
            self.end = (start + QUARTER, last);
            if first == last {
                let offset = i64::from(first);
                let midnight = (instant.as_seconds() + offset).div_euclid(DAY) * DAY - offset;
                self.seconds = start.max(midnight)..(start + QUARTER).min(midnight + DAY);
                self.date = instant.local_date(first);
                return self.date;
            }
        }
        instant.local_date(self.zone.offset_at(instant))
    }
}

#[cfg(all(test, feature = "zones"))]
mod tests {
    use std::sync::Arc;

    use super::Dating;
    use crate::time::{EventTime, NamedZone, Timestamp};

    #[test]
    fn a_remembered_offset_is_the_one_that_the_zone_tells() {
        for name in [
            "Europe/Amsterdam",
            "Pacific/Apia",
            "America/Havana",
            "Asia/Kathmandu",
        ] {
            let zone = Arc::new(NamedZone::new(name).unwrap());
            let mut dating = Dating::new(Arc::clone(&zone) as _);
            // Amsterdam's clocks were twenty minutes off until 1937, which changed at odd seconds.
            for start in [-1_025_740_000, 1_325_000_000, 1_710_000_000] {
                for step in 0..40_000 {
                    let instant = Timestamp::from_seconds(start + step * 37).unwrap();
                    assert_eq!(
                        dating.date(EventTime::Instant(instant)),
                        instant.date_in(&*zone)
                    );
                }
            }
        }
    }
}
