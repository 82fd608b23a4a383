//! Counting distinct items.

use crate::model::{DimensionValue, HashMap, Lookup, hash_numbers};
use crate::time::{Date, Period, Tick};

/// Items by number. `42` and `"42"` are the same item, as they are the same dimension value.
#[derive(Debug, Default)]
pub(super) struct Items {
    texts: HashMap<String, u32>,
    integers: HashMap<i64, u32>,
}

impl Items {
    pub(super) fn number(&mut self, item: &DimensionValue<'_>) -> u32 {
        let next = number(self.texts.len() + self.integers.len());
        if let Some(integer) = item.as_integer() {
            return *self.integers.entry(integer).or_insert(next);
        }
        item.with_text(|text| match canonical(text) {
            Some(integer) => *self.integers.entry(integer).or_insert(next),
            None => match self.texts.get(text) {
                Some(&known) => known,
                None => *self.texts.entry(text.to_owned()).or_insert(next),
            },
        })
    }
}

/// The integer that a text is written as.
fn canonical(text: &str) -> Option<i64> {
    let starts = text.as_bytes().first()?;
    if !starts.is_ascii_digit() && *starts != b'-' {
        return None;
    }
    let integer: i64 = text.parse().ok()?;
    (integer.to_string() == text).then_some(integer)
}

/// Which items each object had, and on which days.
///
/// One entry a day for each object and item, however many events; for lifetimes only the first day
/// matters, and one entry is kept for each object and item.
#[derive(Debug)]
pub(super) struct Distinct {
    period: Period,
    pairs: Lookup,
    /// The object and the item of each pair.
    pair_of: Vec<(u32, u32)>,
    /// The day that each pair was seen on last, for a lifetime the earliest.
    days: Vec<Tick>,
    seen: Vec<(u32, Tick)>,
}

/// By how much the count of an object changes on a day.
pub(super) type Step = (u32, Tick, i64);

impl Distinct {
    pub(super) fn new(period: Period) -> Self {
        Self {
            period,
            pairs: Lookup::default(),
            pair_of: Vec::new(),
            days: Vec::new(),
            seen: Vec::new(),
        }
    }

    pub(super) fn add(&mut self, object: u32, item: u32, tick: Tick) {
        let hash = hash_numbers([object, item]);
        let is_it = |pair: u32| self.pair_of.get(pair as usize) == Some(&(object, item));
        let Some(pair) = self.pairs.find(hash, is_it) else {
            let pair = number(self.pair_of.len());
            self.pairs.insert(hash, pair);
            self.pair_of.push((object, item));
            self.days.push(tick);
            if self.period != Period::Lifetime {
                self.seen.push((pair, tick));
            }
            return;
        };
        let Some(day) = self.days.get_mut(pair as usize) else {
            return;
        };
        if self.period == Period::Lifetime {
            *day = tick.min(*day);
        } else if *day != tick {
            *day = tick;
            self.seen.push((pair, tick));
        }
    }

    /// The steps of all objects, sorted by object and day. Added up from the first, they are the counts
    /// of the windows that end on each day; for the period `day`, each is the count of its day.
    pub(super) fn steps(mut self) -> Vec<Step> {
        if self.period == Period::Lifetime {
            let first_days = (0_u32..).zip(&self.days).map(|(pair, &day)| (pair, day));
            self.seen = first_days.collect();
        }
        self.seen.sort_unstable();
        self.seen.dedup();
        let mut steps = Vec::with_capacity(2 * self.seen.len());
        for (place, &(pair, tick)) in self.seen.iter().enumerate() {
            let Some(&(object, _)) = self.pair_of.get(pair as usize) else {
                continue;
            };
            steps.push((object, tick, 1));
            // The item stays in the windows until it is seen again, or is older than the window.
            let Some(length) = self.period.days().filter(|&length| length > 1) else {
                continue;
            };
            let leaves = Date::from_tick(tick).saturating_plus(length.into()).tick();
            let again = self.seen.get(place + 1).filter(|&&(next, _)| next == pair);
            steps.push((
                object,
                again.map_or(leaves, |&(_, again)| again.min(leaves)),
                -1,
            ));
        }
        steps.sort_unstable();
        steps.dedup_by(|later, kept| {
            let same = (later.0, later.1) == (kept.0, kept.1);
            if same {
                kept.2 += later.2;
            }
            same
        });
        steps
    }
}

fn number(length: usize) -> u32 {
    u32::try_from(length).expect("a run has fewer than 2^32 pairs of an object and an item")
}
