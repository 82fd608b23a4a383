//! What the check says of a form is what GlueSQL gives: every function and operator, with arguments of
//! every kind.

use std::collections::BTreeSet;

use gluesql_core::ast::Statement;
use gluesql_core::translate::translate_with_params;

use super::Checker;
use super::form::{Form, Shape};
use crate::error::ErrorCode;
use crate::model::{NewMetric, Null, ValueKind};
use crate::sql::limits::measure;
use crate::sql::parse::parse;
use crate::sql::{SqlLimits, SqlValue};
use crate::time::Period;
use crate::{Rows, Store};

const ARGUMENTS: [&str; 21] = [
    "7",
    "0",
    "-1",
    "9223372036854775807",
    "-9223372036854775808",
    "2.5",
    "-0.5",
    "1e3",
    ".5e1",
    "7.",
    "1E-2",
    "1.7e308",
    "''",
    "'b'",
    "'12'",
    "DATE '2024-02-29'",
    "TRUE",
    "NULL",
    "value",
    "metric",
    "date",
];

const ONE: [&str; 35] = [
    "{}",
    "- {}",
    "+ {}",
    "(({}))",
    "ABS({})",
    "SIGN({})",
    "CEIL({})",
    "FLOOR({})",
    "ROUND({})",
    "TRUNC({})",
    "SQRT({})",
    "EXP({})",
    "LN({})",
    "LOG2({})",
    "LOG10({})",
    "LOWER({})",
    "UPPER({})",
    "REVERSE({})",
    "LENGTH({})",
    "REPEAT({}, 3)",
    "LEFT({}, 2)",
    "RIGHT({}, 2)",
    "SUBSTR({}, 2)",
    "SUBSTR({}, 1, 1)",
    "LPAD({}, 5, 'xy')",
    "RPAD({}, 5)",
    "TRIM({})",
    "LTRIM({})",
    "TRIM(BOTH 'a' FROM {})",
    "CAST({} AS INTEGER)",
    "CAST({} AS FLOAT)",
    "CAST({} AS TEXT)",
    "CAST({} AS DATE)",
    "{} IS NULL",
    "EXTRACT(MONTH FROM {})",
];

const MORE: [&str; 12] = [
    "NOT {}",
    "RTRIM({})",
    "{}::INTEGER",
    "{} IS NOT NULL",
    "FORMAT({}, '%Y-%m')",
    "{} + INTERVAL '1' DAY",
    "{} - INTERVAL '1' MONTH",
    "{} LIKE '%e%'",
    "{} ILIKE 'A_C'",
    "{} IN (1, 2.5)",
    "CASE {} WHEN 7 THEN 1 ELSE 2.5 END",
    "CASE WHEN {} IS NULL THEN NULL ELSE 'x' END",
];

const TWO: [&str; 24] = [
    "{} + {}",
    "{} - {}",
    "{} * {}",
    "{} / {}",
    "{} % {}",
    "{} || {}",
    "{} = {}",
    "{} <> {}",
    "{} < {}",
    "{} <= {}",
    "{} > {}",
    "{} >= {}",
    "{} AND {}",
    "{} OR {}",
    "POWER({}, {})",
    "GREATEST({}, {})",
    "COALESCE({}, {})",
    "IFNULL({}, {})",
    "NULLIF({}, {})",
    "CONCAT({}, {})",
    "POSITION({} IN {})",
    "REPLACE({}, {}, 'zz')",
    "{} NOT BETWEEN {} AND 9",
    "CASE WHEN value > 1 THEN {} ELSE {} END",
];

const AGGREGATES: [&str; 10] = [
    "COUNT({})",
    "COUNT(DISTINCT {})",
    "SUM({})",
    "SUM(DISTINCT {})",
    "MIN({})",
    "MAX({})",
    "AVG({})",
    "VARIANCE({})",
    "STDEV({})",
    "SUM({}) / 2",
];

fn store() -> Store {
    let mut store = Store::in_memory();
    store.register_metric(&NewMetric::new("a.whole")).unwrap();
    store
        .register_metric(&NewMetric::new("a.part").kind(ValueKind::Float))
        .unwrap();
    for (day, value) in (1..).zip([3_i64, -7, 0, 1]) {
        let date = format!("2024-01-0{day}");
        store.record("a.whole", Period::Day, &date, value).unwrap();
    }
    for (day, value) in (1..).zip([0.1, -2.5, 1e300, 0.1]) {
        let date = format!("2024-01-0{day}");
        store.record("a.part", Period::Day, &date, value).unwrap();
    }
    for metric in ["a.whole", "a.part"] {
        store
            .record(metric, Period::Day, "2024-01-09", Null)
            .unwrap();
    }
    store
}

/// The shapes of the columns, as the check has them, and how many values a column may have.
fn shapes(store: &Store, sql: &str) -> Option<Vec<Shape>> {
    let statements = parse(measure(sql).ok()?).ok()?;
    let translated = translate_with_params(statements.first()?, &[]).ok()?;
    let Statement::Query(query) = translated else {
        return None;
    };
    let mut checker = Checker::new(store.engine(), store.today(), SqlLimits::new());
    let answer = checker.statement(query, false).ok()?;
    Some(answer.columns.into_iter().map(|(_, shape)| shape).collect())
}

fn fits(shape: Shape, value: &SqlValue) -> bool {
    let form = match value {
        SqlValue::Null => return shape.nullable,
        SqlValue::Boolean(_) => Form::Boolean,
        SqlValue::Integer(_) => Form::Integer,
        SqlValue::Float(float) => {
            assert!(float.is_finite(), "{float}");
            Form::Float
        }
        SqlValue::Text(text) => {
            if text.len() > shape.bytes {
                return false;
            }
            Form::Text
        }
        SqlValue::Date(_) => Form::Date,
    };
    form == shape.form || (shape.form == Form::Number && form.is_number())
}

/// Runs a statement whose only column is an expression, and says whether it was answered.
fn try_out(store: &Store, sql: &str) -> bool {
    let rows: Rows = match store.select(sql) {
        Ok(rows) => rows,
        Err(error) => {
            let fine = matches!(
                error.code(),
                ErrorCode::SqlUnsupported | ErrorCode::SqlFailed
            );
            assert!(fine, "{sql}\n{error}");
            assert!(!error.to_string().contains("panic"), "{sql}\n{error}");
            return false;
        }
    };
    let shapes = shapes(store, sql).expect("what is answered passes the check");
    for row in &rows {
        for (shape, value) in shapes.iter().zip(row) {
            assert!(fits(*shape, value), "{sql}\n{value:?} is no {shape:?}");
        }
    }
    true
}

fn filled(form: &str, arguments: &[&str]) -> String {
    let mut text = form.to_owned();
    for argument in arguments {
        text = text.replacen("{}", argument, 1);
    }
    text
}

fn from(expression: &str, metric: &str) -> String {
    format!("SELECT {expression} FROM statistic_by_date WHERE metric = '{metric}'")
}

#[test]
fn a_value_has_the_form_that_the_check_gave_it() {
    let store = store();
    let mut answered = BTreeSet::new();
    let mut count = 0;
    let mut each = |form: &'static str, arguments: &[&str]| {
        for metric in ["whole", "part"] {
            if try_out(&store, &from(&filled(form, arguments), metric)) {
                answered.insert(form);
                count += 1;
            }
        }
    };
    for form in ONE.into_iter().chain(MORE).chain(AGGREGATES) {
        for argument in ARGUMENTS {
            each(form, &[argument]);
        }
    }
    for form in TWO {
        for one in ARGUMENTS {
            for other in ARGUMENTS {
                each(form, &[one, other]);
            }
        }
    }
    let forms = ONE.len() + MORE.len() + AGGREGATES.len() + TWO.len();
    assert_eq!(answered.len(), forms, "each form takes some arguments");
    assert!(count > 5_000, "{count}");
}

#[test]
fn every_function_that_the_docs_name_is_tried() {
    let docs = include_str!("../mod.rs");
    let start = docs
        .find("//! Functions: `")
        .expect("the list of functions");
    let list = docs[start..]
        .split('`')
        .nth(1)
        .expect("the list")
        .to_owned();
    let all = ONE
        .into_iter()
        .chain(MORE)
        .chain(TWO)
        .collect::<Vec<_>>()
        .join(" ");
    for name in list.split_whitespace().filter(|word| *word != "//!") {
        assert!(all.contains(name) || name == "CURRENT_DATE", "{name}");
    }
}

#[test]
fn a_column_has_no_more_values_than_the_check_said() {
    let store = store();
    for expression in [
        "metric",
        "period",
        "date",
        "domain || metric",
        "FORMAT(date, '%Y-%m')",
        "EXTRACT(DAY FROM date)",
        "value > 1",
        "CASE WHEN value > 1 THEN 'a' WHEN value > 0 THEN 'b' END",
        "CASE WHEN value > 1 THEN metric ELSE period END",
    ] {
        let sql = format!("SELECT DISTINCT {expression} FROM statistic_by_date");
        let found = store.select(&sql).unwrap().len() as u64;
        let statements = parse(measure(&sql).unwrap()).unwrap();
        let translated = translate_with_params(&statements[0], &[]).unwrap();
        let Statement::Query(query) = translated else {
            panic!("{sql}");
        };
        let grouped = gluesql_core::ast::Query {
            body: match query.body {
                gluesql_core::ast::SetExpr::Select(mut select) => {
                    select.distinct = false;
                    let gluesql_core::ast::Projection::SelectItems(items) = &select.projection;
                    let Some(gluesql_core::ast::SelectItem::Expr { expr, .. }) = items.first()
                    else {
                        panic!("{sql}");
                    };
                    select.group_by = vec![expr.clone()];
                    gluesql_core::ast::SetExpr::Select(select)
                }
                other @ gluesql_core::ast::SetExpr::Values(_) => other,
            },
            ..query
        };
        let limits = SqlLimits::new().held(0);
        let mut checker = Checker::new(store.engine(), store.today(), limits);
        checker.statement(grouped, false).unwrap();
        let parts = checker.finish().unwrap().parts;
        let most = parts.first().expect("groups are held").most;
        assert!(
            found <= most && most < 100,
            "{expression}: {found} of {most}"
        );
    }
}
