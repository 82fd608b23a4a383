//! A store with a little of everything, which the inputs meet.

use trackstats::{
    Error, Export, ExportFormat, MetricRef, NewMetric, Null, Period, Store, ValueKind, stats,
};

stats! {
    shopping "Shopping" {
        order_count "Orders",
        revenue: f64,
        sales by (country, province),
        comments by user,
    }
}

/// The store, the same at each call.
pub(crate) fn store() -> Store {
    fill().expect("the sample is right")
}

fn fill() -> Result<Store, Error> {
    let mut store = Store::in_memory();
    store.register(shopping::DOMAIN)?;
    for (date, value) in [("2026-11-20", 3), ("2026-11-22", -5), ("9999-12-31", 7)] {
        store.record(shopping::ORDER_COUNT, Period::Day, date, value)?;
    }
    store.record(
        shopping::ORDER_COUNT,
        Period::Lifetime,
        "2026-11-22",
        i64::MAX,
    )?;
    store.record(shopping::REVENUE, Period::Day, "2026-11-22", 0.1)?;
    store.record(shopping::REVENUE, Period::Day, "2026-11-23", Null)?;
    store.record(
        shopping::sales("NL", "Utrecht"),
        Period::Week,
        "2026-11-22",
        2,
    )?;
    store.record(shopping::comments(42), Period::Month, "0001-01-01", 1)?;
    store.register_metric(&NewMetric::new("plants.height").kind(ValueKind::Float))?;
    let ficus = MetricRef::new("plants.height").at("plant", "été");
    store.record(&ficus, Period::Days28, "2026-11-22", -0.0)?;
    Ok(store)
}

/// A store in a format, as text that can be compared.
pub(crate) fn written<F: ExportFormat>(store: &Store, format: Export<'_, F>) -> String {
    let mut file = Vec::new();
    let count = format
        .write(store, &mut file)
        .expect("memory can be written to");
    assert_eq!(count, store.len());
    String::from_utf8(file).expect("an export is UTF-8")
}
