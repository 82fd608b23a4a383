//! Files stay small enough to be read at once.

use crate::source::{File, files, none};

/// The most lines of a file that people write.
const LINES: usize = 400;

fn fault(file: &File) -> Option<String> {
    let lines = file.text.lines().count();
    (lines > LINES).then(|| format!("{}: {lines} lines, and {LINES} are the most", file.path))
}

#[test]
fn no_file_is_too_long() {
    let faults: Vec<_> = files(&["."], &["rs", "ts", "js"])
        .iter()
        .filter_map(fault)
        .collect();
    none(&faults);
}

#[test]
fn a_file_that_is_too_long_is_found() {
    let long = crate::source::file("core/src/long.rs", &"\n".repeat(LINES + 1));
    assert!(fault(&long).is_some());
    let short = crate::source::file("core/src/short.rs", &"\n".repeat(LINES));
    assert!(fault(&short).is_none());
}
