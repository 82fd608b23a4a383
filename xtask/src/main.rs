//! The commands of the repository: `cargo xtask start`, `test`, `check`, `vectors native`.

mod check;
mod suite;
mod test;

use std::process::{Command, ExitCode};

const USAGE: &str = "usage: cargo xtask COMMAND

  start [REPOSITORY]   build all and show the commits of this repository, or of the one named
  test                 run every test; ends with `N passed, M failed`
  check                formatting, lints, documentation
  vectors native       run the conformance vectors alone (folder: TRACKSTATS_VECTORS)";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match words.as_slice() {
        ["start", rest @ ..] => start(rest),
        ["test"] => test::run(),
        ["check"] => check::run(),
        ["vectors", "native"] => run(
            "cargo",
            &[
                "run",
                "--quiet",
                "--package",
                "trackstats-tests",
                "--bin",
                "vectors",
            ],
        ),
        _ => {
            eprintln!("{USAGE}");
            false
        }
    };
    if done {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

fn start(rest: &[&str]) -> bool {
    let example = [
        "run",
        "--quiet",
        "--release",
        "--package",
        "trackstats",
        "--example",
        "commits",
    ];
    run("cargo", &["build", "--quiet", "--workspace"])
        && run("cargo", &[&example, ["--"].as_slice(), rest].concat())
}

/// Runs a command with its output shown; says in one line if it cannot be started.
fn run(program: &str, arguments: &[&str]) -> bool {
    match Command::new(program).args(arguments).status() {
        Ok(status) => status.success(),
        Err(error) => {
            eprintln!("xtask: {program} cannot be started: {error}");
            false
        }
    }
}
