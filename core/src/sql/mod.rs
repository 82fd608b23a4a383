//! SQL over the statistics: what it can say, which tables there are, and what it does otherwise than
//! other databases.
//!
//! [`Store::sql`](crate::Store::sql) runs it, [`Store::select`](crate::Store::select) runs a SELECT on
//! a store that is only read. GlueSQL executes it over the columns of the store; there is no copy.
//!
//! # Example: the months of a metric
//!
//! ```
//! use trackstats::Store;
//!
//! let mut store = Store::in_memory();
//! let rows = store.sql(
//!     "INSERT INTO metric (domain, metric, title) VALUES ('shopping', 'order_count', 'Orders');
//!      INSERT INTO statistic_by_date VALUES
//!          ('shopping', 'order_count', 'day', '2026-10-31', 4),
//!          ('shopping', 'order_count', 'day', '2026-11-22', 3),
//!          ('shopping', 'order_count', 'day', '2026-11-23', 5);
//!      SELECT FORMAT(date, '%Y-%m') AS month, SUM(value) AS orders
//!      FROM statistic_by_date
//!      WHERE metric = 'order_count' AND period = 'day'
//!      GROUP BY month ORDER BY month",
//! )?;
//! assert_eq!((rows[1][0].to_string(), rows[1][1].as_i64()), ("2026-11".to_owned(), Some(8)));
//! # Ok::<(), trackstats::Error>(())
//! ```
//!
//! # Tables
//!
//! | table | columns |
//! |---|---|
//! | `domain` | `domain`, `title`, `description` |
//! | `metric` | `domain`, `metric`, `kind`, `title`, `description`, `dimensions` |
//! | `statistic_by_date` | `domain`, `metric`, `period`, `date`, `value` |
//! | `statistic_by_date_and_object` | `domain`, `metric`, `period`, `object_type`, `object_id`, `date`, `value` |
//! | `statistic_by_date_and_country_and_province` | `domain`, `metric`, `period`, `country`, `province`, `date`, `value` |
//!
//! The last stands for all sets of two or more dimensions that a metric was declared with or that
//! statistics have: their names in alphabetical order, with `_and_` between them. `domain` and `metric` hold
//! references, `kind` is `integer` or `float`, `dimensions` has spaces between the names, `period` is
//! `day`, `week`, `days_28`, `month` or `lifetime`, `date` is a date, and `value` an integer or a float as
//! its metric says, or null. Names are case-sensitive; those with other signs than letters, digits and `_` stand in
//! double quotes.
//!
//! # Statements
//!
//! - `SELECT [DISTINCT] … FROM … [[LEFT] JOIN … ON …] WHERE … GROUP BY … HAVING … ORDER BY … LIMIT …
//!   OFFSET …`, with sub-selects in `FROM`, in expressions, in `IN` and in `EXISTS`, and `FROM SERIES(n)`
//!   with its column `N` from 1 to n.
//! - `INSERT INTO … VALUES …` and `INSERT INTO … SELECT …`: a statistic replaces that of the same key, a
//!   domain or metric is registered, or has its texts changed.
//! - `UPDATE … SET … WHERE …`: columns of a key can be changed too, which moves the statistic to a place that has to
//!   be free. Of domains and metrics only the texts, the kind and the dimensions change.
//! - `DELETE FROM … WHERE …` of statistics; domains and metrics stay.
//!
//! Operators: `+ - * / % || = <> < <= > >= AND OR NOT IN BETWEEN LIKE ILIKE IS NULL CASE CAST ::`.
//! Aggregates: `COUNT SUM MIN MAX AVG VARIANCE STDEV` (the latter two of the whole population).
//! Functions: `ABS SIGN CEIL FLOOR ROUND TRUNC SQRT POWER EXP LN LOG2 LOG10 GREATEST COALESCE IFNULL NULLIF
//! LOWER UPPER REVERSE LENGTH CONCAT REPLACE REPEAT LEFT RIGHT SUBSTR LPAD RPAD TRIM LTRIM RTRIM POSITION
//! CAST EXTRACT FORMAT CURRENT_DATE`. A date takes `± INTERVAL '7' DAY`, a constant date also `MONTH` and `YEAR`; the
//! difference of two dates is a number of days. `CURRENT_DATE` is the present date of the store, by its clock and in
//! its zone. Parameters are written `$1`.
//!
//! # Scans
//!
//! A scan reads what the conditions leave. Those on `domain`, `metric`, `period`, `date` and the dimensions that
//! are joined by `AND` narrow it, if the other side is a constant or a parameter: `=`, `IN`, and for dates
//! also `<`, `<=`, `>`, `>=` and `BETWEEN`. A sub-select in a condition is run again for each row.
//!
//! # Limits
//!
//! A text has at most 64 KiB and 16 statements; brackets and `CASE` nest 32 deep, an operator is chained
//! 256 times and a cast 64 times, an expression is 320 operators deep, expressions and queries in each other 50, a statement has 16 joins, an `IN` 1,000
//! values, a `SERIES` 100,000 rows, a text in an expression 1 MiB, and all texts that are made of one row 64 MiB. `LIKE`
//! takes 8 Mi of bytes of text times bytes of pattern. What a statement reads, returns and holds, and how long it
//! takes, is limited by [`SqlLimits`]. All of this is `sql_limit`. [`Store::set_sql_stop`](crate::Store::set_sql_stop)
//! stops a statement.
//!
//! GlueSQL runs on the stack of the caller for what is shallow, and else on a thread with a stack of 64 MiB; it
//! only reads. A panic in it becomes `sql_failed`, but the application's panic hook sees it first.
//!
//! # What is refused, and why
//!
//! GlueSQL ignores or miscomputes some things without a word. Where they can be written otherwise for it, they are: truth
//! with nulls, equality of floats, arithmetic and comparison of integers with floats, `NOT`, months, `TRIM`,
//! `LIKE`. The rest is `sql_unsupported` with the reason: `OVER`, `FILTER`, `TOP`, `QUALIFY`, `WITH`, `UNION`, `ORDER BY` inside an
//! aggregate, `GROUP BY 1`, a column neither grouped nor aggregated, a date compared with what is none, values
//! of different kinds compared, nulls in the list of `IN`, functions of the machine's clock, and functions and
//! types that are not named above.
//!
//! # What other databases do otherwise
//!
//! - Integers divide to an integer; a number with a point or an exponent, as `1e3`, is a float. A sum or product that
//!   leaves 64 bits fails; it does not become a float. What would be infinite or no number fails.
//! - In a comparison or an operation an integer and a float meet as floats, so that integers beyond 2^53 are rounded there.
//!   The same holds where a query reads metrics of both kinds, which `=` or `IN` on `metric` in `WHERE` prevents. Such a query
//!   cannot divide, group by or make distinct its values without a `CAST`.
//! - Nulls are sorted last, and first by `DESC`.
//! - `LIKE` minds the case, `ILIKE` does not; there is no escape character.
//! - `AVG`, `ROUND` and the other functions of floats give floats, also of integers.
//! - Texts are in the order of their bytes. `LEFT RIGHT SUBSTR LPAD RPAD TRIM POSITION` work on ASCII only: a statement with one of them
//!   fails at any other text that it reads. Their lengths and places are constants.
//! - There are no comparisons of a number with a text, but an integer constant equals the text of its digits,
//!   so that `object_id = 42` works.

// May import everything below it. Always holds: no type of GlueSQL is in a public signature; GlueSQL
// only reads, and what a statement writes goes into the store as entries.

mod bounds;
mod budget;
mod check;
mod fault;
mod hook;
mod limits;
mod meter;
mod parse;
mod read;
mod refuse;
mod row;
mod rows;
mod scan;
mod stack;
mod store;
mod table;
mod value;
mod view;
mod write;

pub use budget::SqlLimits;
pub use rows::{Iter, Rows, SqlColumn};
pub use value::SqlValue;
