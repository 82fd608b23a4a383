//! Everything in the README that can be run is run.
//!
//! A block of Rust with a `main` stands alone. One without continues those before it, so that a
//! reader can go from the top to the bottom. A `text` block right below a block of Rust is what that
//! prints, and a block that prints has one. The commands in `sh` blocks are tested where they are
//! defined, in `xtask`.
#![cfg(test)]

mod block;
mod output;
mod program;

use block::{Block, read};

/// What the blocks may be; no other is run or compared.
const LANGUAGES: [&str; 3] = ["rust", "sh", "text"];

// These two stand for those of std in what follows.
macro_rules! print {
    ($($argument:tt)*) => { crate::output::print(&format!($($argument)*)) };
}

macro_rules! println {
    () => { crate::output::print("\n") };
    ($($argument:tt)*) => { crate::output::print(&(format!($($argument)*) + "\n")) };
}

include!(concat!(env!("OUT_DIR"), "/readme.rs"));

#[test]
fn every_block_is_of_a_kind_that_is_run() {
    let blocks = read(include_str!("../../README.md"));
    assert!(blocks.iter().any(|block| block.language == "rust"));
    for Block { line, language, .. } in &blocks {
        let known = LANGUAGES.contains(&language.as_str());
        assert!(known, "README.md:{line}: nothing runs `{language}`");
    }
}

#[test]
fn what_a_block_prints_is_the_text_right_below_it() {
    let blocks = read(
        "a\n```rust\none();\n```\n\n```text\n1\n```\n```rust\ntwo();\n```\nb\n```text\n2\n```\n",
    );
    let printed: Vec<_> = blocks
        .iter()
        .map(|block| block.printed.as_deref())
        .collect();
    assert_eq!(printed, [Some("1\n"), None, None]);
    let lines: Vec<_> = blocks.iter().map(|block| block.line).collect();
    assert_eq!(lines, [2, 9, 13]);
}

#[test]
fn a_block_with_a_main_stands_alone() {
    let program = program::write(&read(
        "```rust\nfn main() {}\n```\n```rust\nlet a = 1;\n```\n",
    ));
    assert!(
        program.contains("mod line_1 {\nfn main() {}\n"),
        "{program}"
    );
    assert!(program.contains("{\nlet a = 1;\n"), "{program}");
}

#[test]
fn what_is_printed_is_compared() {
    let compare = |text: &str, shown: Option<&str>| {
        print!("{text}");
        std::panic::catch_unwind(|| output::compare(1, shown)).is_ok()
    };
    println!("1");
    println!();
    assert!(compare("2\n", Some("1\n\n2\n")));
    assert!(compare("", None));
    assert!(!compare("1\n", Some("2\n")));
    assert!(!compare("1\n", None));
    assert!(!compare("", Some("1\n")));
}
