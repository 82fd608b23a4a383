//! What is recorded, asked and counted: the same for all contenders, and the same in every run.

use trackstats::{Date, Error, Timestamp};

use crate::Outcome;

/// One value at a key.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Row {
    /// From 0.
    pub(crate) metric: u16,
    /// From 1.
    pub(crate) object: u32,
    pub(crate) date: Date,
    pub(crate) value: i64,
}

/// A part of one series, both ends included.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Span {
    pub(crate) metric: u16,
    pub(crate) object: u32,
    pub(crate) first: Date,
    pub(crate) last: Date,
}

/// Something that an object did.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Event {
    pub(crate) at: Timestamp,
    pub(crate) object: u32,
}

/// How many metrics, objects and days there are.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Size {
    pub(crate) metrics: u16,
    pub(crate) objects: u32,
    pub(crate) days: i32,
}

/// Numbers that look random: splitmix64.
#[derive(Debug)]
pub(crate) struct Random(u64);

impl Random {
    pub(crate) const fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        bits ^ (bits >> 31)
    }

    /// From 0 to `end`, not included.
    fn below(&mut self, end: u32) -> u32 {
        let wide = u128::from(self.next()) * u128::from(end);
        u32::try_from(wide >> 64).unwrap_or(0)
    }

    fn days_below(&mut self, end: i32) -> i32 {
        let end = u32::try_from(end).unwrap_or(0);
        i32::try_from(self.below(end)).unwrap_or(0)
    }
}

/// The date that is so many days after the first one.
pub(crate) fn date(day: i32) -> Result<Date, Error> {
    Date::new(2023, 1, 1)?.plus_days(day)
}

/// One row for each metric, object and day, in date order.
///
/// The values of one metric on one date are all different, so that a largest part is never one of
/// several.
pub(crate) fn rows(size: Size, seed: u64) -> Outcome<Vec<Row>> {
    let mut random = Random::new(seed);
    let mut rows = Vec::new();
    for day in 0..size.days {
        let date = date(day)?;
        for metric in 0..size.metrics {
            for object in 1..=size.objects {
                let value = i64::from(random.below(1_000_000)) * i64::from(size.objects);
                rows.push(Row {
                    metric,
                    object,
                    date,
                    value: value + i64::from(object),
                });
            }
        }
    }
    Ok(rows)
}

/// The same keys with other values, in random order.
pub(crate) fn rewritten(size: Size, seed: u64) -> Outcome<Vec<Row>> {
    let mut rows = rows(size, seed)?;
    let mut random = Random::new(seed);
    for end in (1..rows.len()).rev() {
        let other = random.below(u32::try_from(end + 1)?);
        rows.swap(end, usize::try_from(other)?);
    }
    Ok(rows)
}

/// Parts of random series, from `shortest` to `longest` days long.
pub(crate) fn spans(
    size: Size,
    count: usize,
    shortest: i32,
    longest: i32,
    seed: u64,
) -> Outcome<Vec<Span>> {
    let mut random = Random::new(seed);
    let mut spans = Vec::with_capacity(count);
    for _ in 0..count {
        let length = shortest + random.days_below(longest - shortest + 1);
        let first = random.days_below(size.days - length + 1);
        spans.push(Span {
            metric: u16::try_from(random.below(size.metrics.into()))?,
            object: 1 + random.below(size.objects),
            first: date(first)?,
            last: date(first + length - 1)?,
        });
    }
    Ok(spans)
}

/// Random dates among those that have rows.
pub(crate) fn dates(size: Size, count: usize, seed: u64) -> Outcome<Vec<Date>> {
    let mut random = Random::new(seed);
    let mut dates = Vec::with_capacity(count);
    for _ in 0..count {
        dates.push(date(random.days_below(size.days))?);
    }
    Ok(dates)
}

/// Events in the order of their times, at least one on each day.
pub(crate) fn events(size: Size, count: usize, seed: u64) -> Outcome<Vec<Event>> {
    let mut random = Random::new(seed);
    let start = i64::from(date(0)?.days_since_epoch()) * 86_400;
    let seconds = u32::try_from(size.days)? * 86_400;
    let mut times: Vec<u32> = (0..seconds).step_by(86_400).collect();
    while times.len() < count {
        times.push(random.below(seconds));
    }
    times.sort_unstable();
    let mut events = Vec::with_capacity(count);
    for time in times {
        events.push(Event {
            at: Timestamp::from_seconds(start + i64::from(time))?,
            object: 1 + random.below(size.objects),
        });
    }
    Ok(events)
}
