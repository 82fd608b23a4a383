//! Random calls and crashes against a map.

use trackstats_tests::torture::{model, program};

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
