//! The conformance vectors, natively.

use trackstats_tests::vectors;

#[test]
fn every_vector_holds() {
    let outcome = vectors::run(&vectors::folder()).unwrap();
    assert!(outcome.failed.is_empty(), "{:#?}", outcome.failed);
    assert!(outcome.passed > 0);
}
