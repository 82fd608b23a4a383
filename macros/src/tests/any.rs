//! What must hold for any tokens at all.

use std::collections::HashSet;
use std::str::FromStr as _;

use proc_macro2::TokenStream;
use proptest::prelude::*;
use syn::{FnArg, Item};

/// Words that a declaration is made of, and others that do not belong there.
fn word() -> impl Strategy<Value = &'static str> {
    proptest::sample::select(vec![
        "shop",
        "a",
        "A",
        "_1",
        "by",
        "type",
        "Type",
        "gen",
        "self",
        "Super",
        "_",
        "domain",
        "date",
        "mod",
        "pub",
        "i64",
        "f64",
        "u8",
        "\"t\"",
        "\"a b\"",
        "7",
        "'a",
        "r#fn",
        ",",
        ":",
        "::",
        ";",
        "=",
        "=>",
        "->",
        "-",
        "<",
        ">",
        "(",
        ")",
        "[",
        "]",
        "{",
        "}",
        "#",
        "!",
        "#[reference]",
        "#[reference(\"r\")]",
        "#[reference = 7]",
        "#[cfg(test)]",
        "///d\n",
        "//!d\n",
    ])
}

/// Panics where the items of one module have the same name, or parameters of one function.
fn assert_unique(items: &[Item]) {
    let mut names = HashSet::new();
    for item in items {
        let name = match item {
            Item::Mod(module) => {
                assert_unique(module.content.as_ref().map_or(&[], |(_, items)| items));
                &module.ident
            }
            Item::Const(constant) => &constant.ident,
            Item::Fn(function) => {
                let inputs = function.sig.inputs.iter();
                let names: Vec<_> = inputs
                    .map(|input| match input {
                        FnArg::Typed(typed) => &typed.pat,
                        FnArg::Receiver(_) => panic!("a function takes values"),
                    })
                    .collect();
                assert_eq!(names.iter().collect::<HashSet<_>>().len(), names.len());
                &function.sig.ident
            }
            Item::Macro(error) => {
                assert!(error.mac.path.segments.last().unwrap().ident == "compile_error");
                continue;
            }
            _ => panic!("a declaration expands to modules, constants and functions"),
        };
        assert!(names.insert(name), "`{name}` is there twice");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, ..ProptestConfig::default() })]

    #[test]
    fn any_tokens_give_items_that_can_be(words in proptest::collection::vec(word(), 0..40)) {
        if let Ok(tokens) = TokenStream::from_str(&words.join(" ")) {
            let expanded = super::expand(tokens);
            let file: syn::File = syn::parse2(expanded.clone())
                .map_err(|error| TestCaseError::fail(format!("{error}: {expanded}")))?;
            assert_unique(&file.items);
        }
    }

    #[test]
    fn any_metrics_give_items_that_can_be(
        metrics in proptest::collection::vec(proptest::collection::vec(word(), 0..9), 0..5),
    ) {
        let metrics: Vec<_> = metrics.iter().map(|words| words.join(" ")).collect();
        let text = format!("shop {{ {} }}", metrics.join(","));
        if let Ok(tokens) = TokenStream::from_str(&text) {
            let expanded = super::expand(tokens);
            let file: syn::File = syn::parse2(expanded.clone())
                .map_err(|error| TestCaseError::fail(format!("{error}: {expanded}")))?;
            assert_unique(&file.items);
        }
    }
}
