//! `cargo xtask wasm-pack`: the tests in wasm as wasm-pack runs them, in Node and in Chromium.
//!
//! wasm-pack itself is installed under the target folder, which takes some minutes, so that this is no
//! part of `cargo xtask test`. The binder and the runner that it calls are ours.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use crate::build::{self, tool};
use crate::command::{Failure, Outcome};
use crate::tally::Tally;
use crate::test::counted;
use crate::{browser, process};

const VERSION: &str = "0.15.1";

/// Every crate that is bound to JavaScript.
const CRATES: [&str; 2] = ["wasm", "examples/wasm"];

/// The programs of `xtask/bind`, and the names that wasm-pack knows them by.
const CALLED: [(&str, &str); 2] = [
    ("bind", "wasm-bindgen"),
    ("runner", "wasm-bindgen-test-runner"),
];

pub(crate) fn run(_: &[String]) -> Outcome {
    tool::present()?;
    tool::install_target()?;
    let driver = browser::chromedriver().map_err(Failure::Text)?;
    let programs = install()?;
    let mut total = Tally::default();
    for folder in CRATES {
        println!("wasm-pack test --node {folder}");
        total += counted(test(&programs, &["--node"], folder)?);
        println!("wasm-pack test --headless --chrome {folder}");
        let mut command = test(&programs, &["--headless", "--chrome"], folder)?;
        browser::steer(&mut command, &driver);
        total += counted(command);
    }
    println!("{total}");
    if total.failed == 0 {
        Ok(())
    } else {
        Err(Failure::Said)
    }
}

/// The folder of wasm-pack and of what it calls.
fn install() -> Result<PathBuf, Failure> {
    build::build_binder()?;
    let root = process::target().join("tools");
    let programs = root.join("bin");
    let arguments = ["install", "wasm-pack", "--quiet", "--locked", "--version"];
    let mut command = process::cargo(&arguments);
    // Does nothing where this version is installed.
    command.arg(VERSION).arg("--root").arg(&root);
    process::run(command)?;
    for (name, called) in CALLED {
        let from = process::target().join("bind").join(name);
        fs::copy(&from, programs.join(called))
            .map_err(|error| Failure::Text(format!("{}: {error}", from.display())))?;
    }
    Ok(programs)
}

fn test(programs: &Path, place: &[&str], folder: &str) -> Result<Command, Failure> {
    let known = env::var_os("PATH").unwrap_or_default();
    let path = env::join_paths(
        [programs.to_owned()]
            .into_iter()
            .chain(env::split_paths(&known)),
    )
    .map_err(|error| Failure::Text(error.to_string()))?;
    let mut command = Command::new(programs.join("wasm-pack"));
    command
        .current_dir(process::root())
        .env("PATH", path)
        .arg("test")
        .args(place)
        // It takes the binder that it finds, and downloads none.
        .args(["--mode", "no-install"])
        .arg(folder);
    Ok(command)
}
