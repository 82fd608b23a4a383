//! Reading series.

use trackstats::{
    Bucket, Fill, Last, Maximum, Mean, Minimum, Null, Period, Store, Sum, Weekday, stats,
};

stats! { shop { orders, revenue: f64 } }

fn store() -> Store {
    let mut store = Store::in_memory();
    for (date, orders) in [("2026-10-30", 1), ("2026-10-31", 2), ("2026-11-03", 4)] {
        store
            .record(shop::ORDERS, Period::Day, date, orders)
            .unwrap();
    }
    store
        .record(shop::ORDERS, Period::Day, "2026-11-02", Null)
        .unwrap();
    store
}

fn values<V: trackstats::MetricValue>(series: &trackstats::Series<V>) -> Vec<Option<V>> {
    series.values().collect()
}

#[test]
fn gaps_are_filled_and_nulls_are_not() {
    let store = store();
    let orders = |fill| {
        store
            .series(shop::ORDERS, Period::Day)
            .fill(fill)
            .read()
            .unwrap()
    };
    assert_eq!(
        values(&orders(Fill::Zero)),
        [Some(1), Some(2), Some(0), None, Some(4)]
    );
    assert_eq!(
        values(&orders(Fill::Null)),
        [Some(1), Some(2), None, None, Some(4)]
    );
    assert_eq!(
        values(&orders(Fill::Previous)),
        [Some(1), Some(2), Some(2), None, Some(4)]
    );
}

#[test]
fn the_value_before_the_range_fills_its_beginning() {
    let store = store();
    let series = store
        .series(shop::ORDERS, Period::Day)
        .range("2026-11-01"..="2026-11-01");
    assert_eq!(
        values(&series.fill(Fill::Previous).read().unwrap()),
        [Some(2)]
    );
}

#[test]
fn a_rolling_window_reaches_back_behind_the_range() {
    let store = store();
    let series = store
        .series(shop::ORDERS, Period::Day)
        .range("2026-11-01"..="2026-11-04");
    let rolled = series.fill(Fill::Zero).rolling(3, Sum).read().unwrap();
    assert_eq!(values(&rolled), [Some(3), Some(2), Some(4), Some(4)]);
    assert_eq!(rolled.first().unwrap().date.to_string(), "2026-11-01");
}

#[test]
fn every_aggregate_passes_over_nulls() {
    let store = store();
    let orders = || store.series(shop::ORDERS, Period::Day);
    let month = Bucket::Month;
    assert_eq!(
        values(&orders().bucket(month, Sum).read().unwrap()),
        [Some(3), Some(4)]
    );
    assert_eq!(
        values(&orders().bucket(month, Mean).read().unwrap()),
        [Some(1.5), Some(4.0)]
    );
    assert_eq!(
        values(&orders().bucket(month, Minimum).read().unwrap()),
        [Some(1), Some(4)]
    );
    assert_eq!(
        values(&orders().bucket(month, Maximum).read().unwrap()),
        [Some(2), Some(4)]
    );
    assert_eq!(
        values(&orders().bucket(month, Last).read().unwrap()),
        [Some(2), Some(4)]
    );
    let sunday = orders()
        .bucket(Bucket::Week(Weekday::Sunday), Sum)
        .read()
        .unwrap();
    assert_eq!(
        sunday
            .dates()
            .map(|date| date.to_string())
            .collect::<Vec<_>>(),
        ["2026-10-25", "2026-11-01"]
    );
}

#[test]
fn a_running_sum_goes_on_over_a_null() {
    let series = store()
        .series(shop::ORDERS, Period::Day)
        .cumulative()
        .read()
        .unwrap();
    assert_eq!(values(&series), [Some(1), Some(3), Some(3), Some(7)]);
}

#[test]
fn a_sum_that_does_not_fit_is_an_error() {
    let mut store = store();
    store
        .record(shop::ORDERS, Period::Day, "2026-11-04", i64::MAX)
        .unwrap();
    let code = store
        .total(shop::ORDERS, Period::Day)
        .read()
        .unwrap_err()
        .code();
    assert_eq!(code.as_str(), "overflow");
    assert!(
        store
            .series(shop::ORDERS, Period::Day)
            .cumulative()
            .read()
            .is_err()
    );
}

#[test]
fn nothing_recorded_is_an_empty_series() {
    let store = Store::in_memory();
    let series = store
        .series(shop::REVENUE, Period::Week)
        .fill(Fill::Zero)
        .read()
        .unwrap();
    assert!(series.is_empty());
    assert_eq!(
        store
            .total(shop::REVENUE, Period::Week)
            .read()
            .unwrap()
            .mean(),
        None
    );
    let zeros = store
        .series(shop::ORDERS, Period::Day)
        .range("2026-01-01"..="2026-01-03");
    assert_eq!(
        values(&zeros.fill(Fill::Zero).read().unwrap()),
        [Some(0); 3]
    );
}
