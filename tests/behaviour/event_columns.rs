//! What a tracker over columns takes and refuses.

use trackstats::{
    Aggregation, ColumnTracker, ColumnValues, Date, ErrorCode, EventColumns, Handle, MetricValue,
    Period, Store, TrackReport, stats,
};

stats! { shop { orders, returns, revenue: f64, sales by country } }

const DAY: Period = Period::Day;
const TODAY: i32 = 20_010;

fn date(day: i32) -> Date {
    Date::from_days_since_epoch(day).unwrap()
}

fn orders(aggregation: Aggregation) -> ColumnTracker {
    ColumnTracker::new(shop::ORDERS, DAY, aggregation).today(date(TODAY))
}

/// The code of a refused run, after which the store is as it was.
fn refused<V: MetricValue>(
    tracker: &ColumnTracker<V>,
    store: &mut Store,
    handles: &[Handle<V>],
    events: &EventColumns<'_>,
) -> ErrorCode {
    let before = store.len();
    let error = tracker.track_each(store, handles, events).unwrap_err();
    assert_eq!(store.len(), before);
    error.code()
}

#[test]
fn columns_that_do_not_fit_are_refused() {
    let mut store = Store::in_memory();
    let whole = store.handle(shop::ORDERS).unwrap();
    let days = [20_000, 20_001];
    let events = EventColumns::new(&days);
    let invalid = ErrorCode::InvalidValue;
    for (aggregation, events) in [
        (Aggregation::Count, events.objects(&[0])),
        (
            Aggregation::Count,
            events.values(ColumnValues::Floats(&[1.0])),
        ),
        (Aggregation::Count, events.items(&[1, 2, 3])),
        (Aggregation::Count, events.objects(&[0, 1])),
        (Aggregation::Distinct, events),
        (Aggregation::Sum, events),
        (Aggregation::Sum, events.items(&[1, 2])),
        (Aggregation::Maximum, events),
    ] {
        let code = refused(&orders(aggregation), &mut store, &[whole], &events);
        assert_eq!(code, invalid, "{aggregation} of {events:?}");
    }
    let count = orders(Aggregation::Count);
    let none = EventColumns::NO_OBJECT;
    assert_eq!(
        refused(&count, &mut store, &[whole, whole], &events),
        invalid
    );
    assert_eq!(refused(&count, &mut store, &[], &events), invalid);
    let report = count.track_each(&mut store, &[], &events.objects(&[none, none]));
    assert_eq!(report.unwrap().no_object, 2);
}

#[test]
fn runs_that_do_not_fit_are_refused() {
    let mut store = Store::in_memory();
    let whole = store.handle(shop::ORDERS).unwrap();
    let count = orders(Aggregation::Count);
    let days = [20_000, 20_001];
    let events = EventColumns::in_runs(&days, &[2, 1]);
    for events in [
        EventColumns::in_runs(&days, &[3]),
        EventColumns::in_runs(&days, &[u32::MAX, 1]),
        events.objects(&[0, 0]),
        events.items(&[1, 2]),
    ] {
        let code = refused(&count, &mut store, &[whole], &events);
        assert_eq!(code, ErrorCode::InvalidValue, "{events:?}");
    }
    let error = count.track_one(
        &mut store,
        whole,
        &EventColumns::in_runs(&days, &[u32::MAX, 1]),
    );
    let text = error.unwrap_err().to_string();
    assert_eq!(
        text,
        "a run was given 4294967296 events: give at most 4294967295"
    );
    let most = EventColumns::in_runs(&days, &[u32::MAX - 1, 1]);
    count.track_one(&mut store, whole, &most).unwrap();
    let stored = store.value(shop::ORDERS, DAY, date(20_000)).unwrap();
    assert_eq!(stored, Some(Some(i64::from(u32::MAX) - 1)));
}

#[test]
fn a_handle_of_something_else_is_refused() {
    let mut store = Store::in_memory();
    let events = EventColumns::new(&[]);
    let count = orders(Aggregation::Count);
    let foreign = Store::in_memory().handle(shop::ORDERS).unwrap();
    let other = store.handle(shop::RETURNS).unwrap();
    for (handle, expected) in [
        (foreign, ErrorCode::InvalidState),
        (other, ErrorCode::InvalidValue),
    ] {
        let code = refused(&count, &mut store, &[handle], &events);
        assert_eq!(code, expected);
    }
}

#[test]
fn a_day_outside_the_calendar_is_no_date() {
    let mut store = Store::in_memory();
    let whole = store.handle(shop::ORDERS).unwrap();
    for day in [i32::MIN + 1, -719_163, 2_932_897, i32::MAX] {
        let days = [20_000, day];
        let code = refused(
            &orders(Aggregation::Count),
            &mut store,
            &[whole],
            &EventColumns::new(&days),
        );
        assert_eq!(code, ErrorCode::InvalidDate, "{day}");
    }
    let none = orders(Aggregation::Count).range("yesterday"..);
    let code = refused(&none, &mut store, &[whole], &EventColumns::new(&[]));
    assert_eq!(code, ErrorCode::InvalidDate);
}

#[test]
fn integers_take_whole_floats_and_no_others() {
    let mut store = Store::in_memory();
    let whole = store.handle(shop::ORDERS).unwrap();
    let days = [20_000, 20_000, 20_001];
    let sum = orders(Aggregation::Sum);
    for (bad, code) in [
        (0.5, ErrorCode::KindMismatch),
        (-1e-300, ErrorCode::KindMismatch),
        (f64::INFINITY, ErrorCode::InvalidValue),
        (9_223_372_036_854_775_808.0, ErrorCode::InvalidValue),
        (-1e300, ErrorCode::InvalidValue),
    ] {
        let values = [1.0, 2.0, bad];
        let events = EventColumns::new(&days).values(ColumnValues::Floats(&values));
        assert_eq!(refused(&sum, &mut store, &[whole], &events), code, "{bad}");
    }
    let values = [-9_223_372_036_854_775_808.0, 1024.0, f64::NAN];
    let events = EventColumns::new(&days).values(ColumnValues::Floats(&values));
    sum.track_one(&mut store, whole, &events).unwrap();
    let value = |day| store.value(shop::ORDERS, DAY, date(day)).unwrap();
    assert_eq!(value(20_000), Some(Some(i64::MIN + 1024)));
    assert_eq!(value(20_001), Some(None));
}

#[test]
fn nulls_beside_integers_are_passed_over() {
    let mut store = Store::in_memory();
    let whole = store.handle(shop::ORDERS).unwrap();
    let days = [20_000, 20_000, 20_001];
    let values = [Some(i64::MAX), None, None];
    let events = EventColumns::new(&days).values(ColumnValues::Nullable(&values));
    orders(Aggregation::Sum)
        .track_one(&mut store, whole, &events)
        .unwrap();
    let value = |day| store.value(shop::ORDERS, DAY, date(day)).unwrap();
    assert_eq!(value(20_000), Some(Some(i64::MAX)));
    assert_eq!(value(20_001), Some(None));
}

#[test]
fn a_run_that_fails_writes_nothing() {
    let mut store = Store::in_memory();
    let handles = ["NL", "BE"].map(|country| store.handle(shop::sales(country)).unwrap());
    let sum = ColumnTracker::new(shop::SALES, DAY, Aggregation::Sum).today(date(TODAY));
    let events = EventColumns::new(&[20_000, 20_001, 20_001])
        .objects(&[0, 1, 1])
        .values(ColumnValues::Integers(&[1, i64::MAX, 1]));
    assert_eq!(
        refused(&sum, &mut store, &handles, &events),
        ErrorCode::Overflow
    );
    assert!(store.is_empty());

    let mean = orders(Aggregation::Mean);
    let whole = store.handle(shop::ORDERS).unwrap();
    let events = EventColumns::new(&[20_000]).values(ColumnValues::Integers(&[1]));
    assert_eq!(
        refused(&mean, &mut store, &[whole], &events),
        ErrorCode::KindMismatch
    );

    let sum = ColumnTracker::new(shop::REVENUE, DAY, Aggregation::Sum).today(date(TODAY));
    let revenue = store.handle(shop::REVENUE).unwrap();
    let events = EventColumns::new(&[20_000]).values(ColumnValues::Floats(&[f64::INFINITY]));
    assert_eq!(
        refused(&sum, &mut store, &[revenue], &events),
        ErrorCode::InvalidValue
    );
}

#[test]
fn the_whole_has_rows_without_events_and_an_object_has_none() {
    let mut store = Store::in_memory();
    let handles = ["NL", "BE"].map(|country| store.handle(shop::sales(country)).unwrap());
    let week = ColumnTracker::new(shop::SALES, Period::Week, Aggregation::Count);
    let week = week.today(date(TODAY));
    for handle in handles {
        store
            .record(handle, Period::Week, date(TODAY - 2), 7)
            .unwrap();
    }
    let nothing = EventColumns::new(&[]).objects(&[]);
    let report = week.track_each(&mut store, &handles, &nothing).unwrap();
    assert_eq!(report, TrackReport::default());
    // Something was in that week, and the source says nothing of it.
    let error = week
        .track_one(&mut store, handles[0], &nothing)
        .unwrap_err();
    assert_eq!(error.code(), ErrorCode::InvalidValue);
    let all = week.since(Date::MIN);
    let report = all.track_one(&mut store, handles[0], &nothing).unwrap();
    assert_eq!((report.created, report.changed), (2, 1));
}

#[test]
fn an_event_after_the_given_today_is_in_the_future() {
    let mut store = Store::in_memory();
    let whole = store.handle(shop::ORDERS).unwrap();
    let days = [TODAY, TODAY + 1, EventColumns::UNDATED];
    let report = orders(Aggregation::Count)
        .track_one(&mut store, whole, &EventColumns::new(&days))
        .unwrap();
    let counts = (report.events, report.created, report.future, report.undated);
    assert_eq!(counts, (3, 1, 1, 1));
}

#[test]
fn the_future_has_no_place_beside_the_days_before_it() {
    let mut store = Store::in_memory();
    let handles = [1, 2].map(|country| store.handle(shop::sales(country)).unwrap());
    // The first is so far from the others that each object makes room day by day.
    let days = [0, TODAY - 2, TODAY - 1, TODAY, TODAY + 1, TODAY + 2];
    let values = [1, 1, 2, 3, 4, 5];
    let events = EventColumns::new(&days)
        .objects(&[1, 0, 0, 0, 0, 0])
        .values(ColumnValues::Integers(&values));
    let sum = ColumnTracker::new(shop::SALES, DAY, Aggregation::Sum).today(date(TODAY));
    let report = sum.track_each(&mut store, &handles, &events).unwrap();
    assert_eq!((report.created, report.future), (4, 2));
}

#[test]
fn several_periods_are_written_together_or_not_at_all() {
    let mut store = Store::in_memory();
    let whole = store.handle(shop::ORDERS).unwrap();
    let largest = [i64::MAX, i64::MAX];
    let days = [TODAY - 1, TODAY];
    let events = EventColumns::new(&days).values(ColumnValues::Integers(&largest));
    let sum = orders(Aggregation::Sum);
    // Each day fits, the week does not.
    let error = sum
        .track_one_in(&[DAY, Period::Week], &mut store, whole, &events)
        .unwrap_err();
    assert_eq!(error.code(), ErrorCode::Overflow);
    assert!(store.is_empty());
    assert!(sum.track_one(&mut store, whole, &events).is_ok());
    let none = sum.track_one_in(&[], &mut store, whole, &events).unwrap();
    assert_eq!(none, []);
}
