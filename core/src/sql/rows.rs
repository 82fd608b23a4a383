//! The answer to a statement.

use std::ops::Index;

use super::SqlValue;

/// The rows that a statement returned, or how many it changed.
///
/// # Example: the last days of a metric
///
/// ```
/// use trackstats::{Period, Store, stats};
///
/// stats! { shopping { order_count } }
///
/// let mut store = Store::in_memory();
/// store.record(shopping::ORDER_COUNT, Period::Day, "2026-11-22", 3)?;
/// store.record(shopping::ORDER_COUNT, Period::Day, "2026-11-23", 5)?;
/// let rows = store.select(
///     "SELECT date, value FROM statistic_by_date WHERE metric = 'order_count' ORDER BY date",
/// )?;
/// assert_eq!(rows.columns(), ["date", "value"]);
/// assert_eq!(rows.get(1, "value").and_then(|value| value.as_i64()), Some(5));
/// for row in &rows {
///     println!("{}  {}", row[0], row[1]);
/// }
/// # Ok::<(), trackstats::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rows {
    columns: Vec<String>,
    cells: Vec<SqlValue>,
    affected: usize,
}

impl Rows {
    pub(super) fn returned(columns: Vec<String>, cells: Vec<SqlValue>) -> Self {
        Self {
            columns,
            cells,
            affected: 0,
        }
    }

    pub(super) fn changed(affected: usize) -> Self {
        Self {
            affected,
            ..Self::default()
        }
    }

    /// The names of the columns; empty unless the statement was a SELECT.
    #[must_use]
    pub fn columns(&self) -> &[String] {
        &self.columns
    }

    /// The number of rows returned.
    #[must_use]
    pub fn len(&self) -> usize {
        self.cells
            .len()
            .checked_div(self.columns.len())
            .unwrap_or(0)
    }

    /// Whether no row was returned.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }

    /// The number of rows that an INSERT, UPDATE or DELETE wrote or deleted; 0 for a SELECT.
    #[must_use]
    pub fn affected(&self) -> usize {
        self.affected
    }

    /// The rows in order, each with a value for each column.
    #[must_use]
    pub fn iter(&self) -> Iter<'_> {
        // Without columns there are no cells either, whatever the size of the pieces.
        Iter(self.cells.chunks_exact(self.columns.len().max(1)))
    }

    /// One row.
    #[must_use]
    pub fn row(&self, row: usize) -> Option<&[SqlValue]> {
        self.iter().nth(row)
    }

    /// The value of a row in a column: the column by its name or by its number from 0.
    #[must_use]
    #[expect(
        clippy::needless_pass_by_value,
        reason = "a text or a number is written without a sign in front of it"
    )]
    pub fn get(&self, row: usize, column: impl SqlColumn) -> Option<&SqlValue> {
        let column = column.place_in(&self.columns)?;
        self.row(row)?.get(column)
    }
}

/// What names a column of an answer: a text, or a number from 0. Sealed.
pub trait SqlColumn: sealed::Column {}

impl SqlColumn for &str {}
impl SqlColumn for usize {}

mod sealed {
    pub trait Column {
        fn place_in(&self, columns: &[String]) -> Option<usize>;
    }

    impl Column for &str {
        fn place_in(&self, columns: &[String]) -> Option<usize> {
            columns.iter().position(|column| column == self)
        }
    }

    impl Column for usize {
        fn place_in(&self, columns: &[String]) -> Option<usize> {
            (*self < columns.len()).then_some(*self)
        }
    }
}

/// The rows of an answer. Made by [`Rows::iter`].
#[derive(Clone, Debug)]
pub struct Iter<'r>(std::slice::ChunksExact<'r, SqlValue>);

impl<'r> Iterator for Iter<'r> {
    type Item = &'r [SqlValue];

    fn next(&mut self) -> Option<Self::Item> {
        self.0.next()
    }

    fn nth(&mut self, n: usize) -> Option<Self::Item> {
        self.0.nth(n)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.0.size_hint()
    }
}

impl ExactSizeIterator for Iter<'_> {}

impl<'r> IntoIterator for &'r Rows {
    type Item = &'r [SqlValue];
    type IntoIter = Iter<'r>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// One row by its number from 0.
///
/// # Panics
///
/// When there is no such row; [`Rows::row`] tells instead.
impl Index<usize> for Rows {
    type Output = [SqlValue];

    fn index(&self, row: usize) -> &Self::Output {
        self.row(row).expect("the row is in the answer")
    }
}
