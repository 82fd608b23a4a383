//! Names: of modules, of functions, and the words that are not ours.

use proc_macro2::TokenTree;

use crate::source::{File, each_level, none, place, rust};

/// What tells nothing about the content of a module.
const MODULES: [&str; 9] = [
    "common", "commons", "helper", "helpers", "manager", "misc", "util", "utils", "utility",
];

/// Words for which the design has another one.
const WORDS: [&str; 5] = ["interval", "label", "registry", "slug", "tag"];

/// What stands before a name that is declared.
const DECLARES: [&str; 9] = [
    "const", "enum", "fn", "mod", "static", "struct", "trait", "type", "union",
];

fn file_faults(file: &File) -> Vec<String> {
    file.path
        .trim_end_matches(".rs")
        .split('/')
        .filter(|part| part.split('_').any(|word| MODULES.contains(&word)))
        .map(|part| format!("{}: `{part}` does not tell what is in it", file.path))
        .collect()
}

fn declared_faults(file: &File) -> Vec<String> {
    let mut faults = Vec::new();
    each_level(&file.tokens(), &mut |tokens| {
        for pair in tokens.windows(2) {
            if let [TokenTree::Ident(keyword), name @ TokenTree::Ident(_)] = pair
                && DECLARES.contains(&keyword.to_string().as_str())
                && let Some(fault) = declared_fault(&keyword.to_string(), &name.to_string())
            {
                faults.push(format!("{}: {fault}", place(&file.path, name)));
            }
        }
    });
    faults
}

fn declared_fault(keyword: &str, name: &str) -> Option<String> {
    if keyword == "fn" && name.starts_with("get_") {
        return Some(format!("`{name}` is named without `get_`"));
    }
    let words = words(name);
    if keyword == "mod" && words.iter().any(|word| MODULES.contains(&word.as_str())) {
        return Some(format!("`{name}` does not tell what is in it"));
    }
    let word = words.iter().find(|word| WORDS.contains(&word.as_str()))?;
    Some(format!(
        "`{name}` has the word `{word}`, for which we have another"
    ))
}

/// The words of a name in snake case, camel case or upper case, in lower case.
fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut before = '_';
    for sign in name.chars() {
        if sign == '_' || (sign.is_uppercase() && before.is_lowercase()) {
            words.push(String::new());
        }
        if sign != '_'
            && let Some(word) = words.last_mut()
        {
            word.extend(sign.to_lowercase());
        }
        before = sign;
    }
    words
}

#[test]
fn names_tell_what_they_are_for() {
    let files = rust();
    let mut faults: Vec<_> = files.iter().flat_map(file_faults).collect();
    // SQL has an INTERVAL of its own.
    let ours = files.iter().filter(|file| !file.path.contains("/sql/"));
    faults.extend(ours.flat_map(declared_faults));
    none(&faults);
}

#[test]
fn names_that_tell_nothing_are_found() {
    let file = crate::source::file;
    for path in [
        "core/src/util.rs",
        "core/src/helpers/date.rs",
        "tests/src/test_helper.rs",
    ] {
        assert_eq!(file_faults(&file(path, "")).len(), 1, "{path}");
    }
    for text in [
        "impl A { fn get_name(&self) {} }",
        "mod common {}",
        "struct TagList;",
        "const SLUG_LENGTH: u8 = 1;",
        "mod tests { fn label() {} }",
    ] {
        assert_eq!(
            declared_faults(&file("core/src/a.rs", text)).len(),
            1,
            "{text}"
        );
    }
    none(&file_faults(&file("core/src/time/date.rs", "")));
    for text in [
        "fn get(&self) {}",
        "fn stage() {}",
        "struct Vantage;",
        "fn f() { tag(); }",
    ] {
        none(&declared_faults(&file("core/src/a.rs", text)));
    }
}
