//! A small store that most tests ask.

use trackstats::{
    Error, ErrorCode, MetricRef, NewDomain, NewMetric, Null, Period, Rows, SqlValue, Store,
    Timestamp, ValueKind,
};

/// Ten days of a shop.
pub(crate) fn store() -> Store {
    let now: Timestamp = "2026-11-23T12:00:00Z".parse().unwrap();
    let mut store = Store::builder().clock(now).build();
    store
        .register_domain(
            &NewDomain::new("shopping")
                .title("Shopping")
                .description("Café"),
        )
        .unwrap();
    let sales = NewMetric::new("shopping.sales").by(["country", "province"]);
    for metric in [
        NewMetric::new("shopping.order_count").title("Number of orders sold"),
        NewMetric::new("shopping.revenue").kind(ValueKind::Float),
        sales.title("Items sold, by region"),
        NewMetric::new("users.user_count"),
        NewMetric::new("users.comment_count").by(["user"]),
        NewMetric::new("plants.height").kind(ValueKind::Float),
    ] {
        store.register_metric(&metric).unwrap();
    }
    let utrecht = MetricRef::new("shopping.sales")
        .at("country", "NL")
        .at("province", "Utrecht");
    let comments = |user: i64| MetricRef::new("users.comment_count").at("user", user);
    for day in 14..=23 {
        let date = format!("2026-11-{day}");
        store
            .record("shopping.order_count", Period::Day, &date, day)
            .unwrap();
        let revenue = f64::from(day) * 1.25;
        store
            .record("shopping.revenue", Period::Day, &date, revenue)
            .unwrap();
        store.record(&utrecht, Period::Day, &date, day % 3).unwrap();
        store
            .record(comments(42), Period::Week, &date, day % 5)
            .unwrap();
        store
            .record(comments(7), Period::Week, &date, day % 7)
            .unwrap();
    }
    store
        .record("users.user_count", Period::Lifetime, "2026-11-23", i64::MAX)
        .unwrap();
    store
        .record("users.user_count", Period::Lifetime, "2026-11-22", Null)
        .unwrap();
    let ficus = MetricRef::new("plants.height").at("plant", "Ficus élastica");
    store
        .record(&ficus, Period::Day, "2026-11-23", 41.5)
        .unwrap();
    store
}

/// The rows of an answer as text: cells with a space between, rows with a bar.
pub(crate) fn text(rows: &Rows) -> String {
    let row = |row: &[SqlValue]| {
        let cells: Vec<_> = row.iter().map(ToString::to_string).collect();
        cells.join(" ")
    };
    rows.iter().map(row).collect::<Vec<_>>().join(" | ")
}

pub(crate) fn ask(store: &Store, sql: &str) -> String {
    match store.select(sql) {
        Ok(rows) => text(&rows),
        Err(error) => panic!("{sql}\n{error:?}"),
    }
}

/// The error of a statement, of which a code is expected; the store has to be usable after it.
#[track_caller]
pub(crate) fn error(sql: &str, code: ErrorCode) -> Error {
    let mut store = store();
    let before = store.len();
    let error = match store.sql(sql) {
        Ok(rows) => panic!("{sql}\nreturned {}", text(&rows)),
        Err(error) => error,
    };
    assert_eq!(error.code(), code, "{sql}\n{error}");
    assert!(!error.to_string().ends_with('.'), "{error}");
    assert_eq!(store.len(), before, "{sql}");
    let count = ask(
        &store,
        "SELECT COUNT(*) FROM statistic_by_date WHERE metric = 'order_count'",
    );
    assert_eq!(count, "10", "{sql}");
    store
        .sql("UPDATE statistic_by_date SET value = 1 WHERE metric = 'order_count'")
        .unwrap();
    error
}
