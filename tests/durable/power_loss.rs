//! Power cuts after every write and every wait, in small number; `cargo xtask torture` has the full one.

use trackstats_tests::torture::power;

#[test]
fn no_power_cut_loses_what_was_acknowledged() {
    let counts = power::run(0..6, 60).unwrap();
    println!("{counts}");
    assert!(counts.images > 2_000 && counts.second > 100 && counts.torn > 50);
}
