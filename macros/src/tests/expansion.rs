//! The expansions of `tests/expand`: each declaration there and what it becomes.

use std::path::{Path, PathBuf};
use std::str::FromStr as _;
use std::{env, fs};

use proc_macro2::{TokenStream, TokenTree};

/// Set to write the expansions instead of comparing them.
const WRITE: &str = "TRACKSTATS_WRITE_EXPANSIONS";

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/expand")
}

/// The expansion of a file that holds `stats! { … }`, formatted.
fn expanded(declaration: &str) -> String {
    let call = TokenStream::from_str(declaration).unwrap();
    let Some(TokenTree::Group(braces)) = call.into_iter().last() else {
        panic!("a declaration ends with its braces");
    };
    prettyplease::unparse(&syn::parse2(super::expand(braces.stream())).unwrap())
}

fn compare(name: &str) {
    let declaration = fs::read_to_string(folder().join(format!("{name}.rs"))).unwrap();
    let (actual, path) = (
        expanded(&declaration),
        folder().join(format!("{name}.expanded.rs")),
    );
    if env::var_os(WRITE).is_some() {
        fs::write(path, actual).unwrap();
        return;
    }
    let expected = fs::read_to_string(path).unwrap_or_default();
    assert!(
        actual == expected,
        "{name}.rs expands to what is not in {name}.expanded.rs; read it, and write it with \
         {WRITE}=1:\n{actual}"
    );
}

macro_rules! expansions {
    ($($name:ident)*) => {
        $(
            #[test]
            fn $name() {
                compare(stringify!($name));
            }
        )*

        #[test]
        fn every_declaration_is_compared() {
            let mut names: Vec<String> = fs::read_dir(folder())
                .unwrap()
                .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
                .filter_map(|name| name.strip_suffix(".expanded.rs").map(str::to_owned))
                .collect();
            names.sort();
            assert_eq!(names, [$(stringify!($name)),*]);
        }
    };
}

expansions! { dimensions documentation mistakes names plain }
