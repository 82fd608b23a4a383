//! `cargo xtask torture`: what a store in a file has to stand, at the full counts.

use crate::command::Outcome;
use crate::process;

pub(crate) fn run(_: &[String]) -> Outcome {
    let mut command = process::cargo(&["run", "--quiet", "--release"]);
    command.args(["--package", "trackstats-tests", "--bin", "torture"]);
    process::run(command)
}
