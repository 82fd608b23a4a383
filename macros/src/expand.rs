//! Writes the items of a declaration.

use proc_macro2::{Literal, Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::ext::IdentExt as _;
use syn::{Attribute, Expr, ExprLit, Lit, LitStr, Meta};

use crate::ast::{Domain, Metric, Passed, ValueKind};
use crate::name::{constant_item, function_item, item, parameter, reference};

/// One module a domain. `krate` is the path to the crate `trackstats`.
pub(crate) fn items(krate: &TokenStream, domains: &[Domain]) -> TokenStream {
    domains.iter().map(|domain| module(krate, domain)).collect()
}

fn module(krate: &TokenStream, domain: &Domain) -> TokenStream {
    let Domain {
        visibility,
        metrics,
        passed: Passed(passed),
        ..
    } = domain;
    let name = item(&domain.name.unraw().to_string(), domain.name.span());
    let reference = reference(&domain.name, domain.reference.as_ref());
    let docs = docs(&domain.docs, domain.title.as_ref(), "domain", &reference);
    let title = option(domain.title.as_ref().map(LitStr::value));
    let description = option(description(&domain.docs));
    let declarations = metrics.iter().map(|metric| declaration(krate, metric));
    let handles = metrics.iter().map(|metric| handle(krate, metric));
    // The statics are inside the constant, where no metric can have their names.
    quote! {
        #docs
        #(#passed)*
        #visibility mod #name {
            /// The domain itself, with all that was declared.
            pub const DOMAIN: #krate::Domain = {
                static DECLARED: #krate::DomainDeclaration =
                    #krate::DomainDeclaration::new(#reference, #title, #description, METRICS);
                static METRICS: &[#krate::MetricDeclaration] = &[#(#declarations),*];
                #krate::Domain::declared(&DECLARED)
            };
            #(#handles)*
        }
    }
}

fn declaration(krate: &TokenStream, metric: &Metric) -> TokenStream {
    let reference = reference(&metric.name, metric.reference.as_ref());
    let title = option(metric.title.as_ref().map(LitStr::value));
    let description = option(description(&metric.docs));
    let kind = match metric.kind {
        ValueKind::Integer => quote!(Integer),
        ValueKind::Float => quote!(Float),
    };
    let dimensions = metric
        .dimensions
        .iter()
        .map(|name| name.unraw().to_string());
    let conditions = metric.passed.conditions();
    quote! {
        #(#conditions)*
        #krate::MetricDeclaration::new(
            &DECLARED,
            #reference,
            #title,
            #description,
            #krate::ValueKind::#kind,
            &[#(#dimensions),*],
        )
    }
}

fn handle(krate: &TokenStream, metric: &Metric) -> TokenStream {
    let Metric {
        name,
        dimensions,
        passed: Passed(passed),
        ..
    } = metric;
    let reference = reference(name, metric.reference.as_ref());
    let docs = docs(&metric.docs, metric.title.as_ref(), "metric", &reference);
    let constant = constant_item(name);
    let value = match metric.kind {
        ValueKind::Integer => quote!(i64),
        ValueKind::Float => quote!(f64),
    };
    let declared = quote!(#krate::Metric::declared(DOMAIN.declaration_of(#reference)));
    if dimensions.is_empty() {
        return quote! {
            #docs
            #(#passed)*
            pub const #constant: #krate::Metric<#value> = #declared;
        };
    }
    let count = Literal::usize_unsuffixed(dimensions.len());
    let generics: Vec<_> = (0..dimensions.len())
        .map(|place| format_ident!("T{place}"))
        .collect();
    // A value that is none is an error at the call, with a note on the dimension.
    let bounds = dimensions.iter().map(|dimension| {
        let place = Span::call_site().located_at(dimension.span());
        quote_spanned!(place=> ::core::convert::Into<#krate::DimensionValue<'a>>)
    });
    let parameters: Vec<_> = dimensions.iter().map(parameter).collect();
    let function = function_item(name);
    let many = (dimensions.len() > 7)
        .then(|| quote!(#[allow(clippy::too_many_arguments, reason = "one for each dimension")]));
    let is_old = passed
        .iter()
        .any(|attribute| attribute.path().is_ident("deprecated"));
    let old = is_old.then(|| quote!(#[allow(deprecated, reason = "the constant is as old")]));
    let about = format!(" [`{constant}`] at a value of each of its dimensions.");
    quote! {
        #docs
        #(#passed)*
        pub const #constant: #krate::Metric<#value, #count> = #declared;
        #[doc = #about]
        #(#passed)*
        #many
        #old
        #[must_use]
        pub fn #function<'a, #(#generics: #bounds),*>(
            #(#parameters: #generics),*
        ) -> #krate::MetricAt<'a, #value, #count> {
            #constant.at([#(::core::convert::Into::into(#parameters)),*])
        }
    }
}

fn option(text: Option<String>) -> TokenStream {
    text.map_or_else(
        || quote!(::core::option::Option::None),
        |text| quote!(::core::option::Option::Some(#text)),
    )
}

/// The title and the doc comments; where there are neither, a sentence, for those who require docs.
fn docs(docs: &[Attribute], title: Option<&LitStr>, what: &str, reference: &str) -> TokenStream {
    // With the space that a doc comment begins with, so that all lines are indented alike.
    let title = title
        .map(|title| format!(" {}", literal(&title.value())))
        .filter(|title| title != " ");
    let first = match title {
        Some(title) if docs.is_empty() => title,
        Some(title) => return quote!(#[doc = #title] #[doc = ""] #(#docs)*),
        None if docs.is_empty() => format!(" The {what} {}.", literal(reference)),
        None => return quote!(#(#docs)*),
    };
    quote!(#[doc = #first] #(#docs)*)
}

/// The text as Markdown that shows it as it is, without links, markup or other quotation marks.
fn literal(text: &str) -> String {
    let mut markdown = String::new();
    for word in text.split_whitespace() {
        if !markdown.is_empty() {
            markdown.push(' ');
        }
        for sign in word.chars() {
            // A comma alone means nothing.
            if sign.is_ascii_punctuation() && sign != ',' {
                markdown.push('\\');
            }
            markdown.push(sign);
        }
    }
    markdown
}

/// The text of the doc comments, without the space that every line begins with.
fn description(docs: &[Attribute]) -> Option<String> {
    let lines = docs.iter().filter_map(|attribute| {
        let Meta::NameValue(pair) = &attribute.meta else {
            return None;
        };
        let Expr::Lit(ExprLit {
            lit: Lit::Str(text),
            ..
        }) = &pair.value
        else {
            return None;
        };
        let line = text.value();
        Some(line.strip_prefix(' ').map_or(line.clone(), str::to_owned))
    });
    let text = lines.collect::<Vec<_>>().join("\n");
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}
