//! Statements, and what INSERT, UPDATE and DELETE are made of.

use gluesql_core::sqlparser::ast::{
    Delete, FromTable, Insert, Statement, TableFactor, TableWithJoins,
};

use super::expr::expr;
use super::part::{Checked, none};
use super::query::{factor, query};
use crate::sql::fault::SqlFault;

/// Refuses statements of other kinds, and parts that would be dropped.
pub(in crate::sql) fn statement(statement: &Statement) -> Checked {
    match statement {
        Statement::Query(body) => query(body),
        Statement::Insert(body) => insert(body),
        Statement::Update {
            table,
            assignments,
            from,
            selection,
            returning,
        } => {
            none(from.is_some(), "UPDATE with FROM")?;
            none(returning.is_some(), "RETURNING")?;
            changed_table(table)?;
            assignments.iter().try_for_each(|one| expr(&one.value))?;
            selection.iter().try_for_each(expr)
        }
        Statement::Delete(body) => delete(body),
        _ => Err(SqlFault::refused(
            "only SELECT, INSERT, UPDATE and DELETE are possible: tables come with the metrics",
        )),
    }
}

fn insert(insert: &Insert) -> Checked {
    let Insert {
        or,
        ignore,
        into: _,
        table_name: _,
        table_alias,
        columns: _,
        overwrite,
        source,
        partitioned,
        after_columns,
        table,
        on,
        returning,
        replace_into,
        priority,
        insert_alias,
    } = insert;
    none(or.is_some(), "INSERT OR")?;
    none(*ignore, "INSERT IGNORE")?;
    none(
        table_alias.is_some() || insert_alias.is_some(),
        "an alias in INSERT",
    )?;
    none(*overwrite, "INSERT OVERWRITE")?;
    none(
        partitioned.is_some() || !after_columns.is_empty(),
        "PARTITION",
    )?;
    none(*table, "INSERT INTO TABLE")?;
    none(
        on.is_some(),
        "ON CONFLICT: INSERT replaces the value of a key anyway; it",
    )?;
    none(returning.is_some(), "RETURNING")?;
    none(
        *replace_into,
        "REPLACE: INSERT replaces the value of a key anyway; it",
    )?;
    none(priority.is_some(), "a priority")?;
    source.iter().try_for_each(|source| query(source))
}

fn delete(delete: &Delete) -> Checked {
    let Delete {
        tables,
        from,
        using,
        selection,
        returning,
        order_by,
        limit,
    } = delete;
    none(!tables.is_empty(), "DELETE of several tables")?;
    none(using.is_some(), "USING")?;
    none(returning.is_some(), "RETURNING")?;
    none(
        !order_by.is_empty() || limit.is_some(),
        "DELETE with ORDER BY or LIMIT",
    )?;
    let (FromTable::WithFromKeyword(from) | FromTable::WithoutKeyword(from)) = from;
    none(from.len() != 1, "DELETE from several tables")?;
    from.iter().try_for_each(changed_table)?;
    selection.iter().try_for_each(expr)
}

/// The table of an UPDATE or DELETE: just a name.
fn changed_table(table: &TableWithJoins) -> Checked {
    none(!table.joins.is_empty(), "a join in UPDATE and DELETE")?;
    if let TableFactor::Table { alias, .. } = &table.relation {
        none(alias.is_some(), "an alias in UPDATE and DELETE")?;
    }
    factor(&table.relation)
}
