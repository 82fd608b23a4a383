//! Truth with nulls.
//!
//! In GlueSQL `NULL OR TRUE` and `NULL AND FALSE` are null. Where only what is true counts, as in
//! WHERE, it is enough to write OR as a CASE and to carry NOT inwards; elsewhere both are written out.

use gluesql_core::ast::{BinaryOperator, Expr, UnaryOperator};
use gluesql_core::prelude::Value;

use super::form::{Form, Shape};
use super::scope::Scope;
use super::{Checked, Checker, NODES, Result, SqlFault};

/// Whether false and null are the same to the reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sense {
    /// Only what is true counts.
    Filter,
    /// True, false and null are three things.
    Exact,
}

impl Checker<'_> {
    /// A condition of WHERE, ON, HAVING or WHEN.
    pub(super) fn condition(&mut self, scope: &Scope<'_>, expr: Expr) -> Result<Checked> {
        self.truth(scope, expr, false, Sense::Filter)
    }

    /// The truth of an expression, or of its contrary.
    pub(super) fn truth(
        &mut self,
        scope: &Scope<'_>,
        expr: Expr,
        negated: bool,
        sense: Sense,
    ) -> Result<Checked> {
        match expr {
            Expr::Nested(inner) => self.truth(scope, *inner, negated, sense),
            Expr::UnaryOp {
                op: UnaryOperator::Not,
                expr,
            } => self.truth(scope, *expr, !negated, sense),
            Expr::BinaryOp {
                left,
                op: op @ (BinaryOperator::And | BinaryOperator::Or),
                right,
            } => {
                let mut parts = Vec::new();
                let mut size = 0;
                for part in parts_of(*left, &op, *right) {
                    let part = self.truth(scope, part, negated, sense)?;
                    size += part.size;
                    if size > NODES {
                        return Err(SqlFault::limit("a condition of AND and OR grows too long"));
                    }
                    parts.push(part);
                }
                let is_and = (op == BinaryOperator::And) != negated;
                Ok(match sense {
                    Sense::Filter if is_and => Checked::all(parts),
                    Sense::Filter => Checked::any(parts),
                    Sense::Exact => exact(parts, !is_and),
                })
            }
            Expr::InList {
                expr,
                list,
                negated: not,
            } => self.in_list(scope, *expr, list, not ^ negated),
            Expr::InSubquery {
                expr,
                subquery,
                negated: not,
            } => self.in_query(scope, *expr, *subquery, not ^ negated, sense),
            Expr::Between {
                expr,
                negated: not,
                low,
                high,
            } => self.between(scope, [*expr, *low, *high], not ^ negated, sense),
            other => {
                let checked = self.leaf(scope, other)?;
                match checked.shape.form {
                    Form::Boolean | Form::Null if negated => Ok(checked.not()),
                    Form::Boolean | Form::Null => Ok(checked),
                    other => Err(SqlFault::refused(format!(
                        "{other} stands where a condition belongs"
                    ))),
                }
            }
        }
    }
}

impl Checked {
    /// Joins parts to an expression.
    pub(super) fn of<const N: usize>(
        shape: Shape,
        parts: [Self; N],
        make: impl FnOnce([Expr; N]) -> Expr,
    ) -> Self {
        let known = Known::of(shape, &parts);
        known.with(shape, make(parts.map(|part| part.expr)))
    }

    /// Joins any number of parts to an expression.
    pub(super) fn of_many(
        shape: Shape,
        parts: Vec<Self>,
        make: impl FnOnce(Vec<Expr>) -> Expr,
    ) -> Self {
        let known = Known::of(shape, &parts);
        let exprs = parts.into_iter().map(|part| part.expr).collect();
        known.with(shape, make(exprs))
    }

    pub(super) fn not(self) -> Self {
        Self::of(self.shape, [self], |[expr]| Expr::UnaryOp {
            op: UnaryOperator::Not,
            expr: expr.into(),
        })
    }

    /// Both, where only truth counts.
    fn and(self, other: Self) -> Self {
        let shape = Shape::new(Form::Boolean, self.shape.nullable || other.shape.nullable);
        Self::of(shape, [self, other], |[left, right]| Expr::BinaryOp {
            left: left.into(),
            op: BinaryOperator::And,
            right: right.into(),
        })
    }

    /// All of them in their order, where only truth counts, as a tree that is no deeper than need be.
    fn all(mut parts: Vec<Self>) -> Self {
        while parts.len() > 1 {
            let mut halved = Vec::with_capacity(parts.len().div_ceil(2));
            let mut pairs = parts.into_iter();
            while let Some(left) = pairs.next() {
                halved.push(match pairs.next() {
                    Some(right) => left.and(right),
                    None => left,
                });
            }
            parts = halved;
        }
        parts.pop().unwrap_or_else(|| Self::truth(true))
    }

    /// One of them, or else the last.
    pub(super) fn any(parts: Vec<Self>) -> Self {
        let Some(last) = parts.last() else {
            return Self::truth(false);
        };
        let shape = Shape::new(Form::Boolean, last.shape.nullable);
        Self::of_many(shape, parts, |mut parts| {
            let last = parts.pop();
            let value = || Expr::Value(Value::Bool(true));
            Expr::Case {
                operand: None,
                when_then: parts.into_iter().map(|part| (part, value())).collect(),
                else_result: last.map(Box::new),
            }
        })
    }

    /// Null where `guard` is, and otherwise this.
    pub(super) fn unless_null(self, guard: Self) -> Self {
        let shape = Shape {
            nullable: true,
            ..self.shape
        };
        Self::of(shape, [guard, self], |[guard, this]| Expr::Case {
            operand: None,
            when_then: vec![(Expr::IsNull(guard.into()), Expr::Value(Value::Null))],
            else_result: Some(this.into()),
        })
    }
}

/// What is known of an expression by its parts.
struct Known {
    loose: Option<String>,
    size: usize,
    uses: u32,
    variety: u64,
}

impl Known {
    fn of(shape: Shape, parts: &[Checked]) -> Self {
        let varieties = parts.iter().map(|part| part.variety);
        Self {
            loose: parts.iter().find_map(|part| part.loose.clone()),
            size: parts.iter().map(|part| part.size).sum::<usize>() + 1,
            uses: parts.iter().fold(0, |uses, part| uses | part.uses),
            variety: match shape.form {
                Form::Boolean => 3,
                _ => varieties.fold(1, u64::saturating_mul),
            },
        }
    }

    fn with(self, shape: Shape, expr: Expr) -> Checked {
        let Self {
            loose,
            size,
            uses,
            variety,
        } = self;
        Checked {
            expr,
            shape,
            loose,
            size,
            uses,
            variety,
        }
    }
}

/// The parts of a chain of one operator, in their order.
fn parts_of(left: Expr, op: &BinaryOperator, right: Expr) -> Vec<Expr> {
    let mut parts = vec![right];
    let mut rest = left;
    loop {
        match rest {
            Expr::BinaryOp {
                left,
                op: same,
                right,
            } if same == *op => {
                parts.push(*right);
                rest = *left;
            }
            first => {
                parts.push(first);
                break;
            }
        }
    }
    parts.reverse();
    parts
}

/// AND or OR with all three outcomes. `decides` is the outcome that one of the parts alone decides.
fn exact(mut parts: Vec<Checked>, decides: bool) -> Checked {
    // The longest that may be null is looked at once, the others up to twice.
    let rank = |part: &Checked| (part.shape.nullable, part.size);
    let longest = parts.iter().enumerate().max_by_key(|(_, part)| rank(part));
    let Some(at) = longest.map(|(at, _)| at) else {
        return Checked::truth(!decides);
    };
    let once = parts.remove(at);
    let unknown: Vec<_> = parts
        .iter()
        .filter(|part| part.shape.nullable)
        .cloned()
        .collect();
    let shape = Shape::new(Form::Boolean, once.shape.nullable || !unknown.is_empty());
    let value = |truth| Expr::Value(Value::Bool(truth));
    let test = |expr: Expr| {
        if decides {
            return expr;
        }
        Expr::UnaryOp {
            op: UnaryOperator::Not,
            expr: expr.into(),
        }
    };
    let tests = parts.len();
    parts.extend(unknown);
    parts.push(once);
    Checked::of_many(shape, parts, |mut parts| {
        let once = parts.pop();
        let unknown = parts.split_off(tests);
        let when_null = |part: Expr| (Expr::IsNull(part.into()), Expr::Value(Value::Null));
        let otherwise = if unknown.is_empty() {
            once
        } else {
            let undecided = Expr::Case {
                operand: None,
                when_then: unknown.into_iter().map(when_null).collect(),
                else_result: Some(value(!decides).into()),
            };
            Some(Expr::Case {
                operand: once.map(Box::new),
                when_then: vec![
                    (value(decides), value(decides)),
                    (value(!decides), undecided),
                ],
                else_result: None,
            })
        };
        Expr::Case {
            operand: None,
            when_then: parts
                .into_iter()
                .map(|part| (test(part), value(decides)))
                .collect(),
            else_result: otherwise.map(Box::new),
        }
    })
}
