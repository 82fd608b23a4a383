//! How much a text and a statement may do.

use trackstats::{ErrorCode, SqlLimits};

use crate::shop::{ask, error, store};

#[test]
fn what_is_too_large_is_refused_before_it_is_parsed() {
    let long = format!("SELECT '{}'", "x".repeat(70_000));
    let many = "SELECT 1;".repeat(17);
    let deep = format!("SELECT {}1{}", "(".repeat(40), ")".repeat(40));
    let chain = format!("SELECT 1{}", "+1".repeat(300));
    let joins = format!("SELECT 1 FROM metric AS t{}", " JOIN metric".repeat(20));
    for sql in [long, many, deep, chain, joins] {
        error(&sql, ErrorCode::SqlLimit);
    }
}

#[test]
fn a_series_has_at_most_a_hundred_thousand_rows() {
    assert_eq!(
        ask(&store(), "SELECT COUNT(*), SUM(N) FROM SERIES(1000)"),
        "1000 500500"
    );
    error("SELECT COUNT(*) FROM SERIES(100001)", ErrorCode::SqlLimit);
    error("SELECT COUNT(*) FROM SERIES(-1)", ErrorCode::SqlLimit);
}

#[test]
fn reading_too_many_rows_ends_a_statement() {
    let mut store = store();
    store.set_sql_limits(SqlLimits::new().read(1_000));
    let statistics = "statistic_by_date";
    for sql in [
        format!(
            "SELECT COUNT(*) FROM {statistics} AS a JOIN {statistics} AS b JOIN {statistics} AS c"
        ),
        format!(
            "SELECT COUNT(*) FROM {statistics} AS a JOIN {statistics} AS b ON a.period = b.period JOIN {statistics} AS c ON c.domain = a.domain"
        ),
        "SELECT COUNT(*) FROM SERIES(2000)".to_owned(),
        "SELECT COUNT(*) FROM SERIES(100) AS a JOIN SERIES(100) AS b".to_owned(),
        "SELECT COUNT(*) FROM SERIES(100) AS a LEFT JOIN SERIES(100) AS b ON a.N < b.N".to_owned(),
        "SELECT COUNT(*) FROM metric WHERE (SELECT SUM(N) FROM SERIES(500)) > 1".to_owned(),
        format!(
            "SELECT COUNT(*) FROM metric AS a JOIN (SELECT s.N FROM metric JOIN SERIES(90) AS s) AS b ON a.metric <> 'x' JOIN {statistics} AS c"
        ),
        format!(
            "SELECT COUNT(*) FROM {statistics} WHERE value > (SELECT SUM(a.value) FROM {statistics} AS a JOIN {statistics} AS b)"
        ),
    ] {
        let error = store.select(&sql).unwrap_err();
        assert_eq!(error.code(), ErrorCode::SqlLimit, "{sql}");
        assert!(
            error.to_string().contains("reads more than 1000 rows"),
            "{error}"
        );
    }
    assert_eq!(ask(&store, "SELECT COUNT(*) FROM SERIES(999)"), "999");
}

#[test]
fn a_join_of_large_tables_does_not_go_on_for_ever() {
    let mut store = store();
    let sql = "SELECT COUNT(*) FROM SERIES(100000) AS a JOIN SERIES(100000) AS b JOIN SERIES(100000) AS c";
    store.set_sql_limits(SqlLimits::new().read(200_000));
    assert_eq!(store.select(sql).unwrap_err().code(), ErrorCode::SqlLimit);
}

#[test]
fn returning_too_many_rows_is_refused() {
    let mut store = store();
    store.set_sql_limits(SqlLimits::new().returned(9));
    let all = "SELECT date FROM statistic_by_date WHERE metric = 'order_count'";
    assert_eq!(store.select(all).unwrap_err().code(), ErrorCode::SqlLimit);
    assert_eq!(store.select(&format!("{all} LIMIT 9")).unwrap().len(), 9);
    assert_eq!(
        store.select(&format!("{all} LIMIT 10")).unwrap_err().code(),
        ErrorCode::SqlLimit
    );
    let update = "UPDATE statistic_by_date SET value = 0 WHERE metric = 'order_count'";
    assert_eq!(store.sql(update).unwrap_err().code(), ErrorCode::SqlLimit);
    assert_eq!(store.sql_limits(), SqlLimits::new().returned(9));
}
