//! Comparisons.

use gluesql_core::ast::{BinaryOperator, Expr};
use gluesql_core::prelude::Value;

use super::form::{Form, Shape};
use super::number::alike;
use super::scope::Scope;
use super::truth::Sense;
use super::{Checked, Checker, NODES, Result, SqlFault};

/// The longest list of an IN.
const LIST: usize = 1_000;

/// Makes two expressions comparable, or tells why they are not.
pub(super) fn unify(left: Checked, right: Checked, equality: bool) -> Result<(Checked, Checked)> {
    match (left.shape.form, right.shape.form) {
        (Form::Date, Form::Text) if right.constant().is_some() => Ok((left, right.into_date()?)),
        (Form::Text, Form::Date) if left.constant().is_some() => Ok((left.into_date()?, right)),
        // The values of dimensions are texts, and those of integers are written in decimal.
        (Form::Text, Form::Integer) if equality && right.constant().is_some() => {
            Ok((left, decimal(right)?))
        }
        (Form::Integer, Form::Text) if equality && left.constant().is_some() => {
            Ok((decimal(left)?, right))
        }
        (one, other) if one.is_number() && other.is_number() => Ok(alike(left, right)),
        (one, other) if one.either(other).is_some() => Ok((left, right)),
        (Form::Date, Form::Text) | (Form::Text, Form::Date) => Err(SqlFault::refused(
            "a date is compared with a text: write CAST(… AS DATE)",
        )),
        (one, other) => Err(SqlFault::refused(format!("{one} is compared with {other}"))),
    }
}

/// A constant integer as a text.
fn decimal(constant: Checked) -> Result<Checked> {
    match constant.constant_integer() {
        Some(value) => Checked::value(Value::Str(value.to_string())),
        None => Ok(constant),
    }
}

/// A comparison by one of the six operators.
pub(super) fn compare(left: Checked, op: BinaryOperator, right: Checked) -> Result<Checked> {
    let equality = matches!(op, BinaryOperator::Eq | BinaryOperator::NotEq);
    let (left, right) = unify(left, right, equality)?;
    if equality && (left.shape.form.may_be_float() || right.shape.form.may_be_float()) {
        return Ok(float_equal(left, right, op == BinaryOperator::NotEq));
    }
    let shape = Shape::new(Form::Boolean, left.shape.nullable || right.shape.nullable);
    Ok(Checked::of(shape, [left, right], |[left, right]| {
        Expr::BinaryOp {
            left: left.into(),
            op,
            right: right.into(),
        }
    }))
}

/// Equality of floats. GlueSQL takes floats for equal that are near; BETWEEN compares them exactly.
fn float_equal(left: Checked, right: Checked, negated: bool) -> Checked {
    let (left, right) = alike(left, right);
    // The bound is there twice.
    let (target, bound) = if right.size <= left.size {
        (left, right)
    } else {
        (right, left)
    };
    let shape = Shape::new(Form::Boolean, target.shape.nullable || bound.shape.nullable);
    Checked::of(
        shape,
        [target, bound.clone(), bound],
        |[target, low, high]| Expr::Between {
            expr: target.into(),
            negated,
            low: low.into(),
            high: high.into(),
        },
    )
}

impl Checker<'_> {
    #[inline(never)]
    pub(super) fn between(
        &mut self,
        scope: &Scope<'_>,
        [target, low, high]: [Expr; 3],
        negated: bool,
        sense: Sense,
    ) -> Result<Checked> {
        let target = self.expr(scope, target)?;
        let low = self.expr(scope, low)?;
        let high = self.expr(scope, high)?;
        let (target, low) = unify(target, low, false)?;
        let (target, high) = unify(target, high, false)?;
        // The upper bound may have made the target a float.
        let (target, low) = unify(target, low, false)?;
        if (low.shape.nullable || high.shape.nullable) && (negated || sense == Sense::Exact) {
            return Err(SqlFault::refused(
                "a bound of BETWEEN may be null: compare with >= and <=",
            ));
        }
        let nullable = [&target, &low, &high].iter().any(|one| one.shape.nullable);
        let shape = Shape::new(Form::Boolean, nullable);
        Ok(Checked::of(
            shape,
            [target, low, high],
            |[target, low, high]| Expr::Between {
                expr: target.into(),
                negated,
                low: low.into(),
                high: high.into(),
            },
        ))
    }

    #[inline(never)]
    pub(super) fn in_list(
        &mut self,
        scope: &Scope<'_>,
        target: Expr,
        list: Vec<Expr>,
        negated: bool,
    ) -> Result<Checked> {
        if list.len() > LIST {
            return Err(SqlFault::limit(format!(
                "a list of more than {LIST} values"
            )));
        }
        let mut target = self.expr(scope, target)?;
        let mut elements = Vec::with_capacity(list.len());
        let mut floats = target.shape.form.may_be_float();
        for element in list {
            let element = self.expr(scope, element)?;
            if element.shape.nullable {
                return Err(SqlFault::refused(
                    "a value in the list of IN may be null: add OR … IS NULL outside",
                ));
            }
            let (same, element) = unify(target, element, true)?;
            target = same;
            floats |= element.shape.form.may_be_float();
            elements.push(element);
        }
        let shape = Shape::new(Form::Boolean, target.shape.nullable);
        if floats {
            return one_of_floats(&target, elements, negated);
        }
        elements.insert(0, target);
        Ok(Checked::of_many(shape, elements, |mut all| {
            let target = all.remove(0);
            Expr::InList {
                expr: target.into(),
                list: all,
                negated,
            }
        }))
    }

    #[inline(never)]
    pub(super) fn in_query(
        &mut self,
        scope: &Scope<'_>,
        target: Expr,
        query: gluesql_core::ast::Query,
        negated: bool,
        sense: Sense,
    ) -> Result<Checked> {
        let target = self.expr(scope, target)?;
        let (query, column, loose) = self.sub_query(scope, query)?;
        let nullable = target.shape.nullable || column.nullable;
        if nullable && (negated || sense == Sense::Exact) {
            return Err(SqlFault::refused(
                "NOT IN (SELECT …), where either side may be null: use COALESCE, or NOT EXISTS",
            ));
        }
        if target.shape.form != column.form {
            return Err(SqlFault::refused(format!(
                "{} is looked for among the rows of IN (SELECT …), which have {}",
                target.shape.form, column.form
            )));
        }
        if column.form.may_be_float() {
            return Err(SqlFault::refused(
                "floats cannot be looked for by IN (SELECT …): use EXISTS",
            ));
        }
        Ok(Checked {
            loose: target.loose.or(loose),
            size: target.size + 1,
            uses: u32::MAX,
            variety: 2,
            expr: Expr::InSubquery {
                expr: target.expr.into(),
                subquery: query.into(),
                negated,
            },
            // Never null: what would be null is not true here.
            shape: Shape::new(Form::Boolean, false),
        })
    }
}

/// Whether a number is one of several, compared exactly.
fn one_of_floats(target: &Checked, elements: Vec<Checked>, negated: bool) -> Result<Checked> {
    if target.size.saturating_mul(elements.len()) > NODES {
        return Err(SqlFault::limit(
            "a long list of floats for a long expression",
        ));
    }
    let nullable = target.shape.nullable;
    let guard = target.clone();
    let tests: Vec<_> = elements
        .into_iter()
        .map(|element| float_equal(target.clone(), element, false))
        .collect();
    let mut any = Checked::any(tests);
    if negated {
        any = any.not();
    }
    any.shape.nullable = false;
    Ok(if nullable {
        any.unless_null(guard)
    } else {
        any
    })
}
