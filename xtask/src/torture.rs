//! `cargo xtask torture`: what a store that is kept has to stand, at the full counts: natively, in Node and in
//! browsers.

use crate::command::{Failure, Outcome};
use crate::{browser, places, process, test};

/// Numbers, four at most.
pub(crate) fn counts(arguments: &[String]) -> Outcome {
    let all = arguments.iter().all(|word| word.parse::<u32>().is_ok());
    if all && arguments.len() <= 4 {
        return Ok(());
    }
    Err(Failure::Usage(
        "torture takes up to four numbers: kills of a browser, rounds, the count of each tab, and a seed"
            .to_owned(),
    ))
}

/// The numbers are handed to the part in browsers: kills, rounds, the count of each tab, and the seed, which
/// that in Node takes too.
pub(crate) fn run(counts: &[String]) -> Outcome {
    let mut native = process::cargo(&["run", "--quiet", "--release"]);
    native.args(["--package", "trackstats-tests", "--bin", "torture"]);
    let natively = process::run(native);
    natively
        .and(in_node(counts.get(3)))
        .and(in_browsers(counts))
}

/// Makes the same random calls in Node and in Rust; kills a program of Node, and opens what it leaves in both.
fn in_node(seed: Option<&String>) -> Outcome {
    let folder = test::installed()?;
    let owner = test::owner()?;
    let run = |arguments: &[&str]| {
        let mut command = process::program("node", arguments);
        command.current_dir(&folder).env("TRACKSTATS_OWNER", &owner);
        process::run(command)
    };
    let mut kills = vec!["tests/durable/kills.js", "100"];
    kills.extend(seed.map(String::as_str));
    run(&["tests/durable/model.js"]).and(run(&kills))
}

/// Kills Chromium, and has tabs of both browsers share stores.
fn in_browsers(counts: &[String]) -> Outcome {
    let mut command = places::driver("torture.js");
    browser::tell_firefox(&mut command);
    command.args(counts);
    process::run(command)
}
