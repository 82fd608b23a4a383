//! The npm package as it is published: the tarball, installed into an empty folder, under `tests/js`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::count;
use crate::build::{self, tool};
use crate::command::{Failure, Outcome};
use crate::process;
use crate::tally::Tally;

pub(super) fn run() -> Tally {
    run_in("")
}

/// The scripts in a folder of `tests/js`, without those in folders of it.
pub(super) fn run_in(part: &str) -> Tally {
    if let Err(failure) = tool::present() {
        return count::skipped(failure);
    }
    let folder = match installed() {
        Ok(folder) => folder,
        Err(failure) => {
            count::say(failure);
            return Tally::FAILED;
        }
    };
    let owner = match owner() {
        Ok(owner) => owner,
        Err(failure) => {
            count::say(failure);
            return Tally::FAILED;
        }
    };
    let mut command = equipped(&["--test", "--test-reporter=tap"], &folder, &owner);
    command.args(scripts(&folder.join("tests").join(part)));
    count::counted_by(command, Tally::read_tap)
}

/// Node in the folder of a package, with what its scripts find in their environment.
pub(crate) fn equipped(arguments: &[&str], folder: &Path, owner: &Path) -> Command {
    let mut command = process::program("node", arguments);
    command
        .current_dir(folder)
        .env("TRACKSTATS_OWNER", owner)
        .env("TRACKSTATS_TOOLS", tool::folder())
        .env("TRACKSTATS_ROOT", process::root())
        .env("TRACKSTATS_TARBALL", build::tarball());
    command
}

/// Builds the program in Rust that has a file beside those in Node.
pub(crate) fn owner() -> Result<PathBuf, Failure> {
    let name = "store_owner";
    process::run(process::cargo(&[
        "build",
        "--quiet",
        "--package",
        "trackstats-tests",
        "--bin",
        name,
    ]))?;
    let file = format!("{name}{}", std::env::consts::EXE_SUFFIX);
    Ok(process::target().join("debug").join(file))
}

/// Builds the package and installs it: the folder, with the tests in `tests`. It is inside the folder of
/// the tools, so that the tests find React and the compiler of types; the package needs neither.
pub(crate) fn installed() -> Result<PathBuf, Failure> {
    let folder = tool::folder().join("package");
    build::run(&[])?;
    install(&folder, "tests/js")?;
    Ok(folder)
}

/// Installs the tarball, and copies the scripts of a folder beside it, so that they import `trackstats`
/// by name.
pub(crate) fn install(folder: &Path, scripts: &str) -> Outcome {
    install_alone(folder)?;
    copy(&process::root().join(scripts), &folder.join("tests"))
}

/// Installs the tarball into an empty folder.
pub(crate) fn install_alone(folder: &Path) -> Outcome {
    let fault = |error| Failure::Text(format!("{}: {error}", folder.display()));
    if folder.exists() {
        fs::remove_dir_all(folder).map_err(fault)?;
    }
    fs::create_dir_all(folder).map_err(fault)?;
    let manifest = "{ \"private\": true, \"type\": \"module\" }\n";
    fs::write(folder.join("package.json"), manifest).map_err(fault)?;
    let quietly = [
        "install",
        "--silent",
        "--no-audit",
        "--no-fund",
        "--offline",
        "--omit=peer",
    ];
    let mut command = tool::npm(&quietly);
    command.current_dir(folder).arg(build::tarball());
    process::run(command)
}

fn copy(from: &Path, to: &Path) -> Outcome {
    let fault = |error| Failure::Text(format!("{}: {error}", from.display()));
    fs::create_dir_all(to).map_err(fault)?;
    for entry in fs::read_dir(from).map_err(fault)?.flatten() {
        let path = entry.path();
        if path.is_dir() {
            copy(&path, &to.join(entry.file_name()))?;
        } else {
            fs::copy(&path, to.join(entry.file_name())).map_err(fault)?;
        }
    }
    Ok(())
}

/// The test files, by name: Node 20 does not take a pattern.
pub(super) fn scripts(folder: &Path) -> Vec<PathBuf> {
    let mut scripts: Vec<PathBuf> = fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.to_string_lossy().ends_with(".test.js"))
        .collect();
    scripts.sort();
    scripts
}
