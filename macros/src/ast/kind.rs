//! Reads the type of the values.

use proc_macro2::{Span, TokenStream, TokenTree};
use quote::ToTokens as _;
use syn::parse::{ParseStream, Parser as _};
use syn::{Ident, LitStr, Token, Type};

use super::{ValueKind, dimension};
use crate::report::Report;

/// What stands where a type may stand.
pub(super) struct Written {
    tokens: TokenStream,
    /// What was meant, where it can be told.
    kind: Option<ValueKind>,
    /// Whether it is one of the two types.
    is_valid: bool,
    /// The sign before it.
    sign: Span,
}

/// Reads a type and the sign before it, if there is one.
pub(super) fn read(
    input: ParseStream<'_>,
    metric: &Ident,
    report: &mut Report,
) -> syn::Result<Option<Written>> {
    let start = input.span();
    if let Some(sign) = input.parse::<Option<Token![:]>>()? {
        return written(input, sign.span).map(Some);
    }
    let colon = format!("`:` stands before the type of `{metric}`: write `{metric}: i64`");
    if input.peek(Token![=]) || input.peek(Token![=>]) || input.peek(Token![->]) {
        // Each is read as a whole, so that `=` is the last to be tried.
        if input.parse::<Option<Token![=>]>>()?.is_none()
            && input.parse::<Option<Token![->]>>()?.is_none()
        {
            input.parse::<Token![=]>()?;
        }
        let written = written(input, start)?;
        let kind = written.kind.unwrap_or_default();
        report.at(start, colon.replace("i64", name(kind)));
        // One error is enough for both.
        return Ok(Some(Written {
            is_valid: true,
            kind: Some(kind),
            ..written
        }));
    }
    let ahead = input.fork();
    if ahead
        .parse::<Ident>()
        .is_ok_and(|word| word == "i64" || word == "f64")
    {
        let written = written(input, start)?;
        report.at(
            start,
            colon.replace("i64", name(written.kind.unwrap_or_default())),
        );
        return Ok(Some(written));
    }
    Ok(None)
}

impl Written {
    /// Reports a mistake on the type, or on the sign where there is none.
    pub(super) fn wrong(&self, message: &str, report: &mut Report) {
        if self.tokens.is_empty() {
            report.at(self.sign, message);
        } else {
            report.on(&self.tokens, message);
        }
    }

    /// The type of the values, after everything wrong with it was reported.
    pub(super) fn judge(&self, metric: &Ident, domain: &Ident, report: &mut Report) -> ValueKind {
        let kind = self.kind.unwrap_or_default();
        if self.is_valid {
            return kind;
        }
        let instead = match self.kind {
            Some(kind) => format!("`{}`", name(kind)),
            None => "`i64` or `f64`".to_owned(),
        };
        let message = if self.tokens.is_empty() {
            format!("the type of `{metric}` in `{domain}` is missing: write `: i64` or `: f64`")
        } else {
            format!("`{metric}` in `{domain}` cannot hold this type: write {instead}")
        };
        self.wrong(&message, report);
        kind
    }
}

fn name(kind: ValueKind) -> &'static str {
    match kind {
        ValueKind::Integer => "i64",
        ValueKind::Float => "f64",
    }
}

fn written(input: ParseStream<'_>, sign: Span) -> syn::Result<Written> {
    let mut tokens = TokenStream::new();
    let mut word = String::new();
    // As a whole, so that the comma in `Map<u8, u8>` does not end the metric.
    let mut is_type = starts_with_type(input);
    if is_type {
        let mut found: Type = input.parse()?;
        // What a macro passed on stands in a group that is not seen.
        while let Type::Group(group) = found {
            found = *group.elem;
        }
        found.to_tokens(&mut tokens);
        word = tokens.to_string();
    }
    // Behind a type, a name or an attribute begins the next metric.
    while !(ends(input) || is_type && (input.peek(Ident) || input.peek(Token![#]))) {
        tokens.extend([input.parse::<TokenTree>()?]);
        word.clear();
        is_type = false;
    }
    let kind = match word.as_str() {
        "i64" | "i8" | "i16" | "i32" | "i128" | "isize" | "u8" | "u16" | "u32" | "u64" | "u128"
        | "usize" | "int" | "integer" | "Integer" => Some(ValueKind::Integer),
        "f64" | "f16" | "f32" | "f128" | "float" | "double" | "Float" => Some(ValueKind::Float),
        _ => None,
    };
    Ok(Written {
        is_valid: word == "i64" || word == "f64",
        tokens,
        kind,
        sign,
    })
}

/// Tried on tokens of their own: what a failed attempt leaves unread in brackets counts as a mistake of
/// the input that it was made on, even on a fork.
fn starts_with_type(input: ParseStream<'_>) -> bool {
    let attempt = |ahead: ParseStream<'_>| {
        ahead.parse::<Type>()?;
        ahead.parse::<TokenStream>()
    };
    let ahead = input.fork().parse::<TokenStream>();
    ahead.is_ok_and(|tokens| attempt.parse2(tokens).is_ok())
}

/// Whether something stands here that follows a type.
fn ends(input: ParseStream<'_>) -> bool {
    input.is_empty()
        || input.peek(Token![,])
        || input.peek(Token![;])
        || input.peek(Token![:])
        || input.peek(LitStr)
        || input.peek(Token![=]) && input.peek2(LitStr)
        || dimension::is_by(input)
}
