//! Columns of events, which TypeScript writes into the memory of the module part by part.

use super::Engine;
use super::read::address;

/// The events of one run. A column of objects, values, exact values or items that is empty stands for
/// none.
#[derive(Debug, Default)]
pub(super) struct Columns {
    pub(super) days: Vec<i32>,
    /// For how many events each day stands; empty, for one.
    pub(super) lengths: Vec<u32>,
    /// Or the whole numbers by which objects are known.
    pub(super) objects: Vec<u32>,
    /// NaN is null.
    pub(super) values: Vec<f64>,
    /// The values again, from the first one on that was given in 64 bits.
    pub(super) exact: Vec<i64>,
    pub(super) items: Vec<u32>,
}

impl Engine {
    /// Begins columns, and answers their number.
    pub(super) fn begin_columns(&mut self) -> u32 {
        let free = self.columns.iter().position(Option::is_none);
        let number = free.unwrap_or_else(|| {
            self.columns.push(None);
            self.columns.len() - 1
        });
        self.columns[number] = Some(Columns::default());
        u32::try_from(number).unwrap_or(u32::MAX)
    }

    /// Makes room for so many more entries at the end of a column, and answers its address; 0 if there
    /// is no such column.
    pub(super) fn extend_column(&mut self, number: u32, column: u8, more: u32) -> u32 {
        let Some(Some(columns)) = self.columns.get_mut(number as usize) else {
            return 0;
        };
        match column {
            0 => extend(&mut columns.days, more),
            1 => extend(&mut columns.objects, more),
            2 => extend(&mut columns.values, more),
            3 => extend(&mut columns.exact, more),
            4 => extend(&mut columns.items, more),
            5 => extend(&mut columns.lengths, more),
            _ => 0,
        }
    }

    /// Forgets columns that were not tracked.
    pub(super) fn drop_columns(&mut self, number: u32) {
        self.take_columns(number);
    }

    pub(super) fn take_columns(&mut self, number: u32) -> Columns {
        let columns = self.columns.get_mut(number as usize);
        columns.and_then(Option::take).unwrap_or_default()
    }
}

impl Columns {
    /// The integers, where any was given in 64 bits. The floats say which are null, and hold those before
    /// it: each a safe integer.
    #[expect(clippy::cast_possible_truncation, reason = "said above")]
    pub(super) fn exact_integers(&self) -> Vec<Option<i64>> {
        if self.exact.is_empty() {
            return Vec::new();
        }
        let before = self.values.len().saturating_sub(self.exact.len());
        let given = |(place, &float): (usize, &f64)| {
            let exact = place.checked_sub(before);
            let exact = exact.and_then(|place| self.exact.get(place).copied());
            (!float.is_nan()).then(|| exact.unwrap_or(float as i64))
        };
        self.values.iter().enumerate().map(given).collect()
    }
}

fn extend<T: Clone + Default>(column: &mut Vec<T>, more: u32) -> u32 {
    let before = column.len();
    column.resize(before + more as usize, T::default());
    column
        .get(before..)
        .map_or(0, |room| address(room.as_ptr()))
}
