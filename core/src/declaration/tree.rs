//! A declaration as the argument of `defineStats`.

use crate::model::{Domain, MetricDeclaration, ValueKind};

/// A part of the argument.
#[derive(Debug)]
pub(super) enum Node {
    Text(&'static str),
    Texts(&'static [&'static str]),
    Object(Vec<(&'static str, Self)>),
}

/// Everything that the domains declare, in their order. A domain or a metric that comes again is not
/// repeated: the keys of an object are distinct.
pub(super) fn tree(domains: &[Domain]) -> Node {
    let mut all: Vec<(&'static str, Node)> = Vec::new();
    for (place, domain) in domains.iter().enumerate() {
        let reference = domain.reference();
        if all.iter().any(|&(known, _)| known == reference) {
            continue;
        }
        let mut metrics = Vec::new();
        let same = domains.iter().skip(place);
        for metric in same
            .filter(|other| other.reference() == reference)
            .flat_map(|other| other.metrics())
        {
            if !metrics.iter().any(|&(known, _)| known == metric.reference) {
                metrics.push((metric.reference, metric_node(metric)));
            }
        }
        let mut parts = texts(domain.title(), domain.description());
        parts.push(("metrics", Node::Object(metrics)));
        all.push((reference, Node::Object(parts)));
    }
    Node::Object(all)
}

/// A metric of which there is nothing to say but its title is that title.
fn metric_node(metric: &MetricDeclaration) -> Node {
    let mut parts = texts(metric.title, metric.description);
    if metric.kind == ValueKind::Float {
        parts.push(("kind", Node::Text(metric.kind.as_str())));
    }
    if !metric.dimensions.is_empty() {
        parts.push(("by", Node::Texts(metric.dimensions)));
    }
    match (parts.as_slice(), metric.title) {
        ([_], Some(title)) => Node::Text(title),
        _ => Node::Object(parts),
    }
}

fn texts(
    title: Option<&'static str>,
    description: Option<&'static str>,
) -> Vec<(&'static str, Node)> {
    [("title", title), ("description", description)]
        .into_iter()
        .filter_map(|(key, text)| Some((key, Node::Text(text?))))
        .collect()
}
