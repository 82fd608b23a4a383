//! A file that is renamed, removed, replaced or written by others while it is open: nothing is written over
//! it, the store can be read, and what was acknowledged is there.

use std::fs;
use std::path::Path;

use trackstats::{Error, ErrorCode, Store};

use crate::place::{Place, open, orders, record, stored};

/// A commit is refused, with nothing lost in memory.
fn refused(store: &mut Store, code: ErrorCode, part: &str) {
    for _ in 0..2 {
        let error = record(store, 9).unwrap_err();
        assert_eq!(error.code(), code, "{error}");
        assert!(error.to_string().contains(part), "{error}");
        let error = store.compact().unwrap_err();
        assert_eq!(error.code(), code, "{error}");
    }
    assert_eq!(orders(store), Some(1));
}

fn closes_with(store: Store, code: ErrorCode) {
    assert_eq!(store.close().unwrap_err().code(), code);
}

#[test]
fn a_file_that_was_renamed_is_not_written_at_its_new_name() {
    let place = Place::new();
    let mut store = place.owner();
    let moved = place.name("moved.stats");
    fs::rename(&place.path, &moved).unwrap();
    refused(&mut store, ErrorCode::Io, "moved.stats");
    // Who finds it there has it, with all that was acknowledged.
    let bytes = fs::read(&moved).unwrap();
    assert_eq!(stored(&moved), Some(1));
    closes_with(store, ErrorCode::Io);
    assert!(fs::read(&moved).unwrap() == bytes && !place.path.exists());
    let mut other = open(&moved).unwrap();
    record(&mut other, 2).unwrap();
    other.close().unwrap();
    assert_eq!(stored(&moved), Some(2));
}

#[test]
fn a_file_that_is_renamed_back_is_written_again() {
    let place = Place::new();
    let mut store = place.owner();
    let moved = place.name("moved.stats");
    fs::rename(&place.path, &moved).unwrap();
    refused(&mut store, ErrorCode::Io, "not there any more");
    fs::rename(&moved, &place.path).unwrap();
    record(&mut store, 2).unwrap();
    store.close().unwrap();
    assert_eq!(stored(&place.path), Some(2));
}

#[test]
fn an_owner_at_another_name_of_the_file_is_refused() {
    let place = Place::new();
    let mut store = place.owner();
    let moved = place.name("moved.stats");
    fs::rename(&place.path, &moved).unwrap();
    let error = open(&moved).unwrap_err();
    assert_eq!(error.code(), ErrorCode::InUse, "{error}");
    fs::rename(&moved, &place.path).unwrap();
    record(&mut store, 2).unwrap();
}

#[test]
fn a_hard_link_of_an_open_file_is_in_use() {
    let place = Place::new();
    let mut store = place.owner();
    let link = place.name("link.stats");
    fs::hard_link(&place.path, &link).unwrap();
    let error = open(&link).unwrap_err();
    assert_eq!(error.code(), ErrorCode::InUse, "{error}");
    for text in ["link.stats", "hard links"] {
        assert!(error.to_string().contains(text), "{error}");
    }
    record(&mut store, 2).unwrap();
    store.close().unwrap();
    let mut other = open(&link).unwrap();
    assert_eq!(orders(&other), Some(2));
    record(&mut other, 3).unwrap();
    other.close().unwrap();
    assert_eq!(orders(&open(&place.path).unwrap()), Some(3));
}

#[test]
fn a_file_that_was_removed_and_one_in_its_place_stay_as_they_are() {
    let place = Place::new();
    let mut store = place.owner();
    fs::remove_file(&place.path).unwrap();
    refused(&mut store, ErrorCode::Io, "not there any more");
    fs::write(&place.path, "something else").unwrap();
    refused(&mut store, ErrorCode::Io, "not there any more");
    closes_with(store, ErrorCode::Io);
    assert_eq!(fs::read(&place.path).unwrap(), b"something else");
}

#[test]
fn a_folder_that_was_removed_or_renamed_is_missed() {
    let place = Place::new();
    let folder = place.name("data");
    fs::create_dir(&folder).unwrap();
    let path = folder.join("shop.stats");
    let mut store = open(&path).unwrap();
    record(&mut store, 1).unwrap();
    fs::rename(&folder, place.name("old")).unwrap();
    refused(&mut store, ErrorCode::Io, "not there any more");
    assert_eq!(stored(&place.name("old").join("shop.stats")), Some(1));
    fs::remove_dir_all(place.name("old")).unwrap();
    refused(&mut store, ErrorCode::Io, "not there any more");
    closes_with(store, ErrorCode::Io);
}

#[test]
fn a_backup_that_is_moved_over_an_open_file_stays_as_it_is() {
    restored(
        |backup, path| fs::rename(backup, path).unwrap(),
        ErrorCode::Io,
    );
}

#[test]
fn a_backup_that_is_copied_over_an_open_file_stays_as_it_is() {
    let copied = |backup: &Path, path: &Path| {
        fs::copy(backup, path).unwrap();
    };
    restored(copied, ErrorCode::Conflict);
}

/// Restores a backup of each age while the store is open.
fn restored(restore: impl Fn(&Path, &Path), code: ErrorCode) {
    for commits in 0..4 {
        let place = Place::new();
        let backup = place.name("backup.stats");
        let mut store = open(&place.path).unwrap();
        for commit in 0..4 {
            if commit == commits {
                fs::copy(&place.path, &backup).unwrap();
            }
            record(&mut store, 1 + commit % 2).unwrap();
        }
        record(&mut store, 1).unwrap();
        let bytes = fs::read(&backup).unwrap();
        restore(&backup, &place.path);
        refused(&mut store, code, "");
        closes_with(store, code);
        assert!(
            fs::read(&place.path).unwrap() == bytes,
            "of {commits} commits"
        );
    }
}

#[test]
fn what_another_owner_appended_is_not_overwritten() {
    let place = Place::new();
    let mut store = place.owner();
    let other = place.name("other.stats");
    fs::copy(&place.path, &other).unwrap();
    let mut elsewhere = open(&other).unwrap();
    record(&mut elsewhere, 7).unwrap();
    drop(elsewhere);
    fs::write(&place.path, fs::read(&other).unwrap()).unwrap();
    refused(&mut store, ErrorCode::Conflict, "somebody else has written");
    closes_with(store, ErrorCode::Conflict);
    assert_eq!(stored(&place.path), Some(7));
}

#[test]
fn an_owner_whose_lock_was_removed_writes_no_more() {
    let place = Place::new();
    let mut store = place.owner();
    let lock = place.name("shop.stats.lock");
    fs::remove_file(&lock).unwrap();
    refused(&mut store, ErrorCode::Conflict, "shop.stats.lock");
    closes_with(store, ErrorCode::Conflict);
    let mut next = open(&place.path).unwrap();
    assert_eq!(orders(&next), Some(1));
    record(&mut next, 2).unwrap();
}

#[test]
fn an_owner_whose_lock_was_taken_writes_no_more_and_leaves_the_lock() {
    let place = Place::new();
    let mut store = place.owner();
    let lock = place.name("shop.stats.lock");
    let taken = "node 17 1 another-boot 1 1 elsewhere 0123456789abcdef\n000000000000\n";
    let new = place.name("new");
    fs::write(&new, taken).unwrap();
    fs::rename(&new, &lock).unwrap();
    refused(
        &mut store,
        ErrorCode::InUse,
        "the process 17 (JavaScript, on the host elsewhere)",
    );
    closes_with(store, ErrorCode::InUse);
    assert_eq!(fs::read_to_string(&lock).unwrap(), taken);
}

#[test]
fn changes_that_cannot_be_written_stay_and_are_written_once_they_can_be() {
    let place = Place::new();
    let mut store = Store::open(&place.path).unwrap();
    record(&mut store, 1).unwrap();
    store.flush().unwrap();
    let moved = place.name("moved.stats");
    fs::rename(&place.path, &moved).unwrap();
    let change = |store: &mut Store, value| -> Result<(), Error> {
        record(store, value)?;
        store.flush()
    };
    for value in 2..5 {
        assert_eq!(change(&mut store, value).unwrap_err().code(), ErrorCode::Io);
        assert_eq!(orders(&store), Some(value));
    }
    fs::rename(&moved, &place.path).unwrap();
    store.flush().unwrap();
    assert_eq!(stored(&place.path), Some(4));
}

/// Whatever befalls the file and its lock between two commits: what was acknowledged is in one of the
/// files, and never in two that differ.
#[test]
fn no_order_of_renames_links_and_removals_loses_a_commit() {
    let acts: [fn(&Place); 6] = [
        |place| drop(fs::rename(&place.path, place.name("b"))),
        |place| drop(fs::rename(place.name("b"), &place.path)),
        |place| drop(fs::hard_link(&place.path, place.name("b"))),
        |place| drop(fs::remove_file(place.name("b"))),
        |place| drop(fs::remove_file(place.name("shop.stats.lock"))),
        |place| drop(fs::remove_file(place.name("b.lock"))),
    ];
    for sequence in 0..acts.len().pow(3) {
        let place = Place::new();
        let other = place.name("b");
        let mut stores = [Some(place.owner()), None];
        let mut acknowledged = 1;
        for step in 0..3_u32 {
            let act = sequence / acts.len().pow(step) % acts.len();
            acts[act](&place);
            if stores[1].is_none() && other.exists() {
                stores[1] = open(&other).ok();
            }
            for store in stores.iter_mut().flatten() {
                if record(store, acknowledged + 1).is_ok() {
                    acknowledged += 1;
                }
            }
        }
        drop(stores);
        let paths = [&place.path, &other];
        let found: Vec<_> = paths
            .iter()
            .filter(|path| path.exists())
            .map(|path| stored(path))
            .collect();
        let removed = found.is_empty();
        assert!(
            removed || found.contains(&Some(acknowledged)),
            "sequence {sequence}: {acknowledged} acknowledged, {found:?} found"
        );
    }
}
