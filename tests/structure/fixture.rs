//! Every file that tests read is read by a test.

use std::fs;

use crate::source::{none, root, rust};

/// The folders whose entries are read by name.
const FOLDERS: [&str; 1] = ["tests/fixtures"];

fn faults(names: &[String], sources: &str) -> Vec<String> {
    names
        .iter()
        .filter(|name| !sources.contains(name.as_str()))
        .map(|name| format!("{name}: no test reads it"))
        .collect()
}

#[test]
fn every_fixture_is_used() {
    let sources: Vec<String> = rust().into_iter().map(|file| file.text).collect();
    let mut names = Vec::new();
    for folder in FOLDERS {
        // Not there as long as no test needs one.
        for entry in fs::read_dir(root().join(folder)).into_iter().flatten() {
            names.push(entry.unwrap().file_name().to_string_lossy().into_owned());
        }
    }
    none(&faults(&names, &sources.concat()));
}

#[test]
fn a_fixture_that_nobody_reads_is_found() {
    let names = ["used.csv".to_owned(), "unused.csv".to_owned()];
    assert_eq!(faults(&names, "read(\"fixtures/used.csv\")").len(), 1);
}
