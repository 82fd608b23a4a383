//! Reads a name.

use proc_macro2::Span;
use syn::ext::IdentExt as _;
use syn::parse::ParseStream;
use syn::{Ident, LitStr, Token};

use super::skip;
use crate::report::Report;

/// What a name is the name of.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Of {
    Domain,
    Metric,
    Dimension,
}

impl Of {
    fn noun(self) -> &'static str {
        match self {
            Self::Domain => "a domain",
            Self::Metric => "a metric",
            Self::Dimension => "a dimension",
        }
    }

    fn example(self) -> &'static str {
        match self {
            Self::Domain => "`shopping { order_count }`",
            Self::Metric => "`order_count \"Orders sold\"`",
            Self::Dimension => "`by (country, city)`",
        }
    }

    /// How a name is kept that cannot be written.
    fn keeping(self, reference: &str) -> String {
        match self {
            Self::Domain | Self::Metric => {
                format!(", with `#[reference({reference:?})]` before it")
            }
            Self::Dimension => String::new(),
        }
    }
}

/// Reads a name; what cannot be one is reported, and is the name all the same where that can be
/// guessed. At the end, the mistake is put on what stands before it.
pub(super) fn name(
    input: ParseStream<'_>,
    of: Of,
    before_end: Span,
    report: &mut Report,
) -> syn::Result<Option<Ident>> {
    while let Some(word) = too_many(input, of) {
        input.call(Ident::parse_any)?;
        report.on(
            &word,
            format!(
                "leave out `{word}`: {} starts with its name, as in {}",
                of.noun(),
                of.example()
            ),
        );
    }
    if input.peek(Ident::peek_any) {
        let word = input.call(Ident::parse_any)?;
        judge(&word, of, report);
        return hyphenated(input, word, of, report).map(Some);
    }
    let text = input.fork().parse::<LitStr>().ok();
    let quoted = text.and_then(|text| text.parse::<Ident>().ok());
    let place = skip::place(input, before_end);
    if let Some(word) = quoted {
        input.parse::<LitStr>()?;
        let noun = of.noun();
        report.at(
            place,
            format!("the name of {noun} has no quotation marks: write `{word}`"),
        );
        return Ok(Some(word));
    }
    let (noun, example) = (of.noun(), of.example());
    report.at(
        place,
        format!("{noun} starts with its name, as in {example}"),
    );
    Ok(None)
}

/// A word that stands before the name, as `mod` does elsewhere.
fn too_many(input: ParseStream<'_>, of: Of) -> Option<Ident> {
    if of == Of::Dimension || (of == Of::Metric && input.peek(Ident)) {
        return None;
    }
    let ahead = input.fork();
    let word = ahead.call(Ident::parse_any).ok()?;
    let next = ahead.call(Ident::parse_any).ok()?;
    // A metric can be called like the keyword, if `by` follows.
    (of == Of::Domain || next != "by").then_some(word)
}

fn judge(word: &Ident, of: Of, report: &mut Report) {
    let text = word.to_string();
    let keeping = of.keeping(&text);
    if matches!(text.as_str(), "self" | "Self" | "super" | "crate" | "_") {
        let noun = of.noun();
        report.on(
            word,
            format!("`{text}` cannot be the name of {noun}: write another{keeping}"),
        );
    } else if of != Of::Dimension && syn::parse_str::<Ident>(&text).is_err() {
        // Nobody writes the name of a dimension in Rust, so that it may be a keyword.
        report.on(
            word,
            format!("`{text}` is a keyword: write `r#{text}`, or another name{keeping}"),
        );
    }
}

/// Puts `_` in the place of each `-` that follows.
fn hyphenated(
    input: ParseStream<'_>,
    first: Ident,
    of: Of,
    report: &mut Report,
) -> syn::Result<Ident> {
    let mut parts = vec![first.unraw().to_string()];
    let mut hyphen: Option<Token![-]> = None;
    while input.peek(Token![-]) && input.peek2(Ident::peek_any) {
        let sign: Token![-] = input.parse()?;
        hyphen.get_or_insert(sign);
        parts.push(input.call(Ident::parse_any)?.unraw().to_string());
    }
    let Some(hyphen) = hyphen else {
        return Ok(first);
    };
    let keeping = of.keeping(&parts.join("-"));
    let joined = Ident::new(&parts.join("_"), first.span());
    report.on(
        &hyphen,
        format!("a name has no `-`: write `{joined}`{keeping}"),
    );
    Ok(joined)
}
