//! The mistakes that were found.

use proc_macro2::{Span, TokenStream};
use quote::ToTokens;

/// Mistakes in the order in which they were found.
#[derive(Default)]
pub(crate) struct Report(Vec<syn::Error>);

impl Report {
    /// Notes a mistake on all the tokens of something.
    pub(crate) fn on(&mut self, tokens: &impl ToTokens, message: impl std::fmt::Display) {
        self.0.push(syn::Error::new_spanned(tokens, message));
    }

    /// Notes a mistake on one token.
    pub(crate) fn at(&mut self, span: Span, message: impl std::fmt::Display) {
        self.0.push(syn::Error::new(span, message));
    }

    /// How many mistakes were found so far.
    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    /// Notes what is left over in brackets at the end of a parse, unless a mistake was noted since
    /// there were `before`: the rest behind that mistake is no other.
    pub(crate) fn rest(&mut self, error: &syn::Error, before: usize) {
        if self.len() == before {
            self.at(error.span(), error);
        }
    }

    /// One `compile_error!` a mistake.
    pub(crate) fn errors(&self) -> TokenStream {
        self.0.iter().map(syn::Error::to_compile_error).collect()
    }
}
