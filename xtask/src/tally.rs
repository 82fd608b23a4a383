//! How many tests passed, failed or were skipped, read from what test programs print.

use std::fmt;
use std::ops::AddAssign;

/// Tests, counted over one suite or over all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(crate) passed: u64,
    pub(crate) failed: u64,
    pub(crate) skipped: u64,
}

impl Tally {
    pub(crate) const PASSED: Self = Self::new(1, 0, 0);
    pub(crate) const FAILED: Self = Self::new(0, 1, 0);
    pub(crate) const SKIPPED: Self = Self::new(0, 0, 1);

    pub(crate) const fn new(passed: u64, failed: u64, skipped: u64) -> Self {
        Self {
            passed,
            failed,
            skipped,
        }
    }

    /// Reads the line that ends the output of a test program:
    /// `test result: ok. 3 passed; 0 failed; 1 ignored; …`.
    pub(crate) fn read(line: &str) -> Option<Self> {
        let (_, counts) = line.strip_prefix("test result: ")?.split_once(". ")?;
        let count = |word: &str| {
            counts
                .split(';')
                .filter_map(|part| part.trim().split_once(' '))
                .find(|(_, what)| *what == word)
                .and_then(|(number, _)| number.parse().ok())
        };
        Some(Self::new(
            count("passed")?,
            count("failed")?,
            count("ignored")?,
        ))
    }
}

impl Tally {
    /// Reads one of the lines that end what Node's test runner prints as TAP: `# pass 3`.
    pub(crate) fn read_tap(line: &str) -> Option<Self> {
        let (what, count) = line.strip_prefix("# ")?.split_once(' ')?;
        let count = count.parse().ok()?;
        match what {
            "pass" => Some(Self::new(count, 0, 0)),
            "fail" | "cancelled" => Some(Self::new(0, count, 0)),
            "skipped" | "todo" => Some(Self::new(0, 0, count)),
            _ => None,
        }
    }

    /// Reads a line of `tests/places`, which begins with what became of a place: `well: Deno (1.2 s)`.
    pub(crate) fn read_places(line: &str) -> Option<Self> {
        match line.split_once(": ")?.0 {
            "well" => Some(Self::PASSED),
            "failed" => Some(Self::FAILED),
            "missing" => Some(Self::SKIPPED),
            _ => None,
        }
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} passed, {} failed", self.passed, self.failed)?;
        match self.skipped {
            0 => Ok(()),
            skipped => write!(f, ", {skipped} skipped"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_line_of_libtest_is_read() {
        let line = "test result: ok. 31 passed; 0 failed; 2 ignored; 0 measured; 5 filtered out; \
                    finished in 0.52s";
        assert_eq!(Tally::read(line), Some(Tally::new(31, 0, 2)));
        let line = "test result: FAILED. 1 passed; 4 failed; 0 ignored; 0 measured";
        assert_eq!(Tally::read(line), Some(Tally::new(1, 4, 0)));
    }

    #[test]
    fn the_last_lines_of_tap_are_read() {
        let mut tally = Tally::default();
        for line in [
            "# tests 9",
            "# suites 0",
            "# pass 4",
            "# fail 1",
            "# cancelled 2",
            "# skipped 2",
        ] {
            if let Some(part) = Tally::read_tap(line) {
                tally += part;
            }
        }
        assert_eq!(tally, Tally::new(4, 3, 2));
        assert_eq!(Tally::read_tap("# pass the salt"), None);
    }

    #[test]
    fn each_line_about_a_place_is_read() {
        let tally = |line| Tally::read_places(line);
        assert_eq!(tally("well: Node, import (0.4 s)"), Some(Tally::PASSED));
        assert_eq!(tally("failed: Deno: it ended"), Some(Tally::FAILED));
        assert_eq!(tally("missing: a page"), Some(Tally::SKIPPED));
        assert_eq!(tally("places: 1 of 2"), None);
    }

    #[test]
    fn other_lines_are_passed_over() {
        for line in [
            "",
            "test recording_twice_keeps_the_later_value ... ok",
            "running 3 tests",
            "test result: ok. many passed; 0 failed",
        ] {
            assert_eq!(Tally::read(line), None, "{line}");
        }
    }

    #[test]
    fn skipped_tests_are_told_only_where_there_are_any() {
        assert_eq!(Tally::new(3, 0, 0).to_string(), "3 passed, 0 failed");
        assert_eq!(
            Tally::new(3, 1, 2).to_string(),
            "3 passed, 1 failed, 2 skipped"
        );
    }
}
