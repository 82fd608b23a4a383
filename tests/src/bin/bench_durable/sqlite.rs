//! SQLite in a file, each commit waited for.

use std::path::Path;

use rusqlite::{Connection, params};
use trackstats_tests::schema::{RECORD, TABLE};

use crate::Outcome;

/// Makes a database that keeps statistics by their key.
pub(crate) fn open(path: &Path) -> Outcome<Connection> {
    let connection = Connection::open(path)?;
    connection.execute_batch(
        "PRAGMA journal_mode = WAL;
         PRAGMA synchronous = FULL;",
    )?;
    connection.execute_batch(TABLE)?;
    Ok(connection)
}

pub(crate) fn record(connection: &Connection, object: i64, date: i64, value: i64) -> Outcome<()> {
    let mut statement = connection.prepare_cached(RECORD)?;
    statement.execute(params![1, 1, object, date, value])?;
    Ok(())
}
