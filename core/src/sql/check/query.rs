//! Queries.

use gluesql_core::ast::{Expr, OrderByExpr, Projection, Query, Select, SelectItem, SetExpr};
use gluesql_core::prelude::Value;

use super::form::{Form, Shape};
use super::hold::Holds;
use super::number::finite;
use super::scope::Scope;
use super::source::both;
use super::{Checked, Checker, Clause, Result, SqlFault};
use crate::sql::fault::excerpt;

/// A query that was checked, and its columns.
#[derive(Debug)]
pub(in crate::sql) struct Answer {
    pub(in crate::sql) query: Query,
    pub(super) columns: Vec<(String, Shape)>,
}

impl Answer {
    /// The names of the columns.
    pub(in crate::sql) fn names(&self) -> Vec<String> {
        self.columns.iter().map(|(name, _)| name.clone()).collect()
    }
}

/// A SELECT that was checked, what it is ordered by, and its columns.
type Selected = (Select, Vec<OrderByExpr>, Vec<(String, Shape)>);

/// A column of the answer.
#[derive(Clone, Debug)]
pub(super) struct Item {
    pub(super) label: String,
    pub(super) checked: Checked,
}

impl Checker<'_> {
    /// Checks a query inside another one, whose columns it may name.
    #[inline(never)]
    pub(super) fn inner_query(
        &mut self,
        scope: &Scope<'_>,
        query: Query,
    ) -> Result<(Answer, Option<String>)> {
        let before = self.outer.len();
        let answer = self.query(query, Some(scope))?;
        // What it named of the query around it counts there as if it stood there itself.
        let mut loose = None;
        for (depth, column, name) in &self.outer[before..] {
            if *depth == scope.depth && !self.groups.contains(column) {
                loose = Some(name.clone());
            }
        }
        self.outer.retain({
            let mut at = 0;
            move |(depth, ..)| {
                at += 1;
                at <= before || *depth < scope.depth
            }
        });
        Ok((answer, loose))
    }

    /// Checks a query of one column inside another one.
    #[inline(never)]
    pub(super) fn sub_query(
        &mut self,
        scope: &Scope<'_>,
        query: Query,
    ) -> Result<(Query, Shape, Option<String>)> {
        let (answer, loose) = self.inner_query(scope, query)?;
        match answer.columns.as_slice() {
            [(_, shape)] => Ok((answer.query, *shape, loose)),
            columns => Err(SqlFault::refused(format!(
                "a sub-select in an expression has one column, and this one has {}",
                columns.len()
            ))),
        }
    }

    /// Checks a query in FROM, which stands for itself.
    pub(super) fn derived(&mut self, query: Query) -> Result<Answer> {
        self.query(query, None)
    }

    pub(super) fn query(&mut self, query: Query, outer: Option<&Scope<'_>>) -> Result<Answer> {
        let clause = std::mem::replace(&mut self.clause, Clause::Row);
        let aggregates = std::mem::take(&mut self.aggregates);
        let distincts = std::mem::take(&mut self.distincts);
        let groups = std::mem::take(&mut self.groups);
        let joining = self.joining.take();
        let answer = self.query_alone(query, outer);
        self.clause = clause;
        self.aggregates = aggregates;
        self.distincts = distincts;
        self.groups = groups;
        self.joining = joining;
        answer
    }

    fn query_alone(&mut self, query: Query, outer: Option<&Scope<'_>>) -> Result<Answer> {
        let Query {
            body,
            order_by,
            limit,
            offset,
        } = query;
        let SetExpr::Select(select) = body else {
            return Err(SqlFault::refused("VALUES stand in an INSERT only"));
        };
        let limit = self.row_count(limit, "LIMIT")?;
        let offset = self.row_count(offset, "OFFSET")?;
        let (select, order_by, columns) = self.select(*select, order_by, outer)?;
        Ok(Answer {
            query: Query {
                body: SetExpr::Select(select.into()),
                order_by,
                limit,
                offset,
            },
            columns,
        })
    }

    /// The number of a LIMIT or OFFSET.
    fn row_count(&mut self, count: Option<Expr>, name: &str) -> Result<Option<Expr>> {
        let Some(count) = count else { return Ok(None) };
        let count = self.expr(&Scope::default(), count)?;
        match count.constant_integer() {
            Some(0..) => Ok(Some(count.expr)),
            _ => Err(SqlFault::refused(format!(
                "{name} takes a constant integer that is not negative"
            ))),
        }
    }

    fn select(
        &mut self,
        select: Select,
        order_by: Vec<OrderByExpr>,
        outer: Option<&Scope<'_>>,
    ) -> Result<Selected> {
        let Select {
            distinct,
            projection: Projection::SelectItems(items),
            from,
            selection,
            group_by,
            having,
        } = select;
        let mut scope = Scope {
            sources: Vec::new(),
            outer,
            depth: outer.map_or(0, |outer| outer.depth + 1),
        };
        let outermost = std::mem::take(&mut self.outermost);
        let from = self.from(&mut scope, from, selection.as_ref())?;
        let selection = match selection {
            Some(condition) => {
                let condition = self.condition(&scope, condition)?.expr;
                self.narrow(&mut scope, 0, &condition);
                Some(condition)
            }
            None => None,
        };
        let selection = Self::count_series(&scope, selection);
        let group_by = self.group_by(&scope, group_by, &items)?;
        self.groups = group_by.iter().map(|group| group.expr.clone()).collect();
        self.clause = Clause::Group;
        let (mut items, starred) = self.items(&scope, items)?;
        let having = having.map(|one| self.condition(&scope, one)).transpose()?;
        let mut order_by = self.order_by(&scope, order_by, &items, distinct)?;
        let grouped = self.aggregates > 0 || !group_by.is_empty() || having.is_some();
        if grouped {
            if starred {
                return Err(SqlFault::refused(
                    "* does not go with groups: name the columns",
                ));
            }
            let loose = items
                .iter()
                .map(|item| &item.checked)
                .chain(&having)
                .chain(order_by.iter().map(|(checked, _)| checked))
                .find_map(|checked| checked.loose.as_deref());
            if let Some(column) = loose {
                return Err(SqlFault::refused(format!(
                    "the column '{}' is neither grouped by nor aggregated",
                    excerpt(column)
                )));
            }
        }
        if distinct
            && items
                .iter()
                .any(|item| item.checked.shape.form == Form::Number)
        {
            return Err(SqlFault::refused(
                "DISTINCT of integers and floats together: ask for metrics of one kind, or CAST(… AS FLOAT)",
            ));
        }
        let columns = items
            .iter()
            .map(|item| (item.label.clone(), item.checked.shape))
            .collect();
        let holds = Holds {
            items: &mut items,
            keys: &mut order_by,
            groups: &group_by,
            distinct,
            having: having.is_some(),
            outermost,
        };
        let calls = self.hold(&scope, holds);
        let selection = told(selection, calls);
        let select = Select {
            distinct,
            projection: Projection::SelectItems(
                items
                    .into_iter()
                    .map(|item| SelectItem::Expr {
                        expr: item.checked.expr,
                        label: item.label,
                    })
                    .collect(),
            ),
            from,
            selection,
            group_by: group_by
                .into_iter()
                .map(|group| finite(group).expr)
                .collect(),
            having: having.map(|checked| checked.expr),
        };
        let order_by = order_by
            .into_iter()
            .map(|(checked, asc)| OrderByExpr {
                expr: checked.expr,
                asc,
            })
            .collect();
        Ok((select, order_by, columns))
    }

    fn group_by(
        &mut self,
        scope: &Scope<'_>,
        group_by: Vec<Expr>,
        items: &[SelectItem],
    ) -> Result<Vec<Checked>> {
        let mut groups = Vec::with_capacity(group_by.len());
        for group in group_by {
            let group = self.raw(scope, named(scope, group, items))?;
            if group.loose.is_none() {
                return Err(SqlFault::refused(
                    "GROUP BY of a constant, such as a number, makes one group: name a column",
                ));
            }
            if group.shape.form == Form::Number {
                return Err(SqlFault::refused(
                    "GROUP BY of integers and floats together: ask for metrics of one kind, or \
                     CAST(… AS FLOAT)",
                ));
            }
            groups.push(group);
        }
        Ok(groups)
    }

    /// The columns of the answer, with every * written out, and whether there was one.
    fn items(&mut self, scope: &Scope<'_>, items: Vec<SelectItem>) -> Result<(Vec<Item>, bool)> {
        let mut out = Vec::with_capacity(items.len());
        let mut starred = false;
        for item in items {
            match item {
                SelectItem::Expr { expr, label } => out.push(Item {
                    label,
                    checked: self.raw(scope, expr)?,
                }),
                SelectItem::Wildcard => {
                    starred = true;
                    self.star(scope, None, &mut out)?;
                }
                SelectItem::QualifiedWildcard(alias) => {
                    starred = true;
                    self.star(scope, Some(&alias), &mut out)?;
                }
            }
        }
        Ok((out, starred))
    }

    fn star(&mut self, scope: &Scope<'_>, alias: Option<&str>, out: &mut Vec<Item>) -> Result<()> {
        let before = out.len();
        for source in &scope.sources {
            if alias.is_some_and(|alias| alias != source.alias) {
                continue;
            }
            for (name, _) in &source.columns {
                out.push(Item {
                    label: name.clone(),
                    checked: self.column(scope, Some(&source.alias), name)?,
                });
            }
        }
        if out.len() == before {
            return Err(SqlFault::refused(match alias {
                Some(alias) => format!("there is no table '{}' here", excerpt(alias)),
                None => "* needs a table to take its columns from".to_owned(),
            }));
        }
        Ok(())
    }
}

/// The condition, with calls that are made for each row that passes it. GlueSQL computes both sides of
/// an AND, but of a CASE no more than it needs.
fn told(condition: Option<Expr>, calls: Vec<Expr>) -> Option<Expr> {
    let Some(told) = calls.into_iter().reduce(both) else {
        return condition;
    };
    let Some(condition) = condition else {
        return Some(told);
    };
    Some(Expr::Case {
        operand: None,
        when_then: vec![(condition, told)],
        else_result: Some(Expr::Value(Value::Bool(false)).into()),
    })
}

/// What a name in GROUP BY stands for: a column, or else an item of the answer.
fn named(scope: &Scope<'_>, group: Expr, items: &[SelectItem]) -> Expr {
    if let Expr::Identifier(name) = &group
        && !scope.has(name)
    {
        for item in items {
            if let SelectItem::Expr { expr, label } = item
                && label == name
            {
                return expr.clone();
            }
        }
    }
    group
}
