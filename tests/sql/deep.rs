//! Whatever the limits let through survives a caller's stack of 1 MiB, in any build.

use std::fmt::Write as _;

use trackstats::{ErrorCode, SqlLimits};

use crate::shop::store;

const SMALL: usize = 1024 * 1024;

/// Runs statements on a small stack; they may fail, but with a code of SQL.
fn survives(statements: Vec<String>) {
    let run = move || {
        let mut store = store();
        // Sub-selects in each other multiply.
        store.set_sql_limits(SqlLimits::new().read(2_000));
        for sql in statements {
            if let Err(error) = store.sql(&sql) {
                let code = error.code();
                assert!(
                    matches!(
                        code,
                        ErrorCode::SqlLimit
                            | ErrorCode::SqlUnsupported
                            | ErrorCode::SqlFailed
                            | ErrorCode::KindMismatch
                    ),
                    "{error:?}"
                );
                let start: String = sql.chars().take(60).collect();
                println!(
                    "{code} {start}: {}",
                    error.to_string().chars().take(90).collect::<String>()
                );
            }
        }
    };
    std::thread::Builder::new()
        .stack_size(SMALL)
        .spawn(run)
        .unwrap()
        .join()
        .unwrap();
}

/// Where an expression can stand.
fn everywhere(expression: &str, condition: &str) -> Vec<String> {
    vec![
        format!("SELECT {expression}"),
        format!("SELECT value FROM statistic_by_date WHERE {condition} ORDER BY {expression}"),
        format!(
            "SELECT metric, SUM({expression}) FROM statistic_by_date GROUP BY metric HAVING {condition}"
        ),
        format!(
            "SELECT metric FROM metric WHERE EXISTS (SELECT value FROM statistic_by_date WHERE {condition})"
        ),
        format!(
            "SELECT a.value FROM statistic_by_date AS a JOIN statistic_by_date AS b ON a.date = b.date AND ({condition})"
        ),
        format!("UPDATE statistic_by_date SET value = {expression} WHERE {condition}"),
        format!(
            "INSERT INTO statistic_by_date VALUES ('shopping', 'order_count', 'day', '2026-12-01', {expression})"
        ),
        format!("DELETE FROM statistic_by_date WHERE NOT ({condition})"),
    ]
}

#[test]
fn the_longest_chains_survive() {
    for chain in ["1+", "value+", "1.5*", "- ", "1||", "1-", "+ ", "value%"] {
        let expression = format!("{}1", chain.repeat(255));
        survives(everywhere(&expression, &format!("{expression} > 0")));
    }
    for chain in [
        "value > 1 OR ",
        "NOT ",
        "value > 1 AND ",
        "value IS NULL OR metric = 'x' AND ",
    ] {
        let links = 250
            / (1 + chain.matches(['>', '=']).count()
                + chain.matches("IS").count()
                + chain.matches("AND").count());
        let condition = format!("{}value > 1", chain.repeat(links));
        survives(everywhere(
            &format!("CASE WHEN {condition} THEN 1 END"),
            &condition,
        ));
        survives(vec![format!("SELECT ({condition}) FROM statistic_by_date")]);
    }
    let casts = format!("value{}", "::INTEGER".repeat(60));
    survives(everywhere(&casts, &format!("{casts} = 1")));
}

#[test]
fn the_deepest_nesting_survives() {
    for (open, close, inner) in [
        ("(", ")", "value"),
        ("ABS(", ")", "value"),
        ("COALESCE(", ", 1)", "value"),
        ("CASE WHEN 1 = 1 THEN ", " ELSE 2 END", "value"),
        ("(1 + ", " + 2)", "value"),
        (
            "(SELECT MAX(value) FROM statistic_by_date WHERE value > ",
            ")",
            "1",
        ),
        ("CAST(", " AS INTEGER)", "value"),
    ] {
        for deep in [8, 15, 24, 30] {
            let expression = format!("{}{inner}{}", open.repeat(deep), close.repeat(deep));
            survives(everywhere(&expression, &format!("{expression} > 0")));
        }
    }
    let mut derived = "SELECT value FROM statistic_by_date".to_owned();
    for level in 0..30 {
        derived =
            format!("SELECT value FROM ({derived}) AS t{level} WHERE value > 1 OR value IS NULL");
        survives(vec![derived.clone()]);
    }
    let mut exists = "SELECT 1 FROM metric AS t0 WHERE t0.metric = 'x'".to_owned();
    for level in 1..30 {
        exists = format!(
            "SELECT 1 FROM metric AS t{level} WHERE EXISTS ({exists}) OR t{level}.metric IN ('x')"
        );
        survives(vec![exists.clone()]);
    }
}

#[test]
fn nested_chains_survive() {
    let chain = "+1".repeat(100);
    for deep in 1..4 {
        let expression = format!("{}1{}", "(".repeat(deep), format!("{chain})").repeat(deep));
        survives(everywhere(&expression, &format!("{expression} > 0")));
    }
    let mut condition = "value > 1".to_owned();
    for level in 0..28 {
        let operator = if level % 2 == 0 { "OR" } else { "AND" };
        condition =
            format!("(NOT {condition} {operator} value = {level} {operator} metric <> 'x')");
        survives(vec![
            format!("SELECT metric FROM statistic_by_date WHERE {condition}"),
            format!("SELECT {condition} FROM statistic_by_date"),
        ]);
    }
}

#[test]
fn many_joins_survive() {
    for joins in [1, 4, 8, 15] {
        let mut sql = "SELECT COUNT(*) FROM domain AS t0".to_owned();
        for join in 1..=joins {
            write!(
                sql,
                " LEFT JOIN domain AS t{join} ON t{join}.domain = t0.domain"
            )
            .unwrap();
        }
        survives(vec![sql]);
    }
}
