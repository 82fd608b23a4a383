//! The examples in the documentation.

use super::count::counted;
use crate::process;
use crate::tally::Tally;

pub(super) fn run() -> Tally {
    counted(process::cargo(&[
        "test",
        "--workspace",
        "--no-fail-fast",
        "--doc",
    ]))
}
