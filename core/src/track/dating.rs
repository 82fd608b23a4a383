//! The calendar dates of events.

use crate::time::{Date, Moment, Timestamp, Zone};

/// Seconds in a quarter of an hour. Clocks have never changed twice within one.
const QUARTER: i64 = 900;

/// Dates instants in a zone, and remembers the offset of the last quarter of an hour: events mostly
/// come in order, and zones are slow to ask.
#[derive(Debug)]
pub(super) struct Dating<'z> {
    zone: &'z dyn Zone,
    quarter: i64,
    offset: i32,
}

impl<'z> Dating<'z> {
    pub(super) fn new(zone: &'z dyn Zone) -> Self {
        Self {
            zone,
            quarter: i64::MIN,
            offset: 0,
        }
    }

    #[inline]
    pub(super) fn date(&mut self, moment: Moment) -> Date {
        match moment {
            Moment::Date(date) => date,
            Moment::Instant(instant) => {
                let quarter = instant.as_seconds().div_euclid(QUARTER);
                if quarter == self.quarter {
                    instant.local_date(self.offset)
                } else {
                    self.look_up(instant, quarter)
                }
            }
        }
    }

    fn look_up(&mut self, instant: Timestamp, quarter: i64) -> Date {
        let at = |seconds| Timestamp::from_seconds(seconds).ok();
        let start = at(quarter * QUARTER).map(|start| self.zone.offset_at(start));
        let end = at((quarter + 1) * QUARTER).map(|end| self.zone.offset_at(end));
        if let (Some(start), Some(end)) = (start, end)
            && start == end
        {
            self.quarter = quarter;
            self.offset = start;
            return instant.local_date(start);
        }
        instant.local_date(self.zone.offset_at(instant))
    }
}

#[cfg(all(test, feature = "zones"))]
mod tests {
    use super::Dating;
    use crate::time::{Moment, NamedZone, Timestamp};

    #[test]
    fn a_remembered_offset_is_the_one_that_the_zone_tells() {
        for name in [
            "Europe/Amsterdam",
            "Pacific/Apia",
            "America/Havana",
            "Asia/Kathmandu",
        ] {
            let zone = NamedZone::new(name).unwrap();
            let mut dating = Dating::new(&zone);
            // Amsterdam's clocks were twenty minutes off until 1937, which changed at odd seconds.
            for start in [-1_025_740_000, 1_325_000_000, 1_710_000_000] {
                for step in 0..40_000 {
                    let instant = Timestamp::from_seconds(start + step * 37).unwrap();
                    assert_eq!(
                        dating.date(Moment::Instant(instant)),
                        instant.date_in(&zone)
                    );
                }
            }
        }
    }
}
