//! `cargo xtask start`: builds all that it needs and runs the main job.

use std::path::PathBuf;

use crate::command::{Failure, Outcome};
use crate::process;

pub(crate) fn run(arguments: &[String]) -> Outcome {
    let manifest = process::root().join("Cargo.toml");
    let mut command = process::cargo(&["run", "--quiet", "--release", "--package", "trackstats"]);
    command
        .args(["--example", "commits", "--manifest-path"])
        .arg(manifest)
        .arg("--")
        .args(arguments)
        // The job reads the repository that its user stands in.
        .current_dir(here()?);
    process::run(command)
}

fn here() -> Result<PathBuf, Failure> {
    std::env::current_dir()
        .map_err(|error| Failure::Text(format!("the current folder cannot be read: {error}")))
}
