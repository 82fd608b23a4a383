//! `cargo xtask test`: every suite, and one line at the end that counts them all.
//!
//! A suite is a file here with a function that answers a [`Tally`]. It says in one line what is
//! missing where it cannot run, and then counts as skipped.

mod doc;
mod features;
mod native;
mod vectors;
mod wasm32;

use std::process::Command;
use std::time::Instant;

use crate::command::{Failure, Outcome};
use crate::process;
use crate::tally::Tally;

struct Suite {
    name: &'static str,
    run: fn() -> Tally,
}

const SUITES: [Suite; 5] = [
    Suite {
        name: "native",
        run: native::run,
    },
    Suite {
        name: "doc",
        run: doc::run,
    },
    Suite {
        name: "vectors",
        run: vectors::run,
    },
    Suite {
        name: "features",
        run: features::run,
    },
    Suite {
        name: "wasm32",
        run: wasm32::run,
    },
];

pub(crate) fn names() -> Vec<&'static str> {
    SUITES.iter().map(|suite| suite.name).collect()
}

/// The positions of the suites that are named, or of all.
pub(crate) fn chosen(arguments: &[String]) -> Result<Vec<usize>, Failure> {
    if arguments.is_empty() {
        return Ok((0..SUITES.len()).collect());
    }
    let position = |name: &String| {
        SUITES
            .iter()
            .position(|suite| suite.name == name)
            .ok_or_else(|| Failure::Usage(format!("there is no suite `{name}`")))
    };
    arguments.iter().map(position).collect()
}

pub(crate) fn run(arguments: &[String]) -> Outcome {
    let mut total = Tally::default();
    let mut summary = Vec::new();
    for suite in chosen(arguments)?.into_iter().map(|at| &SUITES[at]) {
        println!("suite: {}", suite.name);
        let started = Instant::now();
        let tally = (suite.run)();
        let seconds = started.elapsed().as_secs();
        summary.push(format!("{:<9} {tally} ({seconds} s)", suite.name));
        total += tally;
    }
    println!("\n{}\n\n{total}", summary.join("\n"));
    if total.failed == 0 {
        Ok(())
    } else {
        Err(Failure::Said)
    }
}

/// Runs a program that counts its own tests, and adds up what it prints.
fn counted(command: Command) -> Tally {
    let mut tally = Tally::default();
    let ended = process::stream(command, |line| {
        if let Some(part) = Tally::read(line) {
            tally += part;
        }
    });
    let succeeded = match ended {
        Ok(status) => status.success(),
        Err(failure) => {
            say(failure);
            false
        }
    };
    judge(tally, succeeded)
}

/// A suite that did not compile, crashed or ran nothing has printed no failure of its own.
fn judge(mut tally: Tally, succeeded: bool) -> Tally {
    if !succeeded && tally.failed == 0 {
        eprintln!("the suite ended before its tests could be counted");
        tally.failed = 1;
    } else if succeeded && tally.passed == 0 {
        eprintln!("the suite ran no test");
        tally.failed += 1;
    }
    tally
}

/// Runs a command that counts as one test.
fn single(command: Command) -> Tally {
    match process::run(command) {
        Ok(()) => Tally::PASSED,
        Err(failure) => {
            say(failure);
            Tally::FAILED
        }
    }
}

fn say(failure: Failure) {
    if let Failure::Text(text) | Failure::Usage(text) = failure {
        eprintln!("{text}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_suite_that_does_not_compile_counts_as_one_failure() {
        assert_eq!(judge(Tally::default(), false), Tally::FAILED);
        assert_eq!(judge(Tally::new(5, 0, 0), false), Tally::new(5, 1, 0));
        assert_eq!(judge(Tally::new(5, 2, 0), false), Tally::new(5, 2, 0));
    }

    #[test]
    fn a_suite_without_tests_counts_as_one_failure() {
        assert_eq!(judge(Tally::default(), true), Tally::FAILED);
        assert_eq!(judge(Tally::new(5, 0, 1), true), Tally::new(5, 0, 1));
    }

    #[test]
    fn a_program_that_is_missing_counts_as_one_failure() {
        let missing = || process::program("no-such-program-here", &[]);
        assert_eq!(counted(missing()), Tally::FAILED);
        assert_eq!(single(missing()), Tally::FAILED);
    }
}
