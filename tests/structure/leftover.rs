//! What must not be left in the tree: work undone, and names of what is outside it.

use crate::source::{File, each_level, files, is_punct, none, place, rust};

const MACROS: [&str; 3] = ["dbg", "todo", "unimplemented"];

/// Folders outside the tree, put together here so that this file does not name them.
const OUTSIDE: [&str; 3] = [
    concat!("..", "/shared"),
    concat!("/work", "/"),
    concat!("/tmp", "/wt"),
];

fn undone(file: &File) -> Vec<String> {
    let mut faults = Vec::new();
    each_level(&file.tokens(), &mut |tokens| {
        for (at, token) in tokens.iter().enumerate() {
            let word = token.to_string();
            if MACROS.contains(&word.as_str()) && is_punct(tokens.get(at + 1), '!') {
                faults.push(format!("{}: `{word}!` is left", place(&file.path, token)));
            }
        }
    });
    faults
}

fn outside(file: &File) -> Vec<String> {
    let mut faults = Vec::new();
    for (number, line) in file.text.lines().enumerate() {
        let place = format!("{}:{}", file.path, number + 1);
        if let Some(folder) = OUTSIDE.iter().find(|folder| line.contains(*folder)) {
            faults.push(format!("{place}: `{folder}` is outside the tree"));
        }
        if names_a_ticket(line) {
            faults.push(format!("{place}: a ticket is named"));
        }
    }
    faults
}

/// Whether `issue`, `ticket` or `task` is followed by a number.
fn names_a_ticket(line: &str) -> bool {
    let lower = line.to_lowercase();
    let words: Vec<&str> = lower.split_whitespace().collect();
    words.windows(2).any(|pair| {
        let [word, number] = pair else { return false };
        let word = word.trim_matches(|sign: char| !sign.is_alphanumeric());
        let number = number.trim_start_matches(['#', '`']);
        ["issue", "ticket", "task"].contains(&word)
            && number.starts_with(|sign: char| sign.is_ascii_digit())
    })
}

#[test]
fn nothing_is_left_undone() {
    let faults: Vec<_> = rust().iter().flat_map(undone).collect();
    none(&faults);
}

#[test]
fn nothing_outside_the_tree_is_named() {
    let written = files(&["."], &["rs", "toml", "md", "ts", "js", "sh", "sql"]);
    let faults: Vec<_> = written.iter().flat_map(outside).collect();
    none(&faults);
}

#[test]
fn what_is_left_is_found() {
    let file = crate::source::file;
    for text in [
        "fn f() { todo!() }",
        "fn f() { unimplemented!(\"later\") }",
        "fn f() { g(dbg!(1)) }",
    ] {
        assert_eq!(undone(&file("core/src/a.rs", text)).len(), 1, "{text}");
    }
    none(&undone(&file("core/src/a.rs", "fn todo() { dbg(); }")));
    for text in [
        concat!("see ..", "/shared/DESIGN.md"),
        concat!("as issue", " 2 says"),
        concat!("Task", " #14: faster"),
    ] {
        assert_eq!(outside(&file("README.md", text)).len(), 1, "{text}");
    }
    none(&outside(&file(
        "README.md",
        "an issue of 2026, a task for three people",
    )));
}
