//! From tallies to the rows of the store.

use std::collections::BTreeSet;

use super::days::Days;
use super::distinct::Step;
use super::held::{HeldCounts, of_kind, whole_column};
use super::reach::{Reach, Verdict, is_same, latest};
use super::resume::Span;
use super::tally::{Finished, Tally};
use super::window::{self, Row};
use super::{Aggregation, TrackFault, TrackReport};
use crate::Error;
use crate::engine::{Applied, Cell, Column, Engine, Entry, SeriesId};
use crate::model::{MetricId, SlotId, Value, ValueKind};
use crate::time::{Date, Period, Tick};

/// A day with events: how many, and the value of its row.
pub(super) type DayRow = (Tick, u64, Finished);

/// Writes the rows of a run.
pub(super) struct Writer<'e> {
    engine: &'e mut Engine,
    metric: MetricId,
    kind: ValueKind,
    aggregation: Aggregation,
    span: Span,
    reach: Reach,
    over: Vec<SlotId>,
    report: TrackReport,
    outdated: BTreeSet<Tick>,
    /// The room for the rows of one object, empty between two of them.
    rows: Vec<Row>,
}

impl<'e> Writer<'e> {
    pub(super) fn new(
        engine: &'e mut Engine,
        (metric, kind, aggregation): (MetricId, ValueKind, Aggregation),
        span: Span,
        verdict: Verdict,
        mut report: TrackReport,
    ) -> Self {
        report.needed_since = verdict.lacks.map(Date::from_tick);
        Self {
            engine,
            metric,
            kind,
            aggregation,
            span,
            reach: verdict.reach,
            over: verdict.over,
            report,
            outdated: BTreeSet::new(),
            rows: Vec::new(),
        }
    }

    /// Writes all, and rolls everything back if something does not fit.
    pub(super) fn write(
        mut self,
        may_fail: bool,
        write: impl FnOnce(&mut Self) -> Result<(), Error>,
    ) -> Result<TrackReport, Error> {
        // A value of an event may not be one that every reader can hold.
        let is_chosen = matches!(
            self.aggregation,
            Aggregation::Minimum | Aggregation::Maximum
        );
        if may_fail || is_chosen {
            let mark = self.engine.mark();
            match write(&mut self) {
                Ok(()) => self.engine.release(mark),
                Err(error) => {
                    self.engine.rollback_to(mark);
                    return Err(error);
                }
            }
        } else {
            write(&mut self)?;
        }
        self.report.outdated = self.outdated.iter().copied().map(Date::from_tick).collect();
        Ok(self.report)
    }

    /// The number of an object in the store, which is made if it is new.
    pub(super) fn engine(&mut self) -> &mut Engine {
        self.engine
    }
}

impl Writer<'_> {
    /// The rows of one object.
    pub(super) fn tallied<T: Tally>(
        &mut self,
        slot: SlotId,
        days: &Days<T>,
        none: T,
    ) -> Result<(), Error> {
        let Some(none_value) = none.finish() else {
            return Ok(());
        };
        if self.span.period == Period::Day {
            let rows = days
                .iter()
                .map(|(tick, tally)| (tick, tally.events(), tally.finish()));
            return self.single_days(slot, rows, none_value);
        }
        let length = self.span.period.days();
        self.dense(slot, days.first(), |first, last, row| match length {
            Some(length) => window::windows(days, none, length, first, last, row),
            None => window::lifetimes(days, none, first, last, row),
        })
    }

    /// The rows of the distinct items of one object.
    pub(super) fn stepped<T: Tally>(
        &mut self,
        slot: SlotId,
        days: &Days<T>,
        steps: &[Step],
    ) -> Result<(), Error> {
        let mut steps = steps.iter().peekable();
        if self.span.period == Period::Day {
            let rows = days.iter().map(|(tick, tally)| {
                while steps.next_if(|&&(_, day, _)| day < tick).is_some() {}
                let step = steps.next_if(|&&(_, day, _)| day == tick);
                let count = Value::Integer(step.map_or(0, |step| step.2));
                (tick, tally.events(), Some(Some(count)))
            });
            return self.single_days(slot, rows, Some(Value::Integer(0)));
        }
        self.dense(slot, days.first(), |first, last, row| {
            let mut count = 0;
            for tick in first..=last {
                while let Some((_, _, step)) = steps.next_if(|&&(_, day, _)| day <= tick) {
                    count += step;
                }
                row((tick, Some(Some(Value::Integer(count)))));
            }
        })
    }

    /// The rows of counts by day, for an object whose series holds nothing yet and is not watched; false
    /// if it does.
    pub(super) fn fill_counted(
        &mut self,
        slot: SlotId,
        first: Tick,
        counts: &[u32],
        held: &mut HeldCounts,
    ) -> bool {
        let series = self.engine.series(slot, Period::Day);
        if !self.engine.is_unwatched(series) {
            return false;
        }
        // Only the days to compute, cut out at once: a range that is closed is slow to walk.
        let begin = self.reach.begin(&self.span, self.aggregation, None);
        let start = begin.unwrap_or(first).max(first);
        let until = i64::from(self.span.last()) - i64::from(first) + 1;
        let counts = counts
            .get(..usize::try_from(until).unwrap_or(0))
            .unwrap_or(counts);
        let Some(counts) = counts.get(start.abs_diff(first) as usize..) else {
            return true;
        };
        held.read(start, counts);
        if !held.is_empty() {
            self.report.created += held.len() as u64;
            if let Some(column) = held.column(self.kind) {
                self.engine.fill(series, column);
            }
        }
        true
    }

    /// The rows of an object without events, which are computed again where the run was told to.
    pub(super) fn without_events(
        &mut self,
        (slot, series): (SlotId, SeriesId),
        none: Option<Value>,
    ) -> Result<(), Error> {
        if self.is_over(slot) {
            return Ok(());
        }
        let column = self.engine.column(series);
        let begin = self.reach.begin(&self.span, self.aggregation, Some(column));
        let first = begin.unwrap_or(Tick::MIN);
        let last = self.span.last();
        if first > last {
            return Ok(());
        }
        let mut rows = std::mem::take(&mut self.rows);
        let stored = column.slice(first, last).iter();
        rows.extend(stored.map(|(tick, _)| (tick, Some(none))));
        self.rows(series, rows)
    }

    /// The rows of a `day` tracker: of the days with events, and of those whose row has none any more.
    fn single_days(
        &mut self,
        slot: SlotId,
        found: impl Iterator<Item = DayRow>,
        none: Option<Value>,
    ) -> Result<(), Error> {
        let Self {
            engine,
            span,
            report,
            kind,
            ..
        } = self;
        let none = of_kind(*kind, none);
        let series = engine.find_series(slot, Period::Day);
        let column = series.map(|series| engine.column(series));
        let begin = self.reach.begin(span, self.aggregation, column);
        let begin = begin.unwrap_or(Tick::MIN);
        let resume = span.resume(column).filter(|_| span.range.is_none());
        let compared = compared_from(span, self.reach).unwrap_or(Tick::MAX);
        let last = span.last();
        let mut rows = std::mem::take(&mut self.rows);
        let mut outdated = Vec::new();
        let without = |rows: &mut Vec<Row>, outdated: &mut Vec<Tick>, tick, value| {
            if tick > last || value == none {
                return;
            }
            if tick >= begin && span.is_again() {
                rows.push((tick, Some(none)));
            } else if tick >= compared {
                outdated.push(tick);
            }
        };
        let mut stored = column
            .map(|column| column.slice(Tick::MIN, Tick::MAX).iter())
            .into_iter()
            .flatten()
            .peekable();
        for (tick, events, value) in found {
            while let Some((tick, value)) = stored.next_if(|&(stored, _)| stored < tick) {
                without(&mut rows, &mut outdated, tick, value);
            }
            let held = stored.next_if(|&(stored, _)| stored == tick);
            if resume.is_some_and(|resume| tick < resume) {
                report.earlier += events;
            }
            if tick >= begin {
                if tick <= last {
                    rows.push((tick, value));
                }
                continue;
            }
            let value = value.map(|value| of_kind(*kind, value));
            let is_same = held
                .zip(value)
                .is_some_and(|((_, held), value)| is_same(held, value));
            if tick >= compared && !is_same {
                outdated.push(tick);
                report.late += events;
                let date = Date::from_tick(tick);
                report.oldest_late = Some(report.oldest_late.map_or(date, |old| old.min(date)));
            }
        }
        for (tick, value) in stored {
            without(&mut rows, &mut outdated, tick, value);
        }
        let newest = column.and_then(Column::extent).map(|(_, newest)| newest);
        self.note_outdated(newest, outdated);
        self.rows_of(slot, rows)
    }

    /// The rows of every day of an object, from where it goes on.
    fn dense(
        &mut self,
        slot: SlotId,
        first_event: Option<Tick>,
        sweep: impl FnOnce(Tick, Tick, &mut dyn FnMut(Row)),
    ) -> Result<(), Error> {
        let span = self.span;
        let series = self.engine.find_series(slot, span.period);
        let column = series.map(|series| self.engine.column(series));
        let extent = column.and_then(Column::extent);
        let Some(earliest) = earlier(first_event, extent.map(|(oldest, _)| oldest)) else {
            return Ok(());
        };
        let is_over = self.is_over(slot);
        let begin = match column.and_then(|column| latest(column, span.today)) {
            Some((newest, _)) if is_over => Some(newest.saturating_add(1)),
            _ => self.reach.begin(&span, self.aggregation, column),
        };
        let start = begin.map_or(earliest, |begin| begin.max(earliest));
        let last = span.last();
        let compared = compared_from(&span, self.reach);
        let compared = compared.filter(|_| extent.is_some() && !is_over);
        let first = compared.map_or(start, |compared| compared.max(earliest).min(start));
        if first > last {
            return Ok(());
        }
        let kind = self.kind;
        let mut rows = std::mem::take(&mut self.rows);
        let mut outdated = Vec::new();
        sweep(first, last, &mut |(tick, value)| {
            if tick >= start {
                rows.push((tick, value));
                return;
            }
            let value = value.map(|value| of_kind(kind, value));
            let same = match column.map(|column| column.get(tick)) {
                Some(Cell::Held(held)) => value.is_some_and(|value| is_same(held, value)),
                _ => false,
            };
            if !same {
                outdated.push(tick);
            }
        });
        self.note_outdated(extent.map(|(_, newest)| newest), outdated);
        self.rows_of(slot, rows)
    }

    fn is_over(&self, slot: SlotId) -> bool {
        let found = self.over.binary_search_by_key(&slot.0, |slot| slot.0);
        found.is_ok()
    }

    fn note_outdated(&mut self, newest: Option<Tick>, outdated: Vec<Tick>) {
        if let (Some(&oldest), Some(newest)) = (outdated.first(), newest) {
            let days = newest.min(self.span.today).saturating_sub(oldest);
            let days = u32::try_from(days).unwrap_or(0);
            self.report.look_back = self.report.look_back.max(Some(days));
        }
        self.outdated.extend(outdated);
    }

    fn rows_of(&mut self, slot: SlotId, rows: Vec<Row>) -> Result<(), Error> {
        if rows.is_empty() {
            self.rows = rows;
            return Ok(());
        }
        let series = self.engine.series(slot, self.span.period);
        self.rows(series, rows)
    }

    fn rows(&mut self, series: SeriesId, mut rows: Vec<Row>) -> Result<(), Error> {
        for value in rows.iter().filter_map(|&(_, value)| value.flatten()) {
            self.engine.check_safe(value)?;
        }
        if !rows.is_empty() && self.engine.is_unwatched(series) {
            let Some(column) = whole_column(&rows, self.kind) else {
                return Err(self.overflow());
            };
            self.report.created += rows.len() as u64;
            self.engine.fill(series, column);
            rows.clear();
        }
        for (tick, value) in rows.drain(..) {
            let value = value.ok_or_else(|| self.overflow())?;
            let value = of_kind(self.kind, value);
            match self.engine.apply(Entry::Set {
                series,
                tick,
                value,
            })? {
                Applied::Created => self.report.created += 1,
                Applied::Changed => self.report.changed += 1,
                _ => self.report.unchanged += 1,
            }
        }
        self.rows = rows;
        Ok(())
    }

    #[cold]
    fn overflow(&self) -> Error {
        let metric = self.engine.catalog().name(self.metric).to_owned();
        TrackFault::Overflow { metric }.into()
    }
}

/// From when on the rows that are left alone are compared with what the events give.
fn compared_from(span: &Span, reach: Reach) -> Option<Tick> {
    if span.range.is_some() || span.recompute {
        return None;
    }
    reach.first_whole(span.period)
}

fn earlier(event: Option<Tick>, stored: Option<Tick>) -> Option<Tick> {
    match (event, stored) {
        (Some(event), Some(stored)) => Some(event.min(stored)),
        (event, stored) => event.or(stored),
    }
}
