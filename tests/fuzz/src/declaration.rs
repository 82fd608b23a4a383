//! The text of a `stats!` declaration.

use std::collections::HashSet;
use std::str::FromStr as _;

use proc_macro2::TokenStream;
use syn::{File, Item};

use crate::declare::declare;

/// Expands a text as it is, behind a domain that is right, and behind a metric that is right.
///
/// # Panics
///
/// When an expansion is no Rust, has a name twice, declares nothing without an error, or loses what
/// is right.
pub fn declaration(text: &str) {
    let Ok(tokens) = TokenStream::from_str(text) else {
        return;
    };
    let nothing = tokens.is_empty();
    let items = expanded(tokens);
    assert!(nothing || !items.is_empty(), "it is passed over");

    for (good, before, after) in [
        ("good_domain", "good_domain { only_metric } ", ""),
        ("good_domain", "good_domain { only_metric, ", " }"),
    ] {
        // A line end, because the text may end in a comment.
        let around = format!("{before}{text}\n{after}");
        let Ok(tokens) = TokenStream::from_str(&around) else {
            continue;
        };
        let items = expanded(tokens);
        let module = items.iter().find_map(|item| match item {
            Item::Mod(module) if module.ident == good => module.content.as_ref(),
            _ => None,
        });
        let (_, inner) = module.expect("a good domain is declared");
        let is_there = |item: &Item| matches!(item, Item::Const(one) if one.ident == "ONLY_METRIC");
        assert!(inner.iter().any(is_there), "a good metric is declared");
    }
}

/// The items that tokens become.
fn expanded(tokens: TokenStream) -> Vec<Item> {
    let expansion = declare(tokens);
    let file: File = syn::parse2(expansion.clone())
        .unwrap_or_else(|error| panic!("{error} in the expansion {expansion}"));
    each_name_is_there_once(&file.items);
    file.items
}

fn each_name_is_there_once(items: &[Item]) {
    let mut names = HashSet::new();
    for item in items {
        let name = match item {
            Item::Mod(module) => {
                let inner = module.content.as_ref().map(|(_, items)| items.as_slice());
                each_name_is_there_once(inner.unwrap_or_default());
                &module.ident
            }
            Item::Const(constant) => &constant.ident,
            Item::Fn(function) => &function.sig.ident,
            Item::Macro(call) => {
                let last = call.mac.path.segments.last();
                assert!(last.is_some_and(|last| last.ident == "compile_error"));
                continue;
            }
            _ => panic!("a declaration becomes modules, constants and functions"),
        };
        assert!(names.insert(name), "`{name}` is there twice");
    }
}
