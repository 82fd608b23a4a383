//! Reads what stands before a domain or a metric.

use proc_macro2::Span;
use syn::parse::ParseStream;
use syn::spanned::Spanned as _;
use syn::{Attribute, Expr, ExprLit, Lit, LitStr, Meta, Token};

use super::Passed;
use crate::report::Report;

/// What the items get as it is written.
const PASSED: [&str; 7] = [
    "cfg",
    "deprecated",
    "allow",
    "expect",
    "warn",
    "deny",
    "forbid",
];

/// Doc comments, what is passed on, and the reference if one was set.
#[derive(Default)]
pub(super) struct Attributes {
    pub(super) docs: Vec<Attribute>,
    pub(super) passed: Passed,
    pub(super) reference: Option<LitStr>,
    /// Where the last of them stands.
    pub(super) last: Option<Span>,
}

pub(super) fn read(input: ParseStream<'_>, report: &mut Report) -> syn::Result<Attributes> {
    let mut read = Attributes::default();
    let mut has_reference = false;
    while input.peek(Token![#]) {
        if input.peek2(Token![!]) {
            for attribute in input.call(Attribute::parse_inner)? {
                read.last = Some(attribute.span());
                let message = if attribute.path().is_ident("doc") {
                    "a doc comment stands before what it describes: write it there, with `///`"
                } else {
                    "an attribute stands before what it is about: write it there, without `!`"
                };
                report.at(attribute.pound_token.span, message);
            }
            continue;
        }
        for attribute in input.call(Attribute::parse_outer)? {
            read.last = Some(attribute.span());
            let path = attribute.path();
            if path.is_ident("doc") {
                read.docs.push(attribute);
            } else if PASSED.iter().any(|name| path.is_ident(name)) {
                read.passed.0.push(attribute);
            } else if !path.is_ident("reference") {
                report.on(
                    path,
                    "only doc comments, `#[reference(\"…\")]`, `#[cfg(…)]`, `#[deprecated]` and levels of \
                     lints such as `#[allow(…)]` can stand before a domain or a metric",
                );
            } else if has_reference {
                report.on(
                    path,
                    "this is a second reference, where one is set already: leave it out",
                );
            } else {
                has_reference = true;
                read.reference = reference(&attribute, report);
            }
        }
    }
    Ok(read)
}

fn reference(attribute: &Attribute, report: &mut Report) -> Option<LitStr> {
    let usual = "write the reference as `#[reference(\"order-count\")]`";
    match &attribute.meta {
        Meta::Path(path) => report.on(path, usual),
        Meta::NameValue(pair) => {
            if let Expr::Lit(ExprLit {
                lit: Lit::Str(text),
                ..
            }) = &pair.value
            {
                let message = format!("write the reference as `#[reference({:?})]`", text.value());
                report.on(&pair.eq_token, message);
                return Some(text.clone());
            }
            report.on(&pair.value, usual);
        }
        Meta::List(list) if list.tokens.is_empty() => report.on(&list.path, usual),
        Meta::List(list) => match list.parse_args() {
            Ok(text) => return Some(text),
            Err(_) => report.on(&list.tokens, usual),
        },
    }
    None
}
