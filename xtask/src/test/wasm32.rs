//! Whether `trackstats` builds for WebAssembly, with the features that a browser needs.

use super::count::single;
use crate::process;
use crate::tally::Tally;

const TARGET: &str = "wasm32-unknown-unknown";

/// `zones` carries a table that a browser has already; `sql` needs a source of random numbers there,
/// which is for the crate that binds to JavaScript to choose.
const FEATURES: [&str; 3] = ["", "serde", "interchange"];

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
    for feature in FEATURES {
        println!("trackstats for {TARGET} with {feature:?}");
        let mut command = process::cargo(&["check", "--package", "trackstats", "--lib"]);
        command.args(["--quiet", "--target", TARGET, "--no-default-features"]);
        command.args(["--features", feature]);
        tally += single(command);
    }
    tally
}
