//! A view of consecutive cells of a column.

use crate::model::{MetricValue, Point, Value};
use crate::time::{Date, Tick};

/// Consecutive cells of one column.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Slice<'a> {
    pub(crate) ticks: Ticks<'a>,
    pub(crate) values: Values<'a>,
    /// The ticks whose value is null, ascending; their value is zero.
    pub(crate) nulls: &'a [Tick],
}

/// The ticks of a slice.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Ticks<'a> {
    /// One after the other from the first.
    Run {
        first: Tick,
        len: usize,
    },
    Listed(&'a [Tick]),
}

/// The values of a slice.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Values<'a> {
    Integers(&'a [i64]),
    Floats(&'a [f64]),
}

impl<'a> Slice<'a> {
    pub(crate) fn len(&self) -> usize {
        match self.ticks {
            Ticks::Run { len, .. } => len,
            Ticks::Listed(ticks) => ticks.len(),
        }
    }

    /// Ticks and values in order, none for null.
    pub(crate) fn iter(self) -> impl Iterator<Item = (Tick, Option<Value>)> + 'a {
        (0..self.len()).map(move |at| self.cell(at))
    }

    pub(crate) fn last(&self) -> Option<(Tick, Option<Value>)> {
        self.len().checked_sub(1).map(|at| self.cell(at))
    }

    fn cell(&self, at: usize) -> (Tick, Option<Value>) {
        let tick = match self.ticks {
            Ticks::Run { first, .. } => first + Tick::try_from(at).unwrap_or(Tick::MAX),
            Ticks::Listed(ticks) => ticks[at],
        };
        if self.nulls.binary_search(&tick).is_ok() {
            return (tick, None);
        }
        let value = match self.values {
            Values::Integers(values) => Value::Integer(values[at]),
            Values::Floats(values) => Value::Float(values[at]),
        };
        (tick, Some(value))
    }

    /// The cells as points, as fast as the column allows.
    #[inline]
    pub(crate) fn points<V: MetricValue>(self) -> Vec<Point<V>> {
        let typed = match self.values {
            Values::Integers(values) => V::of_integers(values),
            Values::Floats(values) => V::of_floats(values),
        };
        let point = |(tick, &value)| Point {
            date: Date::from_tick(tick),
            value: Some(value),
        };
        match (typed, self.ticks) {
            (Some(values), Ticks::Run { first, .. }) if self.nulls.is_empty() => {
                (first..).zip(values).map(point).collect()
            }
            (Some(values), Ticks::Listed(ticks)) if self.nulls.is_empty() => {
                ticks.iter().copied().zip(values).map(point).collect()
            }
            _ => {
                let mut points = Vec::with_capacity(self.len());
                for (tick, value) in self.iter() {
                    points.push(Point {
                        date: Date::from_tick(tick),
                        value: value.map(V::of_value),
                    });
                }
                points
            }
        }
    }
}
