//! Reading a series as it is stored, the latest point, and sums.

use trackstats::{Date, DateRange, SeriesSlice, SliceDays, SliceValues, Value};

use super::Engine;
use crate::fault::Fault;
use crate::number::{is_safe, period, unsafe_integer};

/// What was read last, where JavaScript looks for it in the memory of the module.
///
/// The head is eight numbers: how many points; the first day; the address of the days, 0 if they follow
/// each other; the address of the values; 1 if those are 64-bit integers, 0 if floats; how many nulls;
/// the address of the days that hold null; 0. In floats a null is NaN, in integers 0.
#[derive(Debug, Default)]
pub(super) struct Answer {
    pub(super) head: Box<[u32; 8]>,
    pub(super) days: Vec<i32>,
    pub(super) floats: Vec<f64>,
    pub(super) integers: Vec<i64>,
    pub(super) nulls: Vec<i32>,
    sum: i64,
}

impl Engine {
    /// The address of the head of the answer; it never changes.
    pub(super) fn answer_at(&self) -> u32 {
        address(self.answer.head.as_ptr())
    }

    /// Reads the stored points from the first day to the last, both included.
    pub(super) fn read(&mut self, handle: u32, number: u8, first: i32, last: i32) -> bool {
        let handle = match self.handle(handle) {
            Ok(handle) => handle,
            Err(error) => return self.keep(Err(error)),
        };
        let range = DateRange::new(Date::nearest_to_days(first), Date::nearest_to_days(last));
        let outcome: Result<(), Fault> = match self.store.slice(handle, period(number), range) {
            Ok(slice) => self.answer.take(&slice, self.bigint),
            Err(error) => Err(error.into()),
        };
        self.keep(outcome)
    }

    /// Reads the newest stored point from the first day to the last.
    pub(super) fn latest(&mut self, handle: u32, number: u8, first: i32, last: i32) -> bool {
        let (first, last) = match self.newest(handle, number, first, last) {
            Some(day) => (day, day),
            None => (first, last),
        };
        self.read(handle, number, first, last)
    }

    /// The sum from the first day to the last, NaN on an error. The head then holds the number of values
    /// and of nulls.
    #[expect(
        clippy::cast_precision_loss,
        reason = "an integer that is given as a number is a safe one"
    )]
    pub(super) fn total(&mut self, handle: u32, number: u8, first: i32, last: i32) -> f64 {
        let range = DateRange::new(Date::nearest_to_days(first), Date::nearest_to_days(last));
        let total = self.handle(handle).and_then(|handle| {
            let query = self.store.total(handle, period(number));
            query.range(range).read()
        });
        let total = match total {
            Ok(total) => total,
            Err(error) => return self.failed(error.into()),
        };
        self.answer.head[0] = count(total.count);
        self.answer.head[1] = count(total.nulls);
        match total.sum {
            Value::Float(sum) => sum,
            Value::Integer(sum) if self.bigint || is_safe(sum) => {
                self.answer.sum = sum;
                sum as f64
            }
            Value::Integer(sum) => self.failed(unsafe_integer(sum)),
        }
    }

    /// The last sum of integers, in 64 bits.
    pub(super) fn exact_sum(&self) -> i64 {
        self.answer.sum
    }

    fn failed(&mut self, error: Fault) -> f64 {
        self.error = Some(error);
        f64::NAN
    }

    /// The newest day that a series has in a range.
    fn newest(&self, handle: u32, number: u8, first: i32, last: i32) -> Option<i32> {
        let handle = self.handle(handle).ok()?;
        let range = DateRange::new(Date::nearest_to_days(first), Date::nearest_to_days(last));
        let slice = self.store.slice(handle, period(number), range).ok()?;
        match slice.days() {
            SliceDays::Consecutive { first } => {
                let length = i32::try_from(slice.len()).ok()?;
                (length > 0).then(|| first + length - 1)
            }
            SliceDays::Listed(days) => days.last().copied(),
        }
    }
}

impl Answer {
    /// Points to the columns of the store where it can, and copies where it must.
    #[inline]
    fn take(&mut self, slice: &SeriesSlice<'_>, bigint: bool) -> Result<(), Fault> {
        let (first, days) = match slice.days() {
            SliceDays::Consecutive { first } => (first, 0),
            SliceDays::Listed(days) => (days.first().copied().unwrap_or(0), address(days.as_ptr())),
        };
        let nulls = slice.nulls();
        let (values, are_integers) = match slice.values() {
            SliceValues::Integers(values) if bigint => (address(values.as_ptr()), 1),
            SliceValues::Integers(values) => {
                self.as_floats(values)?;
                (address(self.floats.as_ptr()), 0)
            }
            SliceValues::Floats(values) if nulls.is_empty() => (address(values.as_ptr()), 0),
            SliceValues::Floats(values) => {
                self.floats.clear();
                self.floats.extend_from_slice(values);
                (address(self.floats.as_ptr()), 0)
            }
        };
        if are_integers == 0 {
            self.mark_nulls(slice.days(), nulls);
        }
        *self.head = [
            count(slice.len()),
            first.cast_unsigned(),
            days,
            values,
            are_integers,
            count(nulls.len()),
            address(nulls.as_ptr()),
            0,
        ];
        Ok(())
    }

    #[inline]
    #[expect(clippy::cast_precision_loss, reason = "what is not exact is refused")]
    fn as_floats(&mut self, values: &[i64]) -> Result<(), Fault> {
        // In place, since pushing looks for room at every value.
        self.floats.resize(values.len(), 0.0);
        let mut all_safe = true;
        for (float, &value) in self.floats.iter_mut().zip(values) {
            *float = value as f64;
            all_safe &= is_safe(value);
        }
        if all_safe {
            return Ok(());
        }
        let outside = values.iter().copied().find(|&value| !is_safe(value));
        Err(unsafe_integer(outside.unwrap_or_default()))
    }

    fn mark_nulls(&mut self, days: SliceDays<'_>, nulls: &[i32]) {
        for &null in nulls {
            let place = match days {
                SliceDays::Consecutive { first } => usize::try_from(null - first).ok(),
                SliceDays::Listed(days) => days.binary_search(&null).ok(),
            };
            if let Some(value) = place.and_then(|place| self.floats.get_mut(place)) {
                *value = f64::NAN;
            }
        }
    }

    pub(super) fn clear(&mut self) {
        self.days.clear();
        self.floats.clear();
        self.integers.clear();
        self.nulls.clear();
    }

    /// Points to what was gathered in the vectors.
    pub(super) fn give(&mut self, are_integers: bool) {
        let values = if are_integers {
            address(self.integers.as_ptr())
        } else {
            address(self.floats.as_ptr())
        };
        *self.head = [
            count(self.days.len()),
            self.days.first().copied().unwrap_or(0).cast_unsigned(),
            address(self.days.as_ptr()),
            values,
            are_integers.into(),
            count(self.nulls.len()),
            address(self.nulls.as_ptr()),
            0,
        ];
    }
}

/// The memory of a module has 32-bit addresses.
pub(super) fn address<T>(pointer: *const T) -> u32 {
    u32::try_from(pointer.addr()).unwrap_or(0)
}

fn count(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}
