//! Formatting, lints and documentation.

use std::process::Command;

use crate::run as command;

/// Runs all checks, and goes on after one that fails. Answers whether all held.
pub(crate) fn run_all(checks: &[(&str, &[&str])]) -> bool {
    checks.iter().fold(true, |all, (program, arguments)| {
        println!("xtask: {program} {}", arguments.join(" "));
        command(program, arguments) && all
    })
}

/// `cargo xtask check`.
pub(crate) fn run() -> bool {
    let ours = run_all(&[
        ("cargo", &["fmt", "--all", "--check"]),
        (
            "cargo",
            &[
                "clippy",
                "--workspace",
                "--all-targets",
                "--",
                "-D",
                "warnings",
            ],
        ),
        (
            "cargo",
            &[
                "doc",
                "--workspace",
                "--no-deps",
                "--config",
                "build.rustdocflags=['-Dwarnings']",
            ],
        ),
    ]);
    let typos = optional("typos", &[]);
    let deny = optional("cargo-deny", &["check", "bans", "licenses", "sources"]);
    ours && typos && deny
}

/// Runs a tool where it is installed, and says so where it is not.
fn optional(program: &str, arguments: &[&str]) -> bool {
    if Command::new(program).arg("--version").output().is_err() {
        println!("xtask: skipped {program}, which is not installed");
        return true;
    }
    run_all(&[(program, arguments)])
}
