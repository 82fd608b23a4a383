//! `cargo xtask vectors`: the conformance vectors alone.

use std::path::PathBuf;
use std::process::Command;

use crate::command::{Failure, Outcome};
use crate::{process, test};

const FOLDER: &str = "TRACKSTATS_VECTORS";

/// What the vectors are run through.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Through {
    Native,
    Node,
}

pub(crate) fn chosen(arguments: &[String]) -> Result<Through, Failure> {
    match arguments {
        [one] if one == "native" => Ok(Through::Native),
        [one] if one == "node" => Ok(Through::Node),
        _ => Err(Failure::Usage(
            "vectors takes one word: native or node".to_owned(),
        )),
    }
}

pub(crate) fn run(arguments: &[String]) -> Outcome {
    match chosen(arguments)? {
        Through::Native => process::run(native()),
        Through::Node => node().and_then(process::run),
    }
}

/// The runner of the vectors against the Rust library.
fn native() -> Command {
    let mut command = process::cargo(&["run", "--quiet", "--package", "trackstats-tests"]);
    command.args(["--bin", "vectors"]);
    command.env(FOLDER, folder());
    command
}

/// The runner of the vectors against the npm package.
fn node() -> Result<Command, Failure> {
    let script = test::installed()?.join("tests/vectors.js");
    let mut command = process::program("node", &[]);
    command.arg(script).env(FOLDER, folder());
    Ok(command)
}

fn folder() -> PathBuf {
    match std::env::var_os(FOLDER) {
        // A relative folder is meant from where the user stands, not from the root.
        Some(folder) => std::path::absolute(&folder).unwrap_or_else(|_| folder.into()),
        None => process::root().join("tests/conformance"),
    }
}
