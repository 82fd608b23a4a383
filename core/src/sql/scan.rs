//! The rows of a table, read from the columns of the engine.

use gluesql_core::chrono::NaiveDate;
use gluesql_core::prelude::Value as Cell;

use super::bounds::Bounds;
use super::fault::SqlFault;
use super::table::Table;
use crate::engine::{Engine, SeriesId, Split, SplitId};
use crate::model::{MetricInfo, SlotId, Value, ValueKind};
use crate::time::{Date, Period};

/// Rows, each with a cell for each column of its table.
pub(super) type Cells<'a> = Box<dyn Iterator<Item = Result<Vec<Cell>, SqlFault>> + 'a>;

/// Is told how much is looked at without becoming a row, and may end the scan.
pub(super) trait Passing: Fn(usize) -> Result<(), SqlFault> + Copy {}

impl<F: Fn(usize) -> Result<(), SqlFault> + Copy> Passing for F {}

/// What the bounds leave of a table.
pub(super) fn scan<'a>(
    engine: &'a Engine,
    table: &'a Table,
    bounds: &'a Bounds,
    pass: impl Passing + 'a,
) -> Cells<'a> {
    if bounds.is_nothing() {
        return Box::new(std::iter::empty());
    }
    match table {
        Table::Domain => Box::new(domains(engine, bounds).map(Ok)),
        Table::Metric => Box::new(metrics(engine, bounds).map(Ok)),
        Table::Total | Table::Object | Table::Split(_) => statistics(engine, table, bounds, pass),
    }
}

fn domains<'a>(engine: &'a Engine, bounds: &'a Bounds) -> impl Iterator<Item = Vec<Cell>> + 'a {
    let domains = engine.catalog().domains().iter();
    domains
        .filter(|domain| bounds.allows("domain", &domain.reference))
        .map(|domain| {
            vec![
                text(&domain.reference),
                text(&domain.title),
                text(&domain.description),
            ]
        })
}

fn metrics<'a>(engine: &'a Engine, bounds: &'a Bounds) -> impl Iterator<Item = Vec<Cell>> + 'a {
    let metrics = engine.catalog().metrics();
    metrics
        .filter(|(_, metric)| bounds.allows_metric(metric))
        .map(|(_, metric)| {
            vec![
                text(&metric.domain),
                text(&metric.reference),
                text(metric.kind.as_str()),
                text(&metric.title),
                text(&metric.description),
                text(&metric.dimensions.join(" ")),
            ]
        })
}

fn statistics<'a>(
    engine: &'a Engine,
    table: &'a Table,
    bounds: &'a Bounds,
    pass: impl Passing + 'a,
) -> Cells<'a> {
    let metrics = engine.catalog().metrics();
    let rows = metrics
        .filter(|(_, metric)| bounds.allows_metric(metric))
        .flat_map(move |(id, metric)| {
            let splits = engine.splits_of(id);
            splits
                .filter(move |(_, split)| holds(engine, table, split))
                .flat_map(move |(id, split)| {
                    let found = Found {
                        engine,
                        table,
                        bounds,
                        metric,
                        id,
                        split,
                    };
                    bounds
                        .periods()
                        .flat_map(move |period| found.rows(period, pass))
                })
        });
    match pass(engine.catalog().metrics().count()) {
        Ok(()) => Box::new(rows),
        Err(fault) => Box::new(std::iter::once(Err(fault))),
    }
}

/// Whether the statistics of a split are in a table.
pub(super) fn holds(engine: &Engine, table: &Table, split: &Split) -> bool {
    let names: Vec<_> = split
        .names()
        .iter()
        .map(|&name| engine.text(name))
        .collect();
    table.holds(&names)
}

/// The kinds of the values that the bounds leave of a table.
pub(super) fn kinds(engine: &Engine, table: &Table, bounds: &Bounds) -> (bool, bool) {
    let mut kinds = (false, false);
    for (id, metric) in engine.catalog().metrics() {
        if bounds.allows_metric(metric)
            && engine
                .splits_of(id)
                .any(|(_, split)| holds(engine, table, split))
        {
            match metric.kind {
                ValueKind::Integer => kinds.0 = true,
                ValueKind::Float => kinds.1 = true,
            }
        }
    }
    kinds
}

/// A split whose statistics are in the table.
#[derive(Clone, Copy)]
struct Found<'a> {
    engine: &'a Engine,
    table: &'a Table,
    bounds: &'a Bounds,
    metric: &'a MetricInfo,
    id: SplitId,
    split: &'a Split,
}

impl<'a> Found<'a> {
    fn rows(self, period: Period, pass: impl Passing) -> Cells<'a> {
        let (first, last) = self.bounds.dates();
        let series = match self.series(period, pass) {
            Ok(series) => series.into_iter(),
            Err(fault) => return Box::new(std::iter::once(Err(fault))),
        };
        Box::new(series.flat_map(move |(slot, id)| {
            let start = self.start(slot, period);
            let column = self.engine.column(id);
            column
                .slice(first.tick(), last.tick())
                .iter()
                .map(move |(tick, value)| {
                    let mut row = Vec::with_capacity(start.len() + 2);
                    row.extend_from_slice(&start);
                    row.push(date_cell(Date::from_tick(tick)));
                    row.push(value.map_or(Cell::Null, value_cell));
                    Ok(row)
                })
        }))
    }

    /// The series that the bounds leave.
    fn series(
        self,
        period: Period,
        pass: impl Passing,
    ) -> Result<Vec<(SlotId, SeriesId)>, SqlFault> {
        if let Some(exact) = self.exact(period) {
            pass(exact.len())?;
            return Ok(exact);
        }
        let series = self.split.series(period);
        pass(series.len())?;
        let series = series.iter().copied();
        Ok(series.filter(|(slot, _)| self.allows(*slot)).collect())
    }

    /// Each combination of the texts that the dimensions may hold, if they are few enough to be
    /// looked up one by one.
    fn exact(self, period: Period) -> Option<Vec<(SlotId, SeriesId)>> {
        const FEW: usize = 1_000;

        let names = self.split.names();
        let mut combinations = vec![Vec::with_capacity(names.len())];
        for &name in names {
            let column = match self.table {
                Table::Object => "object_id",
                _ => self.engine.text(name),
            };
            let texts = self.bounds.texts(column)?;
            if combinations.len().checked_mul(texts.len())? > FEW {
                return None;
            }
            let ids: Vec<_> = texts
                .iter()
                .filter_map(|text| self.engine.find_text(text))
                .collect();
            combinations = combinations
                .into_iter()
                .flat_map(|start| {
                    ids.iter().map(move |&id| {
                        let mut longer = start.clone();
                        longer.push(id);
                        longer
                    })
                })
                .collect();
        }
        if !self.allows_type() {
            return Some(Vec::new());
        }
        let slots = combinations
            .iter()
            .filter_map(|values| self.engine.find_slot(self.id, values));
        Some(
            slots
                .filter_map(|slot| Some((slot, self.engine.find_series(slot, period)?)))
                .collect(),
        )
    }

    fn allows_type(self) -> bool {
        match (self.table, self.split.names()) {
            (Table::Object, [name]) => self.bounds.allows("object_type", self.engine.text(*name)),
            _ => true,
        }
    }

    fn allows(self, slot: SlotId) -> bool {
        let values = self.engine.slot_values(slot);
        let mut pairs = self.split.names().iter().zip(values);
        self.allows_type()
            && pairs.all(|(&name, &value)| {
                let column = match self.table {
                    Table::Object => "object_id",
                    _ => self.engine.text(name),
                };
                self.bounds.allows(column, self.engine.text(value))
            })
    }

    /// The cells that all rows of a series begin with.
    fn start(self, slot: SlotId, period: Period) -> Vec<Cell> {
        let mut cells = vec![
            text(&self.metric.domain),
            text(&self.metric.reference),
            text(period.as_str()),
        ];
        if self.table == &Table::Object {
            let names = self.split.names().iter();
            cells.extend(names.map(|&name| text(self.engine.text(name))));
        }
        let values = self.engine.slot_values(slot).iter();
        cells.extend(values.map(|&value| text(self.engine.text(value))));
        cells
    }
}

fn text(text: &str) -> Cell {
    Cell::Str(text.to_owned())
}

pub(super) fn date_cell(date: Date) -> Cell {
    Cell::Date(NaiveDate::from(date))
}

fn value_cell(value: Value) -> Cell {
    match value {
        Value::Integer(value) => Cell::I64(value),
        Value::Float(value) => Cell::F64(value),
    }
}
