//! A slice is the stretch of columns that a series would be read from.

use trackstats::{
    Date, DateRange, ErrorCode, MetricRef, NewMetric, Null, Period, SliceDays, SliceValues, Store,
    ValueKind, stats,
};

stats! { shop { orders, revenue: f64, sales by country } }

const DAY: Period = Period::Day;

fn day(text: &str) -> i32 {
    text.parse::<Date>().unwrap().days_since_epoch()
}

#[test]
fn a_slice_holds_the_points_of_the_series() {
    let mut store = Store::in_memory();
    let mut state = 7_u32;
    for step in 0..300 {
        state = state.wrapping_mul(1_103_515_245).wrapping_add(12_345);
        let date = Date::from_days_since_epoch(20_000 + i32::try_from(state >> 16).unwrap() % 90);
        let date = date.unwrap();
        if step % 5 == 0 {
            store.record(shop::ORDERS, DAY, date, Null).unwrap();
        } else {
            store.record(shop::ORDERS, DAY, date, step).unwrap();
        }
        for (first, last) in [(0, 89), (10, 10), (30, 60), (60, 30), (88, 200)] {
            let date = |day| Date::from_days_since_epoch(20_000 + day).unwrap();
            let range = DateRange::new(date(first), date(last));
            let slice = store.slice(shop::ORDERS, DAY, range).unwrap();
            let series = store.series(shop::ORDERS, DAY).range(range).read().unwrap();
            let days: Vec<i32> = match slice.days() {
                SliceDays::Consecutive { first } => (first..).take(slice.len()).collect(),
                SliceDays::Listed(days) => days.to_vec(),
            };
            let values = match slice.values() {
                SliceValues::Integers(values) => values,
                SliceValues::Floats(_) => unreachable!("the metric holds integers"),
            };
            let point = |(day, value): (&i32, &i64)| {
                let is_null = slice.nulls().contains(day);
                (*day, (!is_null).then_some(*value), *value)
            };
            let found: Vec<_> = days.iter().zip(values).map(point).collect();
            let expected: Vec<_> = series
                .points()
                .iter()
                .map(|point| {
                    let held = point.value.unwrap_or(0);
                    (point.date.days_since_epoch(), point.value, held)
                })
                .collect();
            assert_eq!(found, expected);
            assert_eq!(slice.len(), series.len());
            assert_eq!(slice.is_empty(), series.is_empty());
        }
    }
}

#[test]
fn days_without_a_gap_are_told_by_the_first() {
    let mut store = Store::in_memory();
    for (date, value) in [("2026-11-21", 1), ("2026-11-22", 2), ("2026-11-23", 3)] {
        store.record(shop::ORDERS, DAY, date, value).unwrap();
    }
    let slice = store.slice(shop::ORDERS, DAY, "2026-11-22"..).unwrap();
    let first = day("2026-11-22");
    assert_eq!(slice.days(), SliceDays::Consecutive { first });
    assert_eq!(slice.values(), SliceValues::Integers(&[2, 3]));
    assert!(slice.nulls().is_empty());
}

#[test]
fn a_slice_of_nothing_is_empty_and_knows_its_kind() {
    let mut store = Store::in_memory();
    let empty = store.slice(shop::REVENUE, DAY, ..).unwrap();
    assert_eq!(empty.values(), SliceValues::Floats(&[]));
    assert!(empty.is_empty());
    let empty = store.slice(shop::sales("NL"), DAY, ..).unwrap();
    assert_eq!(empty.values(), SliceValues::Integers(&[]));

    store
        .register_metric(&NewMetric::new("plants.height").kind(ValueKind::Float))
        .unwrap();
    let ficus = MetricRef::new("plants.height").at("plant", "ficus");
    let empty = store.slice(&ficus, DAY, ..).unwrap();
    assert_eq!(empty.values(), SliceValues::Floats(&[]));
    let handle = store.handle(&ficus).unwrap();
    let empty = store.slice(handle, DAY, ..).unwrap();
    assert_eq!(empty.values(), SliceValues::Floats(&[]));
}

#[test]
fn what_cannot_be_read_cannot_be_sliced() {
    let store = Store::in_memory();
    let code = |result: Result<_, trackstats::Error>| result.unwrap_err().code();
    let unknown = store.slice("shop.nothing", DAY, ..).map(|_| ());
    assert_eq!(code(unknown), ErrorCode::UnknownMetric);
    let no_date = store.slice(shop::ORDERS, DAY, "yesterday"..).map(|_| ());
    assert_eq!(code(no_date), ErrorCode::InvalidDate);
    let foreign = Store::in_memory().handle(shop::ORDERS).unwrap();
    let foreign = store.slice(foreign, DAY, ..).map(|_| ());
    assert_eq!(code(foreign), ErrorCode::InvalidState);

    let mut store = Store::in_memory();
    store
        .register_metric(&NewMetric::new("shop.orders").kind(ValueKind::Float))
        .unwrap();
    let changed = store.slice(shop::ORDERS, DAY, ..).map(|_| ());
    assert_eq!(code(changed), ErrorCode::KindMismatch);
}
