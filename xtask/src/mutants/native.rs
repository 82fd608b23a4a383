//! The test programs in Rust, built from the copy.

use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::process::Command;

use super::list::{Language, Mutant, Suite};
use super::tree;
use super::trial::Program;
use crate::command::Failure;
use crate::process;

/// The tests beside the code; the other programs are those of `tests`.
const UNIT: &str = "unit";

/// The programs by their names.
#[derive(Debug)]
pub(super) struct Native(HashMap<String, PathBuf>);

/// Builds the programs that the mutants name.
pub(super) fn build(mutants: &[&Mutant]) -> Result<Native, Failure> {
    let suites = mutants.iter().flat_map(|mutant| &mutant.seen_by);
    let names: BTreeSet<&str> = suites.map(|suite| suite.program.as_str()).collect();
    let told: Vec<&str> = names.iter().copied().collect();
    println!("build {} with every mutant in them", told.join(", "));
    let mut command = process::cargo(&["test", "--quiet", "--no-run"]);
    command
        .current_dir(tree::copy(Language::Rust))
        .arg("--target-dir")
        .arg(tree::folder().join("build"))
        .arg("--message-format=json-render-diagnostics")
        .args(["--package", "trackstats", "--package", "trackstats-tests"]);
    for name in names {
        match name {
            UNIT => command.arg("--lib"),
            _ => command.args(["--test", name]),
        };
    }
    let printed = process::output(command)?;
    let programs = printed
        .lines()
        .filter_map(program)
        .map(|path| (name(&path), path));
    Ok(Native(programs.collect()))
}

/// The program that a message of cargo tells of.
fn program(message: &str) -> Option<PathBuf> {
    let (_, rest) = message.split_once(r#""executable":""#)?;
    let (path, _) = rest.split_once('"')?;
    Some(PathBuf::from(path))
}

/// The name before the hash: `faults-0123456789abcdef`.
fn name(path: &Path) -> String {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    match stem.rsplit_once('-') {
        Some(("trackstats", _)) => UNIT.to_owned(),
        Some((name, _)) => name.to_owned(),
        None => stem.into_owned(),
    }
}

impl Program for Native {
    fn command(&self, suite: &Suite) -> Result<Command, Failure> {
        let missing = || Failure::Text(format!("there is no test program `{}`", suite.program));
        let path = self.0.get(&suite.program).ok_or_else(missing)?;
        let mut command = Command::new(path);
        let package = if suite.program == UNIT {
            "core"
        } else {
            "tests"
        };
        command.current_dir(tree::copy(Language::Rust).join(package));
        command.args(&suite.names);
        Ok(command)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn programs_are_found_in_what_cargo_tells() {
        let told = r#"{"reason":"compiler-artifact","executable":"/t/debug/deps/faults-0a1b","fresh":true}"#;
        let path = program(told).unwrap();
        assert_eq!(path, Path::new("/t/debug/deps/faults-0a1b"));
        assert_eq!(name(&path), "faults");
        assert_eq!(name(Path::new("/t/trackstats-0a1b")), UNIT);
        assert_eq!(program(r#"{"executable":null}"#), None);
    }
}
