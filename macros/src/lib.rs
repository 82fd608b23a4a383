//! The `stats!` declaration of trackstats.
use proc_macro::TokenStream;

/// Declares domains and metrics.
#[proc_macro]
pub fn stats(input: TokenStream) -> TokenStream {
    input
}
