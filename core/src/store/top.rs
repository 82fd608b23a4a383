//! The largest of many values, and the sum of the rest.

use std::cmp::Ordering;

use crate::model::{Value, ValueKind};

/// Gathers values, given as [keys](key), and keeps the largest. Equal ones are kept in the order of
/// their items.
///
/// An item is a number, so that all that asks for the largest shares one sort.
pub(super) struct Top<'o> {
    limit: usize,
    /// Twice the limit at most; everything below the smallest that can still be among the largest is
    /// thrown out when it is full.
    kept: Vec<(i64, u32)>,
    least: Option<i64>,
    rest: Rest,
    order: &'o dyn Fn(u32, u32) -> Ordering,
}

/// What was not among the largest.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rest {
    kind: ValueKind,
    count: usize,
    integers: i128,
    floats: f64,
}

impl Rest {
    #[inline]
    fn add(&mut self, key: i64) {
        self.count += 1;
        match from_key(key, self.kind) {
            Value::Integer(value) => self.integers += i128::from(value),
            Value::Float(value) => self.floats += value,
        }
    }

    pub(super) fn count(&self) -> usize {
        self.count
    }

    /// The sum, if it fits.
    pub(super) fn sum(&self) -> Option<Value> {
        match self.kind {
            ValueKind::Integer => i64::try_from(self.integers).ok().map(Value::Integer),
            ValueKind::Float => self.floats.is_finite().then_some(Value::Float(self.floats)),
        }
    }
}

impl<'o> Top<'o> {
    pub(super) fn new(
        limit: usize,
        kind: ValueKind,
        order: &'o dyn Fn(u32, u32) -> Ordering,
    ) -> Self {
        let rest = Rest {
            kind,
            count: 0,
            integers: 0,
            floats: 0.0,
        };
        Self {
            limit,
            kept: Vec::new(),
            least: None,
            rest,
            order,
        }
    }

    #[inline]
    pub(super) fn push(&mut self, key: i64, item: u32) {
        if self.least.is_some_and(|least| key < least) {
            self.rest.add(key);
            return;
        }
        self.kept.push((key, item));
        if self.kept.len() >= self.limit.saturating_mul(2).max(16) {
            self.cut();
        }
    }

    fn cut(&mut self) {
        let order = self.order;
        self.kept.sort_unstable_by(|left, right| {
            right.0.cmp(&left.0).then_with(|| order(left.1, right.1))
        });
        while self.kept.len() > self.limit {
            if let Some((key, _)) = self.kept.pop() {
                self.rest.add(key);
            }
        }
        if self.kept.len() == self.limit {
            self.least = Some(self.kept.last().map_or(i64::MAX, |&(key, _)| key));
        }
    }

    /// The largest in order, and the rest if there was any.
    pub(super) fn finish(mut self) -> (Vec<(i64, u32)>, Option<Rest>) {
        self.cut();
        let rest = (self.rest.count > 0).then_some(self.rest);
        (self.kept, rest)
    }
}

/// An integer that orders as the value does: an integer itself, and of a float the bits, with those
/// of a negative one turned round.
#[inline]
pub(super) fn key(value: Value) -> i64 {
    match value {
        Value::Integer(value) => value,
        Value::Float(value) => turn(value.to_bits().cast_signed()),
    }
}

/// The value of a key.
#[inline]
pub(super) fn from_key(key: i64, kind: ValueKind) -> Value {
    match kind {
        ValueKind::Integer => Value::Integer(key),
        ValueKind::Float => Value::Float(f64::from_bits(turn(key).cast_unsigned())),
    }
}

/// Keeps the sign and turns the other bits round where it is set; done twice, it does nothing.
#[inline]
fn turn(bits: i64) -> i64 {
    bits ^ ((bits >> 63).cast_unsigned() >> 1).cast_signed()
}

#[cfg(test)]
mod tests {
    use super::{Top, from_key, key};
    use crate::model::{Value, ValueKind};

    #[test]
    fn keys_of_floats_order_as_the_floats_do() {
        let floats = [
            f64::MIN,
            -1.5,
            -f64::MIN_POSITIVE,
            -0.0,
            0.0,
            1e-300,
            1.5,
            f64::MAX,
        ];
        for pair in floats.windows(2) {
            assert!(
                key(Value::Float(pair[0])) < key(Value::Float(pair[1])),
                "{pair:?}"
            );
        }
        for float in floats {
            assert_eq!(
                from_key(key(Value::Float(float)), ValueKind::Float),
                Value::Float(float)
            );
        }
    }

    #[test]
    fn equal_values_are_kept_in_the_order_of_their_items() {
        let mut top = Top::new(3, ValueKind::Integer, &|left, right| left.cmp(&right));
        for item in (0_u32..100).rev() {
            top.push(i64::from(item % 2), item);
        }
        let (kept, rest) = top.finish();
        assert_eq!(kept, [(1, 1), (1, 3), (1, 5)]);
        let rest = rest.unwrap();
        assert_eq!((rest.count(), rest.sum()), (97, Some(Value::Integer(47))));
    }

    #[test]
    fn a_limit_of_none_sums_everything() {
        let mut top = Top::new(0, ValueKind::Integer, &|_, _| std::cmp::Ordering::Equal);
        for _ in 0..40 {
            top.push(i64::MAX, 0);
        }
        let (kept, rest) = top.finish();
        assert!(kept.is_empty());
        let rest = rest.unwrap();
        assert_eq!((rest.count(), rest.sum()), (40, None));
    }
}
