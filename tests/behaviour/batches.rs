//! Batches are all or nothing.

use std::panic::{AssertUnwindSafe, catch_unwind};

use trackstats::{Error, ErrorCode, Filter, NewMetric, Period, Store, stats};

stats! { shop { orders, visits } }

fn store_with_one() -> Store {
    let mut store = Store::in_memory();
    store
        .record(shop::ORDERS, Period::Day, "2026-11-22", 1)
        .unwrap();
    store
}

fn fill_and_fail(store: &mut Store) -> Result<(), Error> {
    store.record(shop::ORDERS, Period::Day, "2026-11-22", 9)?;
    store.record(shop::VISITS, Period::Day, "2026-11-22", 9)?;
    store.register_metric(&NewMetric::new("other.metric").title("Other"))?;
    store.delete(&Filter::new())?;
    Err(Error::aborted("given up"))
}

fn is_as_before(store: &Store) {
    assert_eq!(
        store
            .value(shop::ORDERS, Period::Day, "2026-11-22")
            .unwrap(),
        Some(Some(1))
    );
    assert_eq!(store.len(), 1);
    assert_eq!(store.metrics().count(), 1);
    assert_eq!(store.domains().count(), 1);
}

#[test]
fn a_batch_that_fails_changes_nothing() {
    let mut store = store_with_one();
    let error = store.batch(fill_and_fail).unwrap_err();
    assert_eq!(error.code(), ErrorCode::Aborted);
    is_as_before(&store);
    store
        .record(shop::VISITS, Period::Day, "2026-11-23", 5)
        .unwrap();
    assert_eq!(store.len(), 2);
}

#[test]
fn a_batch_that_panics_changes_nothing() {
    let mut store = store_with_one();
    let work = |store: &mut Store| -> Result<(), Error> {
        fill_and_fail(store).unwrap();
        Ok(())
    };
    assert!(catch_unwind(AssertUnwindSafe(|| store.batch(work))).is_err());
    is_as_before(&store);
}

#[test]
fn an_inner_batch_can_fail_alone() {
    let mut store = store_with_one();
    store
        .batch(|store| {
            store.record(shop::ORDERS, Period::Day, "2026-11-23", 2)?;
            assert!(store.batch(fill_and_fail).is_err());
            Ok::<(), Error>(())
        })
        .unwrap();
    assert_eq!(store.len(), 2);
    assert_eq!(store.metrics().count(), 1);
}
