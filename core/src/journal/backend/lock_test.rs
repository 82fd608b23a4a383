use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use tempfile::TempDir;

use super::super::draft::Draft;
use super::super::lost::Lost;
use super::{DEPTH, Held, Liveness, Lock, LockFault, PATIENCE, Watch, take, take_over};

const NUMBER: &str = "00000000000000aa";

fn store() -> (TempDir, PathBuf) {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("shop.stats");
    (folder, path)
}

fn lock_of(store: &Path) -> PathBuf {
    store.with_file_name("shop.stats.lock")
}

/// The lock of a process that is over.
fn dead() -> String {
    let own = super::Process::own().to_string();
    let (_, rest) = own.split_once(' ').unwrap();
    format!("node 4000000 {rest} {NUMBER}\n000000000000\n")
}

fn now(store: &Path) -> Result<Lock, LockFault> {
    Lock::take(store, Duration::ZERO)
}

#[test]
fn a_lock_that_was_taken_over_meanwhile_is_looked_at_again() {
    let (_folder, store) = store();
    let lock = lock_of(&store);
    fs::write(&lock, dead()).unwrap();
    // One has seen that the owner is dead, and another one is quicker.
    let seen = Held::read(&lock).unwrap().unwrap();
    assert_eq!(seen.liveness(), Liveness::Dead);
    let quicker = now(&store).unwrap();
    let line = fs::read_to_string(&lock).unwrap();
    let late = take_over(&lock, &seen, DEPTH).unwrap();
    assert!(late.is_none());
    assert_eq!(fs::read_to_string(&lock).unwrap(), line);
    quicker.check().unwrap();
}

#[test]
fn a_claim_on_a_dead_lock_keeps_others_out() {
    let (_folder, store) = store();
    let lock = lock_of(&store);
    fs::write(&lock, dead()).unwrap();
    let claim = store.with_file_name(format!("shop.stats.lock.{NUMBER}"));
    let claimed = take(&claim, DEPTH, None).unwrap();
    assert!(matches!(now(&store), Err(LockFault::Held(Some(_)))));
    assert_eq!(fs::read_to_string(&lock).unwrap(), dead());
    drop(claimed);
    now(&store).unwrap();
}

#[test]
fn a_lock_is_given_back_by_its_owner_only() {
    let (_folder, store) = store();
    let lock = lock_of(&store);
    let own = now(&store).unwrap();
    fs::write(&lock, dead()).unwrap();
    drop(own);
    assert_eq!(fs::read_to_string(&lock).unwrap(), dead());
    drop(now(&store).unwrap());
    assert!(!lock.exists());
}

#[test]
fn an_owner_notices_that_its_lock_is_gone() {
    let (_folder, store) = store();
    let lock = lock_of(&store);
    let own = now(&store).unwrap();
    own.check().unwrap();
    fs::remove_file(&lock).unwrap();
    assert!(matches!(own.check(), Err(Lost::Lock(_))));
    drop(own);
    let own = now(&store).unwrap();
    let other = store.with_file_name("other");
    fs::write(&other, dead()).unwrap();
    fs::rename(&other, &lock).unwrap();
    assert!(matches!(own.check(), Err(Lost::Taken(..))));
}

#[test]
fn only_a_beat_that_has_stopped_for_long_is_silence() {
    let mut watch = Watch::default();
    let looks = PATIENCE / 5;
    for beat in 0..3 {
        watch.look(format!("lock {beat}"));
        for _ in 1..looks {
            watch.look(format!("lock {beat}"));
            assert_eq!(watch.silent(), None);
        }
    }
    watch.look("lock 2".to_owned());
    assert_eq!(watch.silent(), Some("lock 2"));
}

#[test]
#[cfg(target_os = "linux")]
fn a_silent_lock_of_another_namespace_is_taken_over() {
    let (_folder, store) = store();
    let lock = lock_of(&store);
    let elsewhere = |beat: &str| {
        let own = super::Process::own().to_string();
        let mut words: Vec<_> = own.split(' ').collect();
        words[3] = "1";
        words[4] = "1";
        format!("node {} {NUMBER}\n{beat}\n", words.join(" "))
    };
    let text = elsewhere("000000000000");
    fs::write(&lock, &text).unwrap();
    let Err(LockFault::Held(Some(holder))) = now(&store) else {
        panic!("nobody knows whether it lives");
    };
    assert!(holder.is_unsure());
    // Another beat than the one that has stopped.
    let other = elsewhere("000000000001");
    assert!(take(&lock, DEPTH, Some(&other)).is_err());
    take(&lock, DEPTH, Some(&text)).unwrap();
}

#[test]
fn a_lock_is_put_whole_where_a_file_has_one_name() {
    let (_folder, store) = store();
    let lock = lock_of(&store);
    let draft = Draft::new(&lock).unwrap();
    let placed = draft.place_anew().unwrap().unwrap();
    assert!(placed.is_there());
    assert!(Draft::new(&lock).unwrap().place_anew().unwrap().is_none());
    assert!(now(&store).is_err());
    drop(placed);
    now(&store).unwrap();
}

#[test]
fn what_is_no_file_is_told() {
    let (_folder, store) = store();
    let lock = lock_of(&store);
    fs::create_dir(&lock).unwrap();
    assert!(matches!(now(&store), Err(LockFault::Strange(path)) if path == lock));
    fs::remove_dir(&lock).unwrap();
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("nowhere", &lock).unwrap();
        assert!(matches!(now(&store), Err(LockFault::Strange(_))));
    }
}

#[test]
fn a_lock_that_is_written_in_part_is_taken_over() {
    let (_folder, store) = store();
    let lock = lock_of(&store);
    drop(now(&store).unwrap());
    let own = super::Process::own().to_string();
    for text in [
        String::new(),
        format!("rust {own} {NUMBER}"),
        format!("node {own}\n"),
        format!("node {own} \n"),
    ] {
        fs::write(&lock, &text).unwrap();
        drop(now(&store).unwrap());
    }
    fs::write(&lock, format!("node {own} {NUMBER}\n")).unwrap();
    assert!(matches!(now(&store), Err(LockFault::Held(Some(_)))));
}
