// The table that SQLite keeps statistics in, wherever it is measured, and what records one.

export const TABLE = `
  CREATE TABLE statistic (
    metric INTEGER NOT NULL,
    period INTEGER NOT NULL,
    object INTEGER NOT NULL,
    date INTEGER NOT NULL,
    value INTEGER,
    PRIMARY KEY (metric, period, object, date)
  ) WITHOUT ROWID;`

export const RECORD = `
  INSERT INTO statistic (metric, period, object, date, value) VALUES (?, ?, ?, ?, ?)
  ON CONFLICT DO UPDATE SET value = excluded.value`
