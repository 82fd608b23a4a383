//! `cargo xtask bench`: figures, measured beside those that they are compared with.

use crate::build::{self, tool};
use crate::command::{Failure, Outcome};
use crate::{instructions, page, process, test};

/// What is measured.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Bench {
    /// The library, against SQLite and hand-written maps.
    Native,
    /// The npm package, against SQLite and what is written by hand.
    Node,
    /// What a declaration of 1,000 metrics adds to the time of compiling.
    Compile,
    /// Stores in files, against SQLite on the same disk.
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
        Bench::Durable => command.args(["--release", "--bin", "bench_durable"]),
        Bench::Compile => command.args(["--bin", "compile_time"]),
        Bench::Instructions => return instructions::run(),
        Bench::Page => return page(),
    };
    process::run(command)
}

/// The peers are installed once, in a folder above the one that the package is installed in anew.
fn node() -> Outcome {
    let scripts = "tests/js/bench";
    build::run(&[])?;
    let peers = process::target().join("npm/bench");
    tool::install_locked(&process::root().join(scripts), &peers, &[])?;
    let folder = peers.join("fresh");
    test::install(&folder, scripts)?;
    let mut command = process::program("node", &["--expose-gc", "tests/main.js"]);
    command.current_dir(&folder);
    process::run(command)
}

/// The page with the history of this repository, as `start` serves it.
fn page() -> Outcome {
    let command = page::steering(&["bench/main.js"])?;
    page::read_history(process::root())?;
    process::run(command)
}
