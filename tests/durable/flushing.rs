//! Flushing in a thread of its own.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use trackstats::{Durability, Error, ErrorCode, FlushThread, MetricRef, NewMetric, Period, Store};
use trackstats_tests::torture::disk::{Disk, Failing, Fault};
use trackstats_tests::torture::image::Form;
use trackstats_tests::torture::workload::open;

fn fill(store: &mut Store) -> Result<(), Error> {
    store.register_metric(&NewMetric::new("shop.orders"))?;
    store.increment(MetricRef::new("shop.orders"), "2026-11-23", 1)
}

fn orders(disk: &Disk) -> Option<i64> {
    let file = disk.after(Form::Lost)?;
    let store = open(Disk::new(Some(file), 0), Durability::OnFlush).ok()?;
    let value = store
        .value("shop.orders", Period::Day, "2026-11-23")
        .ok()??;
    value?.as_i64()
}

#[test]
fn what_is_changed_is_durable_a_moment_later() {
    let disk = Disk::new(None, 1);
    let store = Arc::new(Mutex::new(open(disk.clone(), Durability::OnFlush).unwrap()));
    let shared = Arc::clone(&store);
    let flush_thread = FlushThread::every(Duration::from_millis(1), move || {
        shared.lock().unwrap().flush()
    });
    fill(&mut store.lock().unwrap()).unwrap();
    while orders(&disk) != Some(1) {
        std::thread::yield_now();
    }
    assert!(flush_thread.take_error().is_none());
    drop(flush_thread);
    // The thread has given the store back.
    assert_eq!(Arc::strong_count(&store), 1);
}

#[test]
fn a_failed_flush_is_told_and_made_again() {
    let disk = Disk::new(None, 1);
    let mut store = open(disk.clone(), Durability::OnFlush).unwrap();
    fill(&mut store).unwrap();
    disk.fail(Some(Fault {
        at: 0,
        failing: Failing::Full,
        for_good: true,
    }));
    let mut flushes = 0;
    let healing = disk.clone();
    let flush_thread = FlushThread::every(Duration::from_millis(1), move || {
        flushes += 1;
        if flushes == 3 {
            healing.fail(None);
        }
        store.flush()
    });
    while orders(&disk) != Some(1) {
        std::thread::yield_now();
    }
    assert_eq!(
        flush_thread.take_error().map(|error| error.code()),
        Some(ErrorCode::StorageFull)
    );
    assert!(flush_thread.take_error().is_none());
}
