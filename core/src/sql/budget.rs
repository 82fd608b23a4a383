//! How much a statement may do.

use std::time::Duration;

/// How much a statement may read, return, hold in memory, and how long it may take.
///
/// What is read are the rows of tables and series, again for each time that a join or a sub-select
/// goes through them, and the pairs that a join looks at. Work on long texts counts too: a text of more
/// than 4 KiB that an expression makes as a row for each 256 bytes, and `LIKE` as a row for each 64 of
/// bytes of text times bytes of pattern, from 256 KiB on.
///
/// What is held are rows that are sorted, grouped, made distinct, kept for a join or returned, by an
/// estimate of their bytes: GlueSQL collects them itself. The memory that it takes at its peak can be
/// twice as much, because lists grow by doubling.
///
/// The time is that of a whole text, by [`Clock::uptime`](crate::Clock::uptime) of the clock of the store; it
/// is looked at between rows, of which a single one takes a few milliseconds at most.
///
/// # Example: a smaller budget
///
/// ```
/// use std::time::Duration;
/// use trackstats::{ErrorCode, SqlLimits, Store};
///
/// let mut store = Store::in_memory();
/// let limits = SqlLimits::new().returned(10).held(1 << 20).time(Duration::from_secs(1));
/// store.set_sql_limits(limits);
/// assert!(store.select("SELECT N FROM SERIES(10)").is_ok());
/// let error = store.select("SELECT N FROM SERIES(11)").unwrap_err();
/// assert_eq!(error.code(), ErrorCode::SqlLimit);
/// let error = store.select("SELECT N FROM SERIES(100000) ORDER BY N LIMIT 1").unwrap_err();
/// assert!(error.to_string().ends_with("the limit 'held'"));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SqlLimits {
    pub(super) read: u64,
    pub(super) returned: u64,
    pub(super) held: u64,
    pub(super) time: Duration,
}

impl SqlLimits {
    /// 100,000,000 rows read, 1,000,000 returned, 1 GiB held, and 10 seconds.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            read: 100_000_000,
            returned: 1_000_000,
            held: 1 << 30,
            time: Duration::from_secs(10),
        }
    }

    /// Sets how many rows may be read.
    #[must_use]
    pub const fn read(mut self, rows: u64) -> Self {
        self.read = rows;
        self
    }

    /// Sets how many rows may be returned, or changed by an UPDATE or DELETE.
    #[must_use]
    pub const fn returned(mut self, rows: u64) -> Self {
        self.returned = rows;
        self
    }

    /// Sets how many bytes may be held.
    #[must_use]
    pub const fn held(mut self, bytes: u64) -> Self {
        self.held = bytes;
        self
    }

    /// Sets how long a text may take; [`Duration::MAX`] is for ever.
    #[must_use]
    pub const fn time(mut self, time: Duration) -> Self {
        self.time = time;
        self
    }
}

impl Default for SqlLimits {
    fn default() -> Self {
        Self::new()
    }
}
