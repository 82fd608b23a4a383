//! What recording at the constants and functions of `stats!` allocates.

#![deny(dead_code)]

use allocation_counter::measure;
use trackstats::{Date, Error, Period, Store, stats};

stats! {
    shop {
        orders,
        revenue: f64,
        sales by (country, product),
        never_recorded,
        never_split by country,
    }
}

/// Records on one day in every way there is.
fn record(store: &mut Store, date: Date, value: i32) -> Result<(), Error> {
    store.record(shop::ORDERS, Period::Day, date, value)?;
    store.increment(shop::ORDERS, "2026-11-23", 1)?;
    store.record(shop::REVENUE, Period::Day, date, 1.5)?;
    store.record(shop::SALES.total(), Period::Day, date, value)?;
    store.record(shop::sales("NL", 42), Period::Day, date, value)?;
    store.increment(shop::sales("BE", u64::MAX), date, 1)?;
    let handle = store.handle(shop::sales("NL", 42))?;
    store.record(handle, Period::Day, date, value)
}

#[test]
fn recording_again_allocates_nothing() {
    let mut store = Store::in_memory();
    let date = Date::new(2026, 11, 23).unwrap();
    record(&mut store, date, 1).unwrap();
    let mut outcome = Ok(());
    let allocated = measure(|| outcome = record(&mut store, date, 2));
    outcome.unwrap();
    assert_eq!(allocated.count_total, 0, "{allocated:?}");
}

#[test]
fn recording_a_thousand_days_allocates_only_to_grow_the_columns() {
    let mut store = Store::in_memory();
    let first = Date::new(2026, 1, 1).unwrap();
    let dates: Vec<_> = (0..1_000)
        .map(|days| first.plus_days(days).unwrap())
        .collect();
    record(&mut store, first, 1).unwrap();
    let mut outcome = Ok(());
    let allocated = measure(|| {
        outcome = dates
            .iter()
            .try_for_each(|&date| record(&mut store, date, 2));
    });
    outcome.unwrap();
    // Five series of two columns, each of which doubles up to ten times.
    assert!(allocated.count_total <= 100, "{allocated:?}");
}
