//! A scan reads what the conditions leave.

use trackstats::{Date, ErrorCode, MetricRef, NewMetric, Period, SqlLimits, Store, params};

use crate::shop::store;

/// Whether a query reads no more than that many rows.
#[track_caller]
fn reads(sql: &str, rows: u64) {
    let mut store = store();
    store.set_sql_limits(SqlLimits::new().read(rows));
    store
        .select(sql)
        .unwrap_or_else(|error| panic!("{sql}\n{error}"));
    store.set_sql_limits(SqlLimits::new().read(rows - 1));
    let error = store
        .select(sql)
        .expect_err("a row more was read than was said");
    assert_eq!(error.code(), ErrorCode::SqlLimit, "{sql}");
}

#[test]
fn conditions_narrow_the_scan() {
    let by_date =
        |condition: &str| format!("SELECT value FROM statistic_by_date AS s WHERE {condition}");
    for (condition, rows) in [
        ("metric = 'order_count'", 10),
        ("metric = 'order_count' AND date = '2026-11-20'", 1),
        ("s.metric = 'order_count' AND '2026-11-20' <= s.date", 4),
        (
            "(metric = 'order_count') AND (date > '2026-11-20' AND date < '2026-11-23')",
            2,
        ),
        (
            "metric IN ('order_count', 'revenue') AND date BETWEEN '2026-11-19' AND '2026-11-20'",
            4,
        ),
        (
            "date >= CURRENT_DATE - INTERVAL '1' DAY AND domain = 'shopping'",
            4,
        ),
        (
            "date IN ('2026-11-14', '2026-11-15') AND metric = 'order_count'",
            2,
        ),
        ("period = 'lifetime'", 2),
        ("metric = 'order_count' AND NOT (date < '2026-11-23')", 10),
        ("metric = 'order_count' OR date = '2026-11-23'", 22),
        (
            "metric = 'order_count' AND (date = '2026-11-23' OR value = 1)",
            10,
        ),
        ("metric <> 'order_count'", 22),
    ] {
        reads(&by_date(condition), rows);
    }
    let objects = "SELECT value FROM statistic_by_date_and_object WHERE";
    reads(&format!("{objects} object_id = 42"), 10);
    reads(
        &format!("{objects} object_id IN (42, 7) AND object_type = 'user' AND date = '2026-11-23'"),
        2,
    );
    reads(&format!("{objects} object_type = 'plant'"), 1);
    let split = "SELECT value FROM statistic_by_date_and_country_and_province WHERE";
    reads(
        &format!("{split} country = 'NL' AND date = '2026-11-23'"),
        1,
    );
    reads(
        "SELECT title FROM metric WHERE domain = 'shopping' AND metric = 'sales'",
        1,
    );
}

#[test]
fn each_table_of_a_join_is_narrowed_by_its_own_conditions() {
    let join = |on: &str, condition: &str| {
        format!(
            "SELECT a.date FROM statistic_by_date AS a {on} WHERE a.metric = 'order_count' AND {condition}"
        )
    };
    // One row on each side, and the pair.
    let inner = "JOIN statistic_by_date AS b ON a.date = b.date AND b.metric = 'revenue' AND a.date = '2026-11-20'";
    reads(&join(inner, "b.date = '2026-11-20'"), 3);
    // The condition of a left join leaves all rows on its left.
    let left = "LEFT JOIN statistic_by_date AS b ON a.date = b.date AND b.metric = 'revenue' AND a.date = '2026-11-20'";
    reads(&join(left, "1 = 1"), 10 + 10 + 10);
    let rows = store().select(&join(left, "b.date IS NULL")).unwrap();
    assert_eq!(rows.len(), 9);
    // A name of the query around does not narrow the table inside.
    let outer = "SELECT a.date FROM statistic_by_date AS a WHERE EXISTS (SELECT 1 FROM statistic_by_date AS b
        WHERE a.metric = 'order_count' AND b.metric = 'revenue' AND b.date = a.date)";
    assert_eq!(store().select(outer).unwrap().len(), 10);
}

#[test]
fn an_update_and_a_delete_read_no_more_than_a_select() {
    for sql in [
        "UPDATE statistic_by_date SET value = 1 WHERE metric = 'order_count' AND date = '2026-11-20'",
        "DELETE FROM statistic_by_date WHERE metric = 'order_count' AND date = '2026-11-20'",
    ] {
        let mut store = store();
        store.set_sql_limits(SqlLimits::new().read(1));
        assert_eq!(store.sql(sql).unwrap().affected(), 1);
    }
}

fn filled(metrics: i64, objects: i64, days: i32) -> Store {
    let mut store = Store::in_memory();
    let first: Date = "2023-01-01".parse().unwrap();
    for metric in 0..metrics {
        let name = format!("load.metric_{metric}");
        store.register_metric(&NewMetric::new(&name)).unwrap();
        let targets = (0..objects).map(|object| MetricRef::new(&name).at("user", object));
        for target in targets.chain([MetricRef::new(&name)]) {
            let handle = store.handle(&target).unwrap();
            for day in 0..days {
                let date = first.plus_days(day).unwrap();
                store.record(handle, Period::Day, date, day).unwrap();
            }
        }
    }
    store
}

#[test]
fn a_year_of_a_large_store_reads_no_more_than_that_of_a_small_one() {
    let first: Date = "2024-01-01".parse().unwrap();
    let bounds = params![first, first.plus_days(364).unwrap()];
    for (metrics, objects) in [(1, 1), (10, 19)] {
        let mut store = filled(metrics, objects, 1_000);
        store.set_sql_limits(SqlLimits::new().read(365));
        for sql in [
            "SELECT date, value FROM statistic_by_date
             WHERE metric = 'metric_0' AND period = 'day' AND date BETWEEN $1 AND $2 ORDER BY date",
            "SELECT date, value FROM statistic_by_date_and_object WHERE metric = 'metric_0' AND period = 'day'
             AND object_type = 'user' AND object_id = 0 AND date BETWEEN $1 AND $2 ORDER BY date",
        ] {
            assert_eq!(store.select_with(sql, &bounds).unwrap().len(), 365);
        }
    }
}
