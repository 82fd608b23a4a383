//! Power cuts after every write and every wait, in small number; `cargo xtask torture` has the full one.

use tempfile::TempDir;
use trackstats_tests::torture::{lock, power};

#[test]
fn no_power_cut_loses_what_was_acknowledged() {
    let counts = power::run(0..6, 60).unwrap();
    println!("{counts}");
    assert!(counts.images > 2_000 && counts.second > 100 && counts.torn > 50);
}

#[test]
#[cfg(target_os = "linux")]
fn whatever_a_power_cut_leaves_of_a_lock_is_taken_over() {
    let folder = TempDir::new().unwrap();
    let images = lock::run(folder.path()).unwrap();
    println!("{images} images of a lock: each is taken over, by one");
    // The lock holds names of this machine, and is so long as they are.
    assert!(images > 90);
}
