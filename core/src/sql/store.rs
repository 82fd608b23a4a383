//! SQL on the store.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use gluesql_core::ast::Statement;
use gluesql_core::sqlparser::ast::Statement as Parsed;
use gluesql_core::translate::translate_with_params;

use super::fault::SqlFault;
use super::limits::measure;
use super::meter::{Meter, Until};
use super::parse::parse;
use super::read::{Reader, bind, fault};
use super::row::{Change, Key};
use super::stack::guarded;
use super::{Rows, SqlLimits, SqlValue, refuse};
use crate::engine::{Cell, Engine, Entry, SeriesId};
use crate::time::Date;
use crate::{Error, Store};

/// What a statement is run against, on whatever thread.
#[derive(Clone, Copy)]
struct Source<'e> {
    engine: &'e Engine,
    today: Date,
    limits: SqlLimits,
    until: Until<'e>,
}

/// What a statement came to.
enum Outcome {
    Rows(Rows),
    Changes(Vec<Change>),
}

impl Store {
    /// Runs SQL and returns what its last statement returned.
    ///
    /// Each statement is made whole or not at all; if one fails, those before it stay.
    /// [`sql`](crate::sql) says which SQL.
    ///
    /// # Example: write and read
    ///
    /// ```
    /// use trackstats::{ErrorCode, Store};
    ///
    /// let mut store = Store::in_memory();
    /// store.sql("INSERT INTO metric (domain, metric) VALUES ('shopping', 'order_count')")?;
    /// let rows = store.sql(
    ///     "INSERT INTO statistic_by_date VALUES
    ///          ('shopping', 'order_count', 'day', '2026-11-22', 3),
    ///          ('shopping', 'order_count', 'day', '2026-11-23', 5);
    ///      SELECT SUM(value) AS total FROM statistic_by_date WHERE date >= '2026-11-01'",
    /// )?;
    /// assert_eq!(rows[0][0].as_i64(), Some(8));
    ///
    /// let error = store.sql("DROP TABLE metric").unwrap_err();
    /// assert_eq!(error.code(), ErrorCode::SqlUnsupported);
    /// # Ok::<(), trackstats::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// `sql_syntax` when the text is no SQL; `sql_limit` when it is too large or does more than
    /// [`SqlLimits`] allow; `aborted` when the flag of [`set_sql_stop`](Store::set_sql_stop) is set; `sql_unsupported` when it asks for what the store does not do; `sql_failed` when it fails
    /// while it runs, by dividing by zero for example. What is written can be refused as by
    /// [`record`](Store::record) and [`register_metric`](Store::register_metric).
    pub fn sql(&mut self, text: &str) -> Result<Rows, Error> {
        self.sql_with(text, &[])
    }

    /// Runs SQL with parameters, which stand in the text as `$1`, `$2` and so on.
    ///
    /// They are values, never SQL, and a date among them need not be written as a text.
    ///
    /// # Example: a date and a number
    ///
    /// ```
    /// use trackstats::{Date, Period, Store, params, stats};
    ///
    /// stats! { shopping { order_count } }
    ///
    /// let mut store = Store::in_memory();
    /// let day: Date = "2026-11-23".parse()?;
    /// store.record(shopping::ORDER_COUNT, Period::Day, day, 5)?;
    /// let rows = store.sql_with(
    ///     "UPDATE statistic_by_date SET value = value + $2 WHERE date = $1",
    ///     &params![day, 1],
    /// )?;
    /// assert_eq!(rows.affected(), 1);
    /// assert_eq!(store.value(shopping::ORDER_COUNT, Period::Day, day)?, Some(Some(6)));
    /// # Ok::<(), trackstats::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`sql`](Store::sql).
    pub fn sql_with(&mut self, text: &str, params: &[SqlValue]) -> Result<Rows, Error> {
        let last = self.sql_all(text, params)?.pop();
        Ok(last.unwrap_or_default())
    }

    /// Runs SQL and returns what each of its statements returned.
    ///
    /// # Errors
    ///
    /// As [`sql`](Store::sql).
    pub fn sql_all(&mut self, text: &str, params: &[SqlValue]) -> Result<Vec<Rows>, Error> {
        let deadline = self.deadline();
        let (depth, statements) = prepare(text)?;
        let mut answers = Vec::with_capacity(statements.len());
        for statement in &statements {
            let source = self.source(deadline);
            let outcome = guarded(depth, || run(source, statement, params))?;
            answers.push(match outcome {
                Outcome::Rows(rows) => rows,
                Outcome::Changes(changes) => {
                    let affected = changes.len();
                    self.batch(|store| apply(store, changes))?;
                    Rows::changed(affected)
                }
            });
        }
        Ok(answers)
    }

    /// Runs a SELECT.
    ///
    /// # Errors
    ///
    /// As [`sql`](Store::sql), and `sql_unsupported` when the text is not one SELECT.
    pub fn select(&self, text: &str) -> Result<Rows, Error> {
        self.select_with(text, &[])
    }

    /// Runs a SELECT with parameters, which stand in the text as `$1`, `$2` and so on.
    ///
    /// # Example: dates without texts
    ///
    /// ```
    /// use trackstats::{Date, Period, Store, params, stats};
    ///
    /// stats! { shopping { order_count } }
    ///
    /// let mut store = Store::in_memory();
    /// let day: Date = "2026-11-23".parse()?;
    /// store.record(shopping::ORDER_COUNT, Period::Day, day, 5)?;
    /// let rows = store.select_with(
    ///     "SELECT value FROM statistic_by_date WHERE metric = $1 AND date BETWEEN $2 AND $3",
    ///     &params!["order_count", day.plus_days(-6)?, day],
    /// )?;
    /// assert_eq!(rows.len(), 1);
    /// # Ok::<(), trackstats::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`select`](Store::select).
    pub fn select_with(&self, text: &str, params: &[SqlValue]) -> Result<Rows, Error> {
        let deadline = self.deadline();
        let (depth, statements) = prepare(text)?;
        let [statement @ Parsed::Query(_)] = statements.as_slice() else {
            return Err(SqlFault::refused(
                "only one SELECT is possible on a store that is not borrowed mutably",
            )
            .into());
        };
        let source = self.source(deadline);
        match guarded(depth, || run(source, statement, params))? {
            Outcome::Rows(rows) => Ok(rows),
            Outcome::Changes(_) => Ok(Rows::default()),
        }
    }

    /// Sets how much a statement may do.
    pub fn set_sql_limits(&mut self, limits: SqlLimits) {
        self.statements_mut().limits =
            Some((limits.read, limits.returned, limits.held, limits.time));
    }

    /// How much a statement may do.
    #[must_use]
    pub fn sql_limits(&self) -> SqlLimits {
        let limits = self.statements().limits;
        limits.map_or_else(SqlLimits::new, |(read, returned, held, time)| SqlLimits {
            read,
            returned,
            held,
            time,
        })
    }

    /// Gives a flag that stops statements while it is true, also from another thread; none takes it back.
    ///
    /// # Example: a statement that is not wanted any more
    ///
    /// ```
    /// use std::sync::Arc;
    /// use std::sync::atomic::{AtomicBool, Ordering};
    /// use trackstats::{ErrorCode, Store};
    ///
    /// let mut store = Store::in_memory();
    /// let stop = Arc::new(AtomicBool::new(false));
    /// store.set_sql_stop(Some(Arc::clone(&stop)));
    /// assert!(store.select("SELECT 1").is_ok());
    /// stop.store(true, Ordering::Relaxed);
    /// let error = store.select("SELECT 1").unwrap_err();
    /// assert_eq!(error.code(), ErrorCode::Aborted);
    /// ```
    pub fn set_sql_stop(&mut self, stop: Option<Arc<AtomicBool>>) {
        self.statements_mut().stop = stop;
    }

    /// When a text that begins now has to end.
    fn deadline(&self) -> Duration {
        let time = self.sql_limits().time;
        self.clock().uptime().saturating_add(time)
    }

    fn source(&self, deadline: Duration) -> Source<'_> {
        Source {
            engine: self.engine(),
            today: self.today(),
            limits: self.sql_limits(),
            until: Until {
                clock: self.clock(),
                deadline,
                stop: self.statements().stop.as_deref(),
            },
        }
    }
}

/// Measures, parses and looks through a text. All of its statements, before the first one runs.
fn prepare(text: &str) -> Result<(usize, Vec<Parsed>), Error> {
    let measured = measure(text)?;
    let depth = measured.depth;
    let statements = guarded(depth, move || {
        let statements = parse(measured)?;
        for statement in &statements {
            refuse::statement(statement)?;
        }
        Ok(statements)
    })?;
    Ok((depth, statements))
}

fn run(source: Source<'_>, statement: &Parsed, params: &[SqlValue]) -> Result<Outcome, Error> {
    let Source {
        engine,
        today,
        limits,
        until,
    } = source;
    let meter = Meter::new(limits, until);
    let reader = Reader {
        engine,
        today,
        limits,
        meter: &meter,
    };
    match translate_with_params(statement, &bind(params)).map_err(fault)? {
        Statement::Query(query) => {
            let found = reader.query(query, false)?;
            let cells = found.rows.into_iter().flatten().collect();
            Ok(Outcome::Rows(Rows::returned(found.columns, cells)))
        }
        Statement::Insert {
            table_name,
            columns,
            source,
        } => {
            let changes = reader.insert(&table_name, &columns, source)?;
            Ok(Outcome::Changes(changes))
        }
        Statement::Update {
            table_name,
            assignments,
            selection,
        } => {
            let changes = reader.update(&table_name, assignments, selection)?;
            Ok(Outcome::Changes(changes))
        }
        Statement::Delete {
            table_name,
            selection,
        } => Ok(Outcome::Changes(reader.delete(&table_name, selection)?)),
        _ => Err(SqlFault::refused("only SELECT, INSERT, UPDATE and DELETE are possible").into()),
    }
}

/// Makes changes as entries. What moves is taken away first, so that rows can change places.
fn apply(store: &mut Store, changes: Vec<Change>) -> Result<(), Error> {
    for change in &changes {
        if let Change::Move { from: key, .. } | Change::Delete(key) = change
            && let Some(series) = find(store.engine(), key)
        {
            let tick = key.date.tick();
            store.engine_mut().apply(Entry::Delete {
                series,
                first: tick,
                last: tick,
            })?;
        }
    }
    for change in changes {
        match change {
            Change::Domain(domain) => store.register_domain(&domain)?,
            Change::Metric(metric) => store.register_metric(&metric)?,
            Change::Record(key, value) => {
                store.record(key.target(), key.period, key.date, value)?;
            }
            Change::Move { to: key, value, .. } => {
                refuse_taken(store.engine(), &key)?;
                store.record(key.target(), key.period, key.date, value)?;
            }
            Change::Delete(_) => {}
        }
    }
    Ok(())
}

fn refuse_taken(engine: &Engine, key: &Key) -> Result<(), SqlFault> {
    let taken = find(engine, key)
        .is_some_and(|series| !matches!(engine.column(series).get(key.date.tick()), Cell::Missing));
    if taken {
        return Err(SqlFault::failed(format!(
            "a row would move to a place that is taken: {} of '{}' on {}",
            key.period, key.metric, key.date
        )));
    }
    Ok(())
}

fn find(engine: &Engine, key: &Key) -> Option<SeriesId> {
    let metric = engine.catalog().find(&key.metric)?;
    let mut names = Vec::with_capacity(key.dimensions.len());
    let mut values = Vec::with_capacity(key.dimensions.len());
    for (name, value) in &key.dimensions {
        names.push(engine.find_text(name)?);
        values.push(engine.find_text(value)?);
    }
    let split = engine.find_split(metric, &names)?;
    engine.find_series(engine.find_slot(split, &values)?, key.period)
}
