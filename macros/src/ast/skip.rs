//! Goes on behind a mistake.

use proc_macro2::{Delimiter, Span, TokenTree};
use syn::Token;
use syn::parse::ParseStream;

/// Goes on before the next comma, where a metric ends.
pub(super) fn to_comma(input: ParseStream<'_>) -> syn::Result<()> {
    while !input.is_empty() && !input.peek(Token![,]) {
        input.parse::<TokenTree>()?;
    }
    Ok(())
}

/// Goes on behind the next braces, where the next domain begins.
pub(super) fn past_braces(input: ParseStream<'_>) -> syn::Result<()> {
    while !input.is_empty() {
        let token: TokenTree = input.parse()?;
        if matches!(&token, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace) {
            break;
        }
    }
    Ok(())
}

/// The place of the next token, or of what stands before the end.
pub(super) fn place(input: ParseStream<'_>, before_end: Span) -> Span {
    if input.is_empty() {
        before_end
    } else {
        input.span()
    }
}
