//! Reads the tokens of a declaration.
//!
//! A mistake is reported, and reading goes on behind it: with the next metric or the next domain.

use proc_macro2::{Delimiter, Span, TokenStream, TokenTree};
use syn::ext::IdentExt as _;
use syn::parse::{ParseStream, Parser as _};
use syn::{Attribute, Ident, LitStr, Token, Visibility};

use crate::report::Report;

/// A group of metrics.
pub(crate) struct Domain {
    pub(crate) docs: Vec<Attribute>,
    pub(crate) reference: Option<LitStr>,
    pub(crate) visibility: Visibility,
    pub(crate) name: Ident,
    pub(crate) title: Option<LitStr>,
    pub(crate) metrics: Vec<Metric>,
    /// Whether nothing stood in the braces, not even a mistake.
    pub(crate) is_empty: bool,
}

/// What is measured.
pub(crate) struct Metric {
    pub(crate) docs: Vec<Attribute>,
    pub(crate) reference: Option<LitStr>,
    pub(crate) name: Ident,
    pub(crate) kind: Kind,
    pub(crate) dimensions: Vec<Ident>,
    pub(crate) title: Option<LitStr>,
}

/// The type of the values.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Integer,
    Float,
}

/// Reads all domains.
pub(crate) fn read(input: TokenStream, report: &mut Report) -> Vec<Domain> {
    let mut domains = Vec::new();
    let parser = |input: ParseStream<'_>| {
        while !input.is_empty() {
            domains.extend(domain(input, report)?);
        }
        Ok(())
    };
    if let Err(error) = parser.parse2(input) {
        report.at(error.span(), error);
    }
    domains
}

fn domain(input: ParseStream<'_>, report: &mut Report) -> syn::Result<Option<Domain>> {
    let (docs, reference) = attributes(input, report)?;
    let visibility: Visibility = input.parse()?;
    let Some(name) = name(input, "a domain", "`shopping { order_count }`", report)? else {
        skip_past_braces(input)?;
        return Ok(None);
    };
    let title = input.peek(LitStr).then(|| input.parse()).transpose()?;
    let is_empty = matches!(
        input.fork().parse::<TokenTree>(),
        Ok(TokenTree::Group(group)) if group.stream().is_empty()
    );
    let metrics = body(input, &name, report)?;
    if input.peek(Token![,]) || input.peek(Token![;]) {
        let separator: TokenTree = input.parse()?;
        report.at(
            separator.span(),
            "nothing stands between two domains: leave this out",
        );
    }
    Ok(Some(Domain {
        docs,
        reference,
        visibility,
        name,
        title,
        metrics,
        is_empty,
    }))
}

/// The metrics of a domain, from whatever brackets they stand in.
fn body(input: ParseStream<'_>, domain: &Ident, report: &mut Report) -> syn::Result<Vec<Metric>> {
    let braces = format!("the metrics of `{domain}` stand in braces: write `{domain} {{ … }}`");
    if input.peek(Token![<]) {
        let open: Token![<] = input.parse()?;
        report.on(&open, braces);
        let mut inside = TokenStream::new();
        while !input.is_empty() && !input.peek(Token![>]) {
            inside.extend([input.parse::<TokenTree>()?]);
        }
        input.parse::<Option<Token![>]>>()?;
        return metrics(inside, domain, report);
    }
    match input.fork().parse::<TokenTree>() {
        Ok(TokenTree::Group(group)) if group.delimiter() != Delimiter::None => {
            input.parse::<TokenTree>()?;
            if group.delimiter() != Delimiter::Brace {
                report.at(group.span_open(), braces);
            }
            metrics(group.stream(), domain, report)
        }
        Ok(token) => {
            report.at(token.span(), braces);
            skip_past_braces(input)?;
            Ok(Vec::new())
        }
        Err(_) => {
            report.at(domain.span(), braces);
            Ok(Vec::new())
        }
    }
}

fn metrics(inside: TokenStream, domain: &Ident, report: &mut Report) -> syn::Result<Vec<Metric>> {
    let mut metrics = Vec::new();
    let parser = |input: ParseStream<'_>| {
        while !input.is_empty() {
            match metric(input, domain, report) {
                Ok(metric) => metrics.extend(metric),
                Err(error) => {
                    report.at(error.span(), error);
                    skip_to_comma(input)?;
                }
            }
            separator(input, domain, report)?;
        }
        Ok(())
    };
    parser.parse2(inside)?;
    Ok(metrics)
}

fn metric(
    input: ParseStream<'_>,
    domain: &Ident,
    report: &mut Report,
) -> syn::Result<Option<Metric>> {
    let (docs, reference) = attributes(input, report)?;
    if input.peek(Token![pub]) {
        let visibility: Visibility = input.parse()?;
        report.on(
            &visibility,
            format!("a metric has no visibility of its own: write it before the domain `{domain}`"),
        );
    }
    let Some(name) = name(input, "a metric", "`order_count \"Orders sold\"`", report)? else {
        skip_to_comma(input)?;
        return Ok(None);
    };
    let mut metric = Metric {
        docs,
        reference,
        name,
        kind: Kind::Integer,
        dimensions: Vec::new(),
        title: None,
    };
    while !input.is_empty() {
        let late = metric.title.clone();
        if input.peek(LitStr) && metric.title.is_none() {
            metric.title = Some(input.parse()?);
            continue;
        }
        if input.peek(Token![:]) {
            input.parse::<Token![:]>()?;
            metric.kind = kind(input, &metric.name, domain, report)?;
        } else if is_by(input) && !is_next_metric(input) {
            let by: Ident = input.parse()?;
            metric.dimensions = dimensions(input, &by, &metric.name, domain, report)?;
        } else {
            break;
        }
        if let Some(title) = late {
            let name = &metric.name;
            report.on(
                &title,
                format!("the title of `{name}` comes last, after its type and `by`"),
            );
        }
    }
    Ok(Some(metric))
}

fn is_by(input: ParseStream<'_>) -> bool {
    input.fork().parse::<Ident>().is_ok_and(|word| word == "by")
}

/// Where a comma was left out before a metric that is called `by`, which is followed by a comma.
fn is_next_metric(input: ParseStream<'_>) -> bool {
    let ahead = input.fork();
    ahead.parse::<Ident>().is_ok() && ahead.peek(Token![:])
}

fn kind(
    input: ParseStream<'_>,
    metric: &Ident,
    domain: &Ident,
    report: &mut Report,
) -> syn::Result<Kind> {
    let place = input.span();
    let Ok(path) = input.parse::<syn::Path>() else {
        report.at(
            place,
            format!("the type of `{metric}` in `{domain}` is `i64` or `f64`"),
        );
        return Ok(Kind::Integer);
    };
    if path.is_ident("i64") {
        return Ok(Kind::Integer);
    }
    if path.is_ident("f64") {
        return Ok(Kind::Float);
    }
    report.on(
        &path,
        format!("`{metric}` in `{domain}` cannot hold this type: use `i64` or `f64`"),
    );
    Ok(if path.is_ident("f32") {
        Kind::Float
    } else {
        Kind::Integer
    })
}

fn dimensions(
    input: ParseStream<'_>,
    by: &Ident,
    metric: &Ident,
    domain: &Ident,
    report: &mut Report,
) -> syn::Result<Vec<Ident>> {
    let missing = format!(
        "`by` of `{metric}` in `{domain}` names no dimension: write `by user` or `by (country, city)`"
    );
    if input.peek(syn::token::Paren) {
        let inside;
        syn::parenthesized!(inside in input);
        let mut names = Vec::new();
        while !inside.is_empty() {
            names.extend(name(
                &inside,
                "a dimension",
                "`by (country, city)`",
                report,
            )?);
            if inside.is_empty() {
                break;
            }
            if inside.parse::<Option<Token![,]>>()?.is_none() {
                let found: TokenTree = inside.parse()?;
                report.at(
                    found.span(),
                    format!("a comma stands between two dimensions of `{metric}`"),
                );
            }
        }
        if names.is_empty() {
            report.on(by, missing);
        }
        return Ok(names);
    }
    if input.peek(Ident::peek_any) {
        return Ok(name(input, "a dimension", "`by user`", report)?
            .into_iter()
            .collect());
    }
    report.on(by, missing);
    Ok(Vec::new())
}

/// Reads a name; a keyword is reported and taken as a raw one.
fn name(
    input: ParseStream<'_>,
    what: &str,
    example: &str,
    report: &mut Report,
) -> syn::Result<Option<Ident>> {
    if input.peek(Ident) {
        return input.parse().map(Some);
    }
    if input.peek(Ident::peek_any) {
        let word = input.call(Ident::parse_any)?;
        let text = word.to_string();
        if matches!(text.as_str(), "self" | "Self" | "super" | "crate" | "_") {
            report.on(
                &word,
                format!("`{text}` cannot be the name of {what}: choose another"),
            );
            return Ok(Some(Ident::new(
                &format!("{}_", text.to_lowercase()),
                word.span(),
            )));
        }
        report.on(
            &word,
            format!(
                "`{text}` is a keyword: write `r#{text}`, or another name with `#[reference(\"{text}\")]`"
            ),
        );
        return Ok(Some(Ident::new_raw(&text, word.span())));
    }
    let place = input
        .fork()
        .parse::<TokenTree>()
        .map_or(Span::call_site(), |token| token.span());
    report.at(
        place,
        format!("{what} starts with its name, as in {example}"),
    );
    Ok(None)
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
    let next: TokenTree = input.fork().parse()?;
    report.at(
        next.span(),
        format!("a comma is missing before this: one stands between two metrics of `{domain}`"),
    );
    // A name or an attribute begins the next metric; anything else is passed over.
    if !input.peek(Ident::peek_any) && !input.peek(Token![#]) {
        skip_to_comma(input)?;
        input.parse::<Option<Token![,]>>()?;
    }
    Ok(())
}

/// Doc comments, and the reference if one was set.
fn attributes(
    input: ParseStream<'_>,
    report: &mut Report,
) -> syn::Result<(Vec<Attribute>, Option<LitStr>)> {
    let mut docs = Vec::new();
    let mut reference = None;
    for attribute in input.call(Attribute::parse_outer)? {
        if attribute.path().is_ident("doc") {
            docs.push(attribute);
        } else if attribute.path().is_ident("reference") {
            match attribute.parse_args::<LitStr>() {
                Ok(text) => reference = Some(text),
                Err(_) => report.on(
                    &attribute,
                    "write the reference as `#[reference(\"order-count\")]`",
                ),
            }
        } else {
            report.on(
                attribute.path(),
                "only doc comments and `#[reference(\"…\")]` can stand before a domain or a metric",
            );
        }
    }
    Ok((docs, reference))
}

fn skip_to_comma(input: ParseStream<'_>) -> syn::Result<()> {
    while !input.is_empty() && !input.peek(Token![,]) {
        input.parse::<TokenTree>()?;
    }
    Ok(())
}

/// Goes on behind the next braces, where the next domain begins.
fn skip_past_braces(input: ParseStream<'_>) -> syn::Result<()> {
    while !input.is_empty() {
        let token: TokenTree = input.parse()?;
        if matches!(&token, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace) {
            break;
        }
    }
    Ok(())
}
