//! A damaged file can be read up to the damage, and what is behind it is recovered.

use std::ops::Range;

use trackstats::journal::{MemoryBackend, open, salvage};
use trackstats::{Durability, ErrorCode, Period, Store, stats};

stats! { shop { orders, sales by country } }

/// A file of twenty statistics in its snapshot and nine in commits, and what there was after each.
fn file() -> (Vec<u8>, Vec<Vec<u8>>) {
    let backend = MemoryBackend::new();
    let builder = Store::builder().durability(Durability::Immediate);
    let mut store = builder.open_with(backend.clone()).unwrap();
    for country in 10..30 {
        store
            .record(shop::sales(country), Period::Day, "2026-11-01", country)
            .unwrap();
    }
    store.register(shop::DOMAIN).unwrap();
    store.compact().unwrap();
    let mut states = vec![store.snapshot()];
    for day in 1..=9 {
        let date = format!("2026-11-0{day}");
        store
            .record(shop::ORDERS, Period::Day, date.as_str(), day)
            .unwrap();
        states.push(store.snapshot());
    }
    store.close().unwrap();
    (backend.bytes(), states)
}

fn readable(bytes: Vec<u8>) -> Store {
    let builder = Store::builder().read_damaged(true);
    builder.open_with(MemoryBackend::holding(bytes)).unwrap()
}

#[test]
fn a_damaged_commit_leaves_what_came_before_it() {
    let (bytes, states) = file();
    let frames = open(&bytes).unwrap().frames;
    for (place, frame) in frames.iter().enumerate() {
        let mut damaged = bytes.clone();
        damaged[frame.start] ^= 1;
        let refused = Store::builder().open_with(MemoryBackend::holding(damaged.clone()));
        assert_eq!(refused.unwrap_err().code(), ErrorCode::Corrupt);
        let mut store = readable(damaged);
        assert_eq!(store.snapshot(), states[place], "commit {place}");
        assert_eq!(store.damage().unwrap().code(), ErrorCode::Corrupt);
        let refused = store.record(shop::ORDERS, Period::Day, "2026-11-01", 5);
        assert_eq!(refused.unwrap_err().code(), ErrorCode::ReadOnly);
        assert_eq!(salvage(&readable_bytes(place)).unwrap().frames.len(), 8);
    }
}

#[test]
fn a_damaged_file_names_what_reads_it_and_a_foreign_one_does_not() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("shop.stats");
    let (mut bytes, _) = file();
    let frames = open(&bytes).unwrap().frames;
    bytes[frames[0].start] ^= 1;
    std::fs::write(&path, bytes).unwrap();
    let error = Store::open(&path).unwrap_err();
    assert_eq!(error.code(), ErrorCode::Corrupt);
    for part in [path.to_str().unwrap(), "`read_damaged`", "`recover`"] {
        assert!(error.to_string().contains(part), "{error}");
    }
    std::fs::write(&path, "orders of today").unwrap();
    let error = Store::open(&path).unwrap_err();
    assert_eq!(error.code(), ErrorCode::Corrupt);
    assert!(!error.to_string().contains("recover"), "{error}");
}

fn readable_bytes(place: usize) -> Vec<u8> {
    let (mut bytes, _) = file();
    let frames = open(&bytes).unwrap().frames;
    bytes[frames[place].start] ^= 1;
    bytes
}

#[test]
fn any_damaged_byte_leaves_a_beginning_or_is_refused() {
    let (bytes, states) = file();
    let parts: Vec<Range<usize>> = open(&bytes).unwrap().frames;
    for at in (0..parts.last().unwrap().end).step_by(7) {
        let mut damaged = bytes.clone();
        damaged[at] ^= 0x40;
        let builder = Store::builder().read_damaged(true);
        let Ok(store) = builder.open_with(MemoryBackend::holding(damaged)) else {
            continue;
        };
        let is_before = states.contains(&store.snapshot());
        let in_snapshot = (1_024..parts[0].start).contains(&at);
        assert!(is_before || in_snapshot, "byte {at}");
        assert!(store.damage().is_some() || store.snapshot() == states[9]);
    }
}

#[test]
fn a_damaged_snapshot_is_read_up_to_the_damage_without_its_commits() {
    let (mut bytes, _) = file();
    let snapshot = open(&bytes).unwrap().snapshot;
    bytes[snapshot.end - 60] = 0xFF;
    let store = readable(bytes);
    assert!((5..20).contains(&store.len()), "{}", store.len());
    assert!(
        store
            .value(shop::ORDERS, Period::Day, "2026-11-01")
            .unwrap()
            .is_none()
    );
}

#[test]
fn what_is_whole_is_read_whole_and_what_is_nothing_is_refused() {
    let (bytes, states) = file();
    let store = readable(bytes);
    assert_eq!(store.snapshot(), states[9]);
    assert!(store.damage().is_none());
    for nothing in [vec![7; 3_000], b"something else".to_vec()] {
        let builder = Store::builder().read_damaged(true);
        let refused = builder.open_with(MemoryBackend::holding(nothing));
        assert_eq!(refused.unwrap_err().code(), ErrorCode::Corrupt);
    }
    let refused = Store::builder()
        .read_damaged(true)
        .open_with(MemoryBackend::new());
    assert_eq!(refused.unwrap_err().code(), ErrorCode::Io);
}
