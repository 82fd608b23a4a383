//! What the conditions of a query leave of its tables.

use std::collections::BTreeSet;

use gluesql_core::ast::{BinaryOperator, Expr};
use gluesql_core::prelude::Value;

use super::Checker;
use super::scope::Scope;
use crate::sql::bounds::Bounds;
use crate::time::Date;

impl Checker<'_> {
    /// Narrows by what is plain to see before names and forms were checked, so that the forms of
    /// values are known when the rest is.
    pub(super) fn anticipate(&mut self, scope: &mut Scope<'_>, first: usize, condition: &Expr) {
        let simple = |expr: &Expr| {
            matches!(
                expr,
                Expr::Identifier(_)
                    | Expr::CompoundIdentifier { .. }
                    | Expr::Literal(_)
                    | Expr::Value(_)
            )
        };
        match condition {
            Expr::Nested(inner) => self.anticipate(scope, first, inner),
            Expr::BinaryOp {
                left,
                op: BinaryOperator::And,
                right,
            } => {
                self.anticipate(scope, first, left);
                self.anticipate(scope, first, right);
            }
            Expr::BinaryOp {
                left,
                op: BinaryOperator::Eq,
                right,
            } if simple(left) && simple(right) => self.anticipate_one(scope, first, condition),
            Expr::InList { expr, list, .. } if simple(expr) && list.iter().all(simple) => {
                self.anticipate_one(scope, first, condition);
            }
            _ => {}
        }
    }

    fn anticipate_one(&mut self, scope: &mut Scope<'_>, first: usize, condition: &Expr) {
        let outer = self.outer.len();
        let (bytes, expressions) = (self.bytes, self.expressions);
        // What is wrong with it is told when it is checked in its place.
        if let Ok(condition) = self.condition(scope, condition.clone()) {
            self.narrow(scope, first, &condition.expr);
        }
        self.outer.truncate(outer);
        (self.bytes, self.expressions) = (bytes, expressions);
    }

    /// Takes what a condition says of the sources from `first` on out of it.
    pub(super) fn narrow(&mut self, scope: &mut Scope<'_>, first: usize, condition: &Expr) {
        match condition {
            Expr::BinaryOp {
                left,
                op: BinaryOperator::And,
                right,
            } => {
                self.narrow(scope, first, left);
                self.narrow(scope, first, right);
            }
            Expr::BinaryOp { left, op, right } => match (&**left, &**right) {
                (column, Expr::Value(value)) => {
                    self.narrow_by(scope, first, column, |bounds, name| {
                        by_comparison(bounds, name, op, value);
                    });
                }
                (Expr::Value(value), column) => {
                    self.narrow_by(scope, first, column, |bounds, name| {
                        by_comparison(bounds, name, &reversed(op), value);
                    });
                }
                _ => {}
            },
            Expr::Between {
                expr,
                negated: false,
                low,
                high,
            } => {
                if let (Expr::Value(low), Expr::Value(high)) = (&**low, &**high) {
                    self.narrow_by(scope, first, expr, |bounds, name| {
                        by_comparison(bounds, name, &BinaryOperator::GtEq, low);
                        by_comparison(bounds, name, &BinaryOperator::LtEq, high);
                    });
                }
            }
            Expr::InList {
                expr,
                list,
                negated: false,
            } => self.narrow_by(scope, first, expr, |bounds, name| {
                by_list(bounds, name, list);
            }),
            _ => {}
        }
    }

    /// Narrows the table that the column belongs to.
    fn narrow_by(
        &mut self,
        scope: &mut Scope<'_>,
        first: usize,
        column: &Expr,
        narrow: impl FnOnce(&mut Bounds, &str),
    ) {
        let Expr::CompoundIdentifier { alias, ident } = column else {
            return;
        };
        let sources = scope.sources.iter_mut().skip(first);
        let Some(source) = sources.into_iter().find(|source| source.alias == *alias) else {
            return;
        };
        let (Some((place, names)), Some(at)) = (
            &source.place,
            source.columns.iter().position(|(name, _)| name == ident),
        ) else {
            return;
        };
        let place = &mut self.places[*place];
        narrow(&mut place.bounds, &names[at]);
    }
}

fn by_comparison(bounds: &mut Bounds, column: &str, op: &BinaryOperator, value: &Value) {
    match (column, value, op) {
        (_, Value::Null, _) => bounds.nothing(),
        ("date", Value::Date(date), _) => {
            let Ok(date) = Date::try_from(*date) else {
                return;
            };
            match op {
                BinaryOperator::Eq => {
                    bounds.from(date);
                    bounds.until(date);
                }
                BinaryOperator::GtEq => bounds.from(date),
                BinaryOperator::LtEq => bounds.until(date),
                BinaryOperator::Gt => match date.plus_days(1) {
                    Ok(next) => bounds.from(next),
                    Err(_) => bounds.nothing(),
                },
                BinaryOperator::Lt => match date.plus_days(-1) {
                    Ok(before) => bounds.until(before),
                    Err(_) => bounds.nothing(),
                },
                _ => {}
            }
        }
        (_, Value::Str(text), BinaryOperator::Eq) => {
            bounds.one_of(column, BTreeSet::from([text.clone()]));
        }
        _ => {}
    }
}

fn by_list(bounds: &mut Bounds, column: &str, list: &[Expr]) {
    let mut texts = BTreeSet::new();
    let mut dates = Vec::new();
    for element in list {
        match element {
            Expr::Value(Value::Str(text)) => {
                texts.insert(text.clone());
            }
            Expr::Value(Value::Date(date)) => dates.push(*date),
            _ => return,
        }
    }
    match (column, dates.iter().min(), dates.iter().max()) {
        ("date", Some(first), Some(newest)) if texts.is_empty() => {
            if let (Ok(first), Ok(last)) = (Date::try_from(*first), Date::try_from(*newest)) {
                bounds.from(first);
                bounds.until(last);
            }
        }
        ("date", ..) | (_, Some(_), _) => {}
        _ => bounds.one_of(column, texts),
    }
}

fn reversed(op: &BinaryOperator) -> BinaryOperator {
    match op {
        BinaryOperator::Lt => BinaryOperator::Gt,
        BinaryOperator::LtEq => BinaryOperator::GtEq,
        BinaryOperator::Gt => BinaryOperator::Lt,
        BinaryOperator::GtEq => BinaryOperator::LtEq,
        same => same.clone(),
    }
}
