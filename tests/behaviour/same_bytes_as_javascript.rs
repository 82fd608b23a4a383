//! The operations of `tests/fixtures/operations` come to the bytes that the npm package comes to.

use std::path::Path;

use serde_json::Value as Json;
use trackstats::{Filter, MetricRef, NamedZone, NewMetric, Null, Period, Store, ValueKind};

fn text<'j>(json: &'j Json, field: &str) -> &'j str {
    json[field].as_str().unwrap()
}

fn target(operation: &Json) -> MetricRef {
    let mut target = MetricRef::new(text(operation, "metric"));
    for (name, value) in operation["by"].as_object().into_iter().flatten() {
        target = target.at(name.as_str(), value.as_str().unwrap());
    }
    target
}

fn register(store: &mut Store, operation: &Json) {
    let mut metric = NewMetric::new(text(operation, "name"));
    if let Some(title) = operation["title"].as_str() {
        metric = metric.title(title);
    }
    if let Some(description) = operation["description"].as_str() {
        metric = metric.description(description);
    }
    if let Some(kind) = operation["kind"].as_str() {
        metric = metric.kind(kind.parse::<ValueKind>().unwrap());
    }
    if let Some(by) = operation["by"].as_array() {
        metric = metric.by(by.iter().filter_map(Json::as_str));
    }
    store.register_metric(&metric).unwrap();
}

fn take(store: &mut Store, operation: &Json) {
    let target = || target(operation);
    let period = || text(operation, "period").parse::<Period>().unwrap();
    let date = || text(operation, "date");
    let value = &operation["value"];
    let integer = value
        .as_i64()
        .or_else(|| value.as_str().map(|text| text.parse().unwrap()));
    match (text(operation, "op"), integer, value.as_f64()) {
        ("register", ..) => register(store, operation),
        ("record", Some(integer), _) => store.record(target(), period(), date(), integer).unwrap(),
        ("record", None, Some(float)) => store.record(target(), period(), date(), float).unwrap(),
        ("record", None, None) => store.record(target(), period(), date(), Null).unwrap(),
        ("increment", Some(integer), _) => store
            .increment_in(target(), period(), date(), integer)
            .unwrap(),
        ("increment", None, Some(float)) => store
            .increment_in(target(), period(), date(), float)
            .unwrap(),
        ("delete", ..) => {
            let range = text(operation, "from")..=text(operation, "to");
            let filter = Filter::new().metric(text(operation, "metric")).range(range);
            store.delete(&filter).unwrap();
        }
        (other, ..) => unreachable!("the fixture has no operation '{other}'"),
    }
}

#[test]
fn the_same_operations_give_the_same_bytes() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/operations");
    let operations = std::fs::read_to_string(folder.join("operations.json")).unwrap();
    let operations: Json = serde_json::from_str(&operations).unwrap();
    let zone = NamedZone::new(text(&operations, "time_zone")).unwrap();
    let mut store = Store::builder().zone(zone).build();
    for operation in operations["operations"].as_array().unwrap() {
        take(&mut store, operation);
    }
    let file = folder.join("snapshot.bin");
    if std::env::var_os("TRACKSTATS_WRITE_FIXTURES").is_some() {
        std::fs::write(&file, store.snapshot()).unwrap();
    }
    assert!(std::fs::read(&file).unwrap() == store.snapshot());
}
