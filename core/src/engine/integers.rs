//! The values of a column of integers, and the sums of their blocks.

/// How many values a block has. Larger ones are fewer to keep and to add, smaller ones leave fewer values at
/// both ends to be added one by one.
const BLOCK: usize = 32;

/// Integers in the order of their ticks.
#[derive(Debug)]
pub(super) struct Integers {
    values: Vec<i64>,
    /// The sums of the first whole blocks, modulo 2^64. Not always of all: what lies behind a value that was
    /// put in between or taken out is added up again when the next block at the end is whole.
    sums: Vec<i64>,
    /// The bits, but for the sign, that any value has had: none has a larger magnitude, so that most columns
    /// are known to be added up without an overflow.
    magnitude: u64,
}

impl Integers {
    pub(super) const fn new() -> Self {
        Self {
            values: Vec::new(),
            sums: Vec::new(),
            magnitude: 0,
        }
    }

    pub(super) fn of(values: Vec<i64>) -> Self {
        let magnitude = values
            .iter()
            .fold(0, |bits, &value| bits | magnitude(value));
        let mut integers = Self {
            values,
            sums: Vec::new(),
            magnitude,
        };
        integers.add_blocks();
        integers
    }

    #[inline]
    pub(super) fn values(&self) -> &[i64] {
        &self.values
    }

    pub(super) const fn capacity(&self) -> usize {
        self.values.capacity()
    }

    /// Puts a value in the place of the one at `at`.
    #[inline]
    pub(super) fn set(&mut self, at: usize, value: i64) {
        self.magnitude |= magnitude(value);
        let before = std::mem::replace(&mut self.values[at], value);
        if let Some(sum) = self.sums.get_mut(at / BLOCK) {
            *sum = sum.wrapping_add(value.wrapping_sub(before));
        }
    }

    /// Puts a value in front of the one at `at`, or at the end.
    #[inline]
    pub(super) fn insert(&mut self, at: usize, value: i64) {
        self.magnitude |= magnitude(value);
        if at == self.values.len() {
            self.values.push(value);
            if self.values.len().is_multiple_of(BLOCK) {
                self.add_blocks();
            }
        } else {
            self.values.insert(at, value);
            self.sums.truncate(at / BLOCK);
        }
    }

    pub(super) fn remove(&mut self, start: usize, end: usize) {
        self.values.drain(start..end);
        self.sums.truncate(start / BLOCK);
    }

    /// Adds up the whole blocks that have no sum yet.
    fn add_blocks(&mut self) {
        let (blocks, _) = self.values.as_chunks::<BLOCK>();
        let known = self.sums.len();
        let added = blocks.iter().skip(known).map(|block| narrow_sum(block));
        self.sums.extend(added);
    }

    /// The exact sum of the values from `start` on and before `end`.
    #[inline]
    pub(super) fn sum(&self, start: usize, end: usize) -> i128 {
        let Some(values) = self.values.get(start..end) else {
            return 0;
        };
        // Bits in a magnitude, and in how many there are: where both together fit, so does the sum.
        let bits =
            (64 - self.magnitude.leading_zeros()) + (usize::BITS - values.len().leading_zeros());
        if bits >= 64 {
            return wide_sum(values);
        }
        let first = start.div_ceil(BLOCK);
        let last = (end / BLOCK).min(self.sums.len());
        let sum = match self.sums.get(first..last) {
            Some(sums) if !sums.is_empty() => {
                let (before, rest) = values.split_at(first * BLOCK - start);
                let after = rest.get(sums.len() * BLOCK..).unwrap_or_default();
                narrow_sum(before) + narrow_sum(sums) + narrow_sum(after)
            }
            _ => narrow_sum(values),
        };
        sum.into()
    }
}

/// The bits of an integer but for its sign. As bits, a negative one is one less than its magnitude.
#[inline]
const fn magnitude(value: i64) -> u64 {
    (value ^ (value >> 63)).cast_unsigned()
}

/// The sum modulo 2^64.
#[inline]
fn narrow_sum(values: &[i64]) -> i64 {
    let (eights, rest) = values.as_chunks::<8>();
    // Four sums, none of which waits for another.
    let mut sums = [0_i64; 4];
    for [a, b, c, d, e, f, g, h] in eights {
        sums[0] = sums[0].wrapping_add(a.wrapping_add(*e));
        sums[1] = sums[1].wrapping_add(b.wrapping_add(*f));
        sums[2] = sums[2].wrapping_add(c.wrapping_add(*g));
        sums[3] = sums[3].wrapping_add(d.wrapping_add(*h));
    }
    let sums = sums.into_iter().chain(rest.iter().copied());
    sums.fold(0, i64::wrapping_add)
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
    use proptest::prelude::*;

    use super::Integers;

    fn exact(values: &[i64]) -> i128 {
        values.iter().map(|&value| i128::from(value)).sum()
    }

    /// The same values one by one, and at once.
    fn both(values: &[i64]) -> [Integers; 2] {
        let mut pushed = Integers::new();
        for &value in values {
            pushed.insert(pushed.values().len(), value);
        }
        [pushed, Integers::of(values.to_vec())]
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
            for integers in both(&values) {
                assert_eq!(integers.sum(0, end), exact(&values[..end]));
            }
        }
    }

    #[test]
    fn a_sum_is_exact_on_both_sides_of_what_64_bits_hold() {
        for bits in [1, 31, 32, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63] {
            let largest = i64::try_from((1_u64 << bits) - 1).unwrap();
            for length in [1, 2, 3, 7, 8, 9, 63, 64, 65, 127, 128, 200] {
                for value in [largest, !largest] {
                    let expected = i128::from(value) * i128::try_from(length).unwrap();
                    for integers in both(&vec![value; length]) {
                        assert_eq!(integers.sum(0, length), expected, "{bits} {length}");
                    }
                }
            }
        }
    }

    #[derive(Clone, Debug)]
    enum Step {
        Push(Vec<i64>),
        Insert(usize, i64),
        Set(usize, i64),
        Remove(usize, usize),
    }

    fn step() -> impl Strategy<Value = Step> {
        // One that is large is the end of the sums of blocks, and therefore rare.
        let small = || -1000_i64..1000;
        let large = prop_oneof![30 => small(), 1 => any::<i64>()];
        prop_oneof![
            proptest::collection::vec(small(), 1..80).prop_map(Step::Push),
            (any::<usize>(), small()).prop_map(|(at, value)| Step::Insert(at, value)),
            (any::<usize>(), large).prop_map(|(at, value)| Step::Set(at, value)),
            (any::<usize>(), 0_usize..40).prop_map(|(at, count)| Step::Remove(at, count)),
        ]
    }

    proptest! {
        #[test]
        fn a_sum_is_that_of_the_values_after_any_change(
            steps in proptest::collection::vec(step(), 1..30),
            ends in proptest::collection::vec(any::<(usize, usize)>(), 20),
        ) {
            let mut integers = Integers::new();
            let mut values = Vec::new();
            for step in steps {
                match step {
                    Step::Push(new) => {
                        for value in new {
                            integers.insert(values.len(), value);
                            values.push(value);
                        }
                    }
                    Step::Insert(at, value) => {
                        let at = at % (values.len() + 1);
                        integers.insert(at, value);
                        values.insert(at, value);
                    }
                    Step::Set(at, value) if !values.is_empty() => {
                        let at = at % values.len();
                        integers.set(at, value);
                        values[at] = value;
                    }
                    Step::Set(..) => {}
                    Step::Remove(at, count) => {
                        let start = at % (values.len() + 1);
                        let end = (start + count).min(values.len());
                        integers.remove(start, end);
                        values.drain(start..end);
                    }
                }
                prop_assert_eq!(integers.values(), values.as_slice());
                for (one, other) in &ends {
                    let (one, other) = (one % (values.len() + 1), other % (values.len() + 1));
                    let (start, end) = (one.min(other), one.max(other));
                    prop_assert_eq!(integers.sum(start, end), exact(&values[start..end]));
                }
            }
        }
    }
}
