//! A store in a file: what was made durable is there again.

use std::fs;
use std::path::PathBuf;

use tempfile::TempDir;
use trackstats::{
    Durability, Error, ErrorCode, FixedOffset, NamedZone, Period, Store, recover, stats,
};

stats! { shop { orders, revenue: f64, sales by country } }

fn folder() -> (TempDir, PathBuf) {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("shop.stats");
    (folder, path)
}

fn immediate(path: &PathBuf) -> Result<Store, Error> {
    Store::builder()
        .durability(Durability::Immediate)
        .open(path)
}

#[test]
fn a_flushed_store_is_there_again() {
    let (_folder, path) = folder();
    let mut store = Store::open(&path).unwrap();
    store
        .record(shop::ORDERS, Period::Day, "2026-11-23", 3)
        .unwrap();
    store.increment(shop::sales("NL"), "2026-11-23", 2).unwrap();
    store.flush().unwrap();
    store.increment(shop::sales("NL"), "2026-11-23", 2).unwrap();
    let snapshot = store.snapshot();
    store.close().unwrap();
    let again = Store::open(&path).unwrap();
    assert_eq!(again.snapshot(), snapshot);
    assert_eq!(again.truncated_tail(), None);
}

#[test]
fn dropping_a_store_keeps_it() {
    let (_folder, path) = folder();
    let mut store = Store::open(&path).unwrap();
    store
        .record(shop::ORDERS, Period::Day, "2026-11-23", 3)
        .unwrap();
    drop(store);
    assert_eq!(Store::open(&path).unwrap().len(), 1);
}

#[test]
fn opening_and_closing_changes_no_byte() {
    let (_folder, path) = folder();
    let mut store = immediate(&path).unwrap();
    store
        .record(shop::ORDERS, Period::Day, "2026-11-23", 3)
        .unwrap();
    store.close().unwrap();
    let bytes = fs::read(&path).unwrap();
    Store::open(&path).unwrap().close().unwrap();
    assert!(fs::read(&path).unwrap() == bytes);
}

#[test]
fn a_store_that_was_not_closed_keeps_its_commits() {
    let (_folder, path) = folder();
    let mut store = immediate(&path).unwrap();
    for day in 1..=9 {
        let date = format!("2026-11-0{day}");
        store
            .record(shop::ORDERS, Period::Day, date.as_str(), day)
            .unwrap();
    }
    let copy = path.with_file_name("copy.stats");
    fs::copy(&path, &copy).unwrap();
    let copied = Store::open(&copy).unwrap();
    assert_eq!(copied.snapshot(), store.snapshot());
}

#[test]
fn a_second_owner_is_refused_at_once_and_a_reader_is_not() {
    let (_folder, path) = folder();
    let mut store = immediate(&path).unwrap();
    store
        .record(shop::ORDERS, Period::Day, "2026-11-23", 3)
        .unwrap();
    assert_eq!(Store::open(&path).unwrap_err().code(), ErrorCode::InUse);
    let mut reader = Store::builder().read_only(true).open(&path).unwrap();
    assert_eq!(reader.len(), 1);
    let refused = reader.record(shop::ORDERS, Period::Day, "2026-11-23", 4);
    assert_eq!(refused.unwrap_err().code(), ErrorCode::ReadOnly);
    drop(store);
    Store::open(&path).unwrap();
}

#[test]
fn the_zone_is_kept() {
    let (_folder, path) = folder();
    let amsterdam = NamedZone::new("Europe/Amsterdam").unwrap();
    drop(Store::builder().zone(amsterdam).open(&path).unwrap());
    let store = Store::open(&path).unwrap();
    assert_eq!(store.zone().name(), "Europe/Amsterdam");
    drop(store);
    let elsewhere = Store::builder().zone(trackstats::Utc).open(&path);
    assert_eq!(elsewhere.unwrap_err().code(), ErrorCode::ZoneMismatch);

    let (_folder, path) = folder();
    drop(
        Store::builder()
            .zone(FixedOffset::seconds(-20_700).unwrap())
            .open(&path)
            .unwrap(),
    );
    assert_eq!(Store::open(&path).unwrap().zone().name(), "-05:45");
}

#[test]
fn a_refused_batch_leaves_no_trace() {
    for durability in [Durability::Immediate, Durability::OnFlush] {
        let (_folder, path) = folder();
        let mut store = Store::builder().durability(durability).open(&path).unwrap();
        store
            .record(shop::ORDERS, Period::Day, "2026-11-22", 1)
            .unwrap();
        let result = store.batch(|store| {
            store.record(shop::ORDERS, Period::Day, "2026-11-23", 3)?;
            store.record(shop::REVENUE, Period::Day, "2026-11-23", f64::NAN)
        });
        assert!(result.is_err());
        store.close().unwrap();
        assert_eq!(Store::open(&path).unwrap().len(), 1);
    }
}

#[test]
fn a_long_journal_becomes_a_snapshot() {
    let (_folder, path) = folder();
    let mut store = Store::open(&path).unwrap();
    let mut largest = 0;
    for round in 0..2_000 {
        for day in 1..=9 {
            let date = format!("2026-11-0{day}");
            for country in 0..20 {
                let sales = shop::sales(country);
                store
                    .record(sales, Period::Day, date.as_str(), round)
                    .unwrap();
            }
        }
        store.flush().unwrap();
        largest = largest.max(fs::metadata(&path).unwrap().len());
    }
    assert!((1 << 20..3 << 20).contains(&largest), "{largest}");
    let snapshot = store.snapshot();
    store.compact().unwrap();
    assert!(fs::metadata(&path).unwrap().len() < 1 << 13);
    store.close().unwrap();
    assert_eq!(Store::open(&path).unwrap().snapshot(), snapshot);
}

#[test]
fn changes_of_another_store_are_kept() {
    let mut other = Store::in_memory();
    other.capture_changes();
    other.increment(shop::ORDERS, "2026-11-23", 5).unwrap();
    let changes = other.drain_changes().unwrap();
    let (_folder, path) = folder();
    let mut store = Store::open(&path).unwrap();
    store.capture_changes();
    store.increment(shop::ORDERS, "2026-11-23", 1).unwrap();
    store.apply_changes(&changes).unwrap();
    store.increment(shop::ORDERS, "2026-11-23", 1).unwrap();
    let own = store.drain_changes().unwrap();
    store.close().unwrap();
    let orders = |store: &Store| {
        store
            .value(shop::ORDERS, Period::Day, "2026-11-23")
            .unwrap()
    };
    assert_eq!(orders(&Store::open(&path).unwrap()), Some(Some(7)));
    // What the other one did is not sent back to it.
    other.apply_changes(&own).unwrap();
    assert_eq!(orders(&other), Some(Some(7)));
}

#[test]
fn what_is_readable_is_recovered() {
    let (_folder, path) = folder();
    let mut store = immediate(&path).unwrap();
    for day in 1..=9 {
        let date = format!("2026-11-0{day}");
        store
            .record(shop::ORDERS, Period::Day, date.as_str(), day)
            .unwrap();
    }
    store.close().unwrap();
    let mut bytes = fs::read(&path).unwrap();
    let place = bytes.len() - bytes.iter().rev().position(|&byte| byte != 0).unwrap() - 40;
    bytes[place - 128] ^= 1;
    fs::write(&path, &bytes).unwrap();
    let error = Store::open(&path).unwrap_err();
    assert_eq!(error.code(), ErrorCode::Corrupt);
    let new = path.with_file_name("new.stats");
    let recovery = recover(&path, &new).unwrap();
    assert_eq!(
        (recovery.statistics, recovery.commits, recovery.refused),
        (8, 8, 0)
    );
    assert_eq!(recovery.lost.len(), 1);
    assert!(!recovery.is_whole() && !recovery.snapshot_damaged);
    assert_eq!(Store::open(&new).unwrap().len(), 8);
    assert!(
        recover(&path, &new).is_err(),
        "the new file is there already"
    );
}

#[test]
fn a_removed_file_is_told_and_its_statistics_can_be_read() {
    let (_folder, path) = folder();
    let mut store = immediate(&path).unwrap();
    let record = |store: &mut Store, day| store.record(shop::ORDERS, Period::Day, day, 3);
    record(&mut store, "2026-11-22").unwrap();
    fs::remove_file(&path).unwrap();
    let error = record(&mut store, "2026-11-23").unwrap_err();
    assert_eq!(error.code(), ErrorCode::Io);
    assert_eq!(store.len(), 1);
    let error = record(&mut store, "2026-11-23").unwrap_err();
    assert_eq!(error.code(), ErrorCode::Io);
    assert!(store.close().is_err());
    assert!(Store::open(&path).unwrap().is_empty());
}

#[test]
fn what_is_no_store_is_refused_and_stays() {
    let (folder, path) = folder();
    for bytes in [&b"no store"[..], &[0; 5_000]] {
        fs::write(&path, bytes).unwrap();
        assert_eq!(Store::open(&path).unwrap_err().code(), ErrorCode::Corrupt);
        assert_eq!(fs::read(&path).unwrap(), bytes);
        let new = path.with_file_name("new.stats");
        assert_eq!(recover(&path, &new).unwrap_err().code(), ErrorCode::Corrupt);
        assert!(!new.exists());
    }
    let nowhere = folder.path().join("no folder").join("shop.stats");
    assert_eq!(Store::open(nowhere).unwrap_err().code(), ErrorCode::Io);
    assert_eq!(
        Store::open(folder.path()).unwrap_err().code(),
        ErrorCode::Io
    );
    let missing = folder.path().join("missing.stats");
    let reader = Store::builder().read_only(true).open(&missing);
    assert_eq!(reader.unwrap_err().code(), ErrorCode::Io);
    assert!(!missing.exists());
}

#[test]
fn flushing_is_refused_inside_a_batch() {
    let (_folder, path) = folder();
    let mut store = Store::open(&path).unwrap();
    for inside in [Store::flush, Store::compact] {
        let refused = store.batch(|store| {
            store.record(shop::ORDERS, Period::Day, "2026-11-23", 3)?;
            inside(store)
        });
        assert_eq!(refused.unwrap_err().code(), ErrorCode::InvalidState);
    }
    assert!(store.is_empty());
}

/// Each is one commit, so that a crash leaves all of it or nothing.
#[test]
fn a_statement_a_tracker_and_an_import_are_one_commit_each() {
    let (_folder, path) = folder();
    let mut store = immediate(&path).unwrap();
    store.register(shop::DOMAIN).unwrap();
    let frames = || {
        let bytes = fs::read(&path).unwrap();
        trackstats::journal::open(&bytes).unwrap().frames.len()
    };
    let before = frames();
    let rows =
        "('shop', 'orders', 'day', '2026-11-21', 1), ('shop', 'orders', 'day', '2026-11-22', 2)";
    let insert = format!(
        "INSERT INTO statistic_by_date (domain, metric, period, date, value) VALUES {rows}"
    );
    store.sql(&insert).unwrap();
    assert_eq!(frames(), before + 1);
    let days = ["2026-10-01", "2026-10-01", "2026-10-03"];
    let tracker = trackstats::Tracker::count(shop::ORDERS, Period::Day).at(|day: &&str| *day);
    tracker.track(&mut store, days).unwrap();
    assert_eq!(frames(), before + 2);
    let csv =
        "metric,period,date,value\nshop.orders,day,2026-09-01,3\nshop.orders,day,2026-09-02,4\n";
    trackstats::Import::csv()
        .read(&mut store, csv.as_bytes())
        .unwrap();
    assert_eq!(frames(), before + 3);
    let snapshot = store.snapshot();
    store.close().unwrap();
    assert_eq!(Store::open(&path).unwrap().snapshot(), snapshot);
}

#[test]
fn a_store_can_be_given_to_another_thread_and_shared() {
    fn needs<T: Send + Sync>(_: &T) {}
    let (_folder, path) = folder();
    needs(&Store::open(&path).unwrap());
}
