//! From tallies to the rows of the store.

use super::distinct::{Distinct, Step};
use super::held::HeldCounts;
use super::objects::Object;
use super::resume::Span;
use super::tally::Tally;
use super::window::{self, Row};
use super::{Report, TrackFault};
use crate::Error;
use crate::engine::{Applied, Column, Engine, Entry};
use crate::model::{Kind, MetricId, Value};
use crate::time::{Period, Tick};

/// Writes the rows of a run.
pub(super) struct Writer<'e> {
    engine: &'e mut Engine,
    metric: MetricId,
    kind: Kind,
    period: Period,
    report: Report,
    /// The room for the rows of one object, empty between two of them.
    rows: Vec<Row>,
}

impl<'e> Writer<'e> {
    pub(super) const fn new(
        engine: &'e mut Engine,
        metric: MetricId,
        kind: Kind,
        period: Period,
        report: Report,
    ) -> Self {
        Self {
            engine,
            metric,
            kind,
            period,
            report,
            rows: Vec::new(),
        }
    }
}

impl Writer<'_> {
    /// The rows of the tallies of all objects.
    pub(super) fn write_tallied<T: Tally>(
        mut self,
        objects: &[Object<T>],
        none: T,
        span: &Span,
    ) -> Result<Report, Error> {
        self.all_or_nothing(none.may_overflow(), |write| {
            objects
                .iter()
                .try_for_each(|object| write.tallied(object, none, span))
        })
    }

    /// The rows of counts, day by day from the first on, for each object.
    pub(super) fn write_counted<'c, T>(
        mut self,
        objects: &[Object<T>],
        first: Tick,
        counts: impl Iterator<Item = &'c [u32]>,
        span: &Span,
    ) -> Result<Report, Error> {
        let last = span.range.map_or(Tick::MAX, |range| range.last().tick());
        // Most objects are new, and need no rows.
        let mut held = HeldCounts::default();
        for (object, counts) in objects.iter().zip(counts) {
            // Only the days to compute, cut out at once: a range that is closed is slow to walk.
            let start = object.resume.unwrap_or(first).max(first);
            let until = usize::try_from(i64::from(last) - i64::from(first) + 1).unwrap_or(0);
            let counts = counts.get(..until).unwrap_or(counts);
            let before = start.abs_diff(first) as usize;
            let Some(counts) = counts.get(before..) else {
                continue;
            };
            held.read(start, counts);
            if held.is_empty() {
                continue;
            }
            let series = self.engine.series(object.slot, self.period);
            if self.engine.is_unwatched(series) {
                self.report.created += held.len() as u64;
                if let Some(column) = held.column(self.kind) {
                    self.engine.fill(series, column);
                }
                continue;
            }
            let mut rows = std::mem::take(&mut self.rows);
            rows.extend(held.iter().map(|(tick, count)| {
                let value = Value::Integer(count);
                (tick, Some(Some(value)))
            }));
            self.rows(object, rows)?;
        }
        Ok(self.report)
    }

    /// The rows of the distinct items of all objects.
    pub(super) fn write_stepped<T: Tally>(
        mut self,
        objects: &[Object<T>],
        distinct: Distinct,
        span: &Span,
    ) -> Result<Report, Error> {
        let steps = distinct.steps();
        let mut rest = steps.as_slice();
        self.all_or_nothing(false, |write| {
            (0_u32..).zip(objects).try_for_each(|(number, object)| {
                let own = rest.partition_point(|&(other, _, _)| other <= number);
                let (steps, others) = rest.split_at(own);
                rest = others;
                write.stepped(object, steps, span)
            })
        })
    }

    /// Writes, and takes everything back if something does not fit.
    fn all_or_nothing(
        &mut self,
        may_fail: bool,
        write: impl FnOnce(&mut Self) -> Result<(), Error>,
    ) -> Result<Report, Error> {
        if !may_fail {
            write(self)?;
            return Ok(self.report);
        }
        let mark = self.engine.mark();
        match write(self) {
            Ok(()) => self.engine.keep(mark),
            Err(error) => {
                self.engine.take_back(mark);
                return Err(error);
            }
        }
        Ok(self.report)
    }

    fn tallied<T: Tally>(&mut self, object: &Object<T>, none: T, span: &Span) -> Result<(), Error> {
        let column = self.engine.find_series(object.slot, span.period);
        let column = column.map(|series| self.engine.column(series));
        let mut rows = std::mem::take(&mut self.rows);
        let push = |row: Row| rows.push(row);
        match span.period {
            Period::Day => {
                let first = object.resume.unwrap_or(Tick::MIN);
                let last = span.range.map_or(Tick::MAX, |range| range.last().tick());
                window::single_days(&object.days, first, last, push);
            }
            period => {
                let Some((first, last)) = span.dense(column, object.days.first()) else {
                    return Ok(());
                };
                match period.days() {
                    Some(length) => window::windows(&object.days, none, length, first, last, push),
                    None => window::lifetimes(&object.days, none, first, last, push),
                }
            }
        }
        self.rows(object, rows)
    }

    fn stepped<T: Tally>(
        &mut self,
        object: &Object<T>,
        steps: &[Step],
        span: &Span,
    ) -> Result<(), Error> {
        let column = self.engine.find_series(object.slot, span.period);
        let column = column.map(|series| self.engine.column(series));
        let mut steps = steps.iter().peekable();
        let mut rows = std::mem::take(&mut self.rows);
        if span.period == Period::Day {
            let first = object.resume.unwrap_or(Tick::MIN);
            let last = span.range.map_or(Tick::MAX, |range| range.last().tick());
            for (tick, _) in object
                .days
                .iter()
                .filter(|(tick, _)| (first..=last).contains(tick))
            {
                while steps.next_if(|&&(_, day, _)| day < tick).is_some() {}
                let count = steps
                    .next_if(|&&(_, day, _)| day == tick)
                    .map_or(0, |step| step.2);
                rows.push((tick, Some(Some(Value::Integer(count)))));
            }
            return self.rows(object, rows);
        }
        let Some((first, last)) = span.dense(column, object.days.first()) else {
            return Ok(());
        };
        let mut count = 0;
        for tick in first..=last {
            while let Some((_, _, step)) = steps.next_if(|&&(_, day, _)| day <= tick) {
                count += step;
            }
            rows.push((tick, Some(Some(Value::Integer(count)))));
        }
        self.rows(object, rows)
    }

    fn rows<T>(&mut self, object: &Object<T>, mut rows: Vec<Row>) -> Result<(), Error> {
        if rows.is_empty() {
            return Ok(());
        }
        for value in rows.iter().filter_map(|&(_, value)| value.flatten()) {
            self.engine.check_safe(value)?;
        }
        let series = self.engine.series(object.slot, self.period);
        if self.engine.is_unwatched(series) {
            let Some(column) = whole_column(&rows, self.kind) else {
                return Err(self.overflow());
            };
            self.report.created += rows.len() as u64;
            self.engine.fill(series, column);
            rows.clear();
        }
        for (tick, value) in rows.drain(..) {
            let value = value.ok_or_else(|| self.overflow())?;
            // A count in a float metric is the float of the same number.
            let value = match (self.kind, value) {
                (Kind::Float, Some(value)) => Some(Value::Float(value.as_f64())),
                (_, value) => value,
            };
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

/// The rows of a series that holds nothing yet; none where a sum does not fit.
fn whole_column(rows: &[Row], kind: Kind) -> Option<Column> {
    let mut nulls = Vec::new();
    for &(tick, value) in rows {
        if value?.is_none() {
            nulls.push(tick);
        }
    }
    let ticks = rows.iter().map(|&(tick, _)| tick).collect();
    let values = rows.iter().map(|&(_, value)| value.flatten());
    match kind {
        Kind::Integer => {
            let values = values.map(|value| value.and_then(Value::as_i64).unwrap_or(0));
            Column::of_integers(ticks, values.collect(), nulls)
        }
        // A count in a float metric is the float of the same number.
        Kind::Float => {
            let values = values.map(|value| value.map_or(0.0, Value::as_f64));
            Column::of_floats(ticks, values.collect(), nulls)
        }
    }
}
