//! SQL: no value is infinite or no number, a number with a point or an exponent is a float, and functions
//! have their values at the edges too.

use trackstats::{ErrorCode, NewMetric, Period, SqlValue, Store, ValueKind, params};

fn store() -> Store {
    let mut store = Store::in_memory();
    store
        .register_metric(&NewMetric::new("a.f").kind(ValueKind::Float))
        .unwrap();
    store.register_metric(&NewMetric::new("a.i")).unwrap();
    for (day, value) in [(1, 1e308), (2, 1.5e308), (3, -1.0), (4, 0.0)] {
        let date = format!("2026-01-0{day}");
        store.record("a.f", Period::Day, &date, value).unwrap();
    }
    for day in 1..=5 {
        let date = format!("2026-01-0{day}");
        store.record("a.i", Period::Day, &date, day - 3).unwrap();
    }
    store
}

fn one(expression: &str) -> SqlValue {
    match store().select(&format!("SELECT {expression}")) {
        Ok(rows) => rows[0][0].clone(),
        Err(error) => panic!("{expression}\n{error}"),
    }
}

#[test]
fn what_would_be_infinite_or_no_number_fails() {
    let store = store();
    for expression in [
        "SQRT(-1.0)",
        "SQRT(-1)",
        "LN(0.0)",
        "LN(-1)",
        "LOG2(0)",
        "LOG10(-0.5)",
        "EXP(1000.0)",
        "POWER(0.0, -1.0)",
        "POWER(-8, 0.5)",
        "POWER(10, 400)",
        "1e308 * 10.0",
        "1e308 + 1e308",
        "-1e308 - 1e308",
        "1e308 / 1e-10",
        "CAST('inf' AS FLOAT)",
        "CAST('NaN' AS FLOAT)",
        "'-infinity'::FLOAT",
        "CAST('1e999' AS FLOAT)",
        "1e308 * 10.0 - 1e308 * 10.0",
        "CASE WHEN 1 = 1 THEN SQRT(-1.0) ELSE 2.0 END",
        "COALESCE(LN(0.0), 1.0)",
    ] {
        for sql in [
            format!("SELECT {expression}"),
            // Where the value is looked at and gone.
            format!("SELECT {expression} = 5"),
            format!("SELECT 1 WHERE {expression} > 5.0"),
            format!("SELECT 1.0 / ({expression})"),
            format!("SELECT CASE WHEN {expression} BETWEEN 0 AND 1 THEN 1 END"),
            format!("SELECT ROUND({expression}), ({expression}) IS NULL"),
            format!("SELECT CAST({expression} AS TEXT)"),
            format!("SELECT CAST({expression} AS INTEGER)"),
            format!("SELECT GREATEST({expression}, 1.0)"),
            format!("SELECT SIGN({expression})"),
            format!("SELECT 'x' || ({expression})"),
            format!("SELECT ({expression}) IN (1.0, 2.0)"),
            format!("SELECT N FROM SERIES(2) ORDER BY N + ({expression}) LIMIT 1"),
            format!("SELECT COUNT({expression}), MIN({expression}) FROM SERIES(2)"),
            format!("SELECT v + 0 < 1 FROM (SELECT {expression} AS v) AS t"),
            format!("SELECT N FROM SERIES(2) WHERE (SELECT {expression}) > N"),
            format!("SELECT COUNT(*) FROM SERIES(2) GROUP BY N * ({expression})"),
            format!(
                "SELECT a.N FROM SERIES(2) AS a JOIN SERIES(2) AS b ON a.N * ({expression}) < b.N"
            ),
        ] {
            match store.select(&sql) {
                Ok(rows) => panic!("{sql}\nreturned {rows:?}"),
                Err(error) => assert_eq!(error.code(), ErrorCode::SqlFailed, "{sql}\n{error}"),
            }
        }
    }
}

#[test]
fn what_columns_and_aggregates_come_to_fails_in_the_same_way() {
    let mut store = store();
    for what in [
        "SUM(value)",
        "AVG(value)",
        "VARIANCE(value)",
        "STDEV(value)",
        "MAX(value * 2.0)",
        "MIN(value * 2.0)",
        "COUNT(value * 2.0)",
        "SUM(DISTINCT value * 2.0)",
        "SUM(SQRT(value))",
    ] {
        let sql = format!("SELECT {what} FROM statistic_by_date WHERE metric = 'f'");
        let error = store.select(&sql).expect_err(&sql);
        assert_eq!(error.code(), ErrorCode::SqlFailed, "{sql}\n{error}");
        let having = format!(
            "SELECT metric FROM statistic_by_date WHERE metric = 'f' GROUP BY metric HAVING {what} > 0"
        );
        assert!(store.select(&having).is_err(), "{having}");
    }
    for sql in [
        "UPDATE statistic_by_date SET value = value * 2.0 WHERE metric = 'f'",
        "UPDATE statistic_by_date SET value = 1.0 WHERE metric = 'f' AND value * 2.0 > 1.0",
        "INSERT INTO statistic_by_date VALUES ('a', 'f', 'day', '2026-02-01', LN(0.0))",
        "INSERT INTO statistic_by_date SELECT domain, metric, 'week', date, EXP(value * 1e-300) FROM statistic_by_date WHERE metric = 'f'",
        "DELETE FROM statistic_by_date WHERE SQRT(value) = 5",
    ] {
        let error = store.sql(sql).expect_err(sql);
        assert_eq!(error.code(), ErrorCode::SqlFailed, "{sql}\n{error}");
    }
    assert_eq!(store.len(), 9);
}

#[test]
fn parameters_are_finite() {
    let store = store();
    for float in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        for sql in [
            "SELECT $1",
            "SELECT 1 WHERE 5.0 = $1",
            "SELECT N FROM SERIES(2) WHERE N < $1",
        ] {
            let error = store.select_with(sql, &params![float]).unwrap_err();
            assert_eq!(error.code(), ErrorCode::SqlUnsupported, "{sql}");
            assert!(error.to_string().contains("finite"), "{error}");
        }
    }
}

#[test]
fn a_deviation_of_equal_values_is_zero_and_a_variance_is_never_negative() {
    let mut store = Store::in_memory();
    store
        .register_metric(&NewMetric::new("a.f").kind(ValueKind::Float))
        .unwrap();
    for value in [0.1, 0.2, 0.3, 1.1, 1e-5, 123.456, 1e6 + 0.1] {
        for days in 1..20 {
            let date = format!("2026-01-{days:02}");
            store.record("a.f", Period::Day, &date, value).unwrap();
            let rows = store
                .select("SELECT VARIANCE(value), STDEV(value) FROM statistic_by_date")
                .unwrap();
            for spread in [rows[0][0].as_f64().unwrap(), rows[0][1].as_f64().unwrap()] {
                assert!(
                    (0.0..1e-2 * value).contains(&spread),
                    "{days} of {value}: {spread}"
                );
            }
        }
        store.sql("DELETE FROM statistic_by_date").unwrap();
    }
}

#[test]
fn a_number_with_a_point_or_an_exponent_is_a_float() {
    for (expression, value) in [
        ("7 / 1e10", 7e-10),
        ("1e3 / 2000", 0.5),
        ("1E+3 / 2000", 0.5),
        ("1e3", 1000.0),
        (".5e1", 5.0),
        ("1.5e1 / 2", 7.5),
        ("7. / 2", 3.5),
        ("-1e3 / 3000", -1.0 / 3.0),
        ("15e-1", 1.5),
        ("1e0 / 4", 0.25),
        ("9e15 + 0", 9e15),
        ("7 % 2e0", 1.0),
        ("CAST('1e1' AS FLOAT) / 4", 2.5),
        ("COALESCE(NULL, 1e1) / 4", 2.5),
        ("CASE WHEN 1 = 1 THEN 1e1 ELSE 2.0 END / 4", 2.5),
        ("GREATEST(1e1, 2) / 4", 2.5),
        ("ABS(-1e1) / 4", 2.5),
    ] {
        assert_eq!(one(expression), SqlValue::Float(value), "{expression}");
    }
    for (expression, value) in [
        ("1000 / 3000", 0),
        ("7 / 2", 3),
        ("-7 / 2", -3),
        ("1e1::INTEGER / 4", 2),
    ] {
        assert_eq!(one(expression), SqlValue::Integer(value), "{expression}");
    }
    let sum = "SELECT SUM(value / 1e1) FROM statistic_by_date WHERE metric = 'i' AND value > 0";
    assert_eq!(
        store().select(sum).unwrap()[0][0],
        SqlValue::Float(0.300_000_000_000_000_04)
    );
    for sql in [
        "SELECT N FROM SERIES(1e1)",
        "SELECT 1 LIMIT 1e0",
        "SELECT N FROM SERIES(2) ORDER BY 1e0",
    ] {
        assert!(store().select(sql).is_err(), "{sql}");
    }
}

#[test]
fn functions_have_their_values_at_the_edges() {
    let text = |text: &str| SqlValue::Text(text.to_owned());
    let integer = SqlValue::Integer;
    let (minimum, maximum) = (i64::MIN, i64::MAX);
    for (expression, value) in [
        ("POSITION('' IN 'abc')", integer(1)),
        ("POSITION('' IN '')", integer(1)),
        ("POSITION('a' IN '')", integer(0)),
        ("POSITION('c' IN 'abc')", integer(3)),
        ("POSITION(CASE WHEN 1 = 1 THEN '' END IN 'abc')", integer(1)),
        ("POSITION('' IN NULL)", SqlValue::Null),
        ("POSITION(NULL IN 'abc')", SqlValue::Null),
        ("REPLACE('abc', '', '-')", text("abc")),
        ("REPLACE('', '', '-')", text("")),
        (
            "REPLACE('abc', CASE WHEN 1 = 1 THEN '' END, '-')",
            text("abc"),
        ),
        ("REPLACE('abc', 'b', '')", text("ac")),
        ("REPLACE('aaa', 'aa', 'b')", text("ba")),
        ("REPLACE('éé', 'é', 'ab')", text("abab")),
        ("REPLACE('abc', '', NULL)", SqlValue::Null),
        ("REPLACE(NULL, '', 'x')", SqlValue::Null),
        ("REPLACE('abc', NULL, 'x')", SqlValue::Null),
        ("-9223372036854775808 % -1", integer(0)),
        ("-9223372036854775808 % 1", integer(0)),
        ("-9223372036854775808 % (0 - 1)", integer(0)),
        ("-9223372036854775808 % -3", integer(minimum % -3)),
        ("9223372036854775807 % -1", integer(0)),
        ("-7 % 3", integer(-1)),
        ("7 % -3", integer(1)),
        ("NULL % -1", SqlValue::Null),
        ("-9223372036854775808 / 1", integer(minimum)),
        ("9223372036854775807 / -1", integer(-maximum)),
        ("SIGN(-9223372036854775808)", integer(-1)),
        ("ABS(-9223372036854775807)", integer(maximum)),
        (
            "GREATEST(-9223372036854775808, 9223372036854775807)",
            integer(maximum),
        ),
        ("LENGTH('')", integer(0)),
        ("LENGTH('é日')", integer(2)),
        ("REVERSE('')", text("")),
        ("REVERSE('aé')", text("éa")),
        ("REPEAT('', 10000)", text("")),
        ("REPEAT('ab', 0)", text("")),
        ("LEFT('abc', 0)", text("")),
        ("LEFT('abc', 10000)", text("abc")),
        ("RIGHT('abc', 0)", text("")),
        ("RIGHT('abc', 10000)", text("abc")),
        ("SUBSTR('abc', 4)", text("")),
        ("SUBSTR('abc', 10000, 10000)", text("")),
        ("SUBSTR('abc', 2, 0)", text("")),
        ("SUBSTR('', 1, 1)", text("")),
        ("LPAD('abc', 0)", text("")),
        ("LPAD('abc', 2)", text("ab")),
        ("LPAD('', 3, 'xy')", text("xyx")),
        ("RPAD('abc', 5, 'xy')", text("abcxy")),
        ("TRIM('')", text("")),
        ("TRIM('   ')", text("")),
        ("TRIM(BOTH '' FROM 'abc')", text("abc")),
        ("CONCAT('')", text("")),
        ("'' || ''", text("")),
        ("UPPER('straße')", text("STRASSE")),
        ("'' LIKE ''", SqlValue::Boolean(true)),
        ("'' LIKE '%'", SqlValue::Boolean(true)),
        ("'' LIKE '_'", SqlValue::Boolean(false)),
        ("'日本' LIKE '__'", SqlValue::Boolean(true)),
        ("NULLIF('', '')", SqlValue::Null),
        ("'' = ''", SqlValue::Boolean(true)),
        ("CAST('-9223372036854775808' AS INTEGER)", integer(minimum)),
        ("CAST(2.9 AS INTEGER)", integer(2)),
        ("CAST(-2.9 AS INTEGER)", integer(-2)),
        ("CAST(-9223372036854775808.0 AS INTEGER)", integer(minimum)),
        ("ROUND(2.5)", SqlValue::Float(3.0)),
        ("TRUNC(-0.9)", SqlValue::Float(0.0)),
        ("POWER(0, 0)", SqlValue::Float(1.0)),
        ("SQRT(0)", SqlValue::Float(0.0)),
        ("EXP(-1000)", SqlValue::Float(0.0)),
    ] {
        assert_eq!(one(expression), value, "{expression}");
    }
    let divided =
        "SELECT value % (value - 2) FROM statistic_by_date WHERE metric = 'i' AND value = 1";
    assert_eq!(store().select(divided).unwrap()[0][0], integer(0));
}

#[test]
fn what_has_no_value_at_an_edge_is_an_error() {
    let store = store();
    for expression in [
        "-9223372036854775808 / -1",
        "ABS(-9223372036854775808)",
        "-(-9223372036854775808)",
        "-9223372036854775808 - 1",
        "9223372036854775807 * 2",
        "1 / 0",
        "1 % 0",
        "1.0 / 0",
        "1.0 % 0.0",
        "CAST(9223372036854775808.0 AS INTEGER)",
        "CAST(-1e30 AS INTEGER)",
        "CAST('9223372036854775808' AS INTEGER)",
        "CAST('' AS INTEGER)",
        "CAST('' AS FLOAT)",
        "REPEAT('x', -1)",
        "LEFT('x', -1)",
        "SUBSTR('abc', 0)",
        "SUBSTR('abc', -1, 2)",
        "LPAD('x', -1)",
        "LPAD('x', 5, '')",
        "LPAD('x', 9223372036854775807)",
    ] {
        let error = store
            .select(&format!("SELECT {expression}"))
            .expect_err(expression);
        let fine = matches!(
            error.code(),
            ErrorCode::SqlFailed | ErrorCode::SqlUnsupported
        );
        assert!(fine, "{expression}\n{error}");
        assert!(
            !error.to_string().contains("panic"),
            "{expression}\n{error}"
        );
    }
}

#[test]
fn a_negative_zero_is_sorted_as_zero() {
    let mut store = store();
    let zero = NewMetric::new("a.zero").kind(ValueKind::Float);
    store.register_metric(&zero).unwrap();
    for (date, value) in [
        ("2026-01-01", 0.0),
        ("2026-01-02", -0.0),
        ("2026-01-03", 0.0),
    ] {
        store.record("a.zero", Period::Day, date, value).unwrap();
    }
    for order in ["value, date", "value DESC, date"] {
        let sql = format!(
            "SELECT FORMAT(date, '%d') FROM statistic_by_date WHERE metric = 'zero' ORDER BY {order}"
        );
        let rows = store.select(&sql).unwrap();
        let days: Vec<_> = rows.iter().map(|row| row[0].clone()).collect();
        assert_eq!(
            days,
            ["01", "02", "03"].map(|day| SqlValue::Text(day.to_owned()))
        );
    }
}

#[test]
fn each_statement_has_its_own_joins() {
    let of = |name| format!(" JOIN metric AS {name} ON a.metric = {name}.metric");
    let joined = format!("SELECT 1 FROM metric AS a{}{}", of("b"), of("c"));
    let mut store = store();
    store.sql(&vec![joined; 12].join(";")).unwrap();
}
