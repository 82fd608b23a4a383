//! SQLite in memory, in the form that serves these questions best.
//!
//! The key of a statistic is the primary key of a table without row ids, so that a series lies in one
//! place. The index for breakdowns holds all that they read, sorted by value; it is there for them only. Everything
//! is an integer, statements are prepared once for many calls, and writes share one transaction.

use rusqlite::{Connection, Row as Found, params};
use trackstats::Date;
use trackstats_tests::schema::{RECORD, TABLE};

use crate::Outcome;
use crate::contender::{Contender, Counts, Largest, PARTS, Points};
use crate::workload::{Event, Row, Size, Span};

const DAY: i64 = 86_400;
const WEEK: i64 = 604_800;
const LIFETIME: i64 = 0;
/// In the place of an object, for what is not split.
const WHOLE: i64 = 0;

/// What stands beside the table, and how it is kept.
const SCHEMA: &str = "
    CREATE TABLE event (at INTEGER NOT NULL, object INTEGER NOT NULL);
    PRAGMA journal_mode = OFF;
    PRAGMA synchronous = OFF;
    PRAGMA temp_store = MEMORY;
    PRAGMA cache_size = -1000000;
";

/// Only where there are breakdowns: keeping it takes as long again as recording.
const LARGEST: &str =
    "CREATE INDEX largest ON statistic (metric, period, date, value DESC, object)";

const SERIES: &str = "
    SELECT date, value FROM statistic
    WHERE metric = ?1 AND period = ?2 AND object = ?3 AND date BETWEEN ?4 AND ?5
    ORDER BY date";

const TOTAL: &str = "
    SELECT sum(value), count(value) FROM statistic
    WHERE metric = ?1 AND period = ?2 AND object = ?3 AND date BETWEEN ?4 AND ?5";

const TOP: &str = "
    SELECT object, value FROM statistic
    WHERE metric = ?1 AND period = ?2 AND date = ?3
    ORDER BY value DESC LIMIT ?4";

const WHOLE_DATE: &str = "
    SELECT sum(value), count(value) FROM statistic
    WHERE metric = ?1 AND period = ?2 AND date = ?3";

/// The events are grouped once, by day and object; the rest is made of these groups.
const COUNT: [(&str, i64); 4] = [
    (
        "INSERT INTO statistic
         SELECT 0, ?1, object, at / 86400, count(*) FROM event GROUP BY object, at / 86400",
        DAY,
    ),
    (
        "INSERT INTO statistic
         SELECT 0, ?1, 0, date, sum(value) FROM statistic
         WHERE metric = 0 AND period = 86400 GROUP BY date",
        DAY,
    ),
    (
        "INSERT INTO statistic
         SELECT 0, ?1, 0, date,
            sum(value) OVER (ORDER BY date RANGE BETWEEN 6 PRECEDING AND CURRENT ROW)
         FROM statistic WHERE metric = 0 AND period = 86400 AND object = 0",
        WEEK,
    ),
    (
        "INSERT INTO statistic
         SELECT 0, ?1, 0, date, sum(value) OVER (ORDER BY date)
         FROM statistic WHERE metric = 0 AND period = 86400 AND object = 0",
        LIFETIME,
    ),
];

#[derive(Debug)]
pub(crate) struct Sqlite {
    connection: Connection,
}

impl Sqlite {
    /// Does many writes in one transaction.
    fn write(&self, write: impl FnOnce(&Connection) -> rusqlite::Result<()>) -> Outcome<()> {
        self.connection.execute_batch("BEGIN")?;
        write(&self.connection)?;
        self.connection.execute_batch("COMMIT")?;
        Ok(())
    }

    fn whole(&self, period: i64) -> Outcome<Points> {
        let mut statement = self.connection.prepare(SERIES)?;
        let asked = params![0, period, WHOLE, i64::from(i32::MIN), i64::from(i32::MAX)];
        let points = statement.query_and_then(asked, point)?;
        points.collect()
    }
}

/// Reads a date and a value.
fn point(row: &Found<'_>) -> Outcome<(Date, i64)> {
    Ok((Date::from_days_since_epoch(row.get(0)?)?, row.get(1)?))
}

fn days(date: Date) -> i32 {
    date.days_since_epoch()
}

impl Contender for Sqlite {
    type Series = Points;
    type Top = Largest;

    fn empty(_: Size) -> Outcome<Self> {
        let connection = Connection::open_in_memory()?;
        connection.execute_batch(TABLE)?;
        connection.execute_batch(SCHEMA)?;
        Ok(Self { connection })
    }

    fn for_breakdowns(self) -> Outcome<Self> {
        self.connection.execute_batch(LARGEST)?;
        Ok(self)
    }

    fn record(&mut self, rows: &[Row]) -> Outcome<()> {
        self.write(|connection| {
            let mut statement = connection.prepare(RECORD)?;
            for row in rows {
                let date = days(row.date);
                statement.execute(params![row.metric, DAY, row.object, date, row.value])?;
            }
            Ok(())
        })
    }

    fn series(&self, spans: &[Span], mut take: impl FnMut(Points)) -> Outcome<()> {
        let mut statement = self.connection.prepare(SERIES)?;
        for span in spans {
            let (first, last) = (days(span.first), days(span.last));
            let asked = params![span.metric, DAY, span.object, first, last];
            let points = statement.query_and_then(asked, point)?;
            take(points.collect::<Outcome<_>>()?);
        }
        Ok(())
    }

    fn points(series: Points) -> Points {
        series
    }

    fn totals(&self, spans: &[Span], mut take: impl FnMut((i64, u32))) -> Outcome<()> {
        let mut statement = self.connection.prepare(TOTAL)?;
        for span in spans {
            let (first, last) = (days(span.first), days(span.last));
            let asked = params![span.metric, DAY, span.object, first, last];
            take(statement.query_row(asked, |row| {
                let sum: Option<i64> = row.get(0)?;
                Ok((sum.unwrap_or_default(), row.get(1)?))
            })?);
        }
        Ok(())
    }

    fn tops(&self, dates: &[Date], mut take: impl FnMut(Largest)) -> Outcome<()> {
        let mut top = self.connection.prepare(TOP)?;
        let mut whole = self.connection.prepare(WHOLE_DATE)?;
        for &date in dates {
            let asked = params![0, DAY, days(date), PARTS];
            let found = top.query_map(asked, |row| Ok((row.get(0)?, row.get(1)?)))?;
            let parts: Vec<(u32, i64)> = found.collect::<rusqlite::Result<_>>()?;
            let asked = params![0, DAY, days(date)];
            let (sum, count): (Option<i64>, u32) =
                whole.query_row(asked, |row| Ok((row.get(0)?, row.get(1)?)))?;
            let kept: i64 = parts.iter().map(|&(_, value)| value).sum();
            let others = count - u32::try_from(parts.len())?;
            take((parts, sum.unwrap_or_default() - kept, others));
        }
        Ok(())
    }

    fn largest(top: Largest) -> Outcome<Largest> {
        Ok(top)
    }

    fn keep(&mut self, events: &[Event]) -> Outcome<()> {
        self.write(|connection| {
            let mut statement = connection.prepare("INSERT INTO event VALUES (?1, ?2)")?;
            for event in events {
                statement.execute(params![event.at.as_seconds(), event.object])?;
            }
            Ok(())
        })
    }

    fn count(&mut self, _: &[Event], _: Size) -> Outcome<()> {
        self.write(|connection| {
            for (sql, period) in COUNT {
                connection.execute(sql, [period])?;
            }
            Ok(())
        })
    }

    fn counts(&self) -> Outcome<Counts> {
        let sql = "SELECT date, value, object FROM statistic
            WHERE metric = 0 AND period = ?1 AND object > 0 ORDER BY object, date";
        let mut statement = self.connection.prepare(sql)?;
        let found = statement.query_and_then([DAY], |row| {
            let (date, count) = point(row)?;
            Outcome::Ok((row.get(2)?, date, count))
        })?;
        Ok(Counts {
            days: self.whole(DAY)?,
            weeks: self.whole(WEEK)?,
            lifetimes: self.whole(LIFETIME)?,
            objects: found.collect::<Outcome<_>>()?,
        })
    }
}
