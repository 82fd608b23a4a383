//! Judges what was read.

use std::collections::HashMap;

use syn::ext::IdentExt as _;
use syn::{Ident, LitStr};

use crate::ast::{Domain, Metric};
use crate::report::Report;

/// The columns of the tables that a dimension would hide.
const RESERVED: [&str; 5] = ["domain", "metric", "period", "date", "value"];

/// Reports everything that cannot be declared.
pub(crate) fn judge(domains: &[Domain], report: &mut Report) {
    let mut references = HashMap::new();
    for domain in domains {
        let name = &domain.name;
        let reference = reference(name, domain.reference.as_ref());
        check_reference(&reference, name, domain.reference.as_ref(), report);
        if references.insert(reference, ()).is_some() {
            report.on(
                name,
                format!("the domain `{name}` is declared twice: put its metrics together"),
            );
        }
        if domain.is_empty {
            report.on(
                name,
                format!("the domain `{name}` has no metrics: write `{name} {{ order_count }}`"),
            );
        }
        judge_metrics(domain, report);
    }
}

fn judge_metrics(domain: &Domain, report: &mut Report) {
    let mut references = HashMap::new();
    let mut constants: HashMap<String, &Ident> = HashMap::new();
    for metric in &domain.metrics {
        let (name, group) = (&metric.name, &domain.name);
        let reference = reference(name, metric.reference.as_ref());
        check_reference(&reference, name, metric.reference.as_ref(), report);
        let constant = constant(name);
        if constant == "DOMAIN" {
            report.on(
                name,
                format!(
                    "`{name}` in `{group}` would be the constant `DOMAIN`, which is the domain itself: \
                     choose another name, with `#[reference(\"{}\")]`",
                    name.unraw()
                ),
            );
        }
        if references.insert(reference, ()).is_some() {
            report.on(
                name,
                format!("the metric `{name}` is declared twice in `{group}`"),
            );
        } else if let Some(other) = constants.get(&constant) {
            report.on(
                name,
                format!(
                    "`{name}` and `{other}` in `{group}` would both be the constant `{constant}`"
                ),
            );
        }
        constants.entry(constant).or_insert(name);
        judge_dimensions(metric, group, report);
    }
}

fn judge_dimensions(metric: &Metric, domain: &Ident, report: &mut Report) {
    let name = &metric.name;
    for (place, dimension) in metric.dimensions.iter().enumerate() {
        let text = dimension.unraw().to_string();
        if RESERVED.contains(&text.as_str()) {
            report.on(
                dimension,
                format!(
                    "`{text}` cannot be a dimension of `{name}` in `{domain}`: every table has a column \
                     of that name, so choose another, such as `{text}_of_sale`"
                ),
            );
        }
        if text.chars().count() > 100 {
            report.on(dimension, "a dimension may have 100 characters");
        }
        if metric
            .dimensions
            .iter()
            .take(place)
            .any(|other| other.unraw() == text)
        {
            report.on(
                dimension,
                format!("`{name}` in `{domain}` is split by `{text}` twice"),
            );
        }
    }
}

fn check_reference(text: &str, name: &Ident, written: Option<&LitStr>, report: &mut Report) {
    let wrong = if text.is_empty() {
        "is empty: it needs 1 to 100 characters"
    } else if text.chars().count() > 100 {
        "is too long: it may have 100 characters"
    } else if text.contains('.') {
        "has a dot in it: a dot stands between a domain and a metric"
    } else if text.chars().any(char::is_whitespace) {
        "has white space in it: write `-` or `_`"
    } else if text.chars().any(char::is_control) {
        "has a control character in it"
    } else {
        return;
    };
    let message = format!("the reference of `{name}` {wrong}");
    match written {
        Some(written) => report.on(written, message),
        None => report.on(name, message),
    }
}

/// The stable name.
pub(crate) fn reference(name: &Ident, written: Option<&LitStr>) -> String {
    written.map_or_else(|| name.unraw().to_string(), LitStr::value)
}

/// The name of the constant.
pub(crate) fn constant(name: &Ident) -> String {
    name.unraw().to_string().to_uppercase()
}
