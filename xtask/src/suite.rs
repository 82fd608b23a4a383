//! Running a suite and counting its tests.

use std::io::{BufRead as _, BufReader};
use std::ops::AddAssign;
use std::process::{Command, Stdio};

/// How many tests passed, failed and were ignored.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Count {
    pub(crate) passed: u64,
    pub(crate) failed: u64,
    pub(crate) ignored: u64,
}

impl AddAssign for Count {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.ignored += other.ignored;
    }
}

/// Runs a suite with its output shown as it comes. A suite that fails without a failed test, because it
/// does not compile or cannot start, counts as one that failed.
pub(crate) fn run(name: &str, program: &str, arguments: &[&str]) -> Count {
    println!("xtask: {name}: {program} {}", arguments.join(" "));
    let mut count = Count::default();
    let child = Command::new(program)
        .args(arguments)
        .stdout(Stdio::piped())
        .spawn();
    let succeeded = match child {
        Ok(mut child) => {
            if let Some(output) = child.stdout.take() {
                for line in BufReader::new(output).lines().map_while(Result::ok) {
                    println!("{line}");
                    count += read(&line);
                }
            }
            child.wait().is_ok_and(|status| status.success())
        }
        Err(error) => {
            println!("xtask: {program} cannot be started: {error}");
            false
        }
    };
    if !succeeded && count.failed == 0 {
        count.failed = 1;
    }
    count
}

/// A step that has no tests of its own, such as a build, counts as one test.
pub(crate) fn step(name: &str, program: &str, arguments: &[&str]) -> Count {
    let mut count = run(name, program, arguments);
    count.passed = u64::from(count.failed == 0);
    count
}

/// The counts in a line like `test result: ok. 3 passed; 0 failed; 1 ignored; …`.
fn read(line: &str) -> Count {
    let Some(rest) = line.strip_prefix("test result: ") else {
        return Count::default();
    };
    let number = |word: &str| {
        rest.split([';', '.'])
            .filter_map(|part| part.trim().strip_suffix(word))
            .find_map(|number| number.trim().parse().ok())
            .unwrap_or(0)
    };
    Count {
        passed: number("passed"),
        failed: number("failed"),
        ignored: number("ignored"),
    }
}

#[cfg(test)]
mod tests {
    use super::{Count, read};

    #[test]
    fn the_counts_of_a_result_line_are_read() {
        let line =
            "test result: FAILED. 12 passed; 3 failed; 1 ignored; 0 measured; 4 filtered out";
        assert_eq!(
            read(line),
            Count {
                passed: 12,
                failed: 3,
                ignored: 1
            }
        );
        assert_eq!(read("running 5 tests"), Count::default());
    }
}
