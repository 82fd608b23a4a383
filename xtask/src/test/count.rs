//! Counting the tests of one program.

use std::process::Command;

use crate::command::Failure;
use crate::process;
use crate::tally::Tally;

/// Runs a program that counts its own tests, and adds up what it prints.
pub(crate) fn counted(command: Command) -> Tally {
    counted_by(command, Tally::read)
}

/// The same for a program whose lines are read in another way.
pub(super) fn counted_by(command: Command, read: impl Fn(&str) -> Option<Tally>) -> Tally {
    let mut tally = Tally::default();
    let ended = process::stream(command, |line| {
        if let Some(part) = read(line) {
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
pub(super) fn single(command: Command) -> Tally {
    match process::run(command) {
        Ok(()) => Tally::PASSED,
        Err(failure) => {
            say(failure);
            Tally::FAILED
        }
    }
}

/// A suite that cannot run, for want of what the failure says.
pub(super) fn skipped(failure: Failure) -> Tally {
    if let Failure::Text(text) | Failure::Usage(text) = failure {
        println!("skipped: {text}");
    }
    Tally::SKIPPED
}

pub(super) fn say(failure: Failure) {
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
