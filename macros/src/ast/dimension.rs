//! Reads what a metric is split by.

use proc_macro2::{Delimiter, Span, TokenStream, TokenTree};
use syn::ext::IdentExt as _;
use syn::parse::{ParseStream, Parser as _};
use syn::{Ident, Token};

use super::skip;
use super::word::{Of, name};
use crate::report::Report;

pub(super) fn is_by(input: ParseStream<'_>) -> bool {
    input.fork().parse::<Ident>().is_ok_and(|word| word == "by")
}

/// Where a comma was left out before a metric that is called `by`, which its type follows.
pub(super) fn is_next_metric(input: ParseStream<'_>) -> bool {
    let ahead = input.fork();
    ahead.parse::<Ident>().is_ok() && ahead.peek(Token![:])
}

/// Whether a name follows `by`, and no parentheses.
pub(super) fn is_one(input: ParseStream<'_>) -> bool {
    let ahead = input.fork();
    ahead.call(Ident::parse_any).is_ok() && ahead.peek(Ident::peek_any)
}

/// Reads `by` and the dimensions.
pub(super) fn read(
    input: ParseStream<'_>,
    metric: &Ident,
    domain: &Ident,
    report: &mut Report,
) -> syn::Result<Vec<Ident>> {
    let by: Ident = input.parse()?;
    let group = match input.fork().parse::<TokenTree>() {
        Ok(TokenTree::Group(group)) if group.delimiter() != Delimiter::None => group,
        Ok(_) if input.peek(Ident::peek_any) => {
            let one = name(input, Of::Dimension, by.span(), report)?;
            return Ok(one.into_iter().collect());
        }
        _ => {
            report.on(&by, nothing(metric, domain));
            return Ok(Vec::new());
        }
    };
    input.parse::<TokenTree>()?;
    if group.stream().is_empty() {
        report.on(&by, nothing(metric, domain));
        return Ok(Vec::new());
    }
    let dimensions = list(group.stream(), group.span_close(), report)?;
    if group.delimiter() != Delimiter::Parenthesis {
        report.at(
            group.span_open(),
            format!(
                "the dimensions of `{metric}` stand in parentheses: write {}",
                example(&dimensions)
            ),
        );
    }
    Ok(dimensions)
}

fn nothing(metric: &Ident, domain: &Ident) -> String {
    format!(
        "`by` of `{metric}` in `{domain}` names no dimension: write `by user` or `by (country, city)`"
    )
}

/// How these dimensions are written.
pub(super) fn example(dimensions: &[Ident]) -> String {
    let names: Vec<_> = dimensions.iter().map(ToString::to_string).collect();
    format!("`by ({})`", names.join(", "))
}

fn list(inside: TokenStream, end: Span, report: &mut Report) -> syn::Result<Vec<Ident>> {
    let mut names = Vec::new();
    let parser = |input: ParseStream<'_>| {
        while !input.is_empty() {
            match name(input, Of::Dimension, end, report)? {
                Some(name) => names.push(name),
                None => skip::to_comma(input)?,
            }
            if input.is_empty() || input.parse::<Option<Token![,]>>()?.is_some() {
                continue;
            }
            if input.peek(Ident::peek_any) {
                report.at(
                    input.span(),
                    "a comma is missing before this: one stands between two dimensions",
                );
            } else {
                report.at(
                    input.span(),
                    "only names stand here, with commas between them: leave this out",
                );
                skip::to_comma(input)?;
                input.parse::<Option<Token![,]>>()?;
            }
        }
        Ok(())
    };
    parser.parse2(inside)?;
    Ok(names)
}
