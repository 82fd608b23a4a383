//! What every contender can do, and how its answers are compared.

use trackstats::Date;

use crate::Outcome;
use crate::workload::{Event, Row, Size, Span};

/// How many parts a breakdown has.
pub(crate) const PARTS: u32 = 5;

/// Values by date, in date order.
pub(crate) type Points = Vec<(Date, i64)>;

/// The largest parts by object, largest first; then what the others add up to, and how many they are.
pub(crate) type Largest = (Vec<(u32, i64)>, i64, u32);

/// Counts of events: by day, of a week up to each day, of everything up to each day, and the counts
/// by day of each object, in the order of objects and days.
#[derive(Debug, PartialEq)]
pub(crate) struct Counts {
    pub(crate) days: Points,
    pub(crate) weeks: Points,
    pub(crate) lifetimes: Points,
    pub(crate) objects: Vec<(u32, Date, i64)>,
}

/// A store of statistics. Every answer is made and given to `take`, as an application would use it.
pub(crate) trait Contender: Sized {
    /// A series in the form in which it is answered.
    type Series;
    /// A breakdown in the form in which it is answered.
    type Top;

    /// A store without values, ready to record by day at these metrics and objects.
    fn empty(size: Size) -> Outcome<Self>;

    /// Makes ready for breakdowns, where that is not so by itself.
    fn for_breakdowns(self) -> Outcome<Self> {
        Ok(self)
    }

    /// Records the rows one at a time.
    fn record(&mut self, rows: &[Row]) -> Outcome<()>;

    /// Reads a series for each span.
    fn series(&self, spans: &[Span], take: impl FnMut(Self::Series)) -> Outcome<()>;

    fn points(series: Self::Series) -> Points;

    /// Reads the sum and the number of values of each span.
    fn totals(&self, spans: &[Span], take: impl FnMut((i64, u32))) -> Outcome<()>;

    /// Reads the largest parts of the first metric on each date, and the sum and number of the others.
    fn tops(&self, dates: &[Date], take: impl FnMut(Self::Top)) -> Outcome<()>;

    fn largest(top: Self::Top) -> Outcome<Largest>;

    /// Takes events in, as they are before anything is counted.
    fn keep(&mut self, events: &[Event]) -> Outcome<()>;

    /// Counts the events that were taken in, and records the counts.
    fn count(&mut self, events: &[Event], size: Size) -> Outcome<()>;

    /// What was recorded by `count`.
    fn counts(&self) -> Outcome<Counts>;
}
