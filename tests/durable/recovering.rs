//! What is left of a damaged file.

use std::fs;
use std::path::PathBuf;

use tempfile::TempDir;
use trackstats::{Durability, ErrorCode, Period, Recovery, Store, recover, stats};

stats! { shop { orders, sales by country } }

struct Place {
    _folder: TempDir,
    damaged: PathBuf,
    new: PathBuf,
}

/// A store with 20 statistics in its snapshot, and nine in commits of their own.
fn damaged(damage: impl FnOnce(&mut Vec<u8>, &[std::ops::Range<usize>])) -> Place {
    let folder = TempDir::new().unwrap();
    let damaged = folder.path().join("damaged.stats");
    let builder = Store::builder().durability(Durability::Immediate);
    let mut store = builder.open(&damaged).unwrap();
    for country in 10..30 {
        store
            .record(shop::sales(country), Period::Day, "2026-11-01", country)
            .unwrap();
    }
    store.compact().unwrap();
    store.register(shop::DOMAIN).unwrap();
    for day in 1..=9 {
        let date = format!("2026-11-0{day}");
        store
            .record(shop::ORDERS, Period::Day, date.as_str(), day)
            .unwrap();
    }
    store.close().unwrap();
    let mut bytes = fs::read(&damaged).unwrap();
    let frames = trackstats::journal::open(&bytes).unwrap().frames;
    damage(&mut bytes, &frames);
    fs::write(&damaged, &bytes).unwrap();
    let new = folder.path().join("new.stats");
    Place {
        _folder: folder,
        damaged,
        new,
    }
}

impl Place {
    /// The damage is told, and the damaged file stays as it is.
    fn recover(&self) -> (Recovery, Store) {
        let before = fs::read(&self.damaged).unwrap();
        let error = Store::open(&self.damaged).unwrap_err();
        assert_eq!(error.code(), ErrorCode::Corrupt);
        let recovery = recover(&self.damaged, &self.new).unwrap();
        assert!(fs::read(&self.damaged).unwrap() == before);
        let store = Store::open(&self.new).unwrap();
        assert_eq!(store.len(), recovery.statistics);
        assert!(!recovery.is_whole());
        (recovery, store)
    }
}

#[test]
fn a_lost_commit_is_told_and_the_others_are_taken() {
    let place = damaged(|bytes, frames| bytes[frames[5].start] ^= 1);
    let (recovery, store) = place.recover();
    assert_eq!(
        (recovery.commits, recovery.refused, store.len()),
        (9, 0, 28)
    );
    assert_eq!(recovery.lost.len(), 1);
    assert!(!recovery.snapshot_damaged);
}

#[test]
fn commits_that_refer_to_a_lost_one_are_told() {
    // The first two register the metric of the others.
    let place = damaged(|bytes, frames| {
        bytes[frames[0].start] ^= 1;
        bytes[frames[1].start] ^= 1;
    });
    let (recovery, store) = place.recover();
    assert_eq!(
        (recovery.commits, recovery.refused, store.len()),
        (0, 8, 20)
    );
}

#[test]
fn a_file_that_was_cut_off_keeps_what_came_before() {
    let place = damaged(|bytes, frames| bytes.truncate(frames[7].start));
    let (recovery, store) = place.recover();
    assert_eq!((recovery.commits, store.len()), (7, 26));
    assert_eq!(recovery.lost.len(), 1);
}

#[test]
fn a_damaged_snapshot_is_read_as_far_as_it_goes() {
    let place = damaged(|bytes, frames| {
        let end = frames[0].start - 24;
        bytes[end - 80] = 0xFF;
    });
    let (recovery, store) = place.recover();
    assert!(recovery.snapshot_damaged);
    assert_eq!(recovery.commits, 10);
    assert!((10..29).contains(&store.len()), "{}", store.len());
}

#[test]
fn a_damaged_snapshot_that_no_commit_follows_is_read_as_far_as_it_goes() {
    let place = damaged(|bytes, frames| {
        let end = frames[0].start - 24;
        bytes[end - 80] = 0xFF;
        bytes.truncate(end);
    });
    let (recovery, store) = place.recover();
    assert!(recovery.snapshot_damaged);
    assert_eq!(recovery.commits, 0);
    assert!((1..19).contains(&store.len()), "{}", store.len());
}

#[test]
fn damage_to_both_slots_hides_nothing() {
    let place = damaged(|bytes, _| {
        bytes[500] ^= 1;
        bytes[1_020] ^= 1;
    });
    let (recovery, store) = place.recover_headless();
    assert_eq!((recovery.commits, store.len()), (10, 29));
    assert!(recovery.is_whole());
}

impl Place {
    fn recover_headless(&self) -> (Recovery, Store) {
        let error = Store::open(&self.damaged).unwrap_err();
        assert_eq!(error.code(), ErrorCode::Corrupt);
        let recovery = recover(&self.damaged, &self.new).unwrap();
        (recovery, Store::open(&self.new).unwrap())
    }
}

#[test]
fn what_is_whole_is_recovered_as_it_is() {
    let place = damaged(|_, _| {});
    let recovery = recover(&place.damaged, &place.new).unwrap();
    assert!(recovery.is_whole());
    let (old, new) = (
        Store::open(&place.damaged).unwrap(),
        Store::open(&place.new).unwrap(),
    );
    assert_eq!(old.snapshot(), new.snapshot());
    let error = recover(&place.damaged, place.new.with_extension("other")).unwrap_err();
    assert_eq!(error.code(), ErrorCode::InUse);
}
