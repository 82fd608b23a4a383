//! `cargo xtask check`: what has to hold before a push, apart from the tests.

use std::process::Command;

use crate::build::tool;
use crate::command::{Failure, Outcome};
use crate::{feature, process};

/// One check and the program that makes it.
struct Check {
    name: String,
    command: Command,
    /// Answers where the program is installed; a check without it is always made.
    installed: Option<Command>,
}

impl Check {
    fn cargo(name: &str, arguments: &[&str]) -> Self {
        Self {
            name: name.to_owned(),
            command: process::cargo(arguments),
            installed: None,
        }
    }

    fn optional(name: &str, command: Command, installed: Command) -> Self {
        Self {
            name: name.to_owned(),
            command,
            installed: Some(installed),
        }
    }
}

pub(crate) fn run(_: &[String]) -> Outcome {
    let mut failed = Vec::new();
    let mut passed = 0;
    for check in checks() {
        if check
            .installed
            .is_some_and(|asked| !process::answers(asked))
        {
            println!(
                "skipped: {} is not installed, or reaches nothing",
                check.name
            );
            continue;
        }
        println!("check: {}", check.name);
        match process::run(check.command) {
            Ok(()) => passed += 1,
            Err(failure) => {
                if let Failure::Text(text) = failure {
                    eprintln!("{text}");
                }
                failed.push(check.name);
            }
        }
    }
    if failed.is_empty() {
        println!("check: all {passed} hold");
        Ok(())
    } else {
        eprintln!("check failed: {}", failed.join(", "));
        Err(Failure::Said)
    }
}

fn checks() -> Vec<Check> {
    let mut checks = vec![
        Check::cargo("cargo fmt", &["fmt", "--all", "--check"]),
        clippy("clippy", &["--workspace", "--all-targets"]),
        clippy(
            "clippy of the faults",
            &["--package", "trackstats-tests", "--test", "faults"],
        ),
    ];
    checks.push(Check::cargo(
        "the crate as it is on wasm32",
        &[
            "check",
            "--package",
            "trackstats",
            "--target",
            "wasm32-unknown-unknown",
        ],
    ));
    for combination in feature::combinations() {
        let mut arguments = vec!["--package", "trackstats", "--lib"];
        arguments.extend(combination.iter().map(String::as_str));
        checks.push(clippy(
            &format!("clippy {}", combination.join(" ")),
            &arguments,
        ));
    }
    for feature in ["sql", "interchange", "journal"] {
        let arguments = [
            "--package",
            "trackstats-wasm",
            "--lib",
            "--features",
            feature,
        ];
        checks.push(clippy(
            &format!("clippy of the module for {feature}"),
            &arguments,
        ));
    }
    checks.push(documentation());
    checks.push(Check::optional(
        "typos",
        process::program("typos", &[]),
        process::program("typos", &["--version"]),
    ));
    checks.push(Check::optional(
        "cargo-deny",
        process::cargo(&[
            "deny",
            "--workspace",
            "check",
            "bans",
            "licenses",
            "sources",
        ]),
        process::cargo(&["deny", "--version"]),
    ));
    // Apart from the others, since it needs the database of advisories, which not every machine reaches.
    checks.push(Check::optional(
        "cargo-deny of advisories",
        process::cargo(&["deny", "--workspace", "check", "advisories"]),
        process::cargo(&["deny", "fetch", "db"]),
    ));
    // Of the packages that `cargo xtask build` installs.
    checks.push(Check::optional(
        "prettier",
        prettier(&["--check", "."]),
        prettier(&["--version"]),
    ));
    checks
}

fn clippy(name: &str, arguments: &[&str]) -> Check {
    let mut check = Check::cargo(name, &["clippy", "--quiet"]);
    check.command.args(arguments).args(["--", "-D", "warnings"]);
    check
}

fn prettier(arguments: &[&str]) -> Command {
    let mut command = tool::packaged("prettier/bin/prettier.cjs");
    command.args(arguments);
    command
}

fn documentation() -> Check {
    let mut check = Check::cargo("cargo doc", &["doc", "--quiet", "--no-deps", "--workspace"]);
    check.command.env("RUSTDOCFLAGS", "-D warnings");
    check
}
