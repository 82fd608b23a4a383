//! The works that all contenders do: first compared, then timed in turn.

use std::hint::black_box;
use std::time::Duration;

use trackstats::Date;

use crate::Outcome;
use crate::contender::{Contender, Counts, Largest, Points};
use crate::maps::Maps;
use crate::measure::{in_turn, timed};
use crate::ours::Ours;
use crate::sqlite::Sqlite;
use crate::table::Line;
use crate::workload::{self, Event, Row, Size, Span};

/// How much there is of everything.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Scale {
    /// Of what is recorded, read and added up.
    pub(crate) series: Size,
    /// Of what is broken down.
    pub(crate) parts: Size,
    /// Of what happens.
    pub(crate) happening: Size,
    /// Days in the series that are read.
    pub(crate) longest: i32,
    pub(crate) reads: usize,
    pub(crate) breakdowns: usize,
    pub(crate) events: usize,
}

/// All that the works need, made once for all contenders.
pub(crate) struct Task {
    scale: Scale,
    rows: Vec<Row>,
    rewritten: Vec<Row>,
    parts: Vec<Row>,
    reads: Vec<Span>,
    sums: Vec<Span>,
    dates: Vec<Date>,
    events: Vec<Event>,
}

impl Task {
    pub(crate) fn new(scale: Scale) -> Outcome<Self> {
        let Scale {
            series,
            longest,
            reads,
            ..
        } = scale;
        Ok(Self {
            scale,
            rows: workload::rows(series, 1)?,
            rewritten: workload::rewritten(series, 2)?,
            parts: workload::rows(scale.parts, 3)?,
            reads: workload::spans(series, reads, longest, longest, 4)?,
            sums: workload::spans(series, reads, 7, longest, 5)?,
            dates: workload::dates(scale.parts, scale.breakdowns, 6)?,
            events: workload::events(scale.happening, scale.events, 7)?,
        })
    }

    /// Fails if a peer answers anything else than the library.
    pub(crate) fn compare(&self) -> Outcome<()> {
        let ours = self.answers::<Ours>()?;
        for (name, answers) in [
            ("SQLite", self.answers::<Sqlite>()?),
            ("maps", self.answers::<Maps>()?),
        ] {
            if let Some(what) = ours.difference(&answers) {
                return Err(format!("{name} and the library differ in {what}").into());
            }
        }
        Ok(())
    }

    fn answers<C: Contender>(&self) -> Outcome<Answers> {
        let mut read = C::empty(self.scale.series)?;
        read.record(&self.rows)?;
        let mut before = Vec::new();
        read.series(&self.reads, |series| before.push(C::points(series)))?;
        read.record(&self.rewritten)?;
        let mut series = Vec::new();
        read.series(&self.reads, |one| series.push(C::points(one)))?;
        let mut totals = Vec::new();
        read.totals(&self.sums, |total| totals.push(total))?;
        let mut split = C::empty(self.scale.parts)?.for_breakdowns()?;
        split.record(&self.parts)?;
        let mut tops = Vec::new();
        split.tops(&self.dates, |top| tops.push(C::largest(top)))?;
        let mut counted = C::empty(self.scale.happening)?;
        counted.keep(&self.events)?;
        counted.count(&self.events, self.scale.happening)?;
        Ok(Answers {
            before,
            series,
            totals,
            tops: tops.into_iter().collect::<Outcome<_>>()?,
            counts: counted.counts()?,
        })
    }

    /// Times every work, and gives the lines of each to `print`.
    pub(crate) fn race(&self, mut print: impl FnMut([Line; 2])) -> Outcome<()> {
        let Scale {
            series,
            parts,
            happening,
            ..
        } = self.scale;
        let mut line = |name: String, targets: [f64; 2], [ours, sqlite, maps]: [f64; 3]| {
            print([
                Line::faster(format!("{name}: SQLite"), ours, sqlite, targets[0]),
                Line::faster(format!("{name}: BTreeMap"), ours, maps, targets[1]),
            ]);
        };

        let name = format!("record {} keys in date order", self.rows.len());
        let taken = in_turn([
            &mut || record::<Ours>(series, &[], &self.rows),
            &mut || record::<Sqlite>(series, &[], &self.rows),
            &mut || record::<Maps>(series, &[], &self.rows),
        ])?;
        line(name, [10.0, 3.0], taken);

        let name = format!("record {} keys again in random order", self.rows.len());
        let taken = in_turn([
            &mut || record::<Ours>(series, &self.rows, &self.rewritten),
            &mut || record::<Sqlite>(series, &self.rows, &self.rewritten),
            &mut || record::<Maps>(series, &self.rows, &self.rewritten),
        ])?;
        line(name, [8.0, 3.0], taken);

        let ours = filled::<Ours>(series, &self.rows)?;
        let sqlite = filled::<Sqlite>(series, &self.rows)?;
        let maps = filled::<Maps>(series, &self.rows)?;
        let name = format!("{} series of {} days", self.reads.len(), self.scale.longest);
        let taken = in_turn([
            &mut || read(&ours, &self.reads),
            &mut || read(&sqlite, &self.reads),
            &mut || read(&maps, &self.reads),
        ])?;
        line(name, [50.0, 4.0], taken);

        let name = format!(
            "{} sums over 7 to {} days",
            self.sums.len(),
            self.scale.longest
        );
        let taken = in_turn([
            &mut || sum(&ours, &self.sums),
            &mut || sum(&sqlite, &self.sums),
            &mut || sum(&maps, &self.sums),
        ])?;
        line(name, [50.0, 4.0], taken);

        let ours = filled::<Ours>(parts, &self.parts)?.for_breakdowns()?;
        let sqlite = filled::<Sqlite>(parts, &self.parts)?.for_breakdowns()?;
        let maps = filled::<Maps>(parts, &self.parts)?.for_breakdowns()?;
        let name = format!("{} top-5 of {} objects", self.dates.len(), parts.objects);
        let taken = in_turn([
            &mut || top(&ours, &self.dates),
            &mut || top(&sqlite, &self.dates),
            &mut || top(&maps, &self.dates),
        ])?;
        line(name, [1.0, 0.7], taken);

        let name = format!("count {} events", self.events.len());
        let taken = in_turn([
            &mut || count::<Ours>(happening, &self.events),
            &mut || count::<Sqlite>(happening, &self.events),
            &mut || count::<Maps>(happening, &self.events),
        ])?;
        line(name, [40.0, 0.7], taken);
        Ok(())
    }
}

/// What a contender answered, in a form that can be compared.
struct Answers {
    before: Vec<Points>,
    series: Vec<Points>,
    totals: Vec<(i64, u32)>,
    tops: Vec<Largest>,
    counts: Counts,
}

impl Answers {
    fn difference(&self, other: &Self) -> Option<&'static str> {
        let same = [
            ("a series", self.before == other.before),
            ("a rewritten series", self.series == other.series),
            ("a sum", self.totals == other.totals),
            ("a breakdown", self.tops == other.tops),
            ("the counts of events", self.counts == other.counts),
        ];
        same.iter().find(|(_, same)| !same).map(|&(what, _)| what)
    }
}

fn filled<C: Contender>(size: Size, rows: &[Row]) -> Outcome<C> {
    let mut contender = C::empty(size)?;
    contender.record(rows)?;
    Ok(contender)
}

/// Records `rows` into a store that holds what was there `before`.
fn record<C: Contender>(size: Size, before: &[Row], rows: &[Row]) -> Outcome<Duration> {
    let mut contender: C = filled(size, before)?;
    timed(|| contender.record(rows))
}

fn read<C: Contender>(contender: &C, spans: &[Span]) -> Outcome<Duration> {
    timed(|| contender.series(spans, |series| drop(black_box(series))))
}

fn sum<C: Contender>(contender: &C, spans: &[Span]) -> Outcome<Duration> {
    timed(|| contender.totals(spans, |total| _ = black_box(total)))
}

fn top<C: Contender>(contender: &C, dates: &[Date]) -> Outcome<Duration> {
    timed(|| contender.tops(dates, |top| drop(black_box(top))))
}

fn count<C: Contender>(size: Size, events: &[Event]) -> Outcome<Duration> {
    let mut contender = C::empty(size)?;
    contender.keep(events)?;
    timed(|| contender.count(events, size))
}

#[cfg(test)]
mod tests {
    use super::{Scale, Task};
    use crate::workload::Size;

    #[test]
    fn the_contenders_answer_the_same() {
        let size = |metrics, objects, days| Size {
            metrics,
            objects,
            days,
        };
        let task = Task::new(Scale {
            series: size(3, 4, 60),
            parts: size(1, 20, 10),
            happening: size(1, 9, 40),
            longest: 20,
            reads: 50,
            breakdowns: 10,
            events: 300,
        });
        task.and_then(|task| task.compare()).unwrap();
    }
}
