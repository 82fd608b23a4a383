//! Makes what was wrong harmless, so that it gives no second error where it is used.

use std::collections::{HashMap, HashSet};

use quote::format_ident;
use syn::Ident;
use syn::ext::IdentExt as _;

use crate::ast::Domain;
use crate::name::{Taken, constant, function, parameter};

/// Puts domains of one name together, and leaves out what would be declared a second time. All else
/// stays, with the types that were read or guessed, so that its uses find it.
pub(crate) fn rescue(domains: &mut Vec<Domain>) {
    let mut modules: Vec<Domain> = Vec::new();
    let mut places: HashMap<(Ident, Option<String>), usize> = HashMap::new();
    for mut domain in domains.drain(..) {
        let key = (domain.name.unraw(), domain.passed.condition());
        let place = *places.entry(key).or_insert(modules.len());
        match modules.get_mut(place) {
            Some(first) => first.metrics.append(&mut domain.metrics),
            None => modules.push(domain),
        }
    }
    modules.retain(|domain| domain.name != "_");
    for domain in &mut modules {
        let mut items = Taken::default();
        domain.metrics.retain(|metric| {
            let mut is_free = |name| {
                let condition = metric.passed.condition();
                items.insert(name, condition, ()).is_none()
            };
            // Nobody can name what is called `_`.
            metric.name != "_"
                && is_free(constant(&metric.name))
                && (metric.dimensions.is_empty()
                    || function(&metric.name) == constant(&metric.name)
                    || is_free(function(&metric.name)))
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
