//! ORDER BY.

use gluesql_core::ast::{BinaryOperator, Expr, Literal, OrderByExpr};
use gluesql_core::prelude::Value;

use super::number::{arithmetic, as_float, finite};
use super::query::Item;
use super::scope::Scope;
use super::{Checked, Checker, Result, SqlFault};
use crate::sql::fault::excerpt;

impl Checker<'_> {
    /// What to sort by, each with its direction.
    pub(super) fn order_by(
        &mut self,
        scope: &Scope<'_>,
        order_by: Vec<OrderByExpr>,
        items: &[Item],
        distinct: bool,
    ) -> Result<Vec<(Checked, Option<bool>)>> {
        let mut keys = Vec::with_capacity(order_by.len());
        for OrderByExpr { expr, asc } in order_by {
            let (place, checked) = self.sort_key(scope, expr, items)?;
            if distinct && place.is_none() {
                return Err(SqlFault::refused(
                    "SELECT DISTINCT is ordered by columns of its answer only",
                ));
            }
            keys.push(match place {
                // GlueSQL sorts integers before floats, and a negative zero before zero.
                _ if checked.shape.form.may_be_float() => {
                    (positive_zero(as_float(finite(checked)))?, asc)
                }
                Some(place) => (by_place(&checked, place), asc),
                None => (checked, asc),
            });
        }
        Ok(keys)
    }

    /// What to sort by, and its place in the answer from 1, if it has one.
    fn sort_key(
        &mut self,
        scope: &Scope<'_>,
        expr: Expr,
        items: &[Item],
    ) -> Result<(Option<usize>, Checked)> {
        match expr {
            Expr::Nested(inner) => return self.sort_key(scope, *inner, items),
            Expr::Literal(Literal::Number(number)) => {
                let place = number.to_string().parse::<usize>().ok();
                let item = place.and_then(|place| items.get(place.checked_sub(1)?));
                return match item {
                    Some(item) => Ok((place, item.checked.clone())),
                    None => Err(SqlFault::refused(format!(
                        "ORDER BY {}: the answer has {} columns",
                        excerpt(&number.to_string()),
                        items.len()
                    ))),
                };
            }
            Expr::Identifier(name) => {
                let mut found = items
                    .iter()
                    .enumerate()
                    .filter(|(_, item)| item.label == name);
                if let Some((place, item)) = found.next() {
                    if found.any(|(_, other)| other.checked.expr != item.checked.expr) {
                        return Err(SqlFault::refused(format!(
                            "ORDER BY '{}': several columns of the answer are called that",
                            excerpt(&name)
                        )));
                    }
                    return Ok((Some(place + 1), item.checked.clone()));
                }
                let checked = self.column(scope, None, &name)?;
                return Ok((place_of(&checked, items), checked));
            }
            _ => {}
        }
        let checked = self.raw(scope, expr)?;
        if checked.constant().is_some() {
            return Err(SqlFault::refused("ORDER BY of a constant orders nothing"));
        }
        Ok((place_of(&checked, items), checked))
    }
}

/// The same float, but zero for a negative zero.
fn positive_zero(float: Checked) -> Result<Checked> {
    arithmetic(
        float,
        BinaryOperator::Plus,
        Checked::value(Value::F64(0.0))?,
    )
}

fn place_of(checked: &Checked, items: &[Item]) -> Option<usize> {
    let same = |item: &Item| item.checked.expr == checked.expr;
    items.iter().position(same).map(|place| place + 1)
}

/// Sorts by a column of the answer. GlueSQL takes a bare number for its place.
fn by_place(checked: &Checked, place: usize) -> Checked {
    let number = u64::try_from(place).unwrap_or(u64::MAX);
    Checked {
        expr: Expr::Literal(Literal::Number(number.into())),
        ..checked.clone()
    }
}
