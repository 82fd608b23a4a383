//! What a store holds, written as the vectors write it.

use serde_json::{Value as Json, json};
use trackstats::{Filter, Statistic, Store, Value};

/// Statistics by date, or by date and object.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Table {
    ByDate,
    ByDateAndObject,
}

impl Table {
    pub(super) fn of(name: &str) -> Result<Self, String> {
        match name {
            "by_date" => Ok(Self::ByDate),
            "by_date_and_object" => Ok(Self::ByDateAndObject),
            _ => Err(format!("no store '{name}'")),
        }
    }

    pub(super) fn holds(self, statistic: &Statistic) -> bool {
        match self {
            Self::ByDate => statistic.dimensions.is_empty(),
            Self::ByDateAndObject => statistic.dimensions.len() == 1,
        }
    }
}

pub(super) fn row(statistic: &Statistic) -> Json {
    let mut row = json!({
        "metric": statistic.metric,
        "period": statistic.period.as_str().to_uppercase(),
        "date": statistic.date.to_string(),
        "value": value(statistic.value),
    });
    if let [(object_type, id)] = statistic.dimensions.as_slice() {
        row["object"] = json!([object_type, id]);
    }
    row
}

fn value(value: Option<Value>) -> Json {
    const SAFE: i64 = (1 << 53) - 1;
    match value {
        None => Json::Null,
        Some(Value::Integer(integer)) if !(-SAFE..=SAFE).contains(&integer) => {
            json!({ "$int": integer.to_string() })
        }
        Some(Value::Integer(integer)) => json!(integer),
        Some(Value::Float(float)) => json!(float),
    }
}

/// Rows in the order of the vectors: metric, period, object, date.
pub(super) fn sorted(mut rows: Vec<Json>) -> Vec<Json> {
    let key = |row: &Json| {
        ["metric", "period", "object", "date"].map(|field| match &row[field] {
            Json::String(text) => text.clone(),
            Json::Null => String::new(),
            other => other.to_string(),
        })
    };
    rows.sort_by_key(key);
    rows
}

pub(super) fn rows(store: &Store, table: Table) -> Result<Vec<Json>, String> {
    let all = store
        .statistics(&Filter::new())
        .map_err(|error| error.to_string())?;
    Ok(sorted(
        all.iter()
            .filter(|statistic| table.holds(statistic))
            .map(row)
            .collect(),
    ))
}

pub(super) fn dump(store: &Store) -> Result<Json, String> {
    let mut domains: Vec<_> = store.domains().collect();
    domains.sort_by_key(|domain| &domain.reference);
    let mut metrics: Vec<_> = store.metrics().collect();
    metrics.sort_by_key(|metric| (&metric.domain, &metric.reference));
    Ok(json!({
        "domains": domains
            .iter()
            .map(|domain| json!({ "ref": domain.reference, "name": domain.title }))
            .collect::<Vec<_>>(),
        "metrics": metrics
            .iter()
            .map(|metric| json!({
                "domain": metric.domain,
                "ref": metric.reference,
                "name": metric.title,
                "description": metric.description,
            }))
            .collect::<Vec<_>>(),
        "by_date": rows(store, Table::ByDate)?,
        "by_date_and_object": rows(store, Table::ByDateAndObject)?,
    }))
}

/// Says how two texts differ, or nothing.
pub(super) fn same(what: &str, found: &Json, expected: &Json) -> Result<(), String> {
    if found == expected {
        return Ok(());
    }
    if let (Some(found), Some(expected)) = (found.as_array(), expected.as_array()) {
        let missing: Vec<_> = expected.iter().filter(|row| !found.contains(row)).collect();
        let extra: Vec<_> = found.iter().filter(|row| !expected.contains(row)).collect();
        return Err(format!(
            "{what}: missing {missing:?}, not expected {extra:?}"
        ));
    }
    Err(format!("{what}: found {found}, expected {expected}"))
}
