//! Damaged files, in small number; `cargo xtask torture` has the full one.

use trackstats_tests::torture::damage::{Sample, flip, mutate};

#[test]
fn a_damaged_file_is_corrupt_or_the_same() {
    let sample = Sample::new(3, 16_000).unwrap();
    assert!(sample.older.len() > 5);
    let counts = flip(&sample, 61).unwrap();
    println!("{counts}");
    // Damage to one of the slots is no damage to the data.
    assert!(counts.same > 100);
    let counts = mutate(&sample, 5, 3_000).unwrap();
    println!("{counts}");
}
