//! `cargo xtask bench`: figures, measured beside those that they are compared with.

use std::path::PathBuf;
use std::process::Command;

use crate::build::{self, tool};
use crate::command::{Failure, Outcome};
use crate::{instructions, page, places, process, test};

/// What is measured.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Bench {
    /// The library, against SQLite and hand-written maps.
    Native,
    /// The npm package, against SQLite and what is written by hand.
    Node,
    /// What a declaration of 1,000 metrics adds to the time of compiling.
    Compile,
    /// Stores that are kept, against SQLite on the same disk: natively, in Node and in Chromium.
    Durable,
    /// How many instructions recording and reading cost.
    Instructions,
    /// The first visit of the page over a slow network, and its frames while a shop is busy.
    Page,
}

pub(crate) fn chosen(arguments: &[String]) -> Result<Bench, Failure> {
    match arguments {
        [one] if one == "native" => Ok(Bench::Native),
        [one] if one == "node" => Ok(Bench::Node),
        [one] if one == "compile" => Ok(Bench::Compile),
        [one] if one == "durable" => Ok(Bench::Durable),
        [one] if one == "instructions" => Ok(Bench::Instructions),
        [one] if one == "page" => Ok(Bench::Page),
        _ => Err(Failure::Usage(
            "bench takes one word: native, node, compile, durable, instructions or page".to_owned(),
        )),
    }
}

pub(crate) fn run(arguments: &[String]) -> Outcome {
    let quietly = ["run", "--quiet", "--package", "trackstats-tests"];
    let mut command = process::cargo(&quietly);
    match chosen(arguments)? {
        Bench::Native => command.args(["--release", "--bin", "bench_native"]),
        Bench::Node => return node(),
        Bench::Durable => return durable(command),
        Bench::Compile => command.args(["--bin", "compile_time"]),
        Bench::Instructions => return instructions::run(),
        Bench::Page => return page(),
    };
    process::run(command)
}

/// Natively, in Node and in Chromium: all are run, whatever the ones before say.
fn durable(mut native: Command) -> Outcome {
    native.args(["--release", "--bin", "bench_durable"]);
    let natively = process::run(native);
    let folder = beside_peers()?;
    let mut command = process::program("node", &["tests/durable.js"]);
    command.current_dir(&folder);
    let in_node = process::run(command);
    let mut command = places::driver("race.js");
    command.arg(peers());
    let in_chromium = process::run(command);
    natively.and(in_node).and(in_chromium)
}

fn node() -> Outcome {
    let folder = beside_peers()?;
    let mut command = process::program("node", &["--expose-gc", "tests/main.js"]);
    command.current_dir(&folder);
    process::run(command)
}

fn peers() -> PathBuf {
    process::target().join("npm/bench")
}

/// The package, installed anew in a folder in that of its peers, which are installed once.
fn beside_peers() -> Result<PathBuf, Failure> {
    let scripts = "tests/js/bench";
    build::run(&[])?;
    tool::install_locked(&process::root().join(scripts), &peers(), &[])?;
    let folder = peers().join("fresh");
    test::install(&folder, scripts)?;
    Ok(folder)
}

/// The page with the history of this repository, as `start` serves it.
fn page() -> Outcome {
    let command = page::steering(&["bench/main.js"])?;
    page::read_history(process::root())?;
    process::run(command)
}
