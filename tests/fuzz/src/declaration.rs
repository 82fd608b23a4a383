//! The text of a `stats!` declaration.

use std::collections::HashSet;
use std::str::FromStr as _;

use proc_macro2::TokenStream;
use syn::{File, Ident, Item};

use crate::declare::passed_on;

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
    let items = expanded(&tokens);
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
        let items = expanded(&tokens);
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
fn expanded(tokens: &TokenStream) -> Vec<Item> {
    let expansion = passed_on(quote::quote!(::trackstats; #tokens));
    let file: File = syn::parse2(expansion).expect("an expansion is Rust");
    each_name_is_there_once(&file.items);
    file.items
}

fn each_name_is_there_once(items: &[Item]) {
    let mut names = HashSet::new();
    for item in items {
        if let Item::Macro(call) = item {
            let last = call.mac.path.segments.last();
            assert!(last.is_some_and(|last| last.ident == "compile_error"));
            continue;
        }
        if let Item::Mod(module) = item {
            let inner = module.content.as_ref().map(|(_, items)| items.as_slice());
            each_name_is_there_once(inner.unwrap_or_default());
        }
        let name = name(item).expect("an item is a module, a constant or a function");
        assert!(names.insert(name), "`{name}` is there twice");
    }
}

fn name(item: &Item) -> Option<&Ident> {
    match item {
        Item::Mod(module) => Some(&module.ident),
        Item::Const(constant) => Some(&constant.ident),
        Item::Fn(function) => Some(&function.sig.ident),
        _ => None,
    }
}
