//! Failing operations, in small number; `cargo xtask torture` has the full one.

use trackstats_tests::torture::fault;

#[test]
fn a_failed_operation_is_told_and_counts_nothing_twice() {
    let counts = fault::run(0..4, 16).unwrap();
    println!("{counts}");
    assert!(counts.failures > 500 && counts.retried > 100 && counts.refused > 100);
}
