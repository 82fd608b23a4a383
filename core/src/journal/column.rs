//! A column as bytes.

use super::fault::JournalFault;
use super::read_changes::is_date;
use super::wire::{Reader, Writer, signed_len, unzigzag};
use crate::engine::{Column, Ticks, Values};
use crate::model::ValueKind;
use crate::time::{Date, Tick};

const FOLLOWING: u8 = 0;
const LISTED: u8 = 1;

const SIGNED: u8 = 0;
const DIFFERENCES: u8 = 1;
const FLOATS: u8 = 2;

/// Writes a column that is not empty.
pub(super) fn write(to: &mut Writer, column: &Column) {
    let slice = column.slice(Date::MIN.tick(), Date::MAX.tick());
    to.count(slice.len());
    match slice.ticks {
        Ticks::Run { first, .. } => {
            to.signed(first.into());
            to.byte(FOLLOWING);
        }
        Ticks::Listed(ticks) => {
            let (first, last) = (ticks.first(), ticks.last());
            let (first, last) = (*first.unwrap_or(&0), *last.unwrap_or(&0));
            to.signed(first.into());
            // A deletion may leave ticks listed that follow each other.
            if first.abs_diff(last) as usize + 1 == ticks.len() {
                to.byte(FOLLOWING);
            } else {
                to.byte(LISTED);
                for pair in ticks.windows(2) {
                    if let [before, tick] = pair {
                        to.number(before.abs_diff(*tick).into());
                    }
                }
            }
        }
    }
    nulls(to, slice.ticks, slice.nulls);
    match slice.values {
        Values::Integers(values) => integers(to, values),
        Values::Floats(values) => {
            to.byte(FLOATS);
            for &value in values {
                to.float(value);
            }
        }
    }
}

fn nulls(to: &mut Writer, ticks: Ticks<'_>, nulls: &[Tick]) {
    to.count(nulls.len());
    let mut before = 0;
    for &null in nulls {
        let place = match ticks {
            Ticks::Run { first, .. } => first.abs_diff(null) as usize,
            Ticks::Listed(ticks) => ticks.partition_point(|&tick| tick < null),
        };
        to.count(place - before);
        before = place;
    }
}

/// Counts of a lifetime differ little from day to day, counts of a day lie near zero: whichever is
/// shorter is written.
fn integers(to: &mut Writer, values: &[i64]) {
    let plain: usize = values.iter().map(|&value| signed_len(value)).sum();
    let differing: usize = differences(values).map(signed_len).sum();
    if differing < plain {
        to.byte(DIFFERENCES);
        for value in differences(values) {
            to.signed(value);
        }
    } else {
        to.byte(SIGNED);
        for &value in values {
            to.signed(value);
        }
    }
}

fn differences(values: &[i64]) -> impl Iterator<Item = i64> + '_ {
    values.iter().scan(0_i64, |before, &value| {
        let difference = value.wrapping_sub(*before);
        *before = value;
        Some(difference)
    })
}

/// Reads a column of a kind.
pub(super) fn read(from: &mut Reader<'_>, kind: ValueKind) -> Result<Column, JournalFault> {
    let len = from.count("the length of a column")?;
    if len == 0 {
        return Err(from.damaged("the length of a column"));
    }
    let ticks = ticks(from, len)?;
    let mut nulls: Vec<Tick> = Vec::new();
    let mut place = 0;
    for index in 0..from.count("the number of nulls")? {
        let step = from.index(len, "the place of a null")?;
        place += step;
        let tick = ticks.get(place).copied();
        match tick.filter(|_| index == 0 || step > 0) {
            Some(tick) => nulls.push(tick),
            None => return Err(from.damaged("the place of a null")),
        }
    }
    let form = from.byte("the form of values")?;
    let column = match (form, kind) {
        (SIGNED | DIFFERENCES, ValueKind::Integer) => {
            let mut values = Vec::with_capacity(len);
            if form == SIGNED {
                from.numbers(len, "a value", |number| {
                    values.push(unzigzag(number));
                    Some(())
                })?;
            } else {
                let mut before = 0_i64;
                from.numbers(len, "a value", |number| {
                    before = before.wrapping_add(unzigzag(number));
                    values.push(before);
                    Some(())
                })?;
            }
            Column::of_integers(ticks, values, nulls)
        }
        (FLOATS, ValueKind::Float) => {
            let values = (0..len).map(|_| from.float("a value"));
            Column::of_floats(ticks, values.collect::<Result<_, _>>()?, nulls)
        }
        _ => return Err(from.damaged("the form of values")),
    };
    column.ok_or_else(|| from.damaged("a null"))
}

fn ticks(from: &mut Reader<'_>, len: usize) -> Result<Vec<Tick>, JournalFault> {
    let first = Tick::try_from(from.signed("a date")?).ok();
    let first = first
        .filter(|&tick| is_date(tick))
        .ok_or_else(|| from.damaged("a date"))?;
    let listed = match from.byte("the form of dates")? {
        FOLLOWING => false,
        LISTED => true,
        _ => return Err(from.damaged("the form of dates")),
    };
    let mut ticks = Vec::with_capacity(len);
    if listed {
        ticks.push(first);
        let mut before = first;
        from.numbers(len - 1, "a date", |step| {
            let step = Tick::try_from(step).ok().filter(|&step| step > 0)?;
            before = before.checked_add(step).filter(|&tick| is_date(tick))?;
            ticks.push(before);
            Some(())
        })?;
    } else {
        let last = Tick::try_from(len - 1).ok();
        let last = last.and_then(|more| first.checked_add(more));
        let last = last.filter(|&tick| is_date(tick));
        ticks.extend(first..=last.ok_or_else(|| from.damaged("a date"))?);
    }
    Ok(ticks)
}
