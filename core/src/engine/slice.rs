//! A view of consecutive cells of a column.

use crate::model::{Number, Value};
use crate::time::Tick;

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

    /// Calls `with` for each cell in order, as fast as the column allows.
    #[inline]
    pub(crate) fn for_each<V: Number>(self, mut with: impl FnMut(Tick, Option<V>)) {
        let typed = match self.values {
            Values::Integers(values) => V::of_integers(values),
            Values::Floats(values) => V::of_floats(values),
        };
        match (typed, self.ticks) {
            (Some(values), Ticks::Run { first, .. }) if self.nulls.is_empty() => {
                for (tick, &value) in (first..).zip(values) {
                    with(tick, Some(value));
                }
            }
            (Some(values), Ticks::Listed(ticks)) if self.nulls.is_empty() => {
                for (&tick, &value) in ticks.iter().zip(values) {
                    with(tick, Some(value));
                }
            }
            _ => {
                for (tick, value) in self.iter() {
                    with(tick, value.map(V::of_value));
                }
            }
        }
    }
}
