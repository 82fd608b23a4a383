//! What a query holds in memory while it runs: the rows that it sorts, groups, makes distinct or
//! returns. GlueSQL collects them itself, so that the condition tells of each row that passes it.

use std::iter;

use gluesql_core::ast::{Expr, Function};

use super::form::{Form, Shape};
use super::function::own;
use super::query::Item;
use super::scope::{Scope, Source};
use super::{Checked, Checker};
use crate::sql::hook::{hold, kept};
use crate::sql::meter::Holding;
use crate::time::Date;

/// A value of GlueSQL.
const VALUE: u64 = 32;
/// What an allocation takes beside its bytes.
const ALLOCATION: u64 = 16;
/// A row of one source, but for its values.
const ROW: u64 = 96;
/// A group, but for its row and its values.
const GROUP: u64 = 160;
/// The state of an aggregate.
const AGGREGATE: u64 = 112;
/// A change that an UPDATE, INSERT or DELETE makes of a row.
const CHANGE: u64 = 400;
/// The longest text of a value of a dimension or of a reference.
const TEXT: u64 = 1_000;
/// Texts of computed values up to that many bytes are not looked at one by one.
const SHORT: usize = 128;

/// What is known of the statistics before a statement runs.
#[derive(Clone, Copy, Debug)]
pub(super) struct Extent {
    /// The number of rows that a table can have.
    rows: u64,
    series: u64,
    dates: (Date, Date),
}

/// The parts of a query that make it hold rows.
pub(super) struct Holds<'c> {
    pub(super) items: &'c mut [Item],
    pub(super) keys: &'c mut [(Checked, Option<bool>)],
    pub(super) groups: &'c [Checked],
    pub(super) distinct: bool,
    pub(super) having: bool,
    pub(super) outermost: bool,
}

impl Checker<'_> {
    /// Has everything told that the query holds: adds calls to the items and sort keys that are
    /// computed texts, and gives the calls that the condition makes for each row that passes it.
    pub(super) fn hold(&mut self, scope: &Scope<'_>, query: Holds<'_>) -> Vec<Expr> {
        let mut calls = Vec::new();
        let aggregated = std::mem::take(&mut self.distincts);
        let grouped = self.aggregates > 0 || !query.groups.is_empty() || query.having;
        let collects =
            query.outermost || query.distinct || !query.keys.is_empty() || !query.groups.is_empty();
        // One group, of one row.
        let single = grouped && query.groups.is_empty();
        if collects && !single {
            let flat = self.row_of(scope, &query, grouped);
            let most = if grouped {
                variety(query.groups)
            } else {
                u64::MAX
            };
            if let Some(call) = self.part(scope, flat, most, query) {
                calls.push(call);
            }
        }
        for argument in aggregated {
            let values = Holding {
                flat: VALUE + ALLOCATION + length(argument.shape),
                texts: Vec::new(),
                most: argument.variety,
            };
            if self.is_much(scope, values.flat, 0, values.most) {
                calls.push(call_of(self.add(scope, values)));
            }
        }
        calls
    }

    /// What a row takes: the sources that it stands for, where these are kept, and its values.
    fn row_of(&self, scope: &Scope<'_>, query: &Holds<'_>, grouped: bool) -> Holding {
        let mut flat = VALUE + VALUE * query.items.len() as u64;
        let mut texts = Vec::new();
        // The rows of the sources stay until they are sorted, and that of a group for good.
        if grouped || !query.keys.is_empty() {
            for source in &scope.sources {
                flat += ROW + VALUE * source.columns.len() as u64;
                if let Some((place, _)) = &source.place {
                    texts.push((*place, 1));
                }
            }
            flat += 2 * VALUE * query.keys.len() as u64;
        }
        if grouped {
            flat += GROUP + AGGREGATE * self.aggregates as u64;
            for group in query.groups {
                flat += VALUE + length(group.shape);
            }
        }
        for item in query.items.iter() {
            match column_of(scope, &item.checked) {
                Some(place) => match texts.iter_mut().find(|(known, _)| *known == place) {
                    Some((_, times)) => *times += 1,
                    None => texts.push((place, 1)),
                },
                None if item.checked.shape.bytes <= SHORT => flat += length(item.checked.shape),
                None => {}
            }
        }
        if query.distinct {
            flat *= 2;
            for (_, times) in &mut texts {
                *times *= 2;
            }
        }
        if query.outermost && self.changes {
            flat += CHANGE;
        }
        Holding {
            flat,
            texts,
            most: u64::MAX,
        }
    }

    /// Adds a part that holds such rows, unless all rows that there can be are few.
    fn part(
        &mut self,
        scope: &Scope<'_>,
        holding: Holding,
        most: u64,
        query: Holds<'_>,
    ) -> Option<Expr> {
        let Holds { items, keys, .. } = query;
        let long = |checked: &&mut Checked| {
            checked.shape.form == Form::Text
                && checked.shape.bytes > SHORT
                && column_of(scope, checked).is_none()
        };
        let computed: Vec<_> = items
            .iter_mut()
            .map(|item| &mut item.checked)
            .chain(keys.iter_mut().map(|(key, _)| key))
            .filter(long)
            .collect();
        let bytes: u64 = computed
            .iter()
            .map(|checked| length(checked.shape))
            .fold(0, u64::saturating_add);
        let texts: u64 = holding.texts.iter().map(|(_, times)| times).sum();
        if !self.is_much(scope, holding.flat.saturating_add(bytes), texts, most) {
            return None;
        }
        let part = self.add(scope, Holding { most, ..holding });
        for checked in computed {
            if !matches!(checked.expr, Expr::Literal(_)) {
                *checked = own(&kept(part), checked.shape, [checked.clone()]);
            }
        }
        Some(call_of(part))
    }

    /// Whether rows of such a size may be more than may be held.
    fn is_much(&mut self, scope: &Scope<'_>, flat: u64, texts: u64, most: u64) -> bool {
        let rows = match scope.sources.as_slice() {
            [Source { place: Some(_), .. }] => self.extent().rows,
            [
                Source {
                    rows: Some(rows), ..
                },
            ] => *rows,
            _ => u64::MAX,
        };
        // The texts of a row of statistics are those of its columns.
        let row = flat.saturating_add(texts.saturating_mul(8 * TEXT));
        rows.min(most).saturating_mul(row) > self.limits.held
    }

    fn add(&mut self, scope: &Scope<'_>, holding: Holding) -> usize {
        let part = self.parts.len();
        self.parts.push(holding);
        // Its first table is read from the start each time that the query runs.
        if let Some(Source {
            place: Some((place, _)),
            ..
        }) = scope.sources.first()
        {
            self.places[*place].begins.push(part);
        }
        part
    }

    /// The rows of a table are kept by their key for a join.
    pub(super) fn keep_by_key(&mut self, source: &Source) {
        let Some((place, names)) = &source.place else {
            return;
        };
        let part = self.parts.len();
        self.parts.push(Holding {
            flat: 2 * VALUE + ROW + VALUE * names.len() as u64,
            texts: iter::once((*place, 1)).collect(),
            most: u64::MAX,
        });
        let place = &mut self.places[*place];
        place.begins.push(part);
        place.keeps = Some(part);
    }

    /// How many values a column may have at most.
    pub(super) fn variety_of(&mut self, source: &Source, name: &str) -> u64 {
        let Some((place, names)) = &source.place else {
            return source.rows.unwrap_or(u64::MAX);
        };
        let at = source.columns.iter().position(|(column, _)| column == name);
        let Some(column) = at.and_then(|at| names.get(at)) else {
            return u64::MAX;
        };
        let metrics = || self.engine.catalog().metrics().count() as u64;
        match column.as_str() {
            "domain" | "metric" | "kind" | "title" | "description" | "dimensions" => {
                metrics() + self.engine.catalog().domains().len() as u64
            }
            "period" => 5,
            "value" => u64::MAX,
            "date" => {
                let (first, last) = self.places[*place].bounds.dates();
                let dates = self.extent().dates;
                let days =
                    last.min(dates.1).days_since_epoch() - first.max(dates.0).days_since_epoch();
                u64::try_from(days + 1).unwrap_or(0)
            }
            _ => self.extent().series,
        }
    }

    fn extent(&mut self) -> Extent {
        if let Some(extent) = self.extent {
            return extent;
        }
        let mut extent = Extent {
            rows: 0,
            series: 0,
            dates: (Date::MAX, Date::MIN),
        };
        for (_, _, column) in self.engine.all_series() {
            extent.series += 1;
            extent.rows += column.len() as u64;
            if let Some((first, last)) = column.extent() {
                extent.dates.0 = extent.dates.0.min(Date::from_tick(first));
                extent.dates.1 = extent.dates.1.max(Date::from_tick(last));
            }
        }
        let catalog = self.engine.catalog();
        let listed = catalog.metrics().count().max(catalog.domains().len());
        extent.rows = extent.rows.max(listed as u64);
        self.extent = Some(extent);
        extent
    }
}

/// The table of a column, if the expression is just one and holds a text.
fn column_of(scope: &Scope<'_>, checked: &Checked) -> Option<usize> {
    if checked.shape.form != Form::Text {
        return None;
    }
    let Expr::CompoundIdentifier { alias, .. } = &checked.expr else {
        return None;
    };
    let source = scope.sources.iter().find(|source| source.alias == *alias)?;
    source.place.as_ref().map(|(place, _)| *place)
}

/// How many groups there may be at most.
fn variety(groups: &[Checked]) -> u64 {
    let varieties = groups.iter().map(|group| group.variety);
    varieties.fold(1, u64::saturating_mul)
}

/// The bytes of a text beside its value.
fn length(shape: Shape) -> u64 {
    match shape.form {
        Form::Text => shape.bytes as u64 + ALLOCATION,
        _ => 0,
    }
}

fn call_of(part: usize) -> Expr {
    Expr::Function(
        Function::Custom {
            name: hold(part),
            exprs: Vec::new(),
        }
        .into(),
    )
}
