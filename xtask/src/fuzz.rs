//! `cargo xtask fuzz`: feeds a target with generated input, guided by what it covers.
//!
//! This is libFuzzer without a sanitizer, built with what the stable compiler has: its own passes
//! count the edges. Nothing needs to be installed.

use std::path::Path;
use std::process::Command;

use crate::command::{Failure, Outcome};
use crate::process;

const SECONDS: u32 = 60;
const SOURCES: &str = "tests/fuzz";

/// What cargo-fuzz passes, without a sanitizer: inline counters, the table of code that they count,
/// and traces of compared values, so that the fuzzer can guess a constant.
const FLAGS: [&str; 8] = [
    "--cfg=fuzzing",
    "-Cpasses=sancov-module",
    "-Cllvm-args=-sanitizer-coverage-level=4",
    "-Cllvm-args=-sanitizer-coverage-inline-8bit-counters",
    "-Cllvm-args=-sanitizer-coverage-pc-table",
    "-Cllvm-args=-sanitizer-coverage-trace-compares",
    // The tables are found by the linker through symbols that dead code elimination would drop.
    "-Clink-dead-code",
    "-Cdebuginfo=1",
];

/// The names of the targets, read from their folder.
pub(crate) fn names() -> Vec<String> {
    let folder = process::root().join(SOURCES).join("fuzz_targets");
    let mut names: Vec<String> = std::fs::read_dir(folder)
        .into_iter()
        .flatten()
        .filter_map(|file| {
            let path = file.ok()?.path();
            Some(path.file_stem()?.to_str()?.to_owned())
        })
        .collect();
    names.sort();
    names
}

/// The target and the number of seconds.
pub(crate) fn chosen(arguments: &[String]) -> Result<(String, u32), Failure> {
    let (target, seconds) = match arguments {
        [target] => (target, SECONDS),
        [target, seconds] => (target, parse(seconds)?),
        _ => {
            let text = "fuzz takes a target and, if you like, a number of seconds";
            return Err(Failure::Usage(text.to_owned()));
        }
    };
    if names().contains(target) {
        Ok((target.clone(), seconds))
    } else {
        let text = format!("there is no fuzz target `{target}`");
        Err(Failure::Usage(text))
    }
}

fn parse(seconds: &str) -> Result<u32, Failure> {
    let fault = || Failure::Usage(format!("`{seconds}` is not a number of seconds, 1 or more"));
    let number = seconds.parse().map_err(|_| fault())?;
    if number == 0 {
        Err(fault())
    } else {
        Ok(number)
    }
}

pub(crate) fn run(arguments: &[String]) -> Outcome {
    let (target, seconds) = chosen(arguments)?;
    let host = host()?;
    let built = process::target().join("fuzz");
    process::run(build(&target, &host, &built))?;
    let corpus = built.join("corpus").join(&target);
    let artifacts = built.join("artifacts").join(&target);
    for folder in [&corpus, &artifacts] {
        std::fs::create_dir_all(folder)
            .map_err(|error| Failure::Text(format!("{}: {error}", folder.display())))?;
    }
    let program = built.join(&host).join("fuzz").join(&target);
    let mut command = Command::new(program);
    command
        .current_dir(process::root())
        // The first folder takes what is found, the second is only read.
        .arg(&corpus)
        .arg(process::root().join(SOURCES).join("seeds").join(&target))
        .arg(format!("-max_total_time={seconds}"))
        .arg(format!("-artifact_prefix={}/", artifacts.display()))
        .args(["-timeout=10", "-print_final_stats=1"]);
    let dictionary = process::root()
        .join(SOURCES)
        .join("dictionaries")
        .join(format!("{target}.dict"));
    if dictionary.is_file() {
        command.arg(format!("-dict={}", dictionary.display()));
    }
    process::run(command)
}

fn build(target: &str, host: &str, into: &Path) -> Command {
    let mut command = process::cargo(&["build", "--package", "trackstats-fuzz", "--bin", target]);
    command
        .args(["--features", "libfuzzer", "--profile", "fuzz"])
        // Named, so that the flags are not given to build scripts and procedural macros.
        .args(["--target", host, "--target-dir"])
        .arg(into)
        .env("CARGO_ENCODED_RUSTFLAGS", FLAGS.join("\u{1f}"));
    command
}

/// The target triple of this machine.
fn host() -> Result<String, Failure> {
    let output = process::output(process::program("rustc", &["--version", "--verbose"]))?;
    output
        .lines()
        .find_map(|line| line.strip_prefix("host: "))
        .map(str::to_owned)
        .ok_or_else(|| Failure::Text("rustc does not tell its host".to_owned()))
}
