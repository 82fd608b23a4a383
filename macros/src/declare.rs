//! From the tokens of a declaration to its items: the stages one after the other.

use proc_macro2::TokenStream;
use quote::quote;

use crate::report::Report;
use crate::{ast, check, expand, fallback};

/// The items that are declared, and one error for each mistake before them.
pub(crate) fn declare(input: TokenStream) -> TokenStream {
    let mut report = Report::default();
    let mut domains = ast::read(input, &mut report);
    check::judge(&domains, &mut report);
    fallback::rescue(&mut domains);
    let items = expand::items(&domains);
    let errors = report.errors();
    quote! { #errors #items }
}
