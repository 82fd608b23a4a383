//! Counting events in a table of objects and days, of which the rows of every period are then made.
//!
//! A run over columns reads far more events than it finds days, and the table takes an event in a few
//! instructions. Where it would be large for so few events, they are read one by one.

use super::super::TrackReport;
use super::super::days::Days;
use super::super::held::HeldCounts;
use super::super::reach::Verdict;
use super::EventColumns;
use super::objects::Numbers;
use super::run::Plan;
use super::tally::{AnyTally, Kept};
use crate::Error;
use crate::engine::Engine;
use crate::model::{SlotId, Value};
use crate::time::{Period, Tick};

/// The events of each object on each day.
pub(super) struct Counted {
    first: Tick,
    /// How many days each object has.
    days: usize,
    /// The days of an object stand one beside the other.
    counts: Vec<u32>,
    /// The objects in the order of their first events.
    objects: Vec<SlotId>,
    /// What was read and passed over, whatever is written.
    report: TrackReport,
}

impl Plan<'_> {
    /// Reads and counts all events; none if a table of them would be too large.
    pub(super) fn count(&self) -> Option<Counted> {
        let (first, last) = self.extent?;
        let last = last.min(self.span.today);
        let days = usize::try_from(i64::from(last) - i64::from(first) + 1).ok()?;
        let cells = days.checked_mul(self.slots.len())?;
        let events = self.events.len();
        if cells > 64 + 4 * events {
            return None;
        }
        let mut counted = Counted {
            first,
            days,
            counts: vec![0; cells],
            objects: Vec::new(),
            report: TrackReport {
                events: events as u64,
                ..TrackReport::default()
            },
        };
        let mut numbers = self.numbers();
        let EventColumns { days, lengths, .. } = *self.events;
        match (self.events.objects, lengths) {
            (None, None) => counted.add_to_one(days, std::iter::repeat(1), &mut numbers),
            (None, Some(lengths)) => {
                counted.add_to_one(days, lengths.iter().copied(), &mut numbers);
            }
            (Some(column), None) => {
                let single = days.iter().copied().zip(column.chunks(1));
                counted.add_to_each(single, &mut numbers);
            }
            (Some(column), Some(lengths)) => {
                let mut rest = column;
                let runs = days.iter().zip(lengths).map(|(&tick, &length)| {
                    // There are as many objects as the lengths add up to.
                    let run = rest.split_off(..length as usize).unwrap_or_default();
                    (tick, run)
                });
                counted.add_to_each(runs, &mut numbers);
            }
        }
        counted.objects = numbers.slots;
        Some(counted)
    }

    /// Says from when on the source gives all events.
    pub(super) fn judge_counted(
        &self,
        engine: &Engine,
        counted: &Counted,
    ) -> Result<Verdict, Error> {
        let numbers = Numbers::by_slots(&counted.objects);
        let length = self.span.period.days();
        self.judge(engine, &numbers, |number, tick| {
            let counts = counted.counts_of(number);
            let until = usize::try_from(i64::from(tick) - i64::from(counted.first) + 1);
            let until = until.unwrap_or(0).min(counts.len());
            let length = length.map_or(until, |length| length as usize);
            // A window may begin before the first day, or end after the last.
            let from = i64::from(tick) + 1 - i64::from(counted.first);
            let from = from.saturating_sub(i64::try_from(length).unwrap_or(i64::MAX));
            let from = usize::try_from(from).unwrap_or(0).min(until);
            let from = if self.span.period == Period::Lifetime {
                0
            } else {
                from
            };
            let counts = counts.get(from..until).unwrap_or_default();
            let count = counts.iter().map(|&count| i64::from(count)).sum();
            Some(Some(Value::Integer(count)))
        })
    }

    /// Writes the rows of the period.
    pub(super) fn write_counted(
        &self,
        engine: &mut Engine,
        counted: &Counted,
        verdict: Verdict,
    ) -> Result<TrackReport, Error> {
        let none = AnyTally::none(Kept::Count);
        let numbers = Numbers::by_slots(&counted.objects);
        let writer = self.writer(engine, verdict, counted.report.clone());
        // Most objects are new, and need no rows.
        let mut held = HeldCounts::default();
        writer.write(false, |write| {
            for (&slot, counts) in counted.objects.iter().zip(counted.rows()) {
                if self.span.period == Period::Day
                    && write.fill_counted(slot, counted.first, counts, &mut held)
                {
                    continue;
                }
                let mut days = Days::new();
                for (tick, &count) in (counted.first..).zip(counts) {
                    if count > 0 {
                        days.add(tick, &AnyTally::of_events(Kept::Count, count));
                    }
                }
                write.tallied(slot, &days, none)?;
            }
            self.write_without_events(write, &numbers, Some(Value::Integer(0)))
        })
    }
}

impl Counted {
    fn counts_of(&self, number: u32) -> &[u32] {
        let start = number as usize * self.days;
        let counts = self.counts.get(start..).unwrap_or_default();
        counts.get(..self.days).unwrap_or(counts)
    }

    /// The counts of each object from the first day on.
    fn rows(&self) -> impl Iterator<Item = &[u32]> {
        self.counts.chunks(self.days.max(1))
    }

    fn add_to_one(
        &mut self,
        days: &[Tick],
        lengths: impl Iterator<Item = u32>,
        numbers: &mut Numbers<'_>,
    ) {
        let mut added = 0;
        for (&tick, length) in days.iter().zip(lengths) {
            match self.counts.get_mut(place_of(tick, self.first)) {
                Some(count) => {
                    *count += length;
                    added += length;
                }
                None => self.pass(tick, length.into()),
            }
        }
        if added > 0 {
            numbers.number(0);
        }
    }

    /// Adds events by their days, each with the handles of so many of them.
    fn add_to_each<'e>(
        &mut self,
        runs: impl Iterator<Item = (Tick, &'e [u32])>,
        numbers: &mut Numbers<'_>,
    ) {
        // Where the days of the object of each handle begin; where it has none yet, past the end.
        let mut starts = vec![self.counts.len(); numbers.handles()];
        for (tick, run) in runs {
            let day = place_of(tick, self.first);
            if day >= self.days {
                self.pass(tick, run.len() as u64);
                continue;
            }
            for &handle in run {
                if let Some(&start) = starts.get(handle as usize)
                    && let Some(count) = self.counts.get_mut(start + day)
                {
                    *count += 1;
                } else {
                    self.meet(handle as usize, day, numbers, &mut starts);
                }
            }
        }
    }

    /// Adds the first event of a handle.
    #[cold]
    fn meet(&mut self, handle: usize, day: usize, numbers: &mut Numbers<'_>, starts: &mut [usize]) {
        let Some(start) = starts.get_mut(handle) else {
            self.report.no_object += 1;
            return;
        };
        // There is room for as many objects as there are handles.
        *start = numbers.number(handle) as usize * self.days;
        self.counts[*start + day] += 1;
    }

    /// Notes events of a day that is not in the table.
    #[cold]
    fn pass(&mut self, tick: Tick, events: u64) {
        if tick == EventColumns::UNDATED {
            self.report.undated += events;
        } else {
            self.report.future += events;
        }
    }
}

/// The place of a day among those from the first on. One before it wraps around to a place that no calendar
/// verdicts.
#[inline]
const fn place_of(tick: Tick, first: Tick) -> usize {
    tick.wrapping_sub(first).cast_unsigned() as usize
}
