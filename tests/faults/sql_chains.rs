//! Long chains of AND and OR: they answer by three-valued logic, whatever their length.

use proptest::collection::vec;
use proptest::prelude::*;
use trackstats::{ErrorCode, NewMetric, Store};

/// A condition, and its truth.
const TERMS: [(&str, Option<bool>); 5] = [
    ("value = 1", Some(true)),
    ("value > 1", Some(false)),
    ("NULLIF(value, 1) = 1", None),
    ("NOT value = 1", Some(false)),
    ("(value IS NULL OR metric = 'x')", Some(true)),
];

fn store() -> Store {
    let mut store = Store::in_memory();
    store.register_metric(&NewMetric::new("m.x")).unwrap();
    store
        .record("m.x", trackstats::Period::Day, "2026-11-23", 1)
        .unwrap();
    store
}

fn both(left: Option<bool>, right: Option<bool>) -> Option<bool> {
    match (left, right) {
        (Some(false), _) | (_, Some(false)) => Some(false),
        (Some(true), Some(true)) => Some(true),
        _ => None,
    }
}

/// The chain, and its truth: AND binds closer than OR.
fn chain(links: &[(usize, bool)]) -> (String, Option<bool>) {
    let mut text = String::new();
    let (mut any, mut group) = (Some(false), Some(true));
    for (at, &(term, is_and)) in links.iter().enumerate() {
        let (term, truth) = TERMS[term];
        if at > 0 {
            text.push_str(if is_and { " AND " } else { " OR " });
            if !is_and {
                any = either(any, group);
                group = Some(true);
            }
        }
        text.push_str(term);
        group = both(group, truth);
    }
    (text, either(any, group))
}

fn either(left: Option<bool>, right: Option<bool>) -> Option<bool> {
    let not = |truth: Option<bool>| truth.map(|truth| !truth);
    not(both(not(left), not(right)))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn a_chain_of_and_and_or_has_the_truth_of_its_parts(
        links in vec((0..TERMS.len(), prop::bool::weighted(0.7)), 1..40)
    ) {
        let store = store();
        let (text, truth) = chain(&links);
        for (text, truth) in [(text.clone(), truth), (format!("NOT ({text})"), truth.map(|truth| !truth))] {
            let rows = store.select(&format!("SELECT ({text}) AS v FROM statistic_by_date")).unwrap();
            prop_assert_eq!(rows[0][0].as_bool(), truth, "{}", text);
            let kept = store.select(&format!("SELECT value FROM statistic_by_date WHERE {text}")).unwrap();
            prop_assert_eq!(kept.len() == 1, truth == Some(true), "{}", text);
        }
    }
}

#[test]
fn as_many_conditions_as_the_limit_allows_are_answered() {
    let store = store();
    for operator in [" AND ", " OR "] {
        let conditions = vec!["value = 1"; 128].join(operator);
        let sql = format!("SELECT value FROM statistic_by_date WHERE {conditions}");
        assert_eq!(store.select(&sql).unwrap().len(), 1);
        let more = store.select(&format!("{sql}{operator}value = 1 {operator} TRUE"));
        assert_eq!(more.unwrap_err().code(), ErrorCode::SqlLimit);
    }
}

#[test]
fn what_is_nested_deeper_than_the_parser_goes_is_told_with_the_limit() {
    let error = store()
        .select(&format!("SELECT {}TRUE", "NOT ".repeat(60)))
        .unwrap_err();
    assert_eq!(error.code(), ErrorCode::SqlLimit);
    assert!(error.to_string().contains("more than 50"), "{error}");
}
