//! Recording values.

use trackstats::{Date, ErrorCode, MetricRef, NewMetric, Null, Period, Store, ValueKind, stats};

stats! {
    shop { orders, revenue: f64, sales by (province, country) }
}

const DAY: Period = Period::Day;

#[test]
fn recording_twice_keeps_the_later_value() {
    let mut store = Store::in_memory();
    store.record(shop::ORDERS, DAY, "2026-11-23", 1).unwrap();
    store.record(shop::ORDERS, DAY, "2026-11-23", 2).unwrap();
    assert_eq!(
        store.value(shop::ORDERS, DAY, "2026-11-23").unwrap(),
        Some(Some(2))
    );
    assert_eq!(store.len(), 1);
}

#[test]
fn null_is_not_nothing() {
    let mut store = Store::in_memory();
    store.record(shop::ORDERS, DAY, "2026-11-23", Null).unwrap();
    assert_eq!(
        store.value(shop::ORDERS, DAY, "2026-11-23").unwrap(),
        Some(None)
    );
    assert_eq!(store.value(shop::ORDERS, DAY, "2026-11-22").unwrap(), None);
    store.record(shop::ORDERS, DAY, "2026-11-23", 3).unwrap();
    assert_eq!(
        store.value(shop::ORDERS, DAY, "2026-11-23").unwrap(),
        Some(Some(3))
    );
}

#[test]
fn a_metric_without_its_domain_is_told_what_is_missing() {
    let mut store = Store::in_memory();
    store.register(shop::DOMAIN).unwrap();
    let error = store.record("visits", DAY, "2026-11-23", 1).unwrap_err();
    assert_eq!(error.code(), ErrorCode::UnknownMetric);
    assert!(
        error.to_string().contains("domain and a dot before it"),
        "{error}"
    );
}

#[test]
fn a_sum_that_overflows_changes_nothing() {
    let mut store = Store::in_memory();
    store
        .record(shop::ORDERS, DAY, "2026-11-23", i64::MAX)
        .unwrap();
    let error = store.increment(shop::ORDERS, "2026-11-23", 1).unwrap_err();
    assert_eq!(error.code(), ErrorCode::Overflow);
    assert_eq!(
        store.value(shop::ORDERS, DAY, "2026-11-23").unwrap(),
        Some(Some(i64::MAX))
    );
}

#[test]
fn the_first_and_the_last_date_and_integer_are_stored() {
    let mut store = Store::in_memory();
    store
        .record(shop::ORDERS, DAY, Date::MIN, i64::MIN)
        .unwrap();
    store
        .record(shop::ORDERS, DAY, "9999-12-31", i64::MAX)
        .unwrap();
    let series = store.series(shop::ORDERS, DAY).read().unwrap();
    assert_eq!(
        series.values().collect::<Vec<_>>(),
        [Some(i64::MIN), Some(i64::MAX)]
    );
    assert_eq!(series.first().unwrap().date.to_string(), "0001-01-01");
}

#[test]
fn the_order_of_dimensions_does_not_matter() {
    let mut store = Store::in_memory();
    store
        .record(shop::sales("Utrecht", "NL"), DAY, "2026-11-23", 3)
        .unwrap();
    let same = MetricRef::new("shop.sales")
        .at("country", "NL")
        .at("province", "Utrecht");
    assert_eq!(
        store.value(&same, DAY, "2026-11-23").unwrap(),
        Some(Some(3.into()))
    );
    store.increment(&same, "2026-11-23", 1).unwrap();
    assert_eq!(store.len(), 1);
}

#[test]
fn what_is_wrong_has_a_code_and_stores_nothing() {
    let mut store = Store::in_memory();
    store.register(shop::DOMAIN).unwrap();
    let colour = MetricRef::new("shop.sales").at("colour", "red");
    let twice = MetricRef::new("shop.sales")
        .at("country", "NL")
        .at("country", "BE");
    let long = MetricRef::new("shop.sales").at("country", "x".repeat(1_001));
    let codes = [
        store.record(shop::ORDERS, DAY, "2026-02-29", 1),
        store.record(shop::REVENUE, DAY, "2026-11-23", f64::NAN),
        store.record("shop.orders", DAY, "2026-11-23", 0.5),
        store.record("shop.orders", DAY, "2026-11-23", u64::MAX),
        store.record("shop.revenue", DAY, "2026-11-23", i64::MAX),
        store.record("shop.nothing", DAY, "2026-11-23", 1),
        store.record(&colour, DAY, "2026-11-23", 1),
        store.record(&twice, DAY, "2026-11-23", 1),
        store.record(&long, DAY, "2026-11-23", 1),
    ]
    .map(|result| result.unwrap_err().code().as_str());
    let expected = [
        "invalid_date",
        "invalid_value",
        "kind_mismatch",
        "invalid_value",
        "invalid_value",
        "unknown_metric",
        "unknown_dimension",
        "unknown_dimension",
        "invalid_value",
    ];
    assert_eq!(codes, expected);
    assert!(store.is_empty());
}

#[test]
fn a_handle_belongs_to_its_store() {
    let handle = Store::in_memory().handle(shop::ORDERS).unwrap();
    let error = Store::in_memory()
        .record(handle, DAY, "2026-11-23", 1)
        .unwrap_err();
    assert_eq!(error.code(), ErrorCode::InvalidState);
}

#[test]
fn finding_a_handle_makes_nothing() {
    let mut store = Store::in_memory();
    assert!(store.find_handle(shop::ORDERS).unwrap().is_none());
    assert!(
        store
            .find_handle(shop::sales("Utrecht", "NL"))
            .unwrap()
            .is_none()
    );
    assert_eq!(store.metrics().count(), 0);

    store
        .record(shop::sales("Utrecht", "NL"), DAY, "2026-11-23", 3)
        .unwrap();
    let found = store
        .find_handle(shop::sales("Utrecht", "NL"))
        .unwrap()
        .unwrap();
    assert_eq!(
        store.value(found, DAY, "2026-11-23").unwrap(),
        Some(Some(3))
    );
    let named = MetricRef::new("shop.sales")
        .at("country", "NL")
        .at("province", "Utrecht");
    let named = store.find_handle(&named).unwrap().unwrap();
    assert_eq!(
        store.value(named, DAY, "2026-11-23").unwrap(),
        Some(Some(3.into()))
    );
    assert!(
        store
            .find_handle(shop::sales("Namur", "BE"))
            .unwrap()
            .is_none()
    );
    assert!(store.find_handle(found).unwrap().is_some());

    let error = store.find_handle("shop.nothing").unwrap_err();
    assert_eq!(error.code(), ErrorCode::UnknownMetric);
    let error = Store::in_memory().find_handle(found).unwrap_err();
    assert_eq!(error.code(), ErrorCode::InvalidState);
}

#[test]
fn a_metric_does_not_change_its_kind() {
    let mut store = Store::in_memory();
    store
        .register_metric(&NewMetric::new("shop.orders").kind(ValueKind::Float))
        .unwrap();
    let error = store
        .record(shop::ORDERS, DAY, "2026-11-23", 1)
        .unwrap_err();
    assert_eq!(error.code(), ErrorCode::KindMismatch);
    assert!(store.series(shop::ORDERS, DAY).read().is_err());
}
