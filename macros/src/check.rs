//! Judges what was read.

use std::collections::HashMap;

use syn::ext::IdentExt as _;
use syn::{Ident, LitStr};

use crate::ast::{Domain, Metric};
use crate::name::{self, Taken, constant, function, parameter, reference};
use crate::report::Report;

/// The columns of the tables that a dimension would hide.
const RESERVED: [&str; 5] = ["domain", "metric", "period", "date", "value"];

/// Reports everything that cannot be declared.
pub(crate) fn judge(domains: &[Domain], report: &mut Report) {
    let mut modules = Taken::default();
    let mut references = Taken::default();
    for domain in domains {
        let (name, written) = (&domain.name, domain.reference.as_ref());
        let condition = domain.passed.condition();
        judge_reference(name, written, report);
        let module = name.unraw().to_string();
        if modules.insert(module, condition.clone(), name).is_some() {
            report.on(
                name,
                format!("the domain `{name}` is declared twice: put its metrics together"),
            );
        } else if let Some(other) = references.insert(reference(name, written), condition, name) {
            judge_same_reference(name, other, written, report);
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
    let mut items = Taken::default();
    let mut references = Taken::default();
    for metric in &domain.metrics {
        let (name, written) = (&metric.name, metric.reference.as_ref());
        judge_reference(name, written, report);
        let condition = metric.passed.condition();
        let first = references.insert(reference(name, written), condition, name);
        match first {
            Some(other) if other.unraw() == name.unraw() => report.on(
                name,
                format!(
                    "the metric `{name}` is declared twice in `{}`: leave one out",
                    domain.name
                ),
            ),
            Some(other) => judge_same_reference(name, other, written, report),
            None => judge_items(metric, &domain.name, &mut items, report),
        }
        judge_dimensions(metric, &domain.name, report);
    }
}

/// Reports the metrics whose constants or functions cannot be.
fn judge_items<'a>(
    metric: &'a Metric,
    domain: &Ident,
    items: &mut Taken<&'a Ident>,
    report: &mut Report,
) {
    let name = &metric.name;
    let (constant, function) = (constant(name), function(name));
    let rename = match &metric.reference {
        Some(_) => "write another name".to_owned(),
        None => format!(
            "write another name, with `#[reference(\"{}\")]` before it",
            name.unraw()
        ),
    };
    let mut wrong = None;
    if constant == name::DOMAIN {
        wrong = Some("would be the constant `DOMAIN`, which is the domain itself".to_owned());
    }
    if let Some(other) = items.insert(constant.clone(), metric.passed.condition(), name) {
        wrong = Some(format!(
            "would be the constant `{constant}`, as `{other}` is"
        ));
    }
    if !metric.dimensions.is_empty() {
        if name::is_impossible(&function) && !name::is_impossible(&name.to_string()) {
            wrong = Some(format!(
                "would have the function `{function}`, which Rust does not allow"
            ));
        }
        if function == constant {
            wrong = Some(format!(
                "has no letter with an upper case, so that `{constant}` would be its constant and \
                 its function"
            ));
        } else if let Some(other) = items.insert(function.clone(), metric.passed.condition(), name)
        {
            let taken = format!("would have the function `{function}`, as `{other}` has");
            wrong = wrong.or(Some(taken));
        }
    }
    if let Some(wrong) = wrong {
        report.on(name, format!("`{name}` in `{domain}` {wrong}: {rename}"));
    }
}

fn judge_dimensions(metric: &Metric, domain: &Ident, report: &mut Report) {
    let name = &metric.name;
    let mut parameters: HashMap<Ident, &Ident> = HashMap::new();
    for dimension in &metric.dimensions {
        let text = dimension.unraw().to_string();
        if RESERVED.contains(&text.as_str()) {
            report.on(
                dimension,
                format!(
                    "`{text}` cannot be a dimension of `{name}` in `{domain}`: every table has a \
                     column of that name, so write another, such as `{text}_of_sale`"
                ),
            );
        }
        if text.chars().count() > 100 {
            report.on(
                dimension,
                "the name of a dimension may have 100 characters: write a shorter one",
            );
        }
        match parameters.insert(parameter(dimension), dimension) {
            None => {}
            Some(other) if other.unraw() == text => report.on(
                dimension,
                format!("`{name}` in `{domain}` is split by `{text}` twice: leave one out"),
            ),
            Some(other) => report.on(
                dimension,
                format!(
                    "`{name}` in `{domain}` is split by `{other}` and `{dimension}`, which differ \
                     only in case: write another name"
                ),
            ),
        }
    }
}

fn judge_reference(name: &Ident, written: Option<&LitStr>, report: &mut Report) {
    let text = reference(name, written);
    let wrong = if text.is_empty() {
        "is empty: it needs 1 to 100 characters"
    } else if text.chars().count() > 100 {
        "is too long: it may have 100 characters"
    } else if text.contains('.') {
        "has a dot in it: a dot stands between a domain and a metric"
    } else if text.chars().any(char::is_control) {
        "has a control character in it: leave it out"
    } else if text.chars().any(char::is_whitespace) {
        "has white space in it: write `-` or `_`"
    } else {
        return;
    };
    on_reference(
        name,
        written,
        format!("the reference of `{name}` {wrong}"),
        report,
    );
}

fn judge_same_reference(
    name: &Ident,
    other: &Ident,
    written: Option<&LitStr>,
    report: &mut Report,
) {
    let text = reference(name, written);
    let message = format!("`{name}` and `{other}` have the same reference `{text}`: write another");
    on_reference(name, written, message, report);
}

/// Reports on the reference, or on the name if that is the reference.
fn on_reference(name: &Ident, written: Option<&LitStr>, message: String, report: &mut Report) {
    match written {
        Some(written) => report.on(written, message),
        None => report.on(name, message),
    }
}
