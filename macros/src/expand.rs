//! Writes the items of a declaration.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::ext::IdentExt as _;
use syn::{Attribute, Expr, ExprLit, Ident, Lit, LitStr, Meta};

use crate::ast::{Domain, Kind, Metric};
use crate::check::{constant, reference};

/// One module a domain.
pub(crate) fn items(domains: &[Domain]) -> TokenStream {
    domains.iter().map(module).collect()
}

fn module(domain: &Domain) -> TokenStream {
    let Domain {
        docs,
        visibility,
        name,
        title,
        metrics,
        ..
    } = domain;
    let reference = reference(name, domain.reference.as_ref());
    let text = description(docs);
    let docs = docs_or(docs, title.as_ref(), &format!("The domain `{reference}`."));
    let title = option(title.as_ref().map(LitStr::value));
    let description = option(text);
    let count = metrics.len();
    let declarations = metrics.iter().map(declaration);
    let handles = metrics
        .iter()
        .enumerate()
        .map(|(place, metric)| handle(place, metric));
    // Names with lower-case letters in a place for upper-case ones cannot be those of a metric.
    quote! {
        #docs
        #[allow(non_upper_case_globals, clippy::allow_attributes, reason = "names that no metric has")]
        #visibility mod #name {
            static __domain: ::trackstats::DomainDeclaration =
                ::trackstats::DomainDeclaration::new(#reference, #title, #description, &__metrics);
            static __metrics: [::trackstats::MetricDeclaration; #count] = [#(#declarations),*];
            /// The domain itself, with all that was declared.
            pub const DOMAIN: ::trackstats::Domain = ::trackstats::Domain::declared(&__domain);
            #(#handles)*
        }
    }
}

fn declaration(metric: &Metric) -> TokenStream {
    let reference = reference(&metric.name, metric.reference.as_ref());
    let title = option(metric.title.as_ref().map(LitStr::value));
    let description = option(description(&metric.docs));
    let kind = match metric.kind {
        Kind::Integer => quote!(Integer),
        Kind::Float => quote!(Float),
    };
    let dimensions = metric
        .dimensions
        .iter()
        .map(|name| name.unraw().to_string());
    quote! {
        ::trackstats::MetricDeclaration::new(
            &__domain,
            #reference,
            #title,
            #description,
            ::trackstats::Kind::#kind,
            &[#(#dimensions),*],
        )
    }
}

fn handle(place: usize, metric: &Metric) -> TokenStream {
    let Metric {
        name, dimensions, ..
    } = metric;
    let reference = reference(name, metric.reference.as_ref());
    let docs = docs_or(
        &metric.docs,
        metric.title.as_ref(),
        &format!("The metric `{reference}`."),
    );
    let constant = Ident::new(&constant(name), name.span());
    let value = match metric.kind {
        Kind::Integer => quote!(i64),
        Kind::Float => quote!(f64),
    };
    if dimensions.is_empty() {
        return quote! {
            #docs
            pub const #constant: ::trackstats::Metric<#value> =
                ::trackstats::Metric::declared(&__metrics[#place]);
        };
    }
    let count = dimensions.len();
    let generics = (0..count).map(|place| format_ident!("T{place}"));
    let generics: Vec<_> = generics.collect();
    let function = lower(name);
    let about = format!("[`{constant}`] at a value of each of its dimensions.");
    quote! {
        #docs
        pub const #constant: ::trackstats::Metric<#value, #count> =
            ::trackstats::Metric::declared(&__metrics[#place]);
        #[doc = #about]
        #[must_use]
        pub fn #function<'a, #(#generics: ::core::convert::Into<::trackstats::DimensionValue<'a>>),*>(
            #(#dimensions: #generics),*
        ) -> ::trackstats::At<'a, #value, #count> {
            #constant.at([#(::core::convert::Into::into(#dimensions)),*])
        }
    }
}

/// The name in lower case, raw where it has to be.
fn lower(name: &Ident) -> Ident {
    let text = name.unraw().to_string().to_lowercase();
    if name.to_string().starts_with("r#") {
        Ident::new_raw(&text, name.span())
    } else {
        Ident::new(&text, name.span())
    }
}

fn option(text: Option<String>) -> TokenStream {
    match text {
        Some(text) => quote!(::core::option::Option::Some(#text)),
        None => quote!(::core::option::Option::None),
    }
}

/// The doc comments; where there are none, the title or a sentence, for those who require docs.
fn docs_or(docs: &[Attribute], title: Option<&LitStr>, sentence: &str) -> TokenStream {
    if !docs.is_empty() {
        return quote!(#(#docs)*);
    }
    let text = title.map_or_else(
        || sentence.to_owned(),
        |title| format!("{}.", title.value()),
    );
    quote!(#[doc = #text])
}

/// The text of the doc comments, without the space that every line begins with.
fn description(docs: &[Attribute]) -> Option<String> {
    let lines = docs.iter().filter_map(|attribute| match &attribute.meta {
        Meta::NameValue(pair) => match &pair.value {
            Expr::Lit(ExprLit {
                lit: Lit::Str(text),
                ..
            }) => {
                let line = text.value();
                Some(line.strip_prefix(' ').map_or(line.clone(), str::to_owned))
            }
            _ => None,
        },
        _ => None,
    });
    let text = lines.collect::<Vec<_>>().join("\n");
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}
