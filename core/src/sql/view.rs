//! The engine as GlueSQL sees it, and the third guard: the budget of a statement.

use std::cell::{Cell, RefCell};

use gluesql_core::ast::{ColumnDef, DataType, Expr, OperateFunctionArg};
use gluesql_core::data::{CustomFunction as Function, Schema};
use gluesql_core::error::{Error, Result};
use gluesql_core::prelude::{Key, Value};
use gluesql_core::store::{
    AlterTable, CustomFunction, CustomFunctionMut, Index, IndexMut, Metadata, RowIter, Store,
    StoreMut, Transaction,
};

use super::bounds::Bounds;
use super::check::Form;
use super::fault::{SqlFault, excerpt};
use super::scan::scan;
use super::table::Table;
use crate::engine::Engine;

/// A function that is true and counts a row; the check puts it where rows arise without a scan.
pub(super) const COUNTED: &str = "trackstats_counted";

/// A table at one place of a statement. Its number is the name that GlueSQL knows it by.
#[derive(Debug)]
pub(super) struct Place {
    pub(super) table: Table,
    pub(super) bounds: Bounds,
}

/// The engine, to be read from by one statement.
pub(super) struct View<'e> {
    engine: &'e Engine,
    places: &'e [Place],
    /// Whether texts that are not ASCII may be read.
    ascii: Option<&'static str>,
    counted: Function,
    budget: u64,
    read: Cell<u64>,
    /// Why the statement was stopped, if we stopped it.
    stopped: RefCell<Option<SqlFault>>,
}

impl<'e> View<'e> {
    pub(super) fn new(
        engine: &'e Engine,
        places: &'e [Place],
        ascii: Option<&'static str>,
        budget: u64,
    ) -> Self {
        let arg = |name: &str| OperateFunctionArg {
            name: name.to_owned(),
            data_type: DataType::Boolean,
            default: Some(Expr::Value(Value::Null)),
        };
        Self {
            engine,
            places,
            ascii,
            counted: Function {
                func_name: COUNTED.to_owned(),
                args: vec![arg("left"), arg("right")],
                body: Expr::Value(Value::Bool(true)),
            },
            budget,
            read: Cell::new(0),
            stopped: RefCell::new(None),
        }
    }

    /// Why the statement was stopped, if we stopped it.
    pub(super) fn into_stopped(self) -> Option<SqlFault> {
        self.stopped.into_inner()
    }

    fn stop(&self, fault: SqlFault) -> Error {
        let text = fault.to_string();
        *self.stopped.borrow_mut() = Some(fault);
        Error::StorageMsg(text)
    }

    fn count(&self) -> Result<()> {
        let read = self.read.get() + 1;
        self.read.set(read);
        if read > self.budget {
            return Err(self.stop(SqlFault::limit(format!(
                "it reads more than {} rows",
                self.budget
            ))));
        }
        Ok(())
    }

    fn check_texts(&self, row: &[Value]) -> Result<()> {
        let Some(function) = self.ascii else {
            return Ok(());
        };
        for value in row {
            if let Value::Str(text) = value
                && !text.is_ascii()
            {
                return Err(self.stop(SqlFault::failed(format!(
                    "{function} counts bytes here, so that it takes ASCII only, and the table holds '{}'",
                    excerpt(text)
                ))));
            }
        }
        Ok(())
    }

    fn place(&self, name: &str) -> Option<&'e Place> {
        self.places.get(name.parse::<usize>().ok()?)
    }

    fn known_place(&self, name: &str) -> Result<&'e Place> {
        self.place(name)
            .ok_or_else(|| Error::StorageMsg(format!("there is no table '{name}'")))
    }
}

impl Store for View<'_> {
    fn fetch_schema(&self, name: &str) -> Result<Option<Schema>> {
        Ok(self.place(name).map(|place| schema(name, &place.table)))
    }

    fn fetch_all_schemas(&self) -> Result<Vec<Schema>> {
        Ok(Vec::new())
    }

    /// Only a plan by primary key asks for it, and no table has one.
    fn fetch_data(&self, _: &str, _: &Key) -> Result<Option<Vec<Value>>> {
        Ok(None)
    }

    fn scan_data<'a>(&'a self, name: &str) -> Result<RowIter<'a>> {
        let place = self.known_place(name)?;
        let rows = scan(self.engine, &place.table, &place.bounds);
        Ok(Box::new(rows.map(|row| {
            self.count()?;
            self.check_texts(&row)?;
            Ok((Key::None, row))
        })))
    }
}

fn schema(name: &str, table: &Table) -> Schema {
    let columns = table.columns().into_iter().map(|(column, form)| ColumnDef {
        name: column.to_owned(),
        data_type: match form {
            Form::Date => DataType::Date,
            // Nothing is written through GlueSQL, so that nothing is checked against this type.
            Form::Number => DataType::Float,
            _ => DataType::Text,
        },
        nullable: form == Form::Number,
        default: None,
        unique: None,
        comment: None,
    });
    Schema {
        table_name: name.to_owned(),
        column_defs: Some(columns.collect()),
        indexes: Vec::new(),
        engine: None,
        foreign_keys: Vec::new(),
        comment: None,
    }
}

impl CustomFunction for View<'_> {
    fn fetch_function<'a>(&'a self, name: &str) -> Result<Option<&'a Function>> {
        if name != COUNTED {
            return Ok(None);
        }
        self.count()?;
        Ok(Some(&self.counted))
    }
}

// GlueSQL asks for these to be there. It reads only: what a statement writes goes into the engine as
// entries, after GlueSQL has returned.
impl Index for View<'_> {}
impl Metadata for View<'_> {}
impl StoreMut for View<'_> {}
impl IndexMut for View<'_> {}
impl AlterTable for View<'_> {}
impl Transaction for View<'_> {}
impl CustomFunctionMut for View<'_> {}
