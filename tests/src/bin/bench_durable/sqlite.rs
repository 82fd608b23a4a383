//! SQLite in a file, each commit waited for.

use std::path::Path;

use rusqlite::{Connection, params};

use crate::Outcome;

pub(crate) const RECORD: &str = "
    INSERT INTO statistic (metric, period, object, date, value) VALUES (?1, ?2, ?3, ?4, ?5)
    ON CONFLICT DO UPDATE SET value = excluded.value";

/// Opens a database that keeps statistics by their key.
pub(crate) fn open(path: &Path) -> Outcome<Connection> {
    let connection = Connection::open(path)?;
    connection.execute_batch(
        "PRAGMA journal_mode = WAL;
         PRAGMA synchronous = FULL;
         CREATE TABLE IF NOT EXISTS statistic (
             metric INTEGER NOT NULL,
             period INTEGER NOT NULL,
             object INTEGER NOT NULL,
             date INTEGER NOT NULL,
             value INTEGER,
             PRIMARY KEY (metric, period, object, date)
         ) WITHOUT ROWID;",
    )?;
    Ok(connection)
}

pub(crate) fn record(connection: &Connection, object: i64, date: i64, value: i64) -> Outcome<()> {
    let mut statement = connection.prepare_cached(RECORD)?;
    statement.execute(params![1, 1, object, date, value])?;
    Ok(())
}
