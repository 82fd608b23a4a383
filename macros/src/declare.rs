//! From the tokens of a declaration to its items: the stages one after the other.

use proc_macro2::{TokenStream, TokenTree};
use quote::quote;

use crate::report::Report;
use crate::{ast, check, expand, fallback};

/// What the macro of the crate `trackstats` passes on: the path to that crate, `;`, and a declaration.
pub(crate) fn passed_on(input: TokenStream) -> TokenStream {
    let mut tokens = input.into_iter();
    let is_end =
        |token: &TokenTree| matches!(token, TokenTree::Punct(sign) if sign.as_char() == ';');
    let krate = tokens.by_ref().take_while(|token| !is_end(token)).collect();
    from_crate(&krate, tokens.collect())
}

/// The items that are declared, and one error for each mistake before them.
pub(crate) fn from_crate(krate: &TokenStream, declaration: TokenStream) -> TokenStream {
    let mut report = Report::default();
    let mut domains = ast::read(declaration, &mut report);
    check::judge(&domains, &mut report);
    fallback::rescue(&mut domains);
    let items = expand::items(krate, &domains);
    let errors = report.errors();
    quote! { #errors #items }
}
