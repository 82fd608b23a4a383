//! The tests of all crates, but for the examples in the documentation.

use super::count::counted;
use crate::process;
use crate::tally::Tally;

pub(super) fn run() -> Tally {
    // All targets but the benches, which measure.
    let mut command = process::cargo(&["test", "--workspace", "--no-fail-fast"]);
    command.args(["--lib", "--bins", "--tests", "--examples"]);
    // It has no tests, and is built with a profile of its own.
    command.args(["--exclude", "trackstats-bind"]);
    counted(command)
}

/// The target that `run` leaves out: its manifest says `test = false`.
pub(super) fn faults() -> Tally {
    let package = ["test", "--package", "trackstats-tests", "--test", "faults"];
    counted(process::cargo(&package))
}
