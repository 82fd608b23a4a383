//! The engine as GlueSQL sees it; tells the meter what is read.

use std::cell::Cell;

use gluesql_core::ast::{ColumnDef, DataType};
use gluesql_core::data::{CustomFunction as Function, Schema};
use gluesql_core::error::{Error, Result};
use gluesql_core::prelude::{Key, Value};
use gluesql_core::store::{
    AlterTable, CustomFunction, CustomFunctionMut, Index, IndexMut, Metadata, RowIter, Store,
    StoreMut, Transaction,
};

use super::bounds::Bounds;
use super::check::{Findings, Form};
use super::fault::{SqlFault, excerpt};
use super::hook::{Event, Hooks};
use super::meter::Meter;
use super::scan::scan;
use super::table::Table;
use crate::engine::Engine;

/// A table at one place of a statement. Its number is the name that GlueSQL knows it by.
#[derive(Debug)]
pub(super) struct Place {
    pub(super) table: Table,
    pub(super) bounds: Bounds,
    /// The parts of the statement that hold nothing when it is read from the start.
    pub(super) begins: Vec<usize>,
    /// The part that keeps its rows by their key.
    pub(super) keeps: Option<usize>,
}

/// The engine, to be read from by one query.
pub(super) struct View<'e> {
    engine: &'e Engine,
    findings: &'e Findings,
    meter: &'e Meter<'e>,
    hooks: Hooks,
    /// For each place, the bytes of the texts that were read there, and the number of rows.
    read: Vec<Cell<(u64, u64)>>,
    /// Whether anything is held, so that the bytes have to be known.
    weighs: bool,
}

impl<'e> View<'e> {
    pub(super) fn new(engine: &'e Engine, findings: &'e Findings, meter: &'e Meter<'e>) -> Self {
        meter.begin(findings.expressions, findings.parts.len());
        Self {
            engine,
            findings,
            meter,
            hooks: Hooks::new(findings.parts.len()),
            read: vec![Cell::new((0, 0)); findings.places.len()],
            weighs: !findings.parts.is_empty(),
        }
    }

    fn stop(&self, fault: SqlFault) -> Error {
        Error::StorageMsg(self.meter.stop(fault))
    }

    /// What is done with a row before GlueSQL has it.
    fn take(&self, at: usize, place: &Place, row: &[Value]) -> Result<(), SqlFault> {
        self.meter.row()?;
        if self.weighs {
            let bytes = row.iter().map(text_bytes).sum::<u64>();
            if let Some(read) = self.read.get(at) {
                let (sum, rows) = read.get();
                read.set((sum + bytes, rows + 1));
            }
            if let Some(part) = place.keeps {
                self.hold_row(part)?;
            }
        }
        self.check_texts(row)
    }

    /// Counts a row that a part holds, with texts as long as those of its tables are on average.
    fn hold_row(&self, part: usize) -> Result<(), SqlFault> {
        let Some(holding) = self.findings.parts.get(part) else {
            return Ok(());
        };
        let texts = holding.texts.iter().map(|&(place, times)| {
            let (sum, rows) = self.read.get(place).map_or((0, 0), Cell::get);
            sum.div_ceil(rows.max(1)).saturating_mul(times)
        });
        let bytes = texts.fold(holding.flat, u64::saturating_add);
        self.meter.hold_row(part, holding.most, bytes)
    }

    fn tell(&self, event: Event) -> Result<(), SqlFault> {
        match event {
            Event::Row => self.meter.row(),
            Event::Work(rows) => self.meter.work(rows),
            Event::Hold(part) => self.hold_row(part),
            Event::Held(part, bytes) => self.meter.hold(part, bytes),
            Event::Infinite => Err(SqlFault::failed(
                "a float is out of range: infinite, or no number, such as the root of a negative one",
            )),
            Event::TooLong => Err(SqlFault::limit(
                "LIKE is given a text too long for its pattern: at most 8 MiB of bytes times bytes",
            )),
        }
    }

    fn check_texts(&self, row: &[Value]) -> Result<(), SqlFault> {
        let Some(function) = self.findings.bytewise else {
            return Ok(());
        };
        for value in row {
            if let Value::Str(text) = value
                && !text.is_ascii()
            {
                return Err(SqlFault::failed(format!(
                    "{function} counts bytes here, so that it takes ASCII only, and the table holds '{}'",
                    excerpt(text)
                )));
            }
        }
        Ok(())
    }

    fn place(&self, name: &str) -> Option<(usize, &'e Place)> {
        let at = name.parse().ok()?;
        Some((at, self.findings.places.get(at)?))
    }
}

/// The bytes that a text takes beside its value.
fn text_bytes(value: &Value) -> u64 {
    match value {
        Value::Str(text) => text.len() as u64 + 16,
        _ => 0,
    }
}

impl Store for View<'_> {
    fn fetch_schema(&self, name: &str) -> Result<Option<Schema>> {
        Ok(self
            .place(name)
            .map(|(_, place)| schema(name, &place.table)))
    }

    fn fetch_all_schemas(&self) -> Result<Vec<Schema>> {
        Ok(Vec::new())
    }

    /// Only a plan by primary key asks for it, and no table has one.
    fn fetch_data(&self, _: &str, _: &Key) -> Result<Option<Vec<Value>>> {
        Ok(None)
    }

    fn scan_data<'a>(&'a self, name: &str) -> Result<RowIter<'a>> {
        let (at, place) = self
            .place(name)
            .ok_or_else(|| Error::StorageMsg(format!("there is no table '{name}'")))?;
        for part in &place.begins {
            self.meter.release(*part);
        }
        let pass = |looked_at: usize| self.meter.pass(looked_at as u64 / 8);
        let rows = scan(self.engine, &place.table, &place.bounds, pass);
        Ok(Box::new(rows.map(move |row| {
            let taken = row.and_then(|row| self.take(at, place, &row).map(|()| row));
            let row = taken.map_err(|fault| self.stop(fault))?;
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
        let Some((function, event)) = self.hooks.find(name) else {
            return Ok(None);
        };
        if let Some(event) = event {
            self.tell(event).map_err(|fault| self.stop(fault))?;
        }
        Ok(Some(function))
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
