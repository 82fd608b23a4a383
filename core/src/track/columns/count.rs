//! Counting events: first in a table of objects and days, then day by day.
//!
//! A run over columns reads far more events than it finds days, and the table takes an event in a few
//! instructions. Where it would be large for so few events, they are read one by one.

use super::super::Report;
use super::super::objects::Object;
use super::EventColumns;
use super::objects::{NO_NUMBER, Objects};
use super::run::Plan;
use super::tally::{AnyTally, Kept};
use crate::Error;
use crate::engine::Engine;
use crate::time::{Date, Period, Tick};

/// Counts by object and day.
struct Table {
    first: Tick,
    /// How many days each object has.
    days: usize,
    /// The days of an object stand one beside the other.
    counts: Vec<u32>,
}

impl Table {
    /// A table for some objects and the dates of the events; none if it would be too large.
    fn of(plan: &Plan<'_>) -> Option<Self> {
        let (first, last) = plan.extent?;
        let last = last.min(plan.span.today);
        let days = usize::try_from(i64::from(last) - i64::from(first) + 1).ok()?;
        let cells = days.checked_mul(plan.slots.len())?;
        let most = 64 + 4 * plan.events.days.len();
        (cells <= most).then(|| Self {
            first,
            days,
            counts: vec![0; cells],
        })
    }
}

impl Plan<'_> {
    /// Reads all events and writes the rows of a count; none if a table of them would be too large.
    pub(super) fn counted(&self, engine: &mut Engine) -> Option<Result<Report, Error>> {
        let mut table = Table::of(self)?;
        let mut objects = Objects::new(self, engine);
        if self.span.period == Period::Day {
            // The rows are made of the table.
            objects.room = None;
        }
        if self.is_one {
            objects.number(0);
        }
        let mut report = Report {
            events: self.events.days.len() as u64,
            ..Report::default()
        };
        match self.events.objects {
            None => self.count_one(&mut table, &mut objects, &mut report),
            Some(column) => self.count_each(column, &mut table, &mut objects, &mut report),
        }
        let mut objects = objects.list;
        if self.span.period == Period::Day {
            self.note_late(&table, &objects, &mut report);
            let counts = table.counts.chunks(table.days.max(1));
            let writer = self.writer(engine, report);
            return Some(writer.write_counted(&objects, table.first, counts, &self.span));
        }
        for (object, counts) in objects
            .iter_mut()
            .zip(table.counts.chunks(table.days.max(1)))
        {
            for (tick, &count) in (table.first..).zip(counts) {
                if count > 0 {
                    let tally = AnyTally::of_events(Kept::Count, count);
                    object.days.add(tick, &tally);
                }
            }
        }
        let none = AnyTally::none(Kept::Count);
        let writer = self.writer(engine, report);
        Some(writer.write_tallied(&objects, none, &self.span))
    }

    /// Notes the events from before the days at which their objects resume.
    fn note_late(&self, table: &Table, objects: &[Object<AnyTally>], report: &mut Report) {
        if self.span.range.is_some() {
            return;
        }
        for (object, counts) in objects.iter().zip(table.counts.chunks(table.days.max(1))) {
            let Some(resume) = object.resume else {
                continue;
            };
            for (tick, &count) in (table.first..resume).zip(counts) {
                if count > 0 {
                    report.add_late(Date::from_tick(tick), count.into());
                }
            }
        }
    }

    fn count_one(&self, table: &mut Table, objects: &mut Objects<'_>, report: &mut Report) {
        let mut counted = 0;
        for &tick in self.events.days {
            // A day before the first wraps around to a place that no calendar reaches.
            let place = tick.wrapping_sub(table.first).cast_unsigned() as usize;
            match table.counts.get_mut(place) {
                Some(count) => {
                    *count += 1;
                    counted += 1;
                }
                None => outside(tick, report),
            }
        }
        if counted > 0 {
            objects.number(0);
        }
    }

    fn count_each(
        &self,
        column: &[u32],
        table: &mut Table,
        objects: &mut Objects<'_>,
        report: &mut Report,
    ) {
        for (&tick, &handle) in self.events.days.iter().zip(column) {
            let day = tick.wrapping_sub(table.first).cast_unsigned() as usize;
            if day >= table.days {
                outside(tick, report);
                continue;
            }
            let handle = handle as usize;
            let number = match objects.numbers.get(handle) {
                Some(&known) if known != NO_NUMBER => known,
                _ => objects.number(handle),
            };
            // No object has no place in the table.
            let place = (number as usize)
                .saturating_mul(table.days)
                .saturating_add(day);
            match table.counts.get_mut(place) {
                Some(count) => *count += 1,
                None => report.no_object += 1,
            }
        }
    }
}

/// Notes an event of a day that is not in the table.
#[cold]
fn outside(tick: Tick, report: &mut Report) {
    if tick == EventColumns::UNDATED {
        report.undated += 1;
    } else {
        report.future += 1;
    }
}
