//! What a tracker takes as a value.

use trackstats::{
    Aggregation, ColumnTracker, ColumnValues, Date, ErrorCode, EventColumns, NewMetric, Period,
    Store, Tracker, ValueKind,
};

#[test]
fn an_integer_that_no_float_equals_is_refused_in_a_float_metric() {
    let odd = (1_i64 << 53) + 1;
    let mut store = Store::in_memory();
    let metric = NewMetric::new("shop.revenue").kind(ValueKind::Float);
    store.register_metric(&metric).unwrap();
    let error = Tracker::sum("shop.revenue", Period::Day, |event: &(Date, i64)| event.1)
        .at(|event| event.0)
        .track(&mut store, [(Date::new(2024, 1, 1).unwrap(), odd)])
        .unwrap_err();
    assert_eq!(error.code(), ErrorCode::InvalidValue);

    let revenue = store.handle("shop.revenue").unwrap();
    let (days, values) = ([19_723], [odd]);
    let events = EventColumns::new(&days).values(ColumnValues::Integers(&values));
    let error = ColumnTracker::new("shop.revenue", Period::Day, Aggregation::Sum)
        .track_one(&mut store, revenue, &events)
        .unwrap_err();
    assert_eq!(error.code(), ErrorCode::InvalidValue);
    assert!(store.is_empty());
}
