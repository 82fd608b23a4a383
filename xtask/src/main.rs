//! The two commands of the README, and those of continuous integration.
fn main() {}
