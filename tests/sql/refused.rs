//! What would be answered wrongly is refused with the reason.

use trackstats::{ErrorCode, params};

use crate::shop::{error, store};

#[track_caller]
fn refused(sql: &str, why: &str) {
    let text = error(sql, ErrorCode::SqlUnsupported).to_string();
    assert!(text.contains(why), "{sql}\n{text}");
}

#[test]
fn other_statements_are_refused() {
    for sql in [
        "CREATE TABLE t (a INT)",
        "ALTER TABLE metric ADD COLUMN a INT",
        "DROP TABLE metric",
        "CREATE INDEX i ON metric (metric)",
        "CREATE FUNCTION f() RETURN 1",
        "BEGIN",
        "COMMIT",
        "SHOW TABLES",
        "EXPLAIN SELECT 1",
        "TRUNCATE TABLE metric",
    ] {
        refused(sql, "only SELECT, INSERT, UPDATE and DELETE are possible");
    }
    error("SELEC 1", ErrorCode::SqlSyntax);
    error("", ErrorCode::SqlSyntax);
    error("SELECT 'a", ErrorCode::SqlSyntax);
}

#[test]
fn unknown_tables_and_columns_are_named_with_those_that_are_there() {
    refused(
        "SELECT * FROM statistics",
        "statistic_by_date_and_country_and_province",
    );
    refused(
        "SELECT * FROM GLUE_TABLES",
        "read the tables domain and metric",
    );
    refused(
        "SELECT valu FROM statistic_by_date",
        "domain, metric, period, date, value",
    );
    refused(
        "SELECT x.value FROM statistic_by_date",
        "no column 'x.value'",
    );
    refused(
        "INSERT INTO metric (name) VALUES ('x')",
        "domain, metric, kind",
    );
    refused("UPDATE metric SET name = 'x'", "domain, metric, kind");
}

#[test]
fn parts_that_would_be_ignored_are_refused() {
    for (sql, what) in [
        ("SELECT COUNT(*) OVER () FROM metric", "OVER"),
        (
            "SELECT COUNT(*) FILTER (WHERE kind = 'float') FROM metric",
            "FILTER",
        ),
        ("SELECT metric FROM metric QUALIFY metric = 'x'", "QUALIFY"),
        (
            "SELECT MAX(metric ORDER BY kind) FROM metric",
            "ORDER BY inside an aggregate",
        ),
        ("SELECT metric FROM metric FETCH FIRST 1 ROW ONLY", "FETCH"),
        ("SELECT metric FROM metric FOR UPDATE", "FOR"),
        ("WITH a AS (SELECT 1) SELECT * FROM a", "WITH"),
        ("SELECT 1 UNION SELECT 2", "UNION"),
        ("SELECT metric FROM metric, domain", "comma"),
        ("SELECT metric FROM metric NATURAL JOIN domain", "NATURAL"),
        (
            "SELECT title FROM metric JOIN domain USING (domain)",
            "USING",
        ),
        (
            "SELECT metric FROM metric RIGHT JOIN domain ON 1 = 1",
            "JOIN and LEFT JOIN",
        ),
        ("SELECT DISTINCT ON (metric) metric FROM metric", "DISTINCT"),
        (
            "SELECT metric FROM metric ORDER BY metric NULLS FIRST",
            "NULLS FIRST",
        ),
        (
            "SELECT metric FROM metric WHERE metric LIKE 'a' ESCAPE '!'",
            "ESCAPE",
        ),
        ("SELECT metric FROM metric LIMIT -1", "not negative"),
        ("SELECT metric FROM metric OFFSET 1 - 2", "not negative"),
        (
            "INSERT INTO metric (domain, metric) VALUES ('a', 'b') ON CONFLICT DO NOTHING",
            "ON CONFLICT",
        ),
        (
            "DELETE FROM statistic_by_date USING metric WHERE 1 = 1",
            "USING",
        ),
        ("UPDATE statistic_by_date AS s SET value = 1", "alias"),
    ] {
        refused(sql, what);
    }
    // These are no words of the dialect.
    assert!(store().select("SELECT TOP 1 metric FROM metric").is_err());
}

#[test]
fn groups_show_only_what_they_have_one_of() {
    for sql in [
        "SELECT metric, date, SUM(value) FROM statistic_by_date GROUP BY metric",
        "SELECT metric, SUM(value) FROM statistic_by_date",
        "SELECT metric FROM statistic_by_date GROUP BY metric HAVING date > '2026-01-01'",
        "SELECT metric FROM statistic_by_date GROUP BY metric ORDER BY date",
        "SELECT UPPER(period) FROM statistic_by_date GROUP BY UPPER(metric)",
        "SELECT (SELECT COUNT(*) FROM metric WHERE metric.metric = s.period) FROM statistic_by_date AS s GROUP BY s.metric",
    ] {
        refused(sql, "neither grouped by nor aggregated");
    }
    refused(
        "SELECT COUNT(*) FROM metric GROUP BY 1",
        "GROUP BY of a constant",
    );
    refused(
        "SELECT * FROM metric GROUP BY metric",
        "* does not go with groups",
    );
    refused("SELECT metric FROM metric WHERE COUNT(*) > 1", "HAVING");
    refused(
        "SELECT kind AS title FROM metric GROUP BY title",
        "neither grouped",
    );
    refused("SELECT 1 FROM metric JOIN metric ON 1 = 1", "metric");
    refused(
        "SELECT GREATEST(1, value) FROM statistic_by_date",
        "GREATEST",
    );
    refused(
        "SELECT COUNT(DISTINCT value) FROM statistic_by_date",
        "integers and floats together",
    );
    refused(
        "SELECT DISTINCT kind FROM metric ORDER BY title",
        "columns of its answer only",
    );
    refused(
        "SELECT SUM(MAX(value)) FROM statistic_by_date",
        "inside another one",
    );
}

#[test]
fn what_the_parser_takes_and_nobody_carries_out_is_refused() {
    for (sql, part) in [
        (
            "SELECT 1 FROM metric AS a GLOBAL JOIN metric AS b ON 1 = 1",
            "GLOBAL",
        ),
        (
            "SELECT 1 FROM metric JOIN LATERAL (SELECT 1) AS t ON 1 = 1",
            "LATERAL",
        ),
        ("SELECT 1 FROM metric WHERE kind LIKE ANY 'a'", "LIKE ANY"),
        ("SELECT UPPER(DISTINCT kind) FROM metric", "DISTINCT"),
        ("SELECT MAX(title) IGNORE NULLS FROM metric", "NULLS"),
        ("SELECT TRY_CAST('1' AS INTEGER)", "CAST"),
        (
            "UPDATE metric SET title = 'x' RETURNING metric",
            "RETURNING",
        ),
        ("DELETE metric FROM metric", "several tables"),
        (
            "INSERT INTO metric PARTITION (kind = 'x') VALUES ('a')",
            "PARTITION",
        ),
    ] {
        refused(sql, part);
    }
}

#[test]
fn values_that_cannot_be_compared_are_refused() {
    let by_date =
        |condition: &str| format!("SELECT value FROM statistic_by_date WHERE {condition}");
    for condition in [
        "date > 'garbage'",
        "date = '2026-02-30'",
        "date IN ('2026-11-23', '23-11-2026')",
        "date BETWEEN '2026-11-01' AND 'today'",
        "NOT 'never' < date",
    ] {
        refused(&by_date(condition), "write it as YYYY-MM-DD");
    }
    refused(&by_date("date > metric"), "CAST(… AS DATE)");
    refused(&by_date("date = 5"), "a date is compared with an integer");
    refused(&by_date("value > 'x'"), "compared with");
    refused(
        &by_date("metric"),
        "a text stands where a condition belongs",
    );
    refused(&by_date("value IN (1, NULL)"), "may be null");
    for condition in ["metric < 5", "5 >= metric", "metric BETWEEN 1 AND 2"] {
        refused(&by_date(condition), "is compared with");
    }
    for bounds in ["1 AND value", "value AND 9"] {
        refused(&by_date(&format!("2 NOT BETWEEN {bounds}")), "may be null");
        let exact = format!("SELECT 2 BETWEEN {bounds} FROM statistic_by_date");
        refused(&exact, "may be null");
    }
    refused(
        &by_date("metric NOT IN (SELECT CASE WHEN 1 = 2 THEN metric END FROM metric)"),
        "NOT EXISTS",
    );
    refused(
        "SELECT DISTINCT value FROM statistic_by_date",
        "integers and floats together",
    );
    refused(
        "SELECT value / 2 FROM statistic_by_date",
        "integers and floats together",
    );
    refused("SELECT 9223372036854775808", "64 bits");
    refused("SELECT 1e400", "range");
    refused("SELECT 1e1000000000", "range");
    let mut store = store();
    let garbage = store
        .sql_with(&by_date("date > $1"), &params!["garbage"])
        .unwrap_err();
    assert_eq!(garbage.code(), ErrorCode::SqlUnsupported);
    let missing = store
        .sql_with(&by_date("date > $2"), &params![1])
        .unwrap_err();
    assert_eq!(missing.code(), ErrorCode::SqlUnsupported);
}

#[test]
fn functions_of_the_machine_and_of_other_types_are_refused() {
    for function in [
        "NOW()",
        "CURRENT_TIMESTAMP",
        "RAND()",
        "GENERATE_UUID()",
        "MD5('x')",
        "LAST_DAY(CURRENT_DATE)",
    ] {
        error(&format!("SELECT {function}"), ErrorCode::SqlUnsupported);
    }
    refused("SELECT no_such_function(1)", "NO_SUCH_FUNCTION");
    refused("SELECT trackstats_counted(1 = 1)", "no function");
    refused(
        "SELECT date_trunc('month', date) FROM statistic_by_date",
        "FORMAT(date, '%Y-%m')",
    );
    refused("SELECT CAST(1 AS UUID)", "INTEGER, FLOAT, TEXT or DATE");
    refused("SELECT 'a' ~ 'b'", "regular expressions");
    refused("SELECT 5 & 3", "operators are");
}

#[test]
fn only_one_select_runs_on_a_shared_store() {
    let store = store();
    for sql in [
        "DELETE FROM statistic_by_date",
        "SELECT 1; SELECT 2",
        "INSERT INTO domain (domain) VALUES ('x')",
    ] {
        assert_eq!(
            store.select(sql).unwrap_err().code(),
            ErrorCode::SqlUnsupported,
            "{sql}"
        );
    }
}
