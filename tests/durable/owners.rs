//! One owner at a time, and what a killed one leaves.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use tempfile::TempDir;
use trackstats::{Durability, ErrorCode, Store};
use trackstats_tests::torture::kill;

/// Tells this program, started anew, which file it is to write into until it is killed.
const VICTIM: &str = "TRACKSTATS_VICTIM";

fn start(path: &Path, durability: Durability) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command
        .args([
            "--exact",
            "owners::writes_until_it_is_killed",
            "--nocapture",
        ])
        .env(VICTIM, format!("{durability:?} {}", path.display()));
    command
}

#[test]
fn writes_until_it_is_killed() {
    let Ok(told) = std::env::var(VICTIM) else {
        return;
    };
    let (durability, path) = told.split_once(' ').unwrap();
    let durability = if durability == "OnFlush" {
        Durability::OnFlush
    } else {
        Durability::Immediate
    };
    kill::victim(Path::new(path), durability).unwrap();
}

#[test]
fn a_killed_owner_leaves_every_acknowledged_commit_and_no_lock() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("shop.stats");
    let counts = kill::run(&path, 20, 1, |durability| start(&path, durability)).unwrap();
    println!("{counts}");
    assert!(counts.kills == 20 && counts.acknowledged > 5);
    let mut names: Vec<_> = fs::read_dir(folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.retain(|name| name != "shop.stats" && !name.starts_with("shop.stats.lock."));
    assert!(names.is_empty(), "{names:?}");
}

#[test]
fn a_store_of_another_process_is_in_use() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("shop.stats");
    let mut owner = start(&path, Durability::Immediate);
    let mut owner = owner.stdout(Stdio::null()).spawn().unwrap();
    while !path.exists() {
        std::thread::yield_now();
    }
    let error = Store::open(&path).unwrap_err();
    assert_eq!(error.code(), ErrorCode::InUse);
    assert!(
        error.to_string().contains(&owner.id().to_string()),
        "{error}"
    );
    // Whoever reads only sees a commit, whatever is being written.
    loop {
        let reader = Store::builder().read_only(true).open(&path).unwrap();
        if reader.len() == 1 {
            break;
        }
    }
    for _ in 0..200 {
        let reader = Store::builder().read_only(true).open(&path).unwrap();
        assert_eq!(reader.len(), 1);
    }
    owner.kill().unwrap();
    owner.wait().unwrap();
    Store::open(&path).unwrap();
}

#[test]
fn the_lock_of_a_dead_process_is_taken_over_by_one() {
    for round in 0..20 {
        let folder = TempDir::new().unwrap();
        let path = folder.path().join("shop.stats");
        drop(Store::open(&path).unwrap());
        let line = format!("node 4000000 1 - {round:016x}\n");
        fs::write(folder.path().join("shop.stats.lock"), line).unwrap();
        let barrier = std::sync::Barrier::new(8);
        let owners: Vec<_> = std::thread::scope(|scope| {
            let open = || {
                barrier.wait();
                Store::open(&path).ok()
            };
            let threads: Vec<_> = (0..8).map(|_| scope.spawn(open)).collect();
            let stores = threads.into_iter().map(|thread| thread.join().unwrap());
            stores.collect::<Vec<_>>().into_iter().flatten().collect()
        });
        assert_eq!(owners.len(), 1, "round {round}");
        drop(owners);
        Store::open(&path).unwrap();
    }
}

#[test]
fn the_lock_of_a_living_node_process_is_respected() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("shop.stats");
    drop(Store::open(&path).unwrap());
    let lock = folder.path().join("shop.stats.lock");
    // A process that lives, in the words of the lock that this one has.
    let store = Store::open(&path).unwrap();
    let line = fs::read_to_string(&lock).unwrap();
    drop(store);
    assert!(!lock.exists());
    fs::write(&lock, line.replace("rust", "node")).unwrap();
    assert_eq!(Store::open(&path).unwrap_err().code(), ErrorCode::InUse);
    // Another process has its number now.
    let line = line.replace("rust", "node");
    let words: Vec<_> = line.split(' ').collect();
    let other = [words[0], words[1], "12345", words[3], words[4]].join(" ");
    fs::write(&lock, other).unwrap();
    Store::open(&path).unwrap();
}

#[test]
fn a_lock_that_a_power_cut_left_unreadable_is_taken_over() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("shop.stats");
    for line in [&b""[..], b"rust", b"node x y z", b"\0\0", b"\xFF"] {
        fs::write(folder.path().join("shop.stats.lock"), line).unwrap();
        let _store = Store::open(&path).unwrap();
        assert_eq!(
            Store::open(&path).unwrap_err().code(),
            ErrorCode::InUse,
            "{line:?}"
        );
    }
}
