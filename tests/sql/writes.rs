//! INSERT, UPDATE and DELETE, each whole or not at all.

use trackstats::{ErrorCode, Period, Store, Value, params};

use crate::shop::{ask, store, text};

const ORDERS: &str = "SELECT date, value FROM statistic_by_date WHERE metric = 'order_count' AND date >= '2026-11-22' ORDER BY date";

fn change(store: &mut Store, sql: &str) -> usize {
    store
        .sql(sql)
        .unwrap_or_else(|error| panic!("{sql}\n{error:?}"))
        .affected()
}

#[track_caller]
fn refused(sql: &str, code: ErrorCode) {
    let mut store = store();
    let before = text(&store.select("SELECT * FROM statistic_by_date").unwrap());
    let error = store.sql(sql).unwrap_err();
    assert_eq!(error.code(), code, "{sql}\n{error}");
    assert_eq!(
        text(&store.select("SELECT * FROM statistic_by_date").unwrap()),
        before,
        "{sql}"
    );
}

#[test]
fn inserting_a_key_again_replaces_its_value() {
    let mut store = store();
    let sql = "INSERT INTO statistic_by_date (value, date, period, metric, domain) VALUES
        (5, '2026-11-23', 'day', 'order_count', 'shopping'),
        (NULL, DATE '2026-11-24', 'day', 'order_count', 'shopping'),
        (2 * 3, CURRENT_DATE + INTERVAL '2' DAY, 'day', 'order_' || 'count', 'shopping')";
    assert_eq!(change(&mut store, sql), 3);
    assert_eq!(
        ask(&store, ORDERS),
        "2026-11-22 22 | 2026-11-23 5 | 2026-11-24 null | 2026-11-25 6"
    );
}

#[test]
fn inserting_from_a_query_takes_its_columns_in_order() {
    let mut store = store();
    let sql = "INSERT INTO statistic_by_date (metric, domain, date, period, value)
        SELECT metric, domain, MAX(date), 'week', SUM(value) FROM statistic_by_date
        WHERE metric = 'order_count' GROUP BY domain, metric";
    assert_eq!(change(&mut store, sql), 1);
    let week = store
        .value("shopping.order_count", Period::Week, "2026-11-23")
        .unwrap();
    assert_eq!(week, Some(Some(Value::Integer(185))));
}

#[test]
fn inserting_with_dimensions_makes_their_series() {
    let mut store = store();
    change(
        &mut store,
        "INSERT INTO statistic_by_date_and_object (domain, metric, period, object_type, object_id, date, value)
         VALUES ('users', 'comment_count', 'day', 'user', 9, '2026-11-23', 4);
         INSERT INTO statistic_by_date_and_country_and_province
         VALUES ('shopping', 'sales', 'day', 'BE', 'Namur', '2026-11-23', 8)",
    );
    let sales = "SELECT SUM(value) FROM statistic_by_date_and_country_and_province WHERE country IN ('BE', 'DE')";
    assert_eq!(ask(&store, sales), "8");
    assert_eq!(
        ask(
            &store,
            "SELECT value FROM statistic_by_date_and_object WHERE object_id = '9'"
        ),
        "4"
    );
}

#[test]
fn domains_and_metrics_are_registered_and_renamed() {
    let mut store = store();
    change(
        &mut store,
        "INSERT INTO domain (domain, title) VALUES ('sports', 'Sports')",
    );
    change(
        &mut store,
        "INSERT INTO metric (domain, metric, kind, dimensions) VALUES ('sports', 'speed', 'float', 'team player')",
    );
    let speed = store.metric("sports.speed").unwrap();
    assert_eq!(
        (speed.kind.as_str(), speed.dimensions.join("+").as_str()),
        ("float", "team+player")
    );
    assert!(
        store
            .select("SELECT team, player FROM statistic_by_date_and_player_and_team")
            .unwrap()
            .is_empty()
    );
    assert_eq!(
        change(
            &mut store,
            "UPDATE metric SET title = UPPER(metric) WHERE domain = 'sports'"
        ),
        1
    );
    assert_eq!(store.metric("sports.speed").unwrap().title, "SPEED");
    assert_eq!(
        change(&mut store, "UPDATE domain SET description = NULL"),
        4
    );
    assert_eq!(store.domain("shopping").unwrap().description, "");
    assert_eq!(store.domain("shopping").unwrap().title, "Shopping");
    refused("DELETE FROM metric", ErrorCode::SqlUnsupported);
    refused(
        "DELETE FROM domain WHERE domain = 'users'",
        ErrorCode::SqlUnsupported,
    );
    refused(
        "UPDATE metric SET metric = 'x' WHERE metric = 'sales'",
        ErrorCode::SqlUnsupported,
    );
    refused(
        "UPDATE metric SET kind = 'float' WHERE metric = 'sales'",
        ErrorCode::KindMismatch,
    );
    refused(
        "INSERT INTO metric (domain, metric) VALUES ('a b', 'c')",
        ErrorCode::InvalidReference,
    );
}

#[test]
fn updating_changes_values_and_moves_keys() {
    let mut store = store();
    let double = "UPDATE statistic_by_date SET value = value * 2 WHERE metric = 'order_count' AND date > '2026-11-21'";
    assert_eq!(change(&mut store, double), 2);
    assert_eq!(ask(&store, ORDERS), "2026-11-22 44 | 2026-11-23 46");
    let shift =
        "UPDATE statistic_by_date SET date = date + INTERVAL '1' DAY WHERE metric = 'order_count'";
    assert_eq!(change(&mut store, shift), 10);
    assert_eq!(
        ask(&store, ORDERS),
        "2026-11-22 21 | 2026-11-23 44 | 2026-11-24 46"
    );
    let before = store.len();
    let user = "UPDATE statistic_by_date_and_object SET object_id = 43, period = 'day' WHERE object_id = '42'";
    assert_eq!(change(&mut store, user), 10);
    assert_eq!(store.len(), before);
    let moved = "SELECT COUNT(*) FROM statistic_by_date_and_object WHERE object_id = '43' AND period = 'day'";
    assert_eq!(ask(&store, moved), "10");
}

#[test]
fn deleting_takes_only_what_is_asked_for() {
    let mut store = store();
    let before = store.len();
    let sql = "DELETE FROM statistic_by_date WHERE metric = 'order_count' AND (value < 16 OR date = '2026-11-20')";
    assert_eq!(change(&mut store, sql), 3);
    assert_eq!(change(&mut store, sql), 0);
    assert_eq!(store.len(), before - 3);
    assert_eq!(
        change(&mut store, "DELETE FROM statistic_by_date_and_object"),
        21
    );
    change(&mut store, "DELETE FROM statistic_by_date");
    assert_eq!(store.len(), 10);
}

#[test]
fn a_statement_that_fails_changes_nothing() {
    let insert = |values: &str| {
        format!(
            "INSERT INTO statistic_by_date VALUES ('shopping', 'order_count', 'day', '2026-11-01', 1), {values}"
        )
    };
    for (values, code) in [
        (
            "('shopping', 'order_count', 'day', '2026-11-02', 0.5)",
            ErrorCode::KindMismatch,
        ),
        (
            "('shopping', 'no_such', 'day', '2026-11-02', 1)",
            ErrorCode::UnknownMetric,
        ),
        (
            "('shopping', 'order_count', 'year', '2026-11-02', 1)",
            ErrorCode::UnknownPeriod,
        ),
        (
            "('shopping', 'order_count', 'day', '2026-11-31', 1)",
            ErrorCode::SqlUnsupported,
        ),
        (
            "('shopping', 'order_count', 'day', '2026-11-02', 'many')",
            ErrorCode::SqlUnsupported,
        ),
        (
            "('shopping', 'order_count', 'day', NULL, 1)",
            ErrorCode::SqlUnsupported,
        ),
        (
            "('shopping', 'order_count', 'day', '2026-11-02')",
            ErrorCode::SqlUnsupported,
        ),
        (
            "('shopping', 'order_count', 'day', '2026-11-02', 1 / 0)",
            ErrorCode::SqlFailed,
        ),
        (
            "('shopping', 'revenue', 'day', '2026-11-02', 1e308 * 10)",
            ErrorCode::SqlFailed,
        ),
        (
            "('shopping', 'revenue', 'day', '2026-11-02', 9007199254740993)",
            ErrorCode::InvalidValue,
        ),
    ] {
        refused(&insert(values), code);
    }
    refused(
        "INSERT INTO statistic_by_date (domain, metric, value) VALUES ('shopping', 'order_count', 1)",
        ErrorCode::SqlUnsupported,
    );
    refused(
        "INSERT INTO statistic_by_date (domain, domain) VALUES ('shopping', 'x')",
        ErrorCode::SqlUnsupported,
    );
    refused(
        "INSERT INTO statistic_by_date_and_object VALUES ('users', 'comment_count', 'day', 'team', 1, '2026-11-01', 1)",
        ErrorCode::UnknownDimension,
    );
    // The last one only is out of the calendar, and the one before it would take a place.
    refused(
        "UPDATE statistic_by_date SET value = value * 410000000000000000 WHERE metric = 'order_count'",
        ErrorCode::SqlFailed,
    );
    refused(
        "UPDATE statistic_by_date SET date = '2026-11-23' WHERE metric = 'order_count'",
        ErrorCode::SqlFailed,
    );
    refused(
        "UPDATE statistic_by_date SET metric = 'revenue', date = date + INTERVAL '1' DAY WHERE metric = 'order_count'",
        ErrorCode::SqlFailed,
    );
    refused(
        "UPDATE statistic_by_date SET value = 0.5 WHERE metric = 'order_count'",
        ErrorCode::KindMismatch,
    );
    refused(
        "UPDATE statistic_by_date SET metric = 'other' WHERE metric = 'order_count'",
        ErrorCode::UnknownMetric,
    );
}

#[test]
fn an_integer_fits_a_float_metric() {
    let mut store = store();
    change(
        &mut store,
        "INSERT INTO statistic_by_date VALUES ('shopping', 'revenue', 'day', '2026-12-01', 3)",
    );
    let held = store
        .value("shopping.revenue", Period::Day, "2026-12-01")
        .unwrap();
    assert_eq!(held, Some(Some(Value::Float(3.0))));
}

#[test]
fn statements_before_the_one_that_fails_stay() {
    let mut store = store();
    let sql = "DELETE FROM statistic_by_date_and_object; SELECT 1 / 0";
    assert_eq!(store.sql(sql).unwrap_err().code(), ErrorCode::SqlFailed);
    assert_eq!(
        ask(&store, "SELECT COUNT(*) FROM statistic_by_date_and_object"),
        "0"
    );
}

#[test]
fn parameters_are_bound_in_what_is_written() {
    let mut store = store();
    let typed = "'; DELETE FROM statistic_by_date; --";
    store
        .sql_with(
            "UPDATE metric SET title = $1 WHERE metric = 'sales'",
            &params![typed],
        )
        .unwrap();
    assert_eq!(store.metric("shopping.sales").unwrap().title, typed);
}
