//! Expressions of all kinds.

use gluesql_core::ast::{BinaryOperator, Expr, Literal, UnaryOperator};
use gluesql_core::prelude::Value;

use super::compare::{compare, unify};
use super::constant::typed;
use super::date::is_interval;
use super::form::{Form, Shape};
use super::number::finite;
use super::scope::Scope;
use super::truth::Sense;
use super::{Checked, Checker, NODES, Result, SqlFault, TEXTS};

impl Checker<'_> {
    /// An expression whose value is wanted.
    pub(super) fn expr(&mut self, scope: &Scope<'_>, expr: Expr) -> Result<Checked> {
        Ok(finite(self.raw(scope, expr)?))
    }

    /// An expression whose value is passed on: a float of it may be infinite or no number, see
    /// [`finite`].
    pub(super) fn raw(&mut self, scope: &Scope<'_>, expr: Expr) -> Result<Checked> {
        let checked = match expr {
            Expr::Nested(inner) => self.raw(scope, *inner)?,
            Expr::UnaryOp {
                op: UnaryOperator::Not,
                ..
            }
            | Expr::BinaryOp {
                op: BinaryOperator::And | BinaryOperator::Or,
                ..
            }
            | Expr::InList { .. }
            | Expr::InSubquery { .. }
            | Expr::Between { .. } => self.truth(scope, expr, false, Sense::Exact)?,
            other => self.leaf(scope, other)?,
        };
        self.noted(checked)
    }

    /// Counts an expression.
    fn noted(&mut self, mut checked: Checked) -> Result<Checked> {
        if checked.size > NODES {
            return Err(SqlFault::limit("an expression grows too long"));
        }
        self.expressions += 1;
        if checked.shape.form == Form::Text {
            self.bytes = self.bytes.saturating_add(checked.shape.bytes);
        }
        if self.bytes > TEXTS {
            return Err(SqlFault::limit(format!(
                "its texts may have more than {TEXTS} bytes together for one row"
            )));
        }
        if checked.loose.is_some() && self.groups.contains(&checked.expr) {
            checked.loose = None;
        }
        Ok(checked)
    }

    /// An expression that is no AND, OR, NOT, IN or BETWEEN.
    pub(super) fn leaf(&mut self, scope: &Scope<'_>, expr: Expr) -> Result<Checked> {
        match expr {
            Expr::Identifier(name) => self.column(scope, None, &name),
            Expr::CompoundIdentifier { alias, ident } => self.column(scope, Some(&alias), &ident),
            Expr::Literal(literal) => {
                let checked = Checked::literal(literal)?;
                self.note_text(&checked);
                Ok(checked)
            }
            Expr::Value(value) => {
                let checked = Checked::value(value)?;
                self.note_text(&checked);
                Ok(checked)
            }
            Expr::TypedString { data_type, value } => typed(&data_type, &value),
            Expr::IsNull(inner) => self.is_null(scope, *inner, false),
            Expr::IsNotNull(inner) => self.is_null(scope, *inner, true),
            Expr::BinaryOp { left, op, right } => {
                match self.date_and_interval(scope, &left, &op, &right)? {
                    Some(date) => Ok(date),
                    None => self.chain(scope, *left, op, *right),
                }
            }
            Expr::UnaryOp { op, expr } => self.unary(scope, op, *expr),
            Expr::Like {
                expr,
                negated,
                pattern,
            } => self.like(scope, [*expr, *pattern], negated, true),
            Expr::ILike {
                expr,
                negated,
                pattern,
            } => self.like(scope, [*expr, *pattern], negated, false),
            Expr::Case {
                operand,
                when_then,
                else_result,
            } => self.case(
                scope,
                operand.map(|one| *one),
                when_then,
                else_result.map(|one| *one),
            ),
            Expr::Function(function) => self.function(scope, *function),
            Expr::Aggregate(aggregate) => self.aggregate(scope, *aggregate),
            Expr::Exists { subquery, negated } => {
                let (query, loose) = self.inner_query(scope, *subquery)?;
                Ok(Checked {
                    expr: Expr::Exists {
                        subquery: query.query.into(),
                        negated,
                    },
                    shape: Shape::new(Form::Boolean, false),
                    loose,
                    size: 1,
                    uses: u32::MAX,
                    variety: 2,
                })
            }
            Expr::Subquery(query) => {
                let (query, column, loose) = self.sub_query(scope, *query)?;
                Ok(Checked {
                    expr: Expr::Subquery(query.into()),
                    // There may be no row.
                    shape: Shape {
                        nullable: true,
                        ..column
                    },
                    loose,
                    size: 1,
                    uses: u32::MAX,
                    variety: u64::MAX,
                })
            }
            Expr::Interval { .. } => Err(SqlFault::refused(
                "an INTERVAL can be added to a date or taken from one, and nothing else",
            )),
            // The other ways that SQL spells are taken by `truth`.
            Expr::Nested(_)
            | Expr::InList { .. }
            | Expr::InSubquery { .. }
            | Expr::Between { .. } => self.raw(scope, expr),
            Expr::Regex { .. } => Err(SqlFault::refused("regular expressions are not supported")),
            Expr::Array { .. } | Expr::ArrayIndex { .. } => {
                Err(SqlFault::refused("arrays are not supported"))
            }
        }
    }

    fn note_text(&mut self, constant: &Checked) {
        if let Some(Value::Str(text)) = constant.constant()
            && !text.is_ascii()
        {
            self.foreign.get_or_insert_with(|| text.clone());
        }
    }

    #[inline(never)]
    fn is_null(&mut self, scope: &Scope<'_>, inner: Expr, negated: bool) -> Result<Checked> {
        let inner = self.expr(scope, inner)?;
        Ok(Checked::of(
            Shape::new(Form::Boolean, false),
            [inner],
            |[inner]| {
                if negated {
                    Expr::IsNotNull(inner.into())
                } else {
                    Expr::IsNull(inner.into())
                }
            },
        ))
    }

    /// Operators that follow each other, from the left. It does not call itself for what is on the left, so
    /// that a long chain needs no deep stack here.
    #[inline(never)]
    fn chain(
        &mut self,
        scope: &Scope<'_>,
        left: Expr,
        op: BinaryOperator,
        right: Expr,
    ) -> Result<Checked> {
        let mut links = vec![(op, right)];
        let mut first = left;
        let first = loop {
            match first {
                Expr::BinaryOp { left, op, right } if follows(&left, &op, &right) => {
                    links.push((op, *right));
                    first = *left;
                }
                other => break other,
            }
        };
        let mut left = self.raw(scope, first)?;
        while let Some((op, right)) = links.pop() {
            let right = self.raw(scope, right)?;
            left = self.binary(left, op, right)?;
            if !links.is_empty() {
                left = self.noted(left)?;
            }
        }
        Ok(left)
    }

    fn binary(&mut self, left: Checked, op: BinaryOperator, right: Checked) -> Result<Checked> {
        match op {
            BinaryOperator::Plus
            | BinaryOperator::Minus
            | BinaryOperator::Multiply
            | BinaryOperator::Divide
            | BinaryOperator::Modulo => return super::number::arithmetic(left, op, right),
            _ => {}
        }
        let (left, right) = (finite(left), finite(right));
        match op {
            BinaryOperator::Eq
            | BinaryOperator::NotEq
            | BinaryOperator::Lt
            | BinaryOperator::LtEq
            | BinaryOperator::Gt
            | BinaryOperator::GtEq => {
                let pairs = self.pairs(left.uses, right.uses);
                let compared = compare(left, op, right)?;
                if pairs {
                    self.pairing.push(compared.expr.clone());
                }
                Ok(compared)
            }
            BinaryOperator::StringConcat => super::text::concat(left, right),
            BinaryOperator::Plus
            | BinaryOperator::Minus
            | BinaryOperator::Multiply
            | BinaryOperator::Divide
            | BinaryOperator::Modulo
            | BinaryOperator::And
            | BinaryOperator::Or
            | BinaryOperator::Xor
            | BinaryOperator::BitwiseAnd
            | BinaryOperator::BitwiseShiftLeft
            | BinaryOperator::BitwiseShiftRight
            | BinaryOperator::Arrow => Err(SqlFault::refused(
                "the operators are + - * / % || = <> < <= > >= AND OR and NOT",
            )),
        }
    }

    #[inline(never)]
    fn unary(&mut self, scope: &Scope<'_>, op: UnaryOperator, inner: Expr) -> Result<Checked> {
        match (op, inner) {
            // The smallest integer has no positive counterpart that could be negated.
            (UnaryOperator::Minus, Expr::Literal(Literal::Number(number))) => {
                let text = number.to_string();
                let text = text
                    .strip_prefix('-')
                    .map_or_else(|| format!("-{text}"), str::to_owned);
                Checked::value(super::constant::number_value(&text)?)
            }
            (UnaryOperator::Minus, inner) => super::number::minus(self.raw(scope, inner)?),
            (UnaryOperator::Plus, inner) => super::number::number(self.raw(scope, inner)?, "+"),
            (UnaryOperator::Not, inner) => self.truth(scope, inner, true, Sense::Exact),
            (UnaryOperator::Factorial | UnaryOperator::BitwiseNot, _) => Err(SqlFault::refused(
                "the operators in front of or behind a value are + - and NOT",
            )),
        }
    }

    #[inline(never)]
    fn case(
        &mut self,
        scope: &Scope<'_>,
        operand: Option<Expr>,
        branches: Vec<(Expr, Expr)>,
        otherwise: Option<Expr>,
    ) -> Result<Checked> {
        let mut operand = operand.map(|one| self.expr(scope, one)).transpose()?;
        // Of the values of its outcomes; one more is null.
        let mut variety = 1_u64;
        let mut shape = Shape::new(Form::Null, otherwise.is_none());
        let mut parts = Vec::with_capacity(2 * branches.len() + 2);
        for (when, then) in branches {
            let when = match operand.take() {
                None => self.condition(scope, when)?,
                Some(held) => {
                    let when = self.expr(scope, when)?;
                    let (held, when) = unify(held, when, true)?;
                    if held.shape.form.may_be_float() || when.shape.form.may_be_float() {
                        return Err(SqlFault::refused(
                            "CASE of a float: write CASE WHEN … = … THEN …",
                        ));
                    }
                    operand = Some(held);
                    when
                }
            };
            let then = self.raw(scope, then)?;
            shape = outcome(shape, &then)?;
            variety = variety.saturating_add(then.variety);
            parts.push(when);
            parts.push(then);
        }
        let has_otherwise = otherwise.is_some();
        if let Some(otherwise) = otherwise {
            let otherwise = self.raw(scope, otherwise)?;
            shape = outcome(shape, &otherwise)?;
            variety = variety.saturating_add(otherwise.variety);
            parts.push(otherwise);
        }
        let has_operand = operand.is_some();
        parts.extend(operand);
        let made = Checked::of_many(shape, parts, |mut parts| {
            let operand = if has_operand {
                parts.pop().map(Box::new)
            } else {
                None
            };
            let else_result = if has_otherwise {
                parts.pop().map(Box::new)
            } else {
                None
            };
            let mut parts = parts.into_iter();
            let mut when_then = Vec::new();
            while let (Some(when), Some(then)) = (parts.next(), parts.next()) {
                when_then.push((when, then));
            }
            Expr::Case {
                operand,
                when_then,
                else_result,
            }
        });
        Ok(Checked { variety, ..made })
    }
}

/// Whether an operation in front of another one belongs to a chain. Truth, and dates with an INTERVAL, are
/// looked at as a whole.
fn follows(left: &Expr, op: &BinaryOperator, right: &Expr) -> bool {
    !matches!(op, BinaryOperator::And | BinaryOperator::Or)
        && ![left, right].into_iter().any(is_interval)
}

/// The shape of a CASE or COALESCE with one more outcome.
pub(super) fn outcome(shape: Shape, one: &Checked) -> Result<Shape> {
    shape.either(one.shape).ok_or_else(|| {
        SqlFault::refused(format!(
            "a value would be {} in some rows and {} in others",
            shape.form, one.shape.form
        ))
    })
}
