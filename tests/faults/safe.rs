//! Stores that are read in JavaScript hold no integer that a number there cannot hold.

use trackstats::{Date, ErrorCode, Import, Period, Store, Tracker, stats};

stats! {
    shop {
        orders,
        revenue: f64,
    }
}

const SAFE: i64 = (1 << 53) - 1;
const DATE: &str = "2026-11-23";

fn store() -> Store {
    let mut store = Store::builder().safe_integers().build();
    store.record(shop::ORDERS, Period::Day, DATE, SAFE).unwrap();
    store
}

#[expect(clippy::option_option, reason = "no row, a row of null, a value")]
fn value(store: &Store) -> Option<Option<i64>> {
    store.value(shop::ORDERS, Period::Day, DATE).unwrap()
}

#[test]
fn what_is_recorded_or_added_has_to_be_safe() {
    let mut store = store();
    for beyond in [SAFE + 1, -SAFE - 1, i64::MAX, i64::MIN] {
        let error = store
            .record(shop::ORDERS, Period::Day, DATE, beyond)
            .unwrap_err();
        assert_eq!(error.code(), ErrorCode::UnsafeInteger);
        assert!(
            error.to_string().starts_with(&beyond.to_string()),
            "{error}"
        );
        let error = store
            .increment(shop::ORDERS, "2026-11-24", beyond)
            .unwrap_err();
        assert_eq!(error.code(), ErrorCode::UnsafeInteger);
    }
    for more in [1, SAFE] {
        let error = store.increment(shop::ORDERS, DATE, more).unwrap_err();
        assert_eq!(error.code(), ErrorCode::UnsafeInteger);
    }
    assert_eq!(value(&store), Some(Some(SAFE)));
    assert_eq!(store.len(), 1);
    store.increment(shop::ORDERS, DATE, -SAFE).unwrap();
    store.increment(shop::ORDERS, DATE, -SAFE).unwrap();
    assert!(store.increment(shop::ORDERS, DATE, -1).is_err());
    assert_eq!(value(&store), Some(Some(-SAFE)));
    store
        .record(shop::REVENUE, Period::Day, DATE, 1e300)
        .unwrap();
}

#[test]
fn what_is_tracked_has_to_be_safe() {
    let mut store = store();
    for periods in [Period::Day, Period::Lifetime] {
        for empty in [true, false] {
            let mut store = Store::builder().safe_integers().build();
            if !empty {
                store.record(shop::ORDERS, periods, DATE, 5).unwrap();
            }
            let before = store.snapshot();
            let error = Tracker::sum(shop::ORDERS, periods, |_: &i64| Some(SAFE))
                .at(|_| DATE)
                .since(Date::MIN)
                .track(&mut store, [1_i64, 2])
                .unwrap_err();
            assert_eq!(error.code(), ErrorCode::UnsafeInteger);
            assert_eq!(store.len(), usize::from(!empty));
            drop(before);
        }
    }
    assert!(store.increment(shop::ORDERS, DATE, 1).is_err());
}

#[test]
fn what_is_read_from_a_file_or_written_by_sql_has_to_be_safe() {
    let mut store = store();
    let line = format!("shop.orders,day,{DATE},{}\n", SAFE + 1);
    let error = Import::csv()
        .read(
            &mut store,
            format!("metric,period,date,value\n{line}").as_bytes(),
        )
        .unwrap_err();
    assert_eq!(error.code(), ErrorCode::UnsafeInteger);
    let error = store
        .sql("UPDATE statistic_by_date SET value = value + 1")
        .unwrap_err();
    assert_eq!(error.code(), ErrorCode::UnsafeInteger);
    assert_eq!(value(&store), Some(Some(SAFE)));
}

#[test]
fn what_was_stored_before_stays_readable() {
    let mut wide = Store::in_memory();
    wide.record(shop::ORDERS, Period::Day, DATE, i64::MAX)
        .unwrap();
    let store = Store::builder()
        .safe_integers()
        .restore(&wide.snapshot())
        .unwrap();
    assert_eq!(value(&store), Some(Some(i64::MAX)));
}
