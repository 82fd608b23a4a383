//! What `stats!` accepts, and what it says about the rest.

#[test]
fn declarations_and_their_mistakes() {
    let cases = trybuild::TestCases::new();
    cases.pass("ui/pass/*.rs");
    cases.compile_fail("ui/fail/*.rs");
}
