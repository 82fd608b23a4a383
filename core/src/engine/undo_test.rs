//! What rolling back restores, and how much room it takes.

use super::{MANY, Undo};
use crate::engine::{Applied, Engine, Entry, SeriesId};
use crate::model::{NewMetric, Value};
use crate::time::{Period, Tick};

fn series(engine: &mut Engine, value: &str) -> SeriesId {
    let name = engine.intern("shop");
    let value = engine.intern(value);
    let metric = match engine.apply(Entry::Metric(&NewMetric::new("shop.sales"))) {
        Ok(Applied::Metric(id)) => id,
        other => panic!("{other:?}"),
    };
    let split = engine.add_split(metric, &[name]);
    let slot = engine.add_slot(split, &[value]);
    engine.series(slot, Period::Day)
}

fn set(engine: &mut Engine, series: SeriesId, tick: Tick, value: Option<i64>) {
    let value = value.map(Value::Integer);
    let entry = Entry::Set {
        series,
        tick,
        value,
    };
    engine.apply(entry).unwrap();
}

fn held(engine: &Engine, series: SeriesId) -> Vec<(Tick, Option<Value>)> {
    let slice = engine.column(series).slice(Tick::MIN, Tick::MAX);
    slice.iter().collect()
}

#[test]
fn an_undo_takes_the_room_of_a_key_and_a_value() {
    assert!(size_of::<Undo>() <= 32, "{}", size_of::<Undo>());
}

#[test]
fn a_batch_of_many_changes_of_few_keys_keeps_few_undos_and_is_rolled_back() {
    let mut engine = Engine::default();
    let (one, two) = (series(&mut engine, "one"), series(&mut engine, "two"));
    for tick in [3, 4, 9] {
        set(&mut engine, one, tick, Some(i64::from(tick)));
    }
    set(&mut engine, one, 5, None);
    let before = held(&engine, one);
    let mark = engine.mark();
    for round in (0_i64..).take(MANY / 4) {
        set(&mut engine, two, 7, Some(round));
        for tick in 0..12 {
            set(&mut engine, one, tick, (tick % 5 != 0).then_some(round));
        }
        if round % 100 == 0 {
            let entry = Entry::Delete {
                series: one,
                first: 2,
                last: 6,
            };
            engine.apply(entry).unwrap();
        }
    }
    assert!(
        engine.log.changes.len() <= 2 * MANY,
        "{}",
        engine.log.changes.len()
    );
    engine.log.shorten();
    // One of the one series, twelve of the other.
    assert_eq!(engine.log.changes.len(), 13);
    engine.rollback_to(mark);
    assert_eq!(held(&engine, one), before);
    assert_eq!(held(&engine, two), []);
}

#[test]
fn many_marks_inside_another_that_end_one_after_the_other_keep_few_undos() {
    let mut engine = Engine::default();
    let one = series(&mut engine, "one");
    set(&mut engine, one, 1, Some(1));
    let outer = engine.mark();
    for round in (0_i64..).take(MANY) {
        let inner = engine.mark();
        for tick in 0..6 {
            set(&mut engine, one, tick, Some(round));
        }
        if round % 5 == 0 {
            engine.rollback_to(inner);
        } else {
            engine.release(inner);
        }
    }
    set(&mut engine, one, 1, Some(2));
    assert!(
        engine.log.changes.len() <= 2 * MANY,
        "{}",
        engine.log.changes.len()
    );
    engine.rollback_to(outer);
    assert_eq!(held(&engine, one), [(1, Some(Value::Integer(1)))]);
}

#[test]
fn what_an_inner_mark_found_missing_an_outer_one_may_have_found_there() {
    let mut engine = Engine::default();
    let one = series(&mut engine, "one");
    set(&mut engine, one, 5, Some(1));
    let outer = engine.mark();
    let entry = Entry::Delete {
        series: one,
        first: 5,
        last: 5,
    };
    engine.apply(entry).unwrap();
    let inner = engine.mark();
    for tick in 3..8 {
        set(&mut engine, one, tick, Some(2));
    }
    engine.log.shorten();
    assert_eq!(engine.log.changes.len(), 6);
    engine.release(inner);
    engine.log.shorten();
    assert_eq!(engine.log.changes.len(), 5);
    engine.rollback_to(outer);
    assert_eq!(held(&engine, one), [(5, Some(Value::Integer(1)))]);
}

#[test]
fn shortening_leaves_alone_what_an_outer_mark_rolls_back() {
    let mut engine = Engine::default();
    let one = series(&mut engine, "one");
    set(&mut engine, one, 1, Some(1));
    let outer = engine.mark();
    set(&mut engine, one, 1, Some(2));
    let inner = engine.mark();
    for value in (0_i64..).take(2 * MANY) {
        set(&mut engine, one, 1, Some(value));
    }
    engine.rollback_to(inner);
    assert_eq!(held(&engine, one), [(1, Some(Value::Integer(2)))]);
    engine.rollback_to(outer);
    assert_eq!(held(&engine, one), [(1, Some(Value::Integer(1)))]);
}

#[test]
fn a_mark_ends_those_inside_it_and_no_other() {
    let mut engine = Engine::default();
    let one = series(&mut engine, "one");
    let outer = engine.mark();
    let inner = engine.mark();
    engine.release(outer);
    assert!(!engine.is_open_mark(inner));
    let next = engine.mark();
    engine.release(inner);
    assert!(engine.is_open_mark(next));
    set(&mut engine, one, 1, Some(1));
    engine.rollback_to(next);
    assert_eq!(held(&engine, one), []);
}

#[test]
fn inside_a_mark_only_what_came_before_it_is_settled() {
    let mut engine = Engine::default();
    let one = series(&mut engine, "one");
    engine.hold_unconfirmed();
    set(&mut engine, one, 1, Some(1));
    let mark = engine.mark();
    set(&mut engine, one, 1, Some(2));
    engine.confirm(usize::MAX);
    assert_eq!(engine.unconfirmed(), 1);
    engine.rollback_to(mark);
    let confirmed = [(1, Some(Value::Integer(1)))];
    assert_eq!(held(&engine, one), confirmed);
    engine.roll_back_unconfirmed();
    assert_eq!(held(&engine, one), confirmed);
}

#[test]
fn a_series_that_rolling_back_empties_is_given_back_after_the_last_mark() {
    let mut engine = Engine::default();
    let one = series(&mut engine, "one");
    let outer = engine.mark();
    let inner = engine.mark();
    set(&mut engine, one, 1, Some(1));
    engine.rollback_to(inner);
    assert!(!engine.tidy(true));
    engine.release(outer);
    assert!(engine.tidy(true));
}
