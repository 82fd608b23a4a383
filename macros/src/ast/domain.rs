//! Reads the domains, and what holds their metrics.

use proc_macro2::{Delimiter, Span, TokenStream, TokenTree};
use syn::parse::{ParseStream, Parser as _};
use syn::{Ident, LitStr, Token, Visibility, token};

use super::word::{self, Of};
use super::{Domain, attribute, metric, skip, title};
use crate::report::Report;

/// Reads all domains.
pub(crate) fn read(input: TokenStream, report: &mut Report) -> Vec<Domain> {
    let mut domains = Vec::new();
    let before = report.len();
    let parser = |input: ParseStream<'_>| {
        while !input.is_empty() {
            match domain(input, report) {
                Ok(domain) => domains.extend(domain),
                Err(error) => {
                    report.at(error.span(), error);
                    skip::past_braces(input)?;
                }
            }
        }
        Ok(())
    };
    if let Err(error) = parser.parse2(input) {
        report.rest(&error, before);
    }
    domains
}

fn domain(input: ParseStream<'_>, report: &mut Report) -> syn::Result<Option<Domain>> {
    let attributes = attribute::read(input, report)?;
    let mut last = attributes.last.unwrap_or_else(Span::call_site);
    if input.peek(Token![pub]) {
        last = input.span();
    }
    let visibility: Visibility = input.parse()?;
    let Some(name) = word::name(input, Of::Domain, last, report)? else {
        skip::past_braces(input)?;
        return Ok(None);
    };
    let mut title = None;
    while title::read(input, &name, &mut title, report)? {}
    let inside = body(input, &name, report)?;
    if let Ok(late) = input.fork().parse::<LitStr>() {
        report.on(
            &late,
            format!("the title of `{name}` stands before its braces"),
        );
        title::read(input, &name, &mut title, &mut Report::default())?;
    }
    let is_empty = inside.as_ref().is_some_and(TokenStream::is_empty);
    let metrics = metric::read(inside.unwrap_or_default(), &name, report);
    if input.peek(Token![,]) || input.peek(Token![;]) {
        let separator: TokenTree = input.parse()?;
        report.at(
            separator.span(),
            "nothing stands between two domains: leave this out",
        );
    }
    Ok(Some(Domain {
        docs: attributes.docs,
        passed: attributes.passed,
        reference: attributes.reference,
        visibility,
        name,
        title,
        metrics,
        is_empty,
    }))
}

/// What stands in the braces, or in whatever brackets were taken for them; nothing where there are
/// none.
fn body(
    input: ParseStream<'_>,
    domain: &Ident,
    report: &mut Report,
) -> syn::Result<Option<TokenStream>> {
    let braces = format!("the metrics of `{domain}` stand in braces: write `{domain} {{ … }}`");
    if input.peek(Token![<]) {
        let open: Token![<] = input.parse()?;
        report.on(&open, braces);
        let mut inside = TokenStream::new();
        while !input.is_empty() && !input.peek(Token![>]) {
            inside.extend([input.parse::<TokenTree>()?]);
        }
        input.parse::<Option<Token![>]>>()?;
        return Ok(Some(inside));
    }
    if let Ok(TokenTree::Group(group)) = input.fork().parse()
        && group.delimiter() != Delimiter::None
    {
        input.parse::<TokenTree>()?;
        if group.delimiter() != Delimiter::Brace {
            report.at(group.span_open(), braces);
        }
        return Ok(Some(group.stream()));
    }
    report.at(skip::place(input, domain.span()), braces);
    while !input.is_empty() && !starts_domain(input) {
        if let TokenTree::Group(group) = input.parse()?
            && group.delimiter() == Delimiter::Brace
        {
            return Ok(Some(group.stream()));
        }
    }
    Ok(None)
}

fn starts_domain(input: ParseStream<'_>) -> bool {
    let ahead = input.fork();
    ahead.parse::<Ident>().is_ok()
        && ahead.parse::<Option<LitStr>>().is_ok()
        && ahead.peek(token::Brace)
}
