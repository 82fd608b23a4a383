//! How much a statement may do.

/// The most rows that a statement may read and return.
///
/// What is read are the rows of tables and series, again for each time that a join or a sub-select
/// goes through them, and the pairs that a join looks at.
///
/// # Example: a smaller budget
///
/// ```
/// use trackstats::{ErrorCode, SqlLimits, Store};
///
/// let mut store = Store::in_memory();
/// store.set_sql_limits(SqlLimits::new().returned(10));
/// assert!(store.select("SELECT N FROM SERIES(10)").is_ok());
/// let error = store.select("SELECT N FROM SERIES(11)").unwrap_err();
/// assert_eq!(error.code(), ErrorCode::SqlLimit);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SqlLimits {
    pub(super) read: u64,
    pub(super) returned: u64,
}

impl SqlLimits {
    /// 100,000,000 rows read and 1,000,000 returned.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            read: 100_000_000,
            returned: 1_000_000,
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
}

impl Default for SqlLimits {
    fn default() -> Self {
        Self::new()
    }
}
