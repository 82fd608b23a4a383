//! What the items and their parameters are called.

use std::collections::HashMap;

use proc_macro2::Span;
use syn::ext::IdentExt as _;
use syn::{Ident, LitStr};

/// What the constant of a domain is called.
pub(crate) const DOMAIN: &str = "DOMAIN";

/// What is taken by whom: by several only if they are never there together.
pub(crate) struct Taken<T>(HashMap<String, Vec<(Option<String>, T)>>);

impl<T> Default for Taken<T> {
    fn default() -> Self {
        Self(HashMap::new())
    }
}

impl<T: Clone> Taken<T> {
    /// Takes a name under a condition, and tells who may have it at the same time.
    pub(crate) fn insert(&mut self, name: String, condition: Option<String>, by: T) -> Option<T> {
        let all = self.0.entry(name).or_default();
        // Which conditions exclude each other is not known here, but that equal ones do not.
        let other = all
            .iter()
            .find(|(other, _)| other.is_none() || condition.is_none() || *other == condition);
        let other = other.map(|(_, by)| by.clone());
        all.push((condition, by));
        other
    }
}

/// The stable name.
pub(crate) fn reference(name: &Ident, written: Option<&LitStr>) -> String {
    written.map_or_else(|| name.unraw().to_string(), LitStr::value)
}

/// The name of the constant of a metric.
pub(crate) fn constant(name: &Ident) -> String {
    name.unraw().to_string().to_uppercase()
}

/// The name of the function of a metric that has dimensions.
pub(crate) fn function(name: &Ident) -> String {
    name.unraw().to_string().to_lowercase()
}

/// The constant as it is written; behind a mistake, beside what has its name.
pub(crate) fn constant_item(name: &Ident) -> Ident {
    let text = constant(name);
    if text == DOMAIN {
        Ident::new("DOMAIN_", name.span())
    } else {
        Ident::new(&text, name.span())
    }
}

/// The function as it is written; behind a mistake, beside what has its name.
pub(crate) fn function_item(name: &Ident) -> Ident {
    let text = function(name);
    if text == constant(name) {
        Ident::new(&format!("{text}_by"), name.span())
    } else {
        item(&text, name.span())
    }
}

/// The parameter for a dimension. It is the name of no constant, which a parameter of the same name
/// would be compared with: every constant is in upper case.
pub(crate) fn parameter(dimension: &Ident) -> Ident {
    let text = function(dimension);
    if text == constant(dimension) {
        // Nothing in it has a case.
        Ident::new(&format!("{text}_value"), dimension.span())
    } else {
        item(&text, dimension.span())
    }
}

/// Whether no item can have this name, not even with `r#` before it.
pub(crate) fn is_impossible(name: &str) -> bool {
    matches!(name, "self" | "Self" | "super" | "crate" | "_")
}

/// The name of an item: raw where it is a keyword, and with `_` behind it where that is not allowed.
pub(crate) fn item(name: &str, span: Span) -> Ident {
    if is_impossible(name) {
        Ident::new(&format!("{name}_"), span)
    } else if name == "gen" || syn::parse_str::<Ident>(name).is_err() {
        Ident::new_raw(name, span)
    } else {
        Ident::new(name, span)
    }
}
