//! What must hold for declarations, right and wrong.

mod any;
mod expansion;
mod mistake;

use std::str::FromStr as _;

use proc_macro2::TokenStream;

/// The expansion of a declaration.
fn declare(text: &str) -> TokenStream {
    crate::declare::declare(TokenStream::from_str(text).unwrap())
}

/// How many errors are in the expansion.
fn mistakes(text: &str) -> usize {
    declare(text).to_string().matches("compile_error").count()
}
