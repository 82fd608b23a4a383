//! Reads a title.

use proc_macro2::TokenTree;
use syn::parse::ParseStream;
use syn::{Ident, LitStr, Token};

use crate::report::Report;

/// Reads a title into its place, and answers whether there was one.
pub(super) fn read(
    input: ParseStream<'_>,
    name: &Ident,
    title: &mut Option<LitStr>,
    report: &mut Report,
) -> syn::Result<bool> {
    let sign = input.peek(Token![:]) || input.peek(Token![=]);
    if sign && input.peek2(LitStr) {
        let sign: TokenTree = input.parse()?;
        report.at(
            sign.span(),
            format!("no sign stands before the title of `{name}`: leave this out"),
        );
    } else if !input.peek(LitStr) {
        return Ok(false);
    }
    let text: LitStr = input.parse()?;
    if title.is_some() {
        report.on(
            &text,
            format!("`{name}` has a title already: leave this out"),
        );
    } else {
        *title = Some(text);
    }
    Ok(true)
}
