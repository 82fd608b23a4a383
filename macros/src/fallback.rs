//! Makes what was wrong harmless, so that it gives no second error where it is used.

use std::collections::{HashMap, HashSet};

use quote::format_ident;
use syn::Ident;
use syn::ext::IdentExt as _;

use crate::ast::Domain;
use crate::name::{constant, function, parameter};

/// Puts domains of one name together, and leaves out what would be declared a second time. All else
/// stays, with the types that were read or guessed, so that its uses find it.
pub(crate) fn rescue(domains: &mut Vec<Domain>) {
    let mut modules: Vec<Domain> = Vec::new();
    let mut places: HashMap<Ident, usize> = HashMap::new();
    for mut domain in domains.drain(..) {
        let place = *places.entry(domain.name.unraw()).or_insert(modules.len());
        match modules.get_mut(place) {
            Some(first) => first.metrics.append(&mut domain.metrics),
            None => modules.push(domain),
        }
    }
    modules.retain(|domain| domain.name != "_");
    for domain in &mut modules {
        let mut items = HashSet::new();
        domain.metrics.retain(|metric| {
            // Nobody can name what is called `_`.
            metric.name != "_"
                && items.insert(constant(&metric.name))
                && (metric.dimensions.is_empty()
                    || function(&metric.name) == constant(&metric.name)
                    || items.insert(function(&metric.name)))
        });
        for metric in &mut domain.metrics {
            let mut parameters = HashSet::new();
            for (place, dimension) in metric.dimensions.iter_mut().enumerate() {
                if !parameters.insert(parameter(dimension)) {
                    *dimension = format_ident!("__again_{place}", span = dimension.span());
                }
            }
        }
    }
    *domains = modules;
}
