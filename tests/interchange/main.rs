//! Import, export and the serde forms, through the public API.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod bad_lines;
mod csv;
mod django;
mod endings;
mod json_lines;
mod round_trip;
mod serde_forms;
mod stopping;

use trackstats::{
    Filter, MetricRef, NewDomain, NewMetric, Null, Period, Statistic, Store, ValueKind,
};

/// A store with a little of everything.
fn sample() -> Store {
    let mut store = Store::in_memory();
    let domain = NewDomain::new("shopping")
        .title("Shopping")
        .description("What the web\nshop \"sells\"");
    store.register_domain(&domain).unwrap();
    store.register_domain(&NewDomain::new("empty")).unwrap();
    let orders = NewMetric::new("shopping.order_count").title("Number of orders sold");
    store.register_metric(&orders).unwrap();
    let sales = NewMetric::new("shopping.sales")
        .kind(ValueKind::Float)
        .by(["country", "province"]);
    store.register_metric(&sales).unwrap();
    store
        .register_metric(&NewMetric::new("shopping.returns"))
        .unwrap();

    let orders = "shopping.order_count";
    store.record(orders, Period::Day, "2026-11-22", 3).unwrap();
    store
        .record(orders, Period::Day, "2026-11-23", Null)
        .unwrap();
    store
        .record(orders, Period::Lifetime, "0001-01-01", i64::MIN)
        .unwrap();
    store
        .record(orders, Period::Lifetime, "9999-12-31", i64::MAX)
        .unwrap();
    let by_user = MetricRef::new(orders).at("user", 42);
    store
        .record(&by_user, Period::Days28, "2026-11-23", 1)
        .unwrap();
    let odd = MetricRef::new(orders).at("user", "a,\"b\"\nc é");
    store.record(&odd, Period::Days28, "2026-11-23", 2).unwrap();
    let nobody = MetricRef::new(orders).at("user", "");
    store
        .record(&nobody, Period::Days28, "2026-11-23", 3)
        .unwrap();
    let sales = MetricRef::new("shopping.sales");
    store
        .record(&sales, Period::Week, "2026-11-23", 2.0)
        .unwrap();
    store
        .record(&sales, Period::Week, "2026-11-24", -0.0)
        .unwrap();
    store
        .record(&sales, Period::Month, "2026-11-23", 0.1 + 0.2)
        .unwrap();
    store
        .record(&sales, Period::Month, "2026-11-24", 1e300)
        .unwrap();
    let utrecht = sales.at("province", "Utrecht").at("country", "NL");
    store
        .record(&utrecht, Period::Day, "2026-11-23", 1e-7)
        .unwrap();
    store
}

fn statistics(store: &Store) -> Vec<Statistic> {
    store.statistics(&Filter::new()).unwrap()
}

fn fixture(name: &str) -> String {
    let path = format!("{}/fixtures/{name}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(&path).expect("the fixture is in the tree")
}
