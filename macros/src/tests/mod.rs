//! What must hold for declarations, right and wrong.

mod any;
mod expansion;
mod mistake;

use std::str::FromStr as _;

use proc_macro2::TokenStream;

/// The expansion of a declaration.
fn declare(text: &str) -> TokenStream {
    expand(TokenStream::from_str(text).unwrap())
}

fn expand(declaration: TokenStream) -> TokenStream {
    crate::declare::from_crate(&quote::quote!(::trackstats), declaration)
}

/// The name of the crate that is declared for is the path that was passed, and no other.
#[test]
fn the_items_name_the_crate_by_the_path_that_was_passed() {
    let text = "my::ts; shop { a \"A\", b: f64 by (c, d) }";
    let items = crate::declare::passed_on(TokenStream::from_str(text).unwrap()).to_string();
    assert!(items.contains("my :: ts :: Metric"), "{items}");
    assert!(!items.contains("trackstats"), "{items}");
}

/// How many errors are in the expansion.
fn mistakes(text: &str) -> usize {
    declare(text).to_string().matches("compile_error").count()
}
