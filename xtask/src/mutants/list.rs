//! The lists in `tests/mutants`: one file a group, its head first, then one block a mutant, with empty lines between.

use std::fs;
use std::path::Path;

use crate::command::Failure;
use crate::process;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Language {
    Rust,
    TypeScript,
}

/// One change of meaning.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Mutant {
    pub(super) number: usize,
    pub(super) group: String,
    pub(super) language: Language,
    /// What it breaks.
    pub(super) what: String,
    pub(super) file: String,
    /// The text as it is, once in the file.
    pub(super) old: String,
    /// What stands there instead, with `@` for the switch.
    pub(super) new: String,
    pub(super) seen_by: Vec<Suite>,
    /// Why nobody can tell that it is there.
    pub(super) no_effect: Option<String>,
}

/// A test program, and the names of tests in it that are run; without names all.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Suite {
    pub(super) program: String,
    pub(super) names: Vec<String>,
}

/// Every mutant of every group, numbered from 1 in the order of the files.
pub(super) fn read() -> Result<Vec<Mutant>, Failure> {
    let folder = process::root().join("tests/mutants");
    let fault = |error| Failure::Text(format!("{}: {error}", folder.display()));
    let mut files: Vec<_> = fs::read_dir(&folder)
        .map_err(fault)?
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
        .collect();
    files.sort();
    let mut mutants = Vec::new();
    for file in &files {
        let text = fs::read_to_string(file).map_err(fault)?;
        read_group(&name(file), &text, &mut mutants)
            .map_err(|(line, text)| Failure::Text(format!("{}:{line}: {text}", file.display())))?;
    }
    Ok(mutants)
}

fn name(file: &Path) -> String {
    let stem = file.file_stem().unwrap_or_default();
    stem.to_string_lossy().into_owned()
}

type Fault = (usize, String);

/// What a group says before its first mutant, which each may say otherwise.
#[derive(Debug, Default)]
struct Head {
    language: Option<Language>,
    seen_by: Vec<Suite>,
}

fn read_group(group: &str, text: &str, mutants: &mut Vec<Mutant>) -> Result<(), Fault> {
    let mut head = Head::default();
    for (first, block) in blocks(text) {
        let fields = fields(first, &block)?;
        let line = |name: &str| {
            fields
                .iter()
                .find(|(is, _)| *is == name)
                .map(|(_, text)| text)
        };
        if let Some(language) = line("language") {
            head = Head {
                language: Some(language_of(language).ok_or((first, known(language)))?),
                seen_by: suites(line("seen by").map_or("", String::as_str)),
            };
            continue;
        }
        let needed = |name: &'static str| {
            let text = line(name).cloned();
            text.ok_or_else(|| (first, format!("a mutant has a line `{name}`")))
        };
        let missing = || (first, "a group begins with `language: …`".to_owned());
        mutants.push(Mutant {
            number: mutants.len() + 1,
            group: group.to_owned(),
            language: head.language.ok_or_else(missing)?,
            what: needed("breaks")?,
            file: needed("file")?,
            old: needed("-")?,
            new: needed("+")?,
            seen_by: line("seen by").map_or_else(|| head.seen_by.clone(), |text| suites(text)),
            no_effect: line("no effect").cloned(),
        });
    }
    Ok(())
}

/// The blocks with the number of the first line of each.
fn blocks(text: &str) -> Vec<(usize, Vec<&str>)> {
    let mut blocks: Vec<(usize, Vec<&str>)> = Vec::new();
    let mut open = false;
    for (at, line) in text.lines().enumerate() {
        match blocks.last_mut() {
            _ if line.is_empty() || line.starts_with('#') => open = !line.is_empty() && open,
            Some((_, block)) if open => block.push(line),
            _ => {
                blocks.push((at + 1, vec![line]));
                open = true;
            }
        }
    }
    blocks
}

/// The fields of a block; lines with `-` or `+` belong together.
fn fields<'a>(first: usize, block: &[&'a str]) -> Result<Vec<(&'a str, String)>, Fault> {
    let mut fields: Vec<(&str, String)> = Vec::new();
    for (at, line) in block.iter().enumerate() {
        let part = ["-", "+"].iter().find_map(|sign| {
            let rest = line.strip_prefix(sign)?;
            (rest.is_empty() || rest.starts_with(' ')).then(|| (*sign, rest.get(1..).unwrap_or("")))
        });
        match (part, line.split_once(": "), fields.last_mut()) {
            (Some((sign, text)), _, Some((last, held))) if *last == sign => {
                held.push('\n');
                held.push_str(text);
            }
            (Some((sign, text)), _, _) => fields.push((sign, text.to_owned())),
            (None, Some((name, text)), _) => fields.push((name, text.trim().to_owned())),
            (None, None, _) => {
                return Err((
                    first + at,
                    "expected `name: text`, `- text` or `+ text`".to_owned(),
                ));
            }
        }
    }
    Ok(fields)
}

fn language_of(text: &str) -> Option<Language> {
    match text {
        "rust" => Some(Language::Rust),
        "typescript" => Some(Language::TypeScript),
        _ => None,
    }
}

fn known(text: &str) -> String {
    format!("the language `{text}` is neither `rust` nor `typescript`")
}

/// Reads `faults splits sql_; sql`.
fn suites(text: &str) -> Vec<Suite> {
    let suite = |text: &str| {
        let mut words = text.split_whitespace().map(str::to_owned);
        let program = words.next()?;
        let names = words.collect();
        Some(Suite { program, names })
    };
    text.split(';').filter_map(suite).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const GROUP: &str = "\
# A remark.
language: rust
seen by: unit sum; faults

breaks: a sum leaves the last out
file: core/src/sum.rs
- values
-     .sum()
+ values
+     .take(if @ { 1 } else { 9 }).sum()

breaks: nothing
file: core/src/sum.rs
seen by: sql
no effect: asked for speed only
- a
+ @ || a
";

    fn read(text: &str) -> Result<Vec<Mutant>, Fault> {
        let mut mutants = Vec::new();
        read_group("sums", text, &mut mutants)?;
        Ok(mutants)
    }

    #[test]
    fn a_group_is_read() {
        let mutants = read(GROUP).unwrap();
        let [first, second] = mutants.as_slice() else {
            panic!("{mutants:?}");
        };
        assert_eq!((first.number, second.number), (1, 2));
        assert_eq!(first.old, "values\n    .sum()");
        assert_eq!(first.seen_by, suites("unit sum; faults"));
        assert_eq!(second.seen_by, suites("sql"));
        assert_eq!(second.no_effect.as_deref(), Some("asked for speed only"));
    }

    #[test]
    fn what_is_wrong_is_told_with_its_line() {
        let line = |text: &str| read(text).unwrap_err().0;
        assert_eq!(line("language: c\n"), 1);
        assert_eq!(line("\nbreaks: all\nfile: a\n- a\n+ b\n"), 2);
        assert_eq!(line("language: rust\n\nbreaks: all\nnot a field\n"), 4);
        assert_eq!(line("language: rust\n\nbreaks: all\nfile: a\n- a\n"), 3);
    }

    /// The command tells of each text that is gone; here it is enough that the lists are kept.
    #[test]
    fn the_lists_of_the_tree_fit_its_sources() {
        let mutants = super::read().unwrap();
        let mut gone = Vec::new();
        for mutant in &mutants {
            let text = fs::read_to_string(process::root().join(&mutant.file)).unwrap();
            let Mutant { file, what, .. } = mutant;
            assert!(
                mutant.new.contains('@') && !mutant.seen_by.is_empty(),
                "{file}: {what}"
            );
            if text.matches(&mutant.old).count() != 1 {
                gone.push(format!("{file}: {what}"));
            }
        }
        assert!(
            mutants.len() > 100 && gone.len() * 10 <= mutants.len(),
            "{gone:#?}"
        );
    }
}
