//! Whether `trackstats` builds for WebAssembly, with the features that a browser needs.

use super::count::single;
use crate::tally::Tally;
use crate::{feature, process};

const TARGET: &str = "wasm32-unknown-unknown";

/// What a browser is not given: `zones` carries a table that it has already, and `sql` needs a source
/// of random numbers there, which is for the crate that binds to JavaScript to choose.
const LEFT_OUT: [&str; 2] = ["sql", "zones"];

pub(super) fn run() -> Tally {
    if !process::answers(process::program("rustup", &["--version"])) {
        println!("skipped: rustup is not installed, so that there is no {TARGET}");
        return Tally::SKIPPED;
    }
    if !process::answers(process::program("rustup", &["target", "add", TARGET])) {
        eprintln!("`rustup target add {TARGET}` failed");
        return Tally::FAILED;
    }
    let mut tally = Tally::default();
    for combination in feature::combinations() {
        if combination
            .iter()
            .any(|word| LEFT_OUT.contains(&word.as_str()))
        {
            continue;
        }
        println!("trackstats {} for {TARGET}", combination.join(" "));
        let mut command = process::cargo(&["check", "--quiet", "--package", "trackstats", "--lib"]);
        command.args(["--target", TARGET]).args(combination);
        tally += single(command);
    }
    tally
}
