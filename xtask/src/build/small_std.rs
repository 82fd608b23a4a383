//! A standard library that is compiled along with each module, for size.
//!
//! The one that comes with rustc is compiled for speed, unwinds, and carries the text and the place of
//! every panic. The flags are those of a nightly compiler, which `RUSTC_BOOTSTRAP` lets ours take; they
//! do not change what the code does, and where one is not known any more the build says so.

use std::process::Command;

use super::tool;
use crate::command::{Failure, Outcome};
use crate::process;

/// No places of panics: no text that a module gives is made of them. And no way from what `stats!`
/// declares: JavaScript registers its metrics at run time.
const RUSTC: [&str; 4] = [
    "-Zunstable-options",
    "-Zlocation-detail=none",
    "--cfg",
    "trackstats_declares_nothing",
];

/// A panic is the instruction `unreachable`, without a message.
const CARGO: [&str; 5] = [
    "-Zpanic-immediate-abort",
    "--config",
    "unstable.panic-immediate-abort=true",
    "-Zbuild-std=std,panic_abort",
    // Of two ways to do the same, std takes the smaller one.
    "-Zbuild-std-features=optimize_for_size",
];

/// Makes the command compile the standard library too.
pub(super) fn compile_with(command: &mut Command, profile: &str, more: &[&str]) {
    let flags = [&RUSTC, more].concat();
    command
        .args(CARGO)
        .args([
            "--config",
            &format!("profile.{profile}.panic='immediate-abort'"),
        ])
        .env("RUSTC_BOOTSTRAP", "1")
        .env("CARGO_ENCODED_RUSTFLAGS", flags.join("\u{1f}"));
}

/// Adds the source of the standard library to the compiler, if it is not there.
pub(super) fn install_source() -> Outcome {
    let library = process::output(process::program("rustc", &["--print", "sysroot"]))
        .map(|sysroot| std::path::Path::new(sysroot.trim()).join("lib/rustlib/src/rust/library"))?;
    if library.join("Cargo.lock").is_file() {
        return Ok(());
    }
    let add = process::program("rustup", &["component", "add", "rust-src"]);
    process::run(add).map_err(|_| {
        Failure::Text(format!(
            "a module for {} is built with a standard library of its own: \
             its source is missing, and `rustup component add rust-src` failed",
            tool::WASM
        ))
    })
}
