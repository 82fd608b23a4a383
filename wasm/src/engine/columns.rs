//! Columns of events, which TypeScript writes into the memory of the module part by part.

use std::ops::RangeInclusive;

use super::Engine;
use super::read::address;

/// Milliseconds in a day of a clock that is not changed.
const DAY: f64 = 86_400_000.0;

/// 0001-01-01 and 9999-12-31, as days from 1970-01-01.
const CALENDAR: RangeInclusive<f64> = -719_162.0..=2_932_896.0;

/// The events of one run. A column of objects, values, exact values or items that is empty stands for
/// none.
#[derive(Debug, Default)]
pub(super) struct Columns {
    pub(super) days: Vec<i32>,
    pub(super) objects: Vec<u32>,
    /// NaN is null.
    pub(super) values: Vec<f64>,
    /// The values again, from the first one on that was given in 64 bits.
    pub(super) exact: Vec<i64>,
    pub(super) items: Vec<u32>,
    /// The milliseconds that days are made of.
    instants: Vec<f64>,
    /// The whole numbers that objects are made of.
    keys: Vec<i32>,
    /// From keys to objects.
    table: Table,
}

/// From whole numbers that lie close together to objects.
#[derive(Debug, Default)]
struct Table {
    least: i32,
    /// One more than the object of each number from the least on; 0 is one that was not met.
    objects: Vec<u32>,
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

    /// Makes room for so many more entries at the end of a column, 0 to 6 in the order of the fields, and
    /// answers its address; 0 if there is no such column.
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
            5 => extend(&mut columns.instants, more),
            6 => extend(&mut columns.keys, more),
            _ => 0,
        }
    }

    /// Dates the next instants, as long as they lie in a stretch in which the clocks are so many
    /// milliseconds ahead of UTC and in the calendar. Answers how many days there are then.
    pub(super) fn date_instants(&mut self, number: u32, from: f64, until: f64, ahead: f64) -> u32 {
        let Some(Some(columns)) = self.columns.get_mut(number as usize) else {
            return 0;
        };
        let Columns { days, instants, .. } = columns;
        days.reserve(instants.len().saturating_sub(days.len()));
        // Events mostly come in the order of time: when the day of the last one begins and ends.
        let (mut start, mut end, mut day) = (0.0, 0.0, 0);
        for &instant in instants.get(days.len()..).unwrap_or_default() {
            if !(instant >= start && instant < end) {
                let whole = ((instant + ahead) / DAY).floor();
                // What is NaN lies nowhere.
                if !(instant >= from && instant < until && CALENDAR.contains(&whole)) {
                    break;
                }
                start = (whole * DAY - ahead).max(from);
                end = ((whole + 1.0) * DAY - ahead).min(until);
                day = whole_day(whole);
            }
            days.push(day);
        }
        u32::try_from(days.len()).unwrap_or(u32::MAX)
    }

    /// Looks at the keys: whether a table of all between the least and the largest is small enough.
    pub(super) fn span_keys(&mut self, number: u32) -> bool {
        let Some(Some(columns)) = self.columns.get_mut(number as usize) else {
            return false;
        };
        let keys = &columns.keys;
        let (mut least, mut most) = (i32::MAX, i32::MIN);
        for &key in keys {
            least = least.min(key);
            most = most.max(key);
        }
        // There are as many 32-bit integers as no vector is long.
        let length = i64::from(most) - i64::from(least) + 1;
        let length = usize::try_from(length.max(0)).unwrap_or(usize::MAX);
        if length > keys.len() {
            columns.keys = Vec::new();
            return false;
        }
        columns.table = Table {
            least,
            objects: vec![0; length],
        };
        columns.objects.reserve(keys.len());
        true
    }

    /// Says which object the next key is, and finds the objects of those that follow, up to one that was not
    /// met. Answers how many objects there are then.
    pub(super) fn meet_key(&mut self, number: u32, object: u32) -> u32 {
        let Some(Some(columns)) = self.columns.get_mut(number as usize) else {
            return 0;
        };
        let Columns {
            objects,
            keys,
            table,
            ..
        } = columns;
        let mut met = object.wrapping_add(1);
        for &key in keys.get(objects.len()..).unwrap_or_default() {
            let place = key.wrapping_sub(table.least).cast_unsigned() as usize;
            let Some(known) = table.objects.get_mut(place) else {
                break;
            };
            if *known == 0 {
                *known = std::mem::take(&mut met);
                if *known == 0 {
                    break;
                }
            }
            objects.push(*known - 1);
        }
        u32::try_from(objects.len()).unwrap_or(u32::MAX)
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

#[expect(clippy::cast_possible_truncation, reason = "the caller looked at it")]
fn whole_day(day: f64) -> i32 {
    day as i32
}

fn extend<T: Clone + Default>(column: &mut Vec<T>, more: u32) -> u32 {
    let before = column.len();
    column.resize(before + more as usize, T::default());
    column
        .get(before..)
        .map_or(0, |room| address(room.as_ptr()))
}
