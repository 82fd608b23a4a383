//! Random calls and crashes against a map.

use trackstats_tests::torture::{model, naive, program};

#[test]
fn a_store_holds_what_a_map_knows_was_acknowledged() {
    let counts = model::run(0..20, 120).unwrap();
    println!("{counts}");
    assert!(counts.crashes > 20);
}

#[test]
fn the_same_calls_give_the_same_bytes() {
    for seed in 0..6 {
        let file = program::file(seed, 200).unwrap();
        assert!(file == program::file(seed, 200).unwrap());
        assert!(file != program::file(seed + 1, 200).unwrap());
    }
}

#[test]
fn whatever_the_live_store_accepts_can_be_replayed_and_stays_readable() {
    let counts = naive::run(0..60, 150).unwrap();
    println!("{counts}");
    assert!(counts.reopened > 200 && counts.refused > 1_000, "{counts}");
}
