//! Makes what was wrong harmless, so that it gives no second error where it is used.

use std::collections::HashSet;

use quote::format_ident;
use syn::ext::IdentExt as _;

use crate::ast::Domain;
use crate::check::constant;

/// Leaves out what would be declared a second time. All else stays, with the types that were read or
/// guessed, so that its uses find it.
pub(crate) fn rescue(domains: &mut Vec<Domain>) {
    let mut modules: Vec<Domain> = Vec::new();
    for mut domain in domains.drain(..) {
        let known = modules
            .iter_mut()
            .find(|known| known.name.unraw() == domain.name.unraw());
        match known {
            Some(known) => known.metrics.append(&mut domain.metrics),
            None => modules.push(domain),
        }
    }
    for domain in &mut modules {
        let mut constants = HashSet::from(["DOMAIN".to_owned()]);
        domain
            .metrics
            .retain(|metric| constants.insert(constant(&metric.name)));
        for metric in &mut domain.metrics {
            let mut names = HashSet::new();
            for (place, dimension) in metric.dimensions.iter_mut().enumerate() {
                if !names.insert(dimension.unraw()) {
                    *dimension = format_ident!("again_{place}", span = dimension.span());
                }
            }
        }
    }
    *domains = modules;
}
