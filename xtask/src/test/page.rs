//! The page in a real browser, as a person uses it, under `tests/page`.

use super::{count, package};
use crate::build::tool;
use crate::tally::Tally;
use crate::{page, process};

pub(super) fn run() -> Tally {
    if let Err(failure) = tool::present() {
        return count::skipped(failure);
    }
    // Two files at a time, each with a browser of its own: mostly they wait.
    match page::steering(&["--test", "--test-concurrency=2", "--test-reporter=tap"]) {
        Ok(mut command) => {
            command.args(package::scripts(&process::root().join("tests/page")));
            count::counted_by(command, Tally::read_tap)
        }
        Err(failure) => {
            count::say(failure);
            Tally::FAILED
        }
    }
}
