//! Runs the conformance vectors natively and prints the name of every one that fails.

use std::process::ExitCode;

use trackstats_tests::vectors;

fn main() -> ExitCode {
    let outcome = match vectors::run(&vectors::folder()) {
        Ok(outcome) => outcome,
        Err(reason) => {
            eprintln!("vectors: {reason}");
            return ExitCode::FAILURE;
        }
    };
    for (name, reason) in &outcome.failed {
        println!("{name}: {reason}");
    }
    println!(
        "vectors: {} passed, {} failed",
        outcome.passed,
        outcome.failed.len()
    );
    if outcome.failed.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}
