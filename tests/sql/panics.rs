//! What makes GlueSQL panic, or would fill the memory, is an error, and the store goes on.

use trackstats::{ErrorCode, Store};

use crate::shop::{ask, store};

/// Known panics of GlueSQL 0.20, and some that were found beside them.
const EXPRESSIONS: [&str; 32] = [
    "SUBSTR('é', 1, 1)",
    "SUBSTR('abc', 9223372036854775807, 2)",
    "SUBSTR('abc', -9223372036854775808, 2)",
    "LPAD('éa', 1)",
    "RPAD('a', 10, '')",
    "LPAD('a', 2000000000, 'b')",
    "RPAD('a', 2000000000, 'b')",
    "REPEAT('x', -1)",
    "REPEAT('x', 1000000000)",
    "REPEAT(REPEAT(REPEAT('x', 10000), 10000), 10000)",
    "REPLACE(REPEAT('x', 10000), 'x', REPEAT('y', 10000))",
    "REPLACE(REPEAT('x', 10000), '', REPEAT('y', 10000))",
    "FIND_IDX('aéb', 'b', 3)",
    "FORMAT(TIME '01:02:03', '%O')",
    "FORMAT(DATE '2024-01-31', '%')",
    "FORMAT(DATE '2024-01-31', '%H')",
    "DATE '9999-12-31' + INTERVAL '106751991' DAY",
    "DATE '9999-12-31' + INTERVAL '1' DAY",
    "DATE '0001-01-01' - INTERVAL '1' MONTH",
    "INTERVAL '9223372036854775807' DAY",
    "DATE '2024-01-01' + INTERVAL '9223372036854775807' DAY",
    "TRIM(LEADING 'é' FROM 'éa')",
    "CAST(1 AS DECIMAL) % CAST('170141183460469231731687303715884105727' AS INT128)",
    "ABS(-9223372036854775807 - 1)",
    "-(-9223372036854775807 - 1)",
    "9223372036854775807 + 1",
    "9223372036854775807 * 9223372036854775807",
    "(-9223372036854775807 - 1) / -1",
    "1 / 0",
    "170!",
    "SPLICE('[1,2,3]', 3, 1)",
    "SLICE('[1]', 1, 1)",
];

fn is_of_sql(code: ErrorCode) -> bool {
    matches!(
        code,
        ErrorCode::SqlSyntax
            | ErrorCode::SqlLimit
            | ErrorCode::SqlUnsupported
            | ErrorCode::SqlFailed
    )
}

fn refuses(store: &Store, sql: &str) {
    match store.select(sql) {
        Ok(rows) => panic!("{sql}\nreturned {rows:?}"),
        Err(error) => assert!(is_of_sql(error.code()), "{sql}\n{error:?}"),
    }
}

#[test]
fn what_would_panic_is_an_error_with_a_code() {
    let mut store = store();
    let before = store.len();
    for expression in EXPRESSIONS {
        refuses(&store, &format!("SELECT {expression}"));
        refuses(
            &store,
            &format!("SELECT metric FROM metric WHERE {expression} IS NULL"),
        );
        let update = format!("UPDATE statistic_by_date SET value = {expression}");
        assert!(store.sql(&update).is_err(), "{update}");
        let insert = format!(
            "INSERT INTO statistic_by_date VALUES ('shopping', 'order_count', 'day', '2026-12-01', {expression})"
        );
        assert!(store.sql(&insert).is_err(), "{insert}");
    }
    assert_eq!(store.len(), before);
    let sum = "SELECT SUM(value) FROM statistic_by_date WHERE metric = 'order_count'";
    assert_eq!(ask(&store, sum), "185");
}

#[test]
fn what_would_panic_at_a_row_is_an_error_too() {
    let store = store();
    for expression in [
        "SUBSTR(object_id, 1, 7)",
        "LEFT(object_id, 7)",
        "LPAD(object_id, 7)",
        "TRIM(object_id)",
        "POSITION('e' IN object_id)",
    ] {
        // Of the ficus, whose name is not ASCII.
        let all = format!("SELECT {expression} FROM statistic_by_date_and_object");
        refuses(&store, &all);
        let users = format!("{all} WHERE object_type = 'user'");
        assert!(store.select(&users).is_ok(), "{users}");
    }
    refuses(
        &store,
        "SELECT -value FROM (SELECT value - value - 9223372036854775807 - 1 AS value FROM statistic_by_date WHERE metric = 'order_count') AS t",
    );
    refuses(
        &store,
        "SELECT ABS(value) / (value - 20) FROM statistic_by_date WHERE metric = 'order_count'",
    );
    refuses(
        &store,
        "SELECT date + INTERVAL '3652058' DAY FROM statistic_by_date",
    );
    refuses(
        &store,
        "SELECT SUM(value) FROM statistic_by_date WHERE metric IN ('user_count', 'order_count')",
    );
}
