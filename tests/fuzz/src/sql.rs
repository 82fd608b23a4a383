//! The text of SQL statements.

use std::panic;

use trackstats::{Error, ErrorCode, Export, SqlLimits, SqlValue, Store};

use crate::sample::{store, written};

/// Runs a text as SQL.
///
/// # Panics
///
/// When a panic escapes, an error has a code that is not documented, a statement that fails changes
/// the store, or the store does not answer afterwards.
pub fn sql(text: &str) {
    let mut store = store();
    store.set_sql_limits(SqlLimits::new().read(5_000).returned(500).held(1 << 20));
    let before = written(&store, Export::json_lines());

    // GlueSQL's own panics are caught by the store. The hook of the fuzzer would end the process.
    let hook = panic::take_hook();
    panic::set_hook(Box::new(|_| {}));
    let asked = panic::catch_unwind(panic::AssertUnwindSafe(|| {
        (store.select(text), store.sql(text))
    }));
    panic::set_hook(hook);
    let (selected, ran) = asked.expect("no panic of GlueSQL escapes");

    if let Err(error) = &selected {
        assert!(is_of_sql(error), "{error:?}");
    }
    match &ran {
        Ok(rows) => {
            assert!(rows.len() <= 500);
            let mut floats = rows.iter().flatten().filter_map(SqlValue::as_f64);
            assert!(floats.all(f64::is_finite), "{rows:?}");
        }
        Err(error) => {
            assert!(is_of_sql(error) || is_of_recording(error), "{error:?}");
            // Where there are several statements, those before the one that failed stay.
            if !text.contains(';') {
                assert_eq!(written(&store, Export::json_lines()), before);
            }
        }
    }
    if selected.is_ok() {
        assert_eq!(written(&store, Export::json_lines()), before);
    }
    answers(&store);
}

/// The store is as usable as before.
fn answers(store: &Store) {
    let metrics = store.select("SELECT COUNT(*) AS n FROM metric");
    let metrics = metrics.expect("the tables are there");
    let count = metrics.get(0, "n").and_then(SqlValue::as_i64);
    assert_eq!(count, i64::try_from(store.metrics().count()).ok());
    let again = Store::builder().restore(&store.snapshot());
    let again = again.expect("a snapshot can be read");
    let lines = written(store, Export::json_lines());
    assert_eq!(written(&again, Export::json_lines()), lines);
}

fn is_of_sql(error: &Error) -> bool {
    matches!(
        error.code(),
        ErrorCode::SqlSyntax
            | ErrorCode::SqlLimit
            | ErrorCode::SqlUnsupported
            | ErrorCode::SqlFailed
    )
}

/// What is written can be refused as by `record` and `register_metric`.
fn is_of_recording(error: &Error) -> bool {
    matches!(
        error.code(),
        ErrorCode::InvalidReference
            | ErrorCode::InvalidDate
            | ErrorCode::InvalidValue
            | ErrorCode::UnknownMetric
            | ErrorCode::UnknownPeriod
            | ErrorCode::UnknownDimension
            | ErrorCode::KindMismatch
    )
}
