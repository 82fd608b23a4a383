//! What was stored stays readable, whatever is declared later.

use trackstats::journal::MemoryBackend;
use trackstats::{
    ErrorCode, Export, Fill, Filter, Import, MetricInfo, MetricRef, NewMetric, Null, Period, Store,
    ValueKind,
};

const DAY: Period = Period::Day;

fn at(name: &str, value: &str) -> MetricRef {
    MetricRef::new("shop.sales").at(name, value)
}

fn declare(store: &mut Store, by: &[&str]) {
    let metric = NewMetric::new("shop.sales").by(by.iter().copied());
    store.register_metric(&metric).unwrap();
}

/// Recorded by country, and then declared by region.
fn redeclared(store: &mut Store) {
    declare(store, &["country"]);
    for (date, sold) in [("2026-11-20", 3), ("2026-11-21", 4), ("2026-11-22", 5)] {
        store.record(at("country", "NL"), DAY, date, sold).unwrap();
    }
    declare(store, &["region"]);
    store
        .record(at("region", "north"), DAY, "2026-11-23", 1)
        .unwrap();
}

#[test]
fn a_store_opens_after_what_an_earlier_declaration_recorded_was_deleted() {
    let backend = MemoryBackend::new();
    let open = || Store::builder().open_with(backend.clone()).unwrap();
    let mut store = open();
    redeclared(&mut store);
    store.close().unwrap();
    let mut store = open();
    let old = Filter::new().on("2026-11-20");
    assert_eq!(store.delete(&old).unwrap(), 1);
    store.flush().unwrap();
    // What is cut off here would be the deletion.
    assert_eq!(open().len(), 3);
    drop(store);
    assert_eq!(open().len(), 3);
}

#[test]
fn what_an_earlier_declaration_recorded_is_read_exported_imported_and_restored() {
    let mut store = Store::in_memory();
    redeclared(&mut store);
    let mut file = Vec::new();
    Export::json_lines().write(&store, &mut file).unwrap();
    let mut table = Vec::new();
    Export::csv().write(&store, &mut table).unwrap();
    let mut imported = Store::in_memory();
    Import::json_lines()
        .read(&mut imported, file.as_slice())
        .unwrap();
    let mut from_table = Store::in_memory();
    declare(&mut from_table, &["region"]);
    Import::csv()
        .read(&mut from_table, table.as_slice())
        .unwrap();
    let restored = Store::builder().restore(&store.snapshot()).unwrap();
    for store in [&store, &imported, &from_table, &restored] {
        let series = store.series(at("country", "NL"), DAY).read().unwrap();
        assert_eq!(series.len(), 3);
        let found = store
            .breakdown("shop.sales", DAY)
            .by("country")
            .read()
            .unwrap();
        assert_eq!(
            (found.parts[0].value, found.split_by),
            (12.into(), vec!["country".to_owned()])
        );
        assert!(store.find_handle(at("country", "NL")).unwrap().is_some());
    }
}

#[test]
fn what_is_no_longer_declared_is_not_recorded_by_name() {
    let mut store = Store::in_memory();
    redeclared(&mut store);
    let error = store
        .record(at("country", "NL"), DAY, "2026-11-23", 1)
        .unwrap_err();
    assert_eq!(error.code(), ErrorCode::UnknownDimension);
    let error = store.series(at("colour", "red"), DAY).read().unwrap_err();
    assert_eq!(error.code(), ErrorCode::UnknownDimension);
    store
        .delete(&Filter::new().dimension("country", "NL"))
        .unwrap();
    let error = store.series(at("country", "NL"), DAY).read().unwrap_err();
    assert_eq!(error.code(), ErrorCode::UnknownDimension);
}

#[test]
fn another_store_takes_changes_of_what_it_declares_otherwise() {
    let mut store = Store::in_memory();
    redeclared(&mut store);
    let mut other = Store::builder().restore(&store.snapshot()).unwrap();
    store.capture_changes();
    store.delete(&Filter::new().on("2026-11-21")).unwrap();
    other
        .apply_changes(&store.drain_changes().unwrap())
        .unwrap();
    assert_eq!(other.snapshot(), store.snapshot());
}

#[test]
fn changes_that_begin_in_a_batch_that_is_rolled_back_are_whole() {
    let mut store = Store::in_memory();
    store
        .register_metric(&NewMetric::new("shop.orders"))
        .unwrap();
    let mut other = Store::builder().restore(&store.snapshot()).unwrap();
    let savepoint = store.savepoint().unwrap();
    store.record("shop.orders", DAY, "2026-11-22", 1).unwrap();
    store.capture_changes();
    store.record("shop.orders", DAY, "2026-11-23", 1).unwrap();
    store.rollback_to(savepoint).unwrap();
    store.record("shop.orders", DAY, "2026-11-24", 2).unwrap();
    other
        .apply_changes(&store.drain_changes().unwrap())
        .unwrap();
    assert_eq!(other.snapshot(), store.snapshot());
    assert_eq!(other.len(), 1);
}

#[test]
fn metrics_are_listed_in_the_order_of_their_registration_also_after_a_batch_was_rolled_back() {
    let backend = MemoryBackend::new();
    let mut store = Store::builder().open_with(backend.clone()).unwrap();
    let savepoint = store.savepoint().unwrap();
    store
        .register_metric(&NewMetric::new("shop.second").kind(ValueKind::Float))
        .unwrap();
    store.rollback_to(savepoint).unwrap();
    store
        .register_metric(&NewMetric::new("shop.first"))
        .unwrap();
    store
        .register_metric(&NewMetric::new("shop.second"))
        .unwrap();
    let names = |store: &Store| -> Vec<_> { store.metrics().map(MetricInfo::name).collect() };
    assert_eq!(names(&store), ["shop.first", "shop.second"]);
    store.record("shop.second", DAY, "2026-11-23", 1).unwrap();
    store.close().unwrap();
    let store = Store::builder().open_with(backend).unwrap();
    assert_eq!(names(&store), ["shop.first", "shop.second"]);
}

#[test]
fn a_series_of_a_metric_that_comes_again_with_another_kind_has_that_kind() {
    let mut store = Store::in_memory();
    let savepoint = store.savepoint().unwrap();
    store.register_metric(&NewMetric::new("shop.mass")).unwrap();
    store.record("shop.mass", DAY, "2026-11-23", 1).unwrap();
    store.rollback_to(savepoint).unwrap();
    let float = NewMetric::new("shop.mass").kind(ValueKind::Float);
    store.register_metric(&float).unwrap();
    store.record("shop.mass", DAY, "2026-11-23", 0.5).unwrap();
    let restored = Store::builder().restore(&store.snapshot()).unwrap();
    let value = restored.value("shop.mass", DAY, "2026-11-23").unwrap();
    assert_eq!(value, Some(Some(0.5.into())));
}

#[test]
fn the_previous_value_of_a_gap_is_null_after_a_null() {
    let mut store = Store::in_memory();
    store
        .register_metric(&NewMetric::new("shop.orders"))
        .unwrap();
    store.record("shop.orders", DAY, "2026-11-18", 3).unwrap();
    store
        .record("shop.orders", DAY, "2026-11-19", Null)
        .unwrap();
    store.record("shop.orders", DAY, "2026-11-22", 5).unwrap();
    for from in ["2026-11-18", "2026-11-20"] {
        let series = store.series("shop.orders", DAY).range(from..="2026-11-23");
        let series = series.fill(Fill::Previous).read().unwrap();
        for point in &series {
            let expected = match point.date.to_string().as_str() {
                "2026-11-18" => Some(3.into()),
                "2026-11-22" | "2026-11-23" => Some(5.into()),
                _ => None,
            };
            assert_eq!(point.value, expected, "{} from {from}", point.date);
        }
    }
}
