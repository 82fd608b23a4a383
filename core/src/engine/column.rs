//! The sorted column of one series.

use super::cell::Cell;
use super::integers::Integers;
use super::slice::{Slice, Ticks, Values};
use crate::model::{Value, ValueKind};
use crate::time::Tick;

/// The ticks and values of one series, ticks strictly ascending.
///
/// As long as the ticks follow each other without a gap, only the first is kept: a statistic then
/// costs eight bytes, and is found without a search. With gaps it costs twelve.
#[derive(Debug)]
pub(crate) struct Column {
    places: Places,
    cells: Cells,
    /// The ticks whose value is null, ascending; their cell is zero. Mostly empty.
    nulls: Vec<Tick>,
}

#[derive(Debug)]
enum Places {
    /// From this tick on, one a cell.
    Run(Tick),
    Listed(Vec<Tick>),
}

#[derive(Debug)]
enum Cells {
    Integers(Integers),
    Floats(Vec<f64>),
}

/// What a range of a column adds up to. Nulls add nothing.
#[derive(Debug)]
pub(crate) struct Total {
    /// None if it is out of the range of values.
    pub(crate) sum: Option<Value>,
    /// How many values and nulls there are.
    pub(crate) len: usize,
    pub(crate) nulls: usize,
}

impl Column {
    pub(crate) const fn new(kind: ValueKind) -> Self {
        let cells = match kind {
            ValueKind::Integer => Cells::Integers(Integers::new()),
            ValueKind::Float => Cells::Floats(Vec::new()),
        };
        Self {
            places: Places::Run(0),
            cells,
            nulls: Vec::new(),
        }
    }

    /// A column of integers as it was written down; none if a null is not in its place. `ticks` are
    /// strictly ascending and as many as the values.
    pub(crate) fn of_integers(
        ticks: Vec<Tick>,
        values: Vec<i64>,
        nulls: Vec<Tick>,
    ) -> Option<Self> {
        Self::of(ticks, Cells::Integers(Integers::of(values)), nulls)
    }

    /// As [`of_integers`](Column::of_integers), of floats.
    pub(crate) fn of_floats(ticks: Vec<Tick>, values: Vec<f64>, nulls: Vec<Tick>) -> Option<Self> {
        Self::of(ticks, Cells::Floats(values), nulls)
    }

    fn of(ticks: Vec<Tick>, cells: Cells, nulls: Vec<Tick>) -> Option<Self> {
        let nulls_are_zero = nulls.iter().all(|null| {
            ticks.binary_search(null).is_ok_and(|at| match &cells {
                Cells::Integers(integers) => integers.values().get(at) == Some(&0),
                Cells::Floats(values) => values.get(at).is_some_and(|value| value.to_bits() == 0),
            })
        });
        let (&first, &last) = (ticks.first()?, ticks.last()?);
        let follow = last - first == tick_count(ticks.len()) - 1;
        nulls_are_zero.then_some(Self {
            places: if follow {
                Places::Run(first)
            } else {
                Places::Listed(ticks)
            },
            cells,
            nulls,
        })
    }

    #[inline]
    pub(crate) const fn kind(&self) -> ValueKind {
        match self.cells {
            Cells::Integers(_) => ValueKind::Integer,
            Cells::Floats(_) => ValueKind::Float,
        }
    }

    pub(super) fn set_kind_if_empty(&mut self, kind: ValueKind) {
        if self.len() == 0 && self.kind() != kind {
            *self = Self::new(kind);
        }
    }

    #[inline]
    pub(crate) fn len(&self) -> usize {
        match &self.cells {
            Cells::Integers(integers) => integers.values().len(),
            Cells::Floats(values) => values.len(),
        }
    }

    /// The first and the last tick.
    pub(crate) fn extent(&self) -> Option<(Tick, Tick)> {
        let length = self.len();
        if length == 0 {
            return None;
        }
        Some(match &self.places {
            Places::Run(first) => (*first, *first + tick_count(length) - 1),
            Places::Listed(ticks) => (ticks[0], ticks[length - 1]),
        })
    }

    /// Where the tick is, or where it would have to go.
    #[inline]
    fn find(&self, tick: Tick) -> Result<usize, usize> {
        match &self.places {
            Places::Run(first) => {
                let length = self.len();
                match usize::try_from(i64::from(tick) - i64::from(*first)) {
                    Ok(offset) if offset < length => Ok(offset),
                    Ok(_) => Err(length),
                    Err(_) => Err(0),
                }
            }
            Places::Listed(ticks) => match ticks.last() {
                Some(&last) if tick > last => Err(ticks.len()),
                _ => ticks.binary_search(&tick),
            },
        }
    }

    #[inline]
    pub(crate) fn get(&self, tick: Tick) -> Cell {
        self.find(tick)
            .map_or(Cell::Missing, |at| self.cell(at, tick))
    }

    /// The value of a tick, if there is one; as [`get`](Column::get), with null and nothing alike.
    #[inline]
    pub(crate) fn value(&self, tick: Tick) -> Option<Value> {
        let at = self.find(tick).ok()?;
        if !self.nulls.is_empty() && self.nulls.binary_search(&tick).is_ok() {
            return None;
        }
        match &self.cells {
            Cells::Integers(integers) => integers.values().get(at).copied().map(Value::Integer),
            Cells::Floats(values) => values.get(at).copied().map(Value::Float),
        }
    }

    #[inline]
    fn cell(&self, at: usize, tick: Tick) -> Cell {
        if !self.nulls.is_empty() && self.nulls.binary_search(&tick).is_ok() {
            return Cell::Held(None);
        }
        Cell::Held(Some(match &self.cells {
            Cells::Integers(integers) => Value::Integer(integers.values()[at]),
            Cells::Floats(values) => Value::Float(values[at]),
        }))
    }

    /// Sets a value of the column's own kind, or null, and tells what was there.
    #[inline]
    pub(super) fn set(&mut self, tick: Tick, value: Option<Value>) -> Cell {
        debug_assert!(value.is_none_or(|value| value.kind() == self.kind()));
        let before = match self.find(tick) {
            Ok(at) => {
                let before = self.cell(at, tick);
                match (&mut self.cells, value) {
                    (Cells::Integers(integers), Some(Value::Integer(value))) => {
                        integers.set(at, value);
                    }
                    (Cells::Floats(values), Some(Value::Float(value))) => values[at] = value,
                    (Cells::Integers(integers), _) => integers.set(at, 0),
                    (Cells::Floats(values), _) => values[at] = 0.0,
                }
                before
            }
            Err(at) => {
                self.make_place(at, tick);
                match (&mut self.cells, value) {
                    (Cells::Integers(integers), Some(Value::Integer(value))) => {
                        integers.insert(at, value);
                    }
                    (Cells::Floats(values), Some(Value::Float(value))) => insert(values, at, value),
                    (Cells::Integers(integers), _) => integers.insert(at, 0),
                    (Cells::Floats(values), _) => insert(values, at, 0.0),
                }
                Cell::Missing
            }
        };
        if value.is_none() || !self.nulls.is_empty() {
            self.mark_null(tick, value.is_none());
        }
        before
    }

    /// Notes the tick of a cell that is about to be inserted at `at`.
    #[inline]
    fn make_place(&mut self, at: usize, tick: Tick) {
        let length = self.len();
        match &mut self.places {
            Places::Run(first) if length == 0 => *first = tick,
            Places::Run(first) if at == length && tick == *first + tick_count(length) => {}
            Places::Run(first) if at == 0 && tick == *first - 1 => *first = tick,
            _ => self.list_place(at, tick),
        }
    }

    fn list_place(&mut self, at: usize, tick: Tick) {
        let ticks = self.listed();
        insert(ticks, at, tick);
        // A gap that was filled makes the ticks follow each other again.
        let first = ticks[0];
        if ticks[ticks.len() - 1] - first == tick_count(ticks.len()) - 1 {
            self.places = Places::Run(first);
        }
    }

    fn listed(&mut self) -> &mut Vec<Tick> {
        if let Places::Run(first) = self.places {
            let end = first + tick_count(self.len());
            let mut ticks = Vec::with_capacity(match &self.cells {
                Cells::Integers(integers) => integers.capacity(),
                Cells::Floats(values) => values.capacity(),
            });
            ticks.extend(first..end);
            self.places = Places::Listed(ticks);
        }
        match &mut self.places {
            Places::Listed(ticks) => ticks,
            Places::Run(_) => unreachable!("a run was listed above"),
        }
    }

    fn mark_null(&mut self, tick: Tick, null: bool) {
        match (self.nulls.binary_search(&tick), null) {
            (Err(at), true) => insert(&mut self.nulls, at, tick),
            (Ok(at), false) => {
                self.nulls.remove(at);
            }
            _ => {}
        }
    }

    /// Where the ticks from `first` to `last` are.
    #[inline]
    fn span(&self, first: Tick, last: Tick) -> (usize, usize) {
        let start = self.find(first).unwrap_or_else(|at| at);
        let end = self.find(last).map_or_else(|at| at, |at| at + 1);
        (start, end.max(start))
    }

    /// Removes what lies from `first` to `last` and tells how much it was.
    pub(super) fn remove(&mut self, first: Tick, last: Tick) -> usize {
        let (start, end) = self.span(first, last);
        if start == end {
            return 0;
        }
        let length = self.len();
        match &mut self.places {
            Places::Run(_) if end == length => {}
            Places::Run(from) if start == 0 => *from += tick_count(end),
            _ => {
                self.listed().drain(start..end);
            }
        }
        match &mut self.cells {
            Cells::Integers(integers) => integers.remove(start, end),
            Cells::Floats(values) => drop(values.drain(start..end)),
        }
        self.nulls.retain(|tick| !(first..=last).contains(tick));
        if self.len() == 0 {
            *self = Self::new(self.kind());
        }
        end - start
    }

    /// What lies from `first` to `last`, both included.
    #[inline]
    pub(crate) fn slice(&self, first: Tick, last: Tick) -> Slice<'_> {
        let (start, end) = self.span(first, last);
        let ticks = match &self.places {
            Places::Run(from) => Ticks::Run {
                first: *from + tick_count(start),
                len: end - start,
            },
            Places::Listed(ticks) => Ticks::Listed(&ticks[start..end]),
        };
        let values = match &self.cells {
            Cells::Integers(integers) => Values::Integers(&integers.values()[start..end]),
            Cells::Floats(values) => Values::Floats(&values[start..end]),
        };
        Slice {
            ticks,
            values,
            nulls: self.nulls_in(first, last),
        }
    }

    /// The sum of what lies from `first` to `last`, both included.
    #[inline]
    pub(crate) fn total(&self, first: Tick, last: Tick) -> Total {
        let (start, end) = self.span(first, last);
        let sum = match &self.cells {
            Cells::Integers(integers) => i64::try_from(integers.sum(start, end))
                .ok()
                .map(Value::Integer),
            Cells::Floats(values) => {
                let sum: f64 = values[start..end].iter().sum();
                // The sum of no floats is a negative zero.
                sum.is_finite().then_some(Value::Float(sum + 0.0))
            }
        };
        Total {
            sum,
            len: end - start,
            nulls: self.nulls_in(first, last).len(),
        }
    }

    #[inline]
    fn nulls_in(&self, first: Tick, last: Tick) -> &[Tick] {
        if self.nulls.is_empty() {
            return &[];
        }
        let from = self.nulls.partition_point(|&tick| tick < first);
        let until = self.nulls.partition_point(|&tick| tick <= last);
        self.nulls.get(from..until).unwrap_or_default()
    }
}

/// Pushes at the end, where nearly all values go, without the work of an insert.
#[inline]
fn insert<T>(values: &mut Vec<T>, at: usize, value: T) {
    if at == values.len() {
        values.push(value);
    } else {
        values.insert(at, value);
    }
}

/// The calendar has fewer than 2^22 days, and a column has each once at most.
#[inline]
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    reason = "said above"
)]
fn tick_count(length: usize) -> Tick {
    length as Tick
}

#[cfg(test)]
mod tests {
    use super::Column;

    #[test]
    fn a_null_is_written_down_with_a_zero_in_a_place_that_there_is() {
        let integers = |nulls| Column::of_integers(vec![1, 2, 9], vec![7, 0, 0], nulls);
        let floats = |nulls| Column::of_floats(vec![1, 2, 9], vec![7.0, 0.0, -0.0], nulls);
        for nulls in [vec![], vec![2]] {
            assert!(integers(nulls.clone()).is_some() && floats(nulls).is_some());
        }
        for nulls in [vec![1], vec![3], vec![2, 10]] {
            assert!(integers(nulls.clone()).is_none() && floats(nulls).is_none());
        }
        assert!(integers(vec![9]).is_some() && floats(vec![9]).is_none());
    }
}
