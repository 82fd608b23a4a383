//! Reads the metrics of a domain.

use proc_macro2::{Span, TokenStream};
use syn::ext::IdentExt as _;
use syn::parse::{ParseStream, Parser as _};
use syn::{Ident, Token, Visibility, token};

use super::word::{self, Of};
use super::{Metric, ValueKind, attribute, dimension, kind, one_line, skip, title};
use crate::report::Report;

/// Reads everything that stands in the braces of a domain.
pub(super) fn read(inside: TokenStream, domain: &Ident, report: &mut Report) -> Vec<Metric> {
    let mut metrics = Vec::new();
    let before = report.len();
    let parser = |input: ParseStream<'_>| {
        while !input.is_empty() {
            match metric(input, domain, report) {
                Ok(metric) => metrics.extend(metric),
                Err(error) => {
                    report.at(error.span(), error);
                    skip::to_comma(input)?;
                }
            }
            separator(input, domain, report)?;
        }
        Ok(())
    };
    if let Err(error) = parser.parse2(inside) {
        report.rest(&error, before);
    }
    one_line::join(&mut metrics, report);
    metrics
}

fn metric(
    input: ParseStream<'_>,
    domain: &Ident,
    report: &mut Report,
) -> syn::Result<Option<Metric>> {
    let attributes = attribute::read(input, report)?;
    let mut last = attributes.last.unwrap_or_else(Span::call_site);
    if input.peek(Token![pub]) {
        last = input.span();
        let visibility: Visibility = input.parse()?;
        report.on(
            &visibility,
            format!("a metric has no visibility of its own: write it before the domain `{domain}`"),
        );
    }
    let Some(name) = word::name(input, Of::Metric, last, report)? else {
        skip::to_comma(input)?;
        return Ok(None);
    };
    let mut metric = Metric {
        docs: attributes.docs,
        passed: attributes.passed,
        reference: attributes.reference,
        name,
        kind: ValueKind::Integer,
        dimensions: Vec::new(),
        by_one: false,
        title: None,
    };
    rest(input, &mut metric, domain, report)?;
    Ok(Some(metric))
}

/// What follows the name: the type, `by` and the title, in this order.
fn rest(
    input: ParseStream<'_>,
    metric: &mut Metric,
    domain: &Ident,
    report: &mut Report,
) -> syn::Result<()> {
    let name = metric.name.clone();
    let (mut has_kind, mut has_by, mut is_ordered) = (false, false, true);
    while !input.is_empty() {
        if title::read(input, &name, &mut metric.title, report)? {
            continue;
        }
        if let Some(written) = kind::read(input, &name, report)? {
            if has_kind {
                let message = format!("`{name}` in `{domain}` has a type already: leave this out");
                written.wrong(&message, report);
                continue;
            }
            has_kind = true;
            if has_by && metric.title.is_none() {
                is_ordered = false;
                let message =
                    format!("the type of `{name}` stands before its `by`: write it after the name");
                written.wrong(&message, report);
            }
            metric.kind = written.judge(&name, domain, report);
        } else if dimension::is_by(input) && !dimension::is_next_metric(input) {
            let by: Ident = input.fork().parse()?;
            metric.by_one = !has_by && dimension::is_one(input);
            let mut more = dimension::read(input, &name, domain, report)?;
            more.retain(|dimension| !has_by || !metric.dimensions.contains(dimension));
            metric.dimensions.append(&mut more);
            if has_by {
                let example = dimension::example(&metric.dimensions);
                report.on(
                    &by,
                    format!("`{name}` in `{domain}` has a `by` already: write {example}"),
                );
            }
            has_by = true;
        } else {
            break;
        }
        if is_ordered && let Some(title) = &metric.title {
            is_ordered = false;
            report.on(
                title,
                format!("the title of `{name}` comes last: write it after its type and `by`"),
            );
        }
    }
    Ok(())
}

fn separator(input: ParseStream<'_>, domain: &Ident, report: &mut Report) -> syn::Result<()> {
    if input.is_empty() || input.parse::<Option<Token![,]>>()?.is_some() {
        return Ok(());
    }
    if input.peek(Token![;]) {
        let semicolon: Token![;] = input.parse()?;
        report.on(
            &semicolon,
            format!("a comma stands between two metrics of `{domain}`"),
        );
        return Ok(());
    }
    // A name or an attribute begins the next metric; anything else is passed over.
    if input.peek(Ident::peek_any) || input.peek(Token![#]) {
        report.at(
            input.span(),
            format!("a comma is missing before this: one stands between two metrics of `{domain}`"),
        );
        return Ok(());
    }
    let message = if input.peek(token::Brace) {
        format!("a metric holds no others: put this domain behind `{domain}`")
    } else {
        "this cannot stand here: a metric is written as `sales: i64 by country \"Items sold\"`"
            .to_owned()
    };
    report.at(input.span(), message);
    skip::to_comma(input)?;
    input.parse::<Option<Token![,]>>()?;
    Ok(())
}
