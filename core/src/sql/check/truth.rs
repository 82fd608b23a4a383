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
                let left = self.truth(scope, *left, negated, sense)?;
                let right = self.truth(scope, *right, negated, sense)?;
                if left.size + right.size > NODES {
                    return Err(SqlFault::limit("a condition of AND and OR grows too long"));
                }
                Ok(match (op == BinaryOperator::And, negated, sense) {
                    (true, false, Sense::Filter) | (false, true, Sense::Filter) => left.and(right),
                    (_, _, Sense::Filter) => left.or_else(right),
                    (true, false, Sense::Exact) | (false, true, Sense::Exact) => {
                        exact(left, right, false)
                    }
                    (_, _, Sense::Exact) => exact(left, right, true),
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
    pub(super) fn and(self, other: Self) -> Self {
        let shape = Shape::new(Form::Boolean, self.shape.nullable || other.shape.nullable);
        Self::of(shape, [self, other], |[left, right]| Expr::BinaryOp {
            left: left.into(),
            op: BinaryOperator::And,
            right: right.into(),
        })
    }

    /// This, or else the other.
    pub(super) fn or_else(self, other: Self) -> Self {
        let shape = Shape::new(Form::Boolean, other.shape.nullable);
        Self::of(shape, [self, other], |[left, right]| Expr::Case {
            operand: None,
            when_then: vec![(left, Expr::Value(Value::Bool(true)))],
            else_result: Some(right.into()),
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

/// AND or OR with all three outcomes. `decides` is the outcome that one side alone decides.
fn exact(left: Checked, right: Checked, decides: bool) -> Checked {
    // The one that may be null and is long is looked at once, the other up to twice.
    let (once, twice) = match (left.shape.nullable, right.shape.nullable) {
        (true, true) if left.size >= right.size => (left, right),
        (true, true) | (false, _) => (right, left),
        (true, false) => (left, right),
    };
    let shape = Shape::new(Form::Boolean, once.shape.nullable || twice.shape.nullable);
    let value = |truth| Expr::Value(Value::Bool(truth));
    let test = |expr: Expr| {
        if decides {
            expr
        } else {
            Expr::UnaryOp {
                op: UnaryOperator::Not,
                expr: expr.into(),
            }
        }
    };
    if !twice.shape.nullable {
        return Checked::of(shape, [once, twice], |[once, twice]| Expr::Case {
            operand: None,
            when_then: vec![(test(twice), value(decides))],
            else_result: Some(once.into()),
        });
    }
    Checked::of(
        shape,
        [once, twice.clone(), twice],
        |[once, first, second]| Expr::Case {
            operand: None,
            when_then: vec![(test(first), value(decides))],
            else_result: Some(
                Expr::Case {
                    operand: Some(once.into()),
                    when_then: vec![(value(decides), value(decides)), (value(!decides), second)],
                    else_result: None,
                }
                .into(),
            ),
        },
    )
}
