//! The table that `SQLite` keeps statistics in, wherever it is measured natively; `tests/js/bench/schema.js` has
//! the same for JavaScript.

/// Makes the table: the key is the primary key, without row ids, so that a series lies in one place.
pub const TABLE: &str = "
    CREATE TABLE statistic (
        metric INTEGER NOT NULL,
        period INTEGER NOT NULL,
        object INTEGER NOT NULL,
        date INTEGER NOT NULL,
        value INTEGER,
        PRIMARY KEY (metric, period, object, date)
    ) WITHOUT ROWID;
";

/// Records one statistic, by its columns in their order.
pub const RECORD: &str = "
    INSERT INTO statistic (metric, period, object, date, value) VALUES (?1, ?2, ?3, ?4, ?5)
    ON CONFLICT DO UPDATE SET value = excluded.value";
