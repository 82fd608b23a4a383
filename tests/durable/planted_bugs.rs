//! The other tests are tested: mistakes are planted, and each is found.

use trackstats_tests::torture::planted;

#[test]
fn each_planted_bug_is_caught() {
    let found = planted::run().unwrap();
    println!("{found}");
    assert!(found.missed.is_empty(), "{found}");
    assert!(found.caught.len() >= 10);
}
