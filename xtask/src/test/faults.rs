//! The list of faults that users met, each as a test: in Rust, in Node, and of what the page reads.
//!
//! `native` and `package` leave them out, so that each is counted once.

use super::{count, native, package};
use crate::build::tool;
use crate::process;
use crate::tally::Tally;

pub(super) fn run() -> Tally {
    let mut tally = native::faults();
    if let Err(failure) = tool::present() {
        tally += count::skipped(failure);
        return tally;
    }
    tally += package::run_in("faults");
    let mut command = process::program("node", &["--test", "--test-reporter=tap"]);
    let folder = process::root().join("tests/page/faults");
    command.args(package::scripts(&folder));
    tally += count::counted_by(command, Tally::read_tap);
    tally
}
