//! A row to write, and what writing it means to the store.

use super::SqlValue;
use super::check::date_of_text;
use super::fault::{SqlFault, excerpt};
use super::table::Table;
use crate::Error;
use crate::model::{DimensionValue, MetricRef, NewDomain, NewMetric, Value};
use crate::time::{Date, Period};

/// One change that a statement makes.
#[derive(Debug)]
pub(super) enum Change {
    Domain(NewDomain),
    Metric(NewMetric),
    Record(Key, Option<Value>),
    /// The statistic moves to another key.
    Move {
        from: Key,
        to: Key,
        value: Option<Value>,
    },
    Delete(Key),
}

/// Where a statistic is.
#[derive(Clone, Debug)]
pub(super) struct Key {
    pub(super) metric: String,
    pub(super) period: Period,
    /// Names and values, sorted by name.
    pub(super) dimensions: Vec<(String, String)>,
    pub(super) date: Date,
}

impl Key {
    pub(super) fn target(&self) -> MetricRef {
        let start = MetricRef::new(&self.metric);
        let dimensions = self.dimensions.iter();
        dimensions.fold(start, |target, (name, value)| {
            target.at(name, DimensionValue::from(value))
        })
    }
}

/// The values of a row by column; none where nothing was given.
#[derive(Debug)]
pub(super) struct Row<'t> {
    table: &'t Table,
    values: Vec<Option<SqlValue>>,
}

impl<'t> Row<'t> {
    pub(super) fn new(table: &'t Table) -> Self {
        Self {
            table,
            values: vec![None; table.columns().len()],
        }
    }

    pub(super) fn of(table: &'t Table, values: Vec<SqlValue>) -> Self {
        Self {
            table,
            values: values.into_iter().map(Some).collect(),
        }
    }

    pub(super) fn set(&mut self, column: usize, value: SqlValue) {
        if let Some(slot) = self.values.get_mut(column) {
            *slot = Some(value);
        }
    }

    pub(super) fn insertion(&self) -> Result<Change, Error> {
        match self.table {
            Table::Domain => self.domain().map(Change::Domain),
            Table::Metric => self.metric().map(Change::Metric),
            _ => Ok(Change::Record(self.key()?, self.value()?)),
        }
    }

    pub(super) fn deletion(&self) -> Result<Change, Error> {
        self.key().map(Change::Delete)
    }

    /// The change from this row to another one, which differs in these columns.
    pub(super) fn update(&self, changed: &Row<'t>, columns: &[usize]) -> Result<Change, Error> {
        if self.table.is_of_statistics() {
            let value = self.table.columns().len() - 1;
            return if columns.iter().all(|&column| column == value) {
                Ok(Change::Record(changed.key()?, changed.value()?))
            } else {
                Ok(Change::Move {
                    from: self.key()?,
                    to: changed.key()?,
                    value: changed.value()?,
                })
            };
        }
        let keys = if *self.table == Table::Domain { 1 } else { 2 };
        if columns.iter().any(|&column| column < keys) {
            return Err(SqlFault::refused(
                "a reference is stable: the columns domain and metric of these tables cannot change",
            )
            .into());
        }
        // What is not assigned keeps what is stored.
        let mut only = Row::new(self.table);
        for (at, value) in changed.values.iter().enumerate() {
            if (at < keys || columns.contains(&at))
                && let Some(value) = value
            {
                only.set(at, value.clone());
            }
        }
        only.insertion()
    }

    fn domain(&self) -> Result<NewDomain, Error> {
        let mut domain = NewDomain::new(self.text("domain")?);
        if let Some(title) = self.written("title")? {
            domain = domain.title(title);
        }
        if let Some(description) = self.written("description")? {
            domain = domain.description(description);
        }
        Ok(domain)
    }

    fn metric(&self) -> Result<NewMetric, Error> {
        let mut metric = NewMetric::new(self.name()?);
        if let Some(kind) = self.written("kind")? {
            metric = metric.kind(kind.parse()?);
        }
        if let Some(title) = self.written("title")? {
            metric = metric.title(title);
        }
        if let Some(description) = self.written("description")? {
            metric = metric.description(description);
        }
        if let Some(dimensions) = self.written("dimensions")? {
            metric = metric.by(dimensions.split_whitespace());
        }
        Ok(metric)
    }

    /// `domain.metric`.
    fn name(&self) -> Result<String, Error> {
        Ok(format!("{}.{}", self.text("domain")?, self.text("metric")?))
    }

    fn key(&self) -> Result<Key, Error> {
        let mut dimensions = match self.table {
            Table::Object => vec![(self.text("object_type")?, self.dimension("object_id")?)],
            Table::Split(names) => {
                let pair = |name: &String| Ok((name.clone(), self.dimension(name)?));
                names.iter().map(pair).collect::<Result<Vec<_>, Error>>()?
            }
            _ => Vec::new(),
        };
        dimensions.sort();
        let date = match self.given("date")? {
            SqlValue::Date(date) => *date,
            SqlValue::Text(text) => date_of_text(text)?,
            other => return Err(wrong("date", "a date", other)),
        };
        Ok(Key {
            metric: self.name()?,
            period: self.text("period")?.parse()?,
            dimensions,
            date,
        })
    }

    fn value(&self) -> Result<Option<Value>, Error> {
        match self.find("value") {
            None | Some(SqlValue::Null) => Ok(None),
            Some(SqlValue::Integer(value)) => Ok(Some(Value::Integer(*value))),
            Some(SqlValue::Float(value)) => Ok(Some(Value::Float(*value))),
            Some(other) => Err(wrong("value", "a number", other)),
        }
    }

    fn find(&self, column: &str) -> Option<&SqlValue> {
        let columns = self.table.columns();
        let place = columns.iter().position(|(name, _)| *name == column)?;
        self.values.get(place)?.as_ref()
    }

    fn given(&self, column: &str) -> Result<&SqlValue, Error> {
        self.find(column)
            .ok_or_else(|| SqlFault::refused(format!("the column '{column}' needs a value")).into())
    }

    fn text(&self, column: &str) -> Result<String, Error> {
        match self.given(column)? {
            SqlValue::Text(text) => Ok(text.clone()),
            other => Err(wrong(column, "a text", other)),
        }
    }

    /// The value of a dimension; integers are written in decimal.
    fn dimension(&self, column: &str) -> Result<String, Error> {
        match self.given(column)? {
            SqlValue::Text(text) => Ok(text.clone()),
            SqlValue::Integer(number) => Ok(number.to_string()),
            other => Err(wrong(column, "a text", other)),
        }
    }

    /// A text for people, if one was given.
    fn written(&self, column: &str) -> Result<Option<&str>, Error> {
        match self.find(column) {
            None => Ok(None),
            Some(SqlValue::Null) => Ok(Some("")),
            Some(SqlValue::Text(text)) => Ok(Some(text)),
            Some(other) => Err(wrong(column, "a text", other)),
        }
    }
}

fn wrong(column: &str, wanted: &str, given: &SqlValue) -> Error {
    SqlFault::refused(format!(
        "the column '{column}' takes {wanted} and is given {}, '{}'",
        given.kind(),
        excerpt(&given.to_string())
    ))
    .into()
}
