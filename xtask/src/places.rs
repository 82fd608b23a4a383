//! `cargo xtask places`: the npm package in every place where its users are.
//!
//! What is tried, and how, is in `tests/places`; everything is installed under the target folder.

use std::path::PathBuf;
use std::process::Command;

use crate::build::{self, tool};
use crate::command::{Failure, Outcome};
use crate::{browser, process};

pub(crate) fn run(names: &[String]) -> Outcome {
    build::run(&[])?;
    let mut command = driver("main.js");
    browser::tell_firefox(&mut command);
    command.args(names).env("MODULE", module()?);
    process::run(command)
}

/// The places that every test run tries.
pub(crate) fn fast() -> Result<Command, Failure> {
    build::run(&[])?;
    let mut command = driver("main.js");
    command.arg("--fast");
    Ok(command)
}

/// A script of `tests/places`, which is told the folder for everything, the package and Chromium.
pub(crate) fn driver(script: &str) -> Command {
    let mut command = tool::script(&process::root().join("tests/places").join(script));
    command
        .arg(process::target().join("places"))
        .arg(build::tarball());
    browser::tell_chromium(&mut command);
    command
}

/// Builds the module of `examples/wasm`, and binds it for Node and for a page.
fn module() -> Result<PathBuf, Failure> {
    let arguments = ["build", "--quiet", "--lib", "--target", tool::WASM];
    let mut command = process::cargo(&arguments);
    command.args(["--package", "trackstats-example-wasm"]);
    process::run(command)?;
    let target = process::target();
    let wasm = target.join(tool::WASM).join("debug/shop.wasm");
    let into = target.join("places/bound");
    for (form, folder) in [("nodejs", "node"), ("web", "web")] {
        let mut command = Command::new(target.join("bind/bind"));
        command.arg(&wasm).args(["--target", form, "--out-dir"]);
        command.arg(into.join(folder));
        process::run(command)?;
    }
    Ok(into)
}
