//! A view of consecutive cells of a column.

use crate::model::{Number, Point, Value};
use crate::time::{Date, Tick};

/// Consecutive cells of one column.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Slice<'a> {
    pub(crate) ticks: Ticks<'a>,
    pub(crate) values: Values<'a>,
    /// The ticks whose value is null, ascending; their value is zero.
    pub(crate) nulls: &'a [Tick],
    /// Has every bit, but for the sign, of every integer here.
    pub(crate) magnitude: u64,
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

    /// The exact sum of the integers; zero where there are floats.
    #[inline]
    pub(crate) fn sum_integers(&self) -> i128 {
        match self.values {
            Values::Integers(values) => sum(values, self.magnitude),
            Values::Floats(_) => 0,
        }
    }

    /// The cells as points, as fast as the column allows.
    #[inline]
    pub(crate) fn points<V: Number>(self) -> Vec<Point<V>> {
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

/// The exact sum of integers, none of which has a bit that is not in `magnitude`, but for the sign.
#[inline]
fn sum(values: &[i64], magnitude: u64) -> i128 {
    // Bits in a magnitude, and in how many there are: where both together fit, so does the sum.
    let bits = (64 - magnitude.leading_zeros()) + (usize::BITS - values.len().leading_zeros());
    if bits < 64 {
        let (eights, rest) = values.as_chunks::<8>();
        // Four sums, none of which waits for another.
        let mut sums = [0_i64; 4];
        for [a, b, c, d, e, f, g, h] in eights {
            sums[0] += a + e;
            sums[1] += b + f;
            sums[2] += c + g;
            sums[3] += d + h;
        }
        let rest: i64 = rest.iter().sum();
        return (sums[0] + sums[1] + sums[2] + sums[3] + rest).into();
    }
    wide_sum(values)
}

/// The upper and lower halves are added apart, so that the additions need no carry and several are done
/// at once.
fn wide_sum(values: &[i64]) -> i128 {
    // As many halves of 32 bits as can be added up in 64.
    const BLOCK: usize = 1 << 31;
    let mut total = 0;
    for block in values.chunks(BLOCK) {
        let (mut upper, mut lower) = (0_i64, 0_i64);
        for value in block {
            upper += value >> 32;
            lower += value & 0xFFFF_FFFF;
        }
        total += (i128::from(upper) << 32) + i128::from(lower);
    }
    total
}

#[cfg(test)]
mod tests {
    use super::super::column::Column;
    use crate::model::{Kind, Value};
    use crate::time::Tick;

    /// The sum of a column by what is recorded, and of one that is made at once.
    fn sums(values: &[i64]) -> [i128; 2] {
        let ticks: Vec<Tick> = (0..).take(values.len()).collect();
        let mut column = Column::new(Kind::Integer);
        for (&tick, &value) in ticks.iter().zip(values) {
            column.set(tick, Some(Value::Integer(value)));
        }
        let whole = Column::of_integers(ticks, values.to_vec(), Vec::new()).unwrap();
        [column, whole].map(|column| column.slice(0, Tick::MAX).sum_integers())
    }

    #[test]
    fn a_sum_is_exact_where_64_bits_are_not_enough() {
        let values = [
            i64::MAX,
            i64::MIN,
            i64::MAX,
            i64::MAX,
            -1,
            0,
            1,
            i64::MIN,
            i64::MIN,
            i64::MIN,
        ];
        for end in 1..=values.len() {
            let expected: i128 = values[..end].iter().map(|&value| i128::from(value)).sum();
            assert_eq!(sums(&values[..end]), [expected; 2]);
        }
    }

    #[test]
    fn a_sum_is_exact_on_both_sides_of_what_64_bits_hold() {
        for bits in [1, 31, 32, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63] {
            let largest = i64::try_from((1_u64 << bits) - 1).unwrap();
            for length in [1, 2, 3, 7, 8, 9, 63, 64, 65, 127, 128, 200] {
                for value in [largest, !largest] {
                    let expected = i128::from(value) * i128::try_from(length).unwrap();
                    assert_eq!(sums(&vec![value; length]), [expected; 2], "{bits} {length}");
                }
            }
        }
    }
}
