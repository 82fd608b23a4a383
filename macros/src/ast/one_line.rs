//! Finds dimensions that stand where metrics do, since their parentheses were left out.

use proc_macro2::Span;
use syn::Ident;

use super::{Metric, ValueKind, dimension};
use crate::report::Report;

/// Joins what is written as one metric: `sales by country, province "Sold"`, all on one line. By the
/// grammar, `province` is a metric of its own, which nobody means who gives a title to it and none to
/// `sales`.
pub(super) fn join(metrics: &mut Vec<Metric>, report: &mut Report) {
    let mut place = 0;
    while place < metrics.len() {
        if let Some(last) = last_of_line(metrics.get(place..).unwrap_or_default()) {
            let taken: Vec<Metric> = metrics.drain(place + 1..=place + last).collect();
            if let Some(metric) = metrics.get_mut(place) {
                take(metric, taken, report);
            }
        }
        place += 1;
    }
}

/// How far behind the first metric the one with the title stands, if the names before it are its
/// dimensions.
fn last_of_line(metrics: &[Metric]) -> Option<usize> {
    let (first, rest) = metrics.split_first()?;
    if !first.by_one || first.title.is_some() {
        return None;
    }
    let here = line(first.name.span())?;
    for (place, metric) in rest.iter().enumerate() {
        if !is_name(metric) || line(metric.name.span()) != Some(here) {
            return None;
        }
        if metric.title.is_some() {
            return Some(place + 1);
        }
    }
    None
}

/// Whether nothing but a title stands beside the name.
fn is_name(metric: &Metric) -> bool {
    metric.docs.is_empty()
        && metric.passed.0.is_empty()
        && metric.reference.is_none()
        && metric.kind == ValueKind::Integer
        && metric.dimensions.is_empty()
}

/// The line in its file; none outside of a compilation.
fn line(span: Span) -> Option<usize> {
    proc_macro::is_available().then(|| span.unwrap().line())
}

fn take(metric: &mut Metric, taken: Vec<Metric>, report: &mut Report) {
    let mut first: Option<Ident> = None;
    for other in taken {
        metric.dimensions.push(other.name.clone());
        metric.title = other.title;
        first.get_or_insert(other.name);
    }
    if let Some(first) = first {
        report.on(
            &first,
            format!(
                "`{first}` would be a metric of its own: to split `{}` by all of them, write {}; for a \
                 metric, begin a new line",
                metric.name,
                dimension::example(&metric.dimensions)
            ),
        );
    }
}
