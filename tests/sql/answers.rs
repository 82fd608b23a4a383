//! Answers that are not the same as those of SQLite, or that GlueSQL alone gives wrongly.

use trackstats::{Date, NewMetric, Null, Period, SqlValue, Store, ValueKind, params};

use crate::shop::{ask, store, text};

fn one(sql: &str) -> String {
    ask(&store(), sql)
}

#[test]
fn domains_and_metrics_are_tables() {
    let metrics = "SELECT domain, metric, kind, title, dimensions FROM metric WHERE domain = 'shopping' ORDER BY metric";
    assert_eq!(
        one(metrics),
        "shopping order_count integer Number of orders sold  | shopping revenue float   | \
         shopping sales integer Items sold, by region country province"
    );
    assert_eq!(
        one("SELECT * FROM domain WHERE domain = 'shopping'"),
        "shopping Shopping Café"
    );
}

#[test]
fn each_set_of_dimensions_has_a_table() {
    let split = "SELECT country, province, period, date, value FROM statistic_by_date_and_country_and_province";
    assert_eq!(
        one(&format!("{split} WHERE date = '2026-11-23'")),
        "NL Utrecht day 2026-11-23 2"
    );
    let object = "SELECT object_type, object_id, value FROM statistic_by_date_and_object";
    assert_eq!(
        one(&format!(
            "{object} WHERE object_id = 42 AND date = '2026-11-23'"
        )),
        "user 42 3"
    );
    assert_eq!(
        one(&format!("{object} WHERE object_type = 'plant'")),
        "plant Ficus élastica 41.5"
    );
}

#[test]
fn values_are_exact() {
    let mut store = Store::in_memory();
    store.register_metric(&NewMetric::new("a.i")).unwrap();
    store
        .register_metric(&NewMetric::new("a.f").kind(ValueKind::Float))
        .unwrap();
    let integers = [i64::MIN, i64::MAX, 0, -1, 9_007_199_254_740_993];
    let floats = [
        0.1,
        1e300,
        f64::MIN_POSITIVE,
        -2.5,
        5e-324,
        1e22,
        123_456_789.123_456_79,
    ];
    for (day, value) in (1..).zip(integers) {
        store
            .sql(&format!(
                "INSERT INTO statistic_by_date VALUES ('a', 'i', 'day', '2026-01-0{day}', {value})"
            ))
            .unwrap();
        let stored = store
            .value("a.i", Period::Day, format!("2026-01-0{day}"))
            .unwrap();
        assert_eq!(stored, Some(Some(trackstats::Value::Integer(value))));
    }
    for (day, value) in (1..).zip(floats) {
        store.sql(&format!("INSERT INTO statistic_by_date VALUES ('a', 'f', 'day', '2026-01-0{day}', {value:e})")).unwrap();
        let stored = store
            .value("a.f", Period::Day, format!("2026-01-0{day}"))
            .unwrap();
        assert_eq!(stored, Some(Some(trackstats::Value::Float(value))));
    }
    let equal = "SELECT COUNT(*) FROM statistic_by_date WHERE metric = $2 AND value = $1";
    for value in integers {
        let rows = store.select_with(equal, &params![value, "i"]).unwrap();
        assert_eq!(text(&rows), "1", "{value}");
    }
    for value in floats {
        let rows = store.select_with(equal, &params![value, "f"]).unwrap();
        assert_eq!(text(&rows), "1", "{value}");
    }
}

#[test]
fn integers_and_floats_are_compared_and_computed_with_as_floats() {
    let orders = |what: &str| {
        one(&format!(
            "SELECT COUNT(*) FROM statistic_by_date WHERE metric = 'order_count' AND {what}"
        ))
    };
    assert_eq!(orders("value >= 14.5"), "9");
    assert_eq!(orders("value < 1e30"), "10");
    assert_eq!(orders("value = 14.0"), "1");
    assert_eq!(orders("value IN (14.0, 15.5)"), "1");
    assert_eq!(orders("value * 0.5 = 7.5"), "1");
    assert_eq!(orders("value BETWEEN 14 AND 15.5"), "2");
    assert_eq!(
        one("SELECT 1 / 2, 1.0 / 2, 7 % 3, -(3), 2 * 0.25"),
        "0 0.5 1 -3 0.5"
    );
    assert_eq!(one("SELECT 0.1 + 0.2 = 0.3, 1e-20 = 2e-20"), "false false");
}

#[test]
fn a_condition_with_null_is_neither_true_nor_false() {
    let users = |what: &str| {
        one(&format!(
            "SELECT date FROM statistic_by_date WHERE metric = 'user_count' AND ({what})"
        ))
    };
    assert_eq!(
        users("value > 5 OR period = 'lifetime'"),
        "2026-11-22 | 2026-11-23"
    );
    assert_eq!(
        users("NOT (value > 5 AND period = 'day')"),
        "2026-11-22 | 2026-11-23"
    );
    assert_eq!(users("NOT (value > 5 OR period = 'day')"), "");
    assert_eq!(
        one("SELECT (NULL OR 1 = 1), (NULL AND 1 = 2), (NULL OR 1 = 2), NOT (NULL AND 1 = 2)"),
        "true false null true"
    );
}

#[test]
fn nulls_come_last_and_first_when_descending() {
    let users = |order: &str| {
        one(&format!(
            "SELECT date FROM statistic_by_date WHERE metric = 'user_count' ORDER BY value {order}"
        ))
    };
    assert_eq!(users("ASC"), "2026-11-23 | 2026-11-22");
    assert_eq!(users("DESC"), "2026-11-22 | 2026-11-23");
}

#[test]
fn dates_are_computed_with() {
    assert_eq!(
        one("SELECT CURRENT_DATE, CURRENT_DATE - INTERVAL '30' DAY"),
        "2026-11-23 2026-10-24"
    );
    assert_eq!(
        one(
            "SELECT DATE '2024-01-31' + INTERVAL '1' MONTH, DATE '2024-11-15' + INTERVAL '1' MONTH, DATE '2024-02-29' - INTERVAL '1' YEAR"
        ),
        "2024-02-29 2024-12-15 2023-02-28"
    );
    assert_eq!(one("SELECT DATE '2024-03-01' - DATE '2024-02-01'"), "29");
    assert_eq!(
        one("SELECT FORMAT(DATE '2024-03-01', '%Y-%m'), EXTRACT(DAY FROM DATE '2024-03-01')"),
        "2024-03 1"
    );
    let typed = store()
        .select("SELECT date + INTERVAL '1' DAY AS next FROM statistic_by_date LIMIT 1")
        .unwrap();
    assert!(matches!(typed.get(0, "next"), Some(SqlValue::Date(_))));
}

#[test]
fn like_reaches_over_lines_and_takes_every_sign_for_itself() {
    let mut store = store();
    store
        .sql_with(
            "UPDATE metric SET description = $1 WHERE metric = 'revenue'",
            &params!["a.(b\nc%"],
        )
        .unwrap();
    let like = |pattern: &str| {
        let rows = store.select_with(
            "SELECT metric FROM metric WHERE description LIKE $1",
            &params![pattern],
        );
        text(&rows.unwrap())
    };
    assert_eq!(like("a%c_"), "revenue");
    assert_eq!(like("a.(b%"), "revenue");
    assert_eq!(like("a.%B%"), "");
    assert_eq!(like("a_("), "");
}

#[test]
fn parameters_are_values() {
    let day: Date = "2026-11-20".parse().unwrap();
    let rows = store().select_with(
        "SELECT $1, $2, $3, $4, $5, date FROM statistic_by_date WHERE date = $1 AND metric = $6",
        &params![day, 1, 0.5, true, Null2, "order_count"],
    );
    assert_eq!(
        text(&rows.unwrap()),
        "2026-11-20 1 0.5 true null 2026-11-20"
    );
}

/// A null without a type of its own.
struct Null2;

impl From<Null2> for SqlValue {
    fn from(_: Null2) -> Self {
        Self::Null
    }
}

#[test]
fn an_answer_is_read_by_row_and_column() {
    let mut store = store();
    store
        .record("shopping.order_count", Period::Day, "2026-11-24", Null)
        .unwrap();
    let sql = "SELECT date, value FROM statistic_by_date WHERE metric = 'order_count' AND date >= '2026-11-23' ORDER BY 1";
    let rows = store.select(sql).unwrap();
    assert_eq!(
        (rows.len(), rows.columns(), rows.affected()),
        (2, &["date".to_owned(), "value".to_owned()][..], 0)
    );
    assert_eq!(rows.get(0, "value").and_then(SqlValue::as_i64), Some(23));
    assert_eq!(rows.get(1, 1), Some(&SqlValue::Null));
    assert_eq!(rows.get(2, 1), None);
    assert_eq!(rows.get(0, "other"), None);
    assert_eq!(
        rows[0][0].as_date().map(|date| date.to_string()).as_deref(),
        Some("2026-11-23")
    );
}

#[test]
fn several_statements_have_several_answers() {
    let mut store = store();
    let answers = store
        .sql_all("UPDATE statistic_by_date SET value = 1 WHERE metric = 'order_count'; SELECT 2; SELECT 3;", &[])
        .unwrap();
    assert_eq!(answers.len(), 3);
    assert_eq!(
        (answers[0].affected(), text(&answers[1]), text(&answers[2])),
        (10, "2".into(), "3".into())
    );
}
