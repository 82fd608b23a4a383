//! The unit tests of `trackstats` without its features, and with each of them alone.

use super::count::counted;
use crate::tally::Tally;
use crate::{feature, process};

pub(super) fn run() -> Tally {
    let mut tally = Tally::default();
    for combination in feature::combinations() {
        println!("trackstats {}", combination.join(" "));
        // By package: in a workspace-wide build the features of all members are joined.
        let mut command = process::cargo(&["test", "--package", "trackstats", "--lib"]);
        command.args(combination);
        tally += counted(command);
    }
    tally
}
