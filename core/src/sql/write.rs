//! From an INSERT, UPDATE or DELETE to what it changes.

use gluesql_core::ast::{
    Assignment, Expr, Projection, Query, Select, SelectItem, SetExpr, TableFactor, TableWithJoins,
};

use super::fault::{SqlFault, excerpt};
use super::read::Reader;
use super::row::{Change, Row};
use super::table::Table;
use super::{SqlValue, check};
use crate::Error;

impl Reader<'_> {
    /// What an INSERT changes.
    pub(super) fn insert(
        self,
        name: &str,
        columns: &[String],
        source: Query,
    ) -> Result<Vec<Change>, Error> {
        let table = Table::find(self.engine, name)?;
        let known = table.columns();
        let columns: Vec<usize> = if columns.is_empty() {
            (0..known.len()).collect()
        } else {
            let places = columns.iter().map(|column| place(&table, column));
            places.collect::<Result<_, _>>()?
        };
        refuse_twice(&columns, &known)?;
        let rows = match source {
            Query {
                body: SetExpr::Values(values),
                order_by,
                limit: None,
                offset: None,
            } if order_by.is_empty() => {
                let row = |row: Vec<Expr>| row.into_iter().map(|one| self.alone(one)).collect();
                values
                    .0
                    .into_iter()
                    .map(row)
                    .collect::<Result<Vec<Vec<_>>, _>>()?
            }
            query => self.query(query, true)?.rows,
        };
        let change = |row: Vec<SqlValue>| {
            if row.len() != columns.len() {
                return Err(SqlFault::refused(format!(
                    "{} values are given for {} columns",
                    row.len(),
                    columns.len()
                ))
                .into());
            }
            let mut full = Row::new(&table);
            for (&column, value) in columns.iter().zip(row) {
                full.set(column, value);
            }
            full.insertion()
        };
        rows.into_iter().map(change).collect()
    }

    /// What an UPDATE changes.
    pub(super) fn update(
        self,
        name: &str,
        assignments: Vec<Assignment>,
        selection: Option<Expr>,
    ) -> Result<Vec<Change>, Error> {
        let table = Table::find(self.engine, name)?;
        let known = table.columns();
        let (ids, values): (Vec<_>, Vec<_>) = assignments
            .into_iter()
            .map(|Assignment { id, value }| (id, value))
            .unzip();
        let targets = ids.iter().map(|id| place(&table, id));
        let targets = targets.collect::<Result<Vec<_>, _>>()?;
        refuse_twice(&targets, &known)?;
        let found = self.query(select(name, &known, values, selection), true)?;
        let change = |mut row: Vec<SqlValue>| {
            let new = row.split_off(known.len());
            let mut changed = Row::of(&table, row.clone());
            for (&target, value) in targets.iter().zip(new) {
                changed.set(target, value);
            }
            Row::of(&table, row).update(&changed, &targets)
        };
        found.rows.into_iter().map(change).collect()
    }

    /// What a DELETE changes.
    pub(super) fn delete(self, name: &str, selection: Option<Expr>) -> Result<Vec<Change>, Error> {
        let table = Table::find(self.engine, name)?;
        if !table.is_of_statistics() {
            return Err(SqlFault::refused(format!(
                "a row of '{name}' stays: other statistics may need it, so that only statistics can be \
                 deleted"
            ))
            .into());
        }
        let found = self.query(select(name, &table.columns(), Vec::new(), selection), true)?;
        let delete = |row| Row::of(&table, row).deletion();
        found.rows.into_iter().map(delete).collect()
    }
}

/// The query for the rows that a statement changes: their columns, and the new values.
fn select(
    name: &str,
    columns: &[(&str, check::Form)],
    values: Vec<Expr>,
    selection: Option<Expr>,
) -> Query {
    let columns = columns.iter().map(|(column, _)| Expr::CompoundIdentifier {
        alias: name.to_owned(),
        ident: (*column).to_owned(),
    });
    let items = columns.chain(values).map(|expr| SelectItem::Expr {
        expr,
        label: String::new(),
    });
    Query {
        body: SetExpr::Select(Box::new(Select {
            distinct: false,
            projection: Projection::SelectItems(items.collect()),
            from: TableWithJoins {
                relation: TableFactor::Table {
                    name: name.to_owned(),
                    alias: None,
                },
                joins: Vec::new(),
            },
            selection,
            group_by: Vec::new(),
            having: None,
        })),
        order_by: Vec::new(),
        limit: None,
        offset: None,
    }
}

fn place(table: &Table, column: &str) -> Result<usize, SqlFault> {
    let columns = table.columns();
    columns
        .iter()
        .position(|(name, _)| *name == column)
        .ok_or_else(|| {
            let names: Vec<_> = columns.iter().map(|(name, _)| *name).collect();
            SqlFault::refused(format!(
                "there is no column '{}': the columns are {}",
                excerpt(column),
                names.join(", ")
            ))
        })
}

fn refuse_twice(places: &[usize], columns: &[(&str, check::Form)]) -> Result<(), SqlFault> {
    for (at, place) in places.iter().enumerate() {
        if places.iter().take(at).any(|earlier| earlier == place) {
            let name = columns.get(*place).map_or("", |(name, _)| name);
            return Err(SqlFault::refused(format!(
                "the column '{name}' is given twice"
            )));
        }
    }
    Ok(())
}
