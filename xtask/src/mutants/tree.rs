//! The copy of the tree, with the mutants of one language in it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use super::list::{Language, Mutant};
use crate::command::{Failure, Outcome};
use crate::process;

/// What a program reads the number of its mutant from.
pub(super) const SWITCH: &str = "TRACKSTATS_MUTANT";

/// Added to the root of the crate in the copy.
const RUST: &str = r#"
/// Whether this mutant is the one that is asked for.
pub(crate) fn mutant(number: u32) -> bool {
    static ASKED: std::sync::OnceLock<Option<u32>> = std::sync::OnceLock::new();
    *ASKED.get_or_init(|| std::env::var("TRACKSTATS_MUTANT").ok()?.parse().ok()) == Some(number)
}
"#;

/// All that is made: the copy, and what is built from it.
pub(super) fn folder() -> PathBuf {
    process::target().join("mutants")
}

/// One for each language, so that going from one to the other builds nothing again.
pub(super) fn copy(language: Language) -> PathBuf {
    folder().join(match language {
        Language::Rust => "rust",
        Language::TypeScript => "typescript",
    })
}

/// Copies the tree, with the mutants of the language in it. What did not change is not written again, so that it
/// is not built again.
pub(super) fn plant(mutants: &[Mutant], language: Language) -> Outcome {
    let mut changed = BTreeMap::new();
    let mut faults = Vec::new();
    for mutant in mutants.iter().filter(|mutant| mutant.language == language) {
        let text = match changed.remove(&mutant.file) {
            Some(text) => text,
            None => {
                String::from_utf8_lossy(&read(&process::root().join(&mutant.file))?).into_owned()
            }
        };
        let text = with(mutant, &text).unwrap_or_else(|fault| {
            faults.push(fault);
            text
        });
        changed.insert(mutant.file.clone(), text);
    }
    if !faults.is_empty() {
        return Err(Failure::Text(faults.join("\n")));
    }
    for file in files()? {
        let from = process::root().join(&file);
        // What git knows and nobody has any more.
        if !from.is_file() {
            continue;
        }
        let bytes = match changed.remove(&file) {
            Some(text) => text.into_bytes(),
            None => read(&from)?,
        };
        let bytes = match (language, file.as_str()) {
            (Language::Rust, "core/src/lib.rs") => [&bytes, RUST.as_bytes()].concat(),
            _ => bytes,
        };
        write(&copy(language).join(&file), &bytes)?;
    }
    Ok(())
}

/// The text with the mutant in it.
fn with(mutant: &Mutant, text: &str) -> Result<String, String> {
    let Mutant {
        number, file, what, ..
    } = mutant;
    let new = mutant.new.replace('@', &switch(mutant.language, *number));
    match text.matches(&mutant.old).count() {
        1 => Ok(text.replacen(&mutant.old, &new, 1)),
        times => Err(format!(
            "{file}: the text of `{what}` is there {times} times"
        )),
    }
}

fn switch(language: Language, number: usize) -> String {
    match language {
        Language::Rust => format!("crate::mutant({number})"),
        Language::TypeScript => format!("(globalThis.process?.env?.{SWITCH} === '{number}')"),
    }
}

/// What git knows and what it does not ignore.
fn files() -> Result<Vec<String>, Failure> {
    let asked = ["ls-files", "--cached", "--others", "--exclude-standard"];
    let printed = process::output(process::program("git", &asked))?;
    Ok(printed.lines().map(str::to_owned).collect())
}

fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    fs::read(path).map_err(|error| fault(path, &error))
}

fn write(path: &Path, bytes: &[u8]) -> Outcome {
    if fs::read(path).is_ok_and(|last| last == bytes) {
        return Ok(());
    }
    let folder = path.parent().unwrap_or(path);
    fs::create_dir_all(folder)
        .and_then(|()| fs::write(path, bytes))
        .map_err(|error| fault(path, &error))
}

fn fault(path: &Path, error: &std::io::Error) -> Failure {
    Failure::Text(format!("{}: {error}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mutant(language: Language) -> Mutant {
        Mutant {
            number: 7,
            group: String::new(),
            language,
            what: "sums".to_owned(),
            file: "sum".to_owned(),
            old: "a + b".to_owned(),
            new: "if @ { a } else { a + b }".to_owned(),
            seen_by: Vec::new(),
            no_effect: None,
        }
    }

    #[test]
    fn the_switch_stands_for_the_sign() {
        let text = with(&mutant(Language::Rust), "= a + b;").unwrap();
        assert_eq!(text, "= if crate::mutant(7) { a } else { a + b };");
        let text = with(&mutant(Language::TypeScript), "a + b").unwrap();
        assert!(text.contains("globalThis.process?.env?.TRACKSTATS_MUTANT === '7'"));
    }

    #[test]
    fn a_text_that_is_gone_or_there_twice_is_told() {
        for text in ["a - b", "a + b; a + b"] {
            assert!(with(&mutant(Language::Rust), text).is_err(), "{text}");
        }
    }
}
