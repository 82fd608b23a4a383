//! What a query reads from.

use gluesql_core::ast::{
    BinaryOperator, Expr, Function, Join, JoinConstraint, JoinOperator, Literal, TableAlias,
    TableFactor, TableWithJoins, UnaryOperator,
};

use super::form::{Form, Shape};
use super::scope::{Scope, Source};
use super::{Checker, Result, SqlFault};
use crate::sql::bounds::Bounds;
use crate::sql::fault::excerpt;
use crate::sql::hook::COUNTED;
use crate::sql::scan::kinds;
use crate::sql::table::Table;
use crate::sql::view::Place;

/// The most rows of a SERIES.
const SERIES: i64 = 100_000;
/// The name that GlueSQL gives to the single row of a query without FROM.
const NO_TABLE: &str = "Series";
/// A text in a row: values of dimensions have up to 1,000 bytes, references up to 400.
const TEXT: usize = 1_000;

impl Checker<'_> {
    /// Checks FROM, and adds what it names to the scope. `selection` is the WHERE of the same query, of
    /// which only what is said of single columns is looked at.
    pub(super) fn from(
        &mut self,
        scope: &mut Scope<'_>,
        from: TableWithJoins,
        selection: Option<&Expr>,
    ) -> Result<TableWithJoins> {
        let (relation, source) = self.factor(from.relation)?;
        scope.sources.push(source);
        let mut joined = Vec::with_capacity(from.joins.len());
        for join in from.joins {
            let (relation, mut source) = self.factor(join.relation)?;
            let name = &source.alias;
            if scope.sources.iter().any(|known| known.alias == *name) {
                return Err(SqlFault::refused(format!(
                    "two tables are called '{}': give one another name with AS",
                    excerpt(name)
                )));
            }
            if matches!(join.join_operator, JoinOperator::LeftOuter(_)) {
                for (_, shape) in &mut source.columns {
                    shape.nullable = true;
                }
            }
            scope.sources.push(source);
            joined.push((relation, join.join_operator));
        }
        for (at, (_, operator)) in joined.iter().enumerate() {
            match operator {
                JoinOperator::Inner(JoinConstraint::On(on)) => self.anticipate(scope, 0, on),
                JoinOperator::LeftOuter(JoinConstraint::On(on)) => {
                    self.anticipate(scope, at + 1, on);
                }
                _ => {}
            }
        }
        if let Some(selection) = selection {
            self.anticipate(scope, 0, selection);
        }
        self.settle(scope);
        let mut joins = Vec::with_capacity(joined.len());
        for (at, (relation, operator)) in joined.into_iter().enumerate() {
            let join_operator = self.join(scope, at + 1, operator)?;
            joins.push(Join {
                relation,
                join_operator,
            });
        }
        Ok(TableWithJoins { relation, joins })
    }

    fn join(
        &mut self,
        scope: &mut Scope<'_>,
        at: usize,
        operator: JoinOperator,
    ) -> Result<JoinOperator> {
        let (inner, constraint) = match operator {
            JoinOperator::Inner(constraint) => (true, constraint),
            JoinOperator::LeftOuter(constraint) => (false, constraint),
        };
        let on = match constraint {
            JoinConstraint::On(on) => {
                self.joining = Some(at);
                let on = self.condition(scope, on);
                self.joining = None;
                Some(on?.expr)
            }
            JoinConstraint::None => None,
        };
        if let Some(on) = &on {
            // The rows on the left of a left join stay, whatever its condition says of them.
            self.narrow(scope, if inner { 0 } else { at }, on);
        }
        let on = on.map(|on| self.keyed(&scope.sources[at], on));
        let (left, right) = (&scope.sources[0], &scope.sources[at]);
        // Pairs of rows arise without a scan where GlueSQL keeps the right rows by their key, and
        // where these come from no table.
        let on = match on {
            Some(on) => Some(both(on, counted(left, right))),
            None if right.place.is_none() => Some(counted(left, right)),
            None => None,
        };
        let constraint = on.map_or(JoinConstraint::None, JoinConstraint::On);
        Ok(if inner {
            JoinOperator::Inner(constraint)
        } else {
            JoinOperator::LeftOuter(constraint)
        })
    }

    /// Whether the one side of an equality is of the source that is being joined alone, and the other
    /// of those before it.
    pub(super) fn pairs(&self, left: u32, right: u32) -> bool {
        let Some(at) = self.joining else { return false };
        let own = 1 << at;
        let before = |uses: u32| uses != 0 && uses < own;
        (left == own && before(right)) || (right == own && before(left))
    }

    /// The condition of a join, of which GlueSQL takes one equality to keep the rows on the right by
    /// their key. It takes any whose sides it can compute, as `'T' = b.title`, which has nothing on the
    /// left; those are written otherwise.
    fn keyed(&mut self, source: &Source, on: Expr) -> Expr {
        let pairing = std::mem::take(&mut self.pairing);
        let (on, kept) = plain(on, &pairing);
        if kept {
            self.keep_by_key(source);
        }
        on
    }

    fn factor(&mut self, factor: TableFactor) -> Result<(TableFactor, Source)> {
        match factor {
            TableFactor::Table { name, alias } => self.table(&name, alias),
            TableFactor::Derived { subquery, alias } => {
                let answer = self.derived(subquery)?;
                let columns = rename(answer.columns, &alias)?;
                let source = Source {
                    alias: alias.name.clone(),
                    columns,
                    place: None,
                    rows: None,
                };
                let factor = TableFactor::Derived {
                    subquery: answer.query,
                    alias,
                };
                Ok((factor, source))
            }
            TableFactor::Series { alias, size } => {
                let size = self.expr(&Scope::default(), size)?;
                let count = size.constant_integer();
                let Some(count) = count.filter(|count| (0..=SERIES).contains(count)) else {
                    return Err(SqlFault::limit(format!(
                        "a SERIES has a constant size from 0 to {SERIES}"
                    )));
                };
                let columns = if alias.name == NO_TABLE && count == 1 {
                    Vec::new()
                } else {
                    vec![("N".to_owned(), Shape::new(Form::Integer, false))]
                };
                let source = Source {
                    alias: alias.name.clone(),
                    columns,
                    place: None,
                    rows: u64::try_from(count).ok(),
                };
                let size = Expr::Literal(Literal::Number(count.into()));
                Ok((TableFactor::Series { alias, size }, source))
            }
            TableFactor::Dictionary { .. } => Err(SqlFault::refused(
                "the tables of GlueSQL are not here: read the tables domain and metric",
            )),
        }
    }

    fn table(&mut self, name: &str, alias: Option<TableAlias>) -> Result<(TableFactor, Source)> {
        let table = Table::find(self.engine, name)?;
        let bounds = Bounds::default();
        let number = self.number_form(&table, &bounds);
        let longest = self.longest_text(&table);
        let (names, columns): (Vec<_>, Vec<_>) = table
            .columns()
            .into_iter()
            .map(|(column, form)| {
                let shape = match form {
                    Form::Number => Shape::new(number, true),
                    Form::Text => Shape::text(false, longest),
                    other => Shape::new(other, false),
                };
                (column.to_owned(), (column.to_owned(), shape))
            })
            .unzip();
        let alias = alias.unwrap_or_else(|| TableAlias {
            name: name.to_owned(),
            columns: Vec::new(),
        });
        let columns = rename(columns, &alias)?;
        let place = self.places.len();
        self.places.push(Place {
            table,
            bounds,
            begins: Vec::new(),
            keeps: None,
        });
        let source = Source {
            alias: alias.name.clone(),
            columns,
            place: Some((place, names)),
            rows: None,
        };
        let factor = TableFactor::Table {
            name: place.to_string(),
            alias: Some(alias),
        };
        Ok((factor, source))
    }

    /// The form of the values that the bounds leave.
    fn number_form(&self, table: &Table, bounds: &Bounds) -> Form {
        match kinds(self.engine, table, bounds) {
            (true, true) => Form::Number,
            (false, true) => Form::Float,
            (_, false) => Form::Integer,
        }
    }

    fn longest_text(&self, table: &Table) -> usize {
        if table.is_of_statistics() {
            return TEXT;
        }
        let catalog = self.engine.catalog();
        let domains = catalog.domains().iter();
        let metrics = catalog.metrics();
        domains
            .map(|domain| domain.title.len().max(domain.description.len()))
            .chain(metrics.map(|(_, metric)| {
                let names = metric.dimensions.iter().map(|name| name.len() + 1).sum();
                metric.title.len().max(metric.description.len()).max(names)
            }))
            .fold(TEXT, usize::max)
    }

    /// The values of what the bounds leave of a table may be of one kind.
    fn settle(&self, scope: &mut Scope<'_>) {
        for source in &mut scope.sources {
            let Some((place, names)) = &source.place else {
                continue;
            };
            let place = &self.places[*place];
            let form = self.number_form(&place.table, &place.bounds);
            for (name, (_, shape)) in names.iter().zip(&mut source.columns) {
                if name == "value" {
                    shape.form = form;
                }
            }
        }
    }

    /// The rows of a series arise without a scan, and are counted by the condition.
    pub(super) fn count_series(scope: &Scope<'_>, condition: Option<Expr>) -> Option<Expr> {
        let base = scope.sources.first()?;
        if base.place.is_some() || base.columns.is_empty() {
            return condition;
        }
        let counted = counted(base, base);
        Some(match condition {
            Some(condition) => both(condition, counted),
            None => counted,
        })
    }
}

/// The columns as the alias calls them.
fn rename(columns: Vec<(String, Shape)>, alias: &TableAlias) -> Result<Vec<(String, Shape)>> {
    if alias.columns.len() > columns.len() {
        return Err(SqlFault::refused(format!(
            "'{}' has {} columns and {} names for them",
            excerpt(&alias.name),
            columns.len(),
            alias.columns.len()
        )));
    }
    let mut columns = columns;
    for (column, name) in columns.iter_mut().zip(&alias.columns) {
        column.0.clone_from(name);
    }
    Ok(columns)
}

/// True, and counts a row. It looks at a column of each side, so that it is not computed before both
/// are there.
fn counted(left: &Source, right: &Source) -> Expr {
    let columns = [left, right].into_iter().filter_map(|source| {
        let (ident, _) = source.columns.first()?;
        Some(Expr::IsNull(
            Expr::CompoundIdentifier {
                alias: source.alias.clone(),
                ident: ident.clone(),
            }
            .into(),
        ))
    });
    Expr::Function(
        Function::Custom {
            name: COUNTED.to_owned(),
            exprs: columns.collect(),
        }
        .into(),
    )
}

/// The condition with those equalities among its parts, and no others, and whether there is one.
fn plain(on: Expr, pairing: &[Expr]) -> (Expr, bool) {
    match on {
        Expr::BinaryOp {
            left,
            op: BinaryOperator::And,
            right,
        } => {
            let (left, one) = plain(*left, pairing);
            let (right, other) = plain(*right, pairing);
            (both(left, right), one || other)
        }
        Expr::BinaryOp {
            op: BinaryOperator::Eq,
            ..
        } if pairing.contains(&on) => (on, true),
        Expr::BinaryOp {
            left,
            op: BinaryOperator::Eq,
            right,
        } => {
            let differ = Expr::BinaryOp {
                left,
                op: BinaryOperator::NotEq,
                right,
            };
            let same = Expr::UnaryOp {
                op: UnaryOperator::Not,
                expr: differ.into(),
            };
            (same, false)
        }
        other => (other, false),
    }
}

pub(super) fn both(left: Expr, right: Expr) -> Expr {
    Expr::BinaryOp {
        left: left.into(),
        op: BinaryOperator::And,
        right: right.into(),
    }
}
