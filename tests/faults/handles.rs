//! A number, handle or savepoint that outlives what it stands for is refused, and never taken for something else.

use trackstats::journal::MemoryBackend;
use trackstats::{ErrorCode, Filter, Handle, MetricRef, NewMetric, Period, Store, Value, stats};

stats! {
    shop { sales by country }
}

const DAY: Period = Period::Day;

fn refused(store: &mut Store, handle: Handle<Value>) {
    let before = store.snapshot();
    let codes = [
        store
            .record(handle, DAY, "2026-11-23", 1)
            .unwrap_err()
            .code(),
        store.increment(handle, "2026-11-23", 1).unwrap_err().code(),
        store.series(handle, DAY).read().unwrap_err().code(),
        store.total(handle, DAY).read().unwrap_err().code(),
        store.value(handle, DAY, "2026-11-23").unwrap_err().code(),
        store.latest(handle, DAY).unwrap_err().code(),
        store.slice(handle, DAY, ..).unwrap_err().code(),
        store.handle(handle).unwrap_err().code(),
        store.find_handle(handle).unwrap_err().code(),
    ];
    assert_eq!(codes, [ErrorCode::InvalidState; 9]);
    assert_eq!(store.snapshot(), before);
}

fn met(store: &mut Store, name: &str) -> Handle<Value> {
    store.register_metric(&NewMetric::new(name)).unwrap();
    store.handle(name).unwrap()
}

#[test]
fn a_handle_of_a_metric_that_was_rolled_back_is_refused_also_when_it_comes_again() {
    let backend = MemoryBackend::new();
    let mut store = Store::builder().open_with(backend.clone()).unwrap();
    let savepoint = store.savepoint().unwrap();
    let total = met(&mut store, "shop.orders");
    let part = store
        .handle(MetricRef::new("shop.orders").at("country", "NL"))
        .unwrap();
    store.rollback_to(savepoint).unwrap();
    refused(&mut store, total);
    refused(&mut store, part);
    let again = met(&mut store, "shop.orders");
    refused(&mut store, total);
    refused(&mut store, part);
    store.record(again, DAY, "2026-11-23", 1).unwrap();
    store.close().unwrap();
    let mut store = Store::builder().open_with(backend).unwrap();
    assert_eq!(store.len(), 1);
    refused(&mut store, again);
}

#[test]
fn a_handle_of_another_store_or_of_before_a_restore_is_refused() {
    let mut store = Store::in_memory();
    let handle = met(&mut store, "shop.orders");
    let mut other = Store::in_memory();
    met(&mut other, "shop.returns");
    refused(&mut other, handle);
    refused(
        &mut Store::builder().restore(&store.snapshot()).unwrap(),
        handle,
    );
}

#[test]
fn a_handle_of_a_metric_that_a_snapshot_of_others_does_not_have_is_refused() {
    let mut store = Store::in_memory();
    store.hold_unconfirmed();
    let handle = met(&mut store, "shop.orders");
    store.confirm_changes(usize::MAX);
    let empty = Store::in_memory().snapshot();
    store.rebase(Some(&empty), &[], &[]).unwrap();
    refused(&mut store, handle);
    // What the store knew of a declaration is gone with it.
    store
        .record(shop::sales("NL"), DAY, "2026-11-23", 1)
        .unwrap();
    store.confirm_changes(usize::MAX);
    store.rebase(Some(&empty), &[], &[]).unwrap();
    store
        .record(shop::sales("NL"), DAY, "2026-11-23", 2)
        .unwrap();
    assert_eq!(store.metrics().count(), 1);
    assert_eq!(
        Store::builder().restore(&store.snapshot()).unwrap().len(),
        1
    );
}

#[test]
fn a_handle_that_is_kept_stands_for_its_series_after_everything_was_deleted() {
    let mut store = Store::in_memory();
    store
        .register_metric(&NewMetric::new("shop.views").by(["path"]))
        .unwrap();
    let path = |number: usize| MetricRef::new("shop.views").at("path", format!("/{number}"));
    let kept = store.handle(path(0)).unwrap();
    for number in 0..3_000 {
        store.record(path(number), DAY, "2026-11-22", 1).unwrap();
    }
    let listed = store.list_series(&Filter::new()).unwrap();
    store.delete(&Filter::new()).unwrap();
    for number in 3_000..6_000 {
        store.record(path(number), DAY, "2026-11-23", 1).unwrap();
    }
    store.record(kept, DAY, "2026-11-23", 7).unwrap();
    let value = store.value(path(0), DAY, "2026-11-23").unwrap();
    assert_eq!(value, Some(Some(7.into())));
    for one in listed {
        let is_kept = one.dimensions[0].1 == "/0";
        let read = store.series(one.handle, DAY).read();
        match read {
            Ok(series) => assert!(is_kept && series.len() == 1, "{:?}", one.dimensions),
            Err(error) => assert!(!is_kept && error.code() == ErrorCode::InvalidState),
        }
    }
}

#[test]
fn a_savepoint_ends_once_in_its_own_store() {
    let mut store = Store::in_memory();
    let code = |result: Result<(), trackstats::Error>| result.unwrap_err().code();
    let outer = store.savepoint().unwrap();
    let inner = store.savepoint().unwrap();
    let foreign = Store::in_memory().savepoint().unwrap();
    assert_eq!(code(store.release(foreign)), ErrorCode::InvalidState);
    let foreign = Store::in_memory().savepoint().unwrap();
    assert_eq!(code(store.rollback_to(foreign)), ErrorCode::InvalidState);
    met(&mut store, "shop.orders");
    store.release(outer).unwrap();
    let next = store.savepoint().unwrap();
    assert_eq!(code(store.rollback_to(inner)), ErrorCode::InvalidState);
    store.record("shop.orders", DAY, "2026-11-23", 1).unwrap();
    store.rollback_to(next).unwrap();
    assert!(store.is_empty());
    assert_eq!(store.metrics().count(), 1);
    // Nothing is open any more.
    store.capture_changes();
    store.drain_changes().unwrap();
}

#[test]
fn a_batch_whose_savepoint_somebody_left_open_inside_ends_that_too() {
    let mut store = Store::in_memory();
    let left = store.batch(Store::savepoint).unwrap();
    let error = store.rollback_to(left).unwrap_err();
    assert_eq!(error.code(), ErrorCode::InvalidState);
    store.capture_changes();
    store.drain_changes().unwrap();
}
