//! Breakdowns.

use trackstats::{AnyAggregate, ErrorCode, Last, Period, Store, Value, stats};

stats! { shop { orders, sales by (country, province), revenue: f64 by country } }

fn store() -> Store {
    let mut store = Store::in_memory();
    for (country, province, date, sold) in [
        ("NL", "Utrecht", "2026-11-22", 3),
        ("NL", "Utrecht", "2026-11-23", 4),
        ("NL", "Drenthe", "2026-11-23", 5),
        ("BE", "Namur", "2026-11-23", 9),
        ("LU", "Capellen", "2026-11-23", 2),
    ] {
        store
            .record(shop::sales(country, province), Period::Day, date, sold)
            .unwrap();
    }
    store
}

fn parts(breakdown: &trackstats::Breakdown<i64>) -> Vec<(String, i64)> {
    breakdown
        .parts
        .iter()
        .map(|part| (part.at.join("/"), part.value))
        .collect()
}

#[test]
fn equal_parts_stand_in_the_order_of_their_texts() {
    let store = store();
    let found = store
        .breakdown(shop::SALES, Period::Day)
        .by("country")
        .on("2026-11-23")
        .read();
    let expected = [
        ("BE".to_owned(), 9),
        ("NL".to_owned(), 9),
        ("LU".to_owned(), 2),
    ];
    assert_eq!(parts(&found.unwrap()), expected);
}

#[test]
fn the_rest_is_summed() {
    let store = store();
    let found = store
        .breakdown(shop::SALES, Period::Day)
        .limit(1)
        .read()
        .unwrap();
    assert_eq!(parts(&found), [("BE/Namur".to_owned(), 9)]);
    assert_eq!((found.other, found.other_count), (Some(14), 3));
}

#[test]
fn one_value_of_a_dimension_is_broken_down_by_the_others() {
    let store = store();
    let found = store
        .breakdown(shop::SALES, Period::Day)
        .at("country", "NL")
        .read()
        .unwrap();
    assert_eq!(
        parts(&found),
        [("Utrecht".to_owned(), 7), ("Drenthe".to_owned(), 5)]
    );
    let last = store
        .breakdown(shop::SALES, Period::Day)
        .at("country", "NL")
        .aggregate(Last)
        .read();
    assert_eq!(
        parts(&last.unwrap()),
        [("Drenthe".to_owned(), 5), ("Utrecht".to_owned(), 4)]
    );
}

#[test]
fn a_split_that_was_recorded_itself_is_read_alone() {
    let mut store = store();
    store
        .record("shop.sales", Period::Day, "2026-11-23", 100)
        .unwrap();
    let by_country = trackstats::MetricRef::new("shop.sales").at("country", "NL");
    store
        .record(&by_country, Period::Day, "2026-11-23", 50)
        .unwrap();
    let found = store
        .breakdown(shop::SALES, Period::Day)
        .by("country")
        .read()
        .unwrap();
    assert_eq!(parts(&found), [("NL".to_owned(), 50)]);
}

#[test]
fn a_dimension_that_is_not_there_is_named() {
    let mut store = store();
    let error = store
        .breakdown(shop::SALES, Period::Day)
        .by("colour")
        .read()
        .unwrap_err();
    assert_eq!(error.code(), ErrorCode::UnknownDimension);
    assert!(error.to_string().contains("colour"), "{error}");
    store
        .record(shop::ORDERS, Period::Day, "2026-11-23", 1)
        .unwrap();
    let error = store
        .breakdown(shop::ORDERS, Period::Day)
        .read()
        .unwrap_err();
    assert_eq!(error.code(), ErrorCode::UnknownDimension);
}

#[test]
fn negative_floats_are_ordered_by_value() {
    let mut store = Store::in_memory();
    for (country, value) in [("a", -1.5), ("b", 2.0), ("c", -2.5), ("d", 0.0)] {
        store
            .record(shop::revenue(country), Period::Day, "2026-11-23", value)
            .unwrap();
    }
    let found = store
        .breakdown(shop::REVENUE, Period::Day)
        .limit(3)
        .read()
        .unwrap();
    let values: Vec<_> = found.parts.iter().map(|part| part.value).collect();
    assert_eq!(values, [2.0, 0.0, -1.5]);
    assert_eq!(found.other, Some(-2.5));
}

#[test]
fn a_mean_that_is_chosen_at_run_time_is_a_float() {
    let store = store();
    let found = store
        .breakdown("shop.sales", Period::Day)
        .by("country")
        .by("province")
        .aggregate(AnyAggregate::Mean)
        .limit(3)
        .read()
        .unwrap();
    let values: Vec<_> = found.parts.iter().map(|part| part.value).collect();
    assert_eq!(values, [9.0, 5.0, 3.5].map(Value::Float));
    assert_eq!(found.other, Some(Value::Float(2.0)));
}
