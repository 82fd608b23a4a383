//! The stages of `macros`: `ast` reads, `check` judges, `expand` writes, `fallback` rescues, `report`
//! collects.

use crate::floor::Building;
use crate::source::{File, each_level, files, none, place};

const MACROS: Building = Building {
    folder: "macros/src",
    floors: &[
        ("report", 0),
        ("ast", 1),
        ("name", 2),
        ("check", 3),
        ("expand", 4),
        ("fallback", 4),
        ("declare", 5),
    ],
};

/// What only one stage does, by the words that it cannot be done without.
const WORK: [(&str, &[&str]); 3] = [
    ("ast", &["ParseStream", "ParseBuffer", "Parser"]),
    ("expand", &["parse_quote", "quote_spanned"]),
    (
        "report",
        &["to_compile_error", "into_compile_error", "compile_error"],
    ),
];

fn faults(file: &File) -> Vec<String> {
    let path = file.below("macros/src").expect("the file is in macros");
    let own = path.split(['/', '.']).next().unwrap_or_default();
    let mut faults = Vec::new();
    each_level(&file.tokens(), &mut |tokens| {
        for token in tokens {
            let word = token.to_string();
            for (stage, words) in WORK {
                if stage != own && words.contains(&word.as_str()) {
                    let place = place(&file.path, token);
                    faults.push(format!("{place}: `{word}` is the work of `{stage}`"));
                }
            }
        }
    });
    faults
}

#[test]
fn a_stage_knows_only_those_before_it() {
    none(&MACROS.judge());
}

#[test]
fn each_stage_does_its_own_work() {
    let faults: Vec<_> = files(&["macros/src"], &["rs"])
        .iter()
        .flat_map(faults)
        .collect();
    none(&faults);
}

#[test]
fn the_work_of_another_stage_is_found() {
    let file = crate::source::file;
    let read = "fn f(input: ParseStream) {}";
    assert_eq!(faults(&file("macros/src/check.rs", read)).len(), 1);
    none(&faults(&file("macros/src/ast.rs", read)));
    let fail = "fn f() { error.to_compile_error() }";
    assert_eq!(faults(&file("macros/src/ast/domain.rs", fail)).len(), 1);
}
