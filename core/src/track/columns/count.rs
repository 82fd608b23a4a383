//! Counting events in a table of objects and days, of which the rows of every period are then made.
//!
//! A run over columns reads far more events than it finds days, and the table takes an event in a few
//! instructions. Where it would be large for so few events, they are read one by one.

use super::super::Report;
use super::super::objects::Object;
use super::EventColumns;
use super::objects::Numbers;
use super::run::Plan;
use super::tally::{AnyTally, Kept};
use crate::Error;
use crate::engine::Engine;
use crate::model::SlotId;
use crate::time::{Date, Period, Tick};

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
    report: Report,
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
            report: Report {
                events: events as u64,
                ..Report::default()
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

    /// Writes the rows of the period.
    pub(super) fn write_counted(
        &self,
        engine: &mut Engine,
        counted: &Counted,
    ) -> Result<Report, Error> {
        let mut report = counted.report;
        let mut objects: Vec<_> = counted
            .objects
            .iter()
            .map(|&slot| self.object(engine, slot))
            .collect();
        if self.span.period == Period::Day {
            self.note_late(counted, &objects, &mut report);
            let writer = self.writer(engine, report);
            return writer.write_counted(&objects, counted.first, counted.rows(), &self.span);
        }
        for (object, counts) in objects.iter_mut().zip(counted.rows()) {
            for (tick, &count) in (counted.first..).zip(counts) {
                if count > 0 {
                    let tally = AnyTally::of_events(Kept::Count, count);
                    object.days.add(tick, &tally);
                }
            }
        }
        let none = AnyTally::none(Kept::Count);
        let writer = self.writer(engine, report);
        writer.write_tallied(&objects, none, &self.span)
    }

    /// Notes the events from before the days at which their objects resume.
    fn note_late(&self, counted: &Counted, objects: &[Object<AnyTally>], report: &mut Report) {
        if self.span.range.is_some() {
            return;
        }
        for (object, counts) in objects.iter().zip(counted.rows()) {
            let Some(resume) = object.resume else {
                continue;
            };
            for (tick, &count) in (counted.first..resume).zip(counts) {
                if count > 0 {
                    report.add_late(Date::from_tick(tick), count.into());
                }
            }
        }
    }
}

impl Counted {
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
/// reaches.
#[inline]
const fn place_of(tick: Tick, first: Tick) -> usize {
    tick.wrapping_sub(first).cast_unsigned() as usize
}
