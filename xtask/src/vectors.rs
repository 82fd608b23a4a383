//! `cargo xtask vectors`: the conformance vectors alone.

use std::process::Command;

use crate::command::{Failure, Outcome};
use crate::process;

const FOLDER: &str = "TRACKSTATS_VECTORS";

/// What the vectors are run through.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Through {
    Native,
}

pub(crate) fn chosen(arguments: &[String]) -> Result<Through, Failure> {
    match arguments {
        [one] if one == "native" => Ok(Through::Native),
        _ => Err(Failure::Usage("vectors takes one word: native".to_owned())),
    }
}

pub(crate) fn run(arguments: &[String]) -> Outcome {
    match chosen(arguments)? {
        Through::Native => process::run(native()),
    }
}

/// The runner of the vectors against the Rust library.
fn native() -> Command {
    let mut command = process::cargo(&["run", "--quiet", "--package", "trackstats-tests"]);
    command.args(["--bin", "vectors"]);
    match std::env::var_os(FOLDER) {
        // A relative folder is meant from where the user stands, not from the root.
        Some(folder) => {
            let absolute = std::path::absolute(&folder).unwrap_or_else(|_| folder.into());
            command.env(FOLDER, absolute)
        }
        None => command.env(FOLDER, process::root().join("tests/conformance")),
    };
    command
}
