//! Arithmetic.

use gluesql_core::ast::{BinaryOperator, DataType, Expr, Function};
use gluesql_core::prelude::Value;

use super::form::{Form, Shape};
use super::function::own;
use super::{Checked, Result, SqlFault};
use crate::sql::hook::{DIVISOR, FINITE};

/// Refuses what is no number.
pub(super) fn number(checked: Checked, place: &str) -> Result<Checked> {
    if checked.shape.form.is_number() {
        return Ok(checked);
    }
    Err(SqlFault::refused(format!(
        "{place} takes a number and is given {}",
        checked.shape.form
    )))
}

/// `+ - * / %` of two numbers, or the days between two dates.
pub(super) fn arithmetic(left: Checked, op: BinaryOperator, right: Checked) -> Result<Checked> {
    if op == BinaryOperator::Minus
        && left.shape.form == Form::Date
        && right.shape.form == Form::Date
    {
        return Ok(super::date::days_between(left, right));
    }
    let left = number(left, "an operator")?;
    let mut right = number(right, "an operator")?;
    if matches!(op, BinaryOperator::Divide | BinaryOperator::Modulo) {
        // What is divided by infinity is finite again.
        right = finite(right);
    }
    let forms = [left.shape.form, right.shape.form];
    let mixed = forms.contains(&Form::Number) && !forms.contains(&Form::Float);
    if mixed && matches!(op, BinaryOperator::Divide | BinaryOperator::Modulo) {
        return Err(SqlFault::refused(
            "a quotient of integers and floats together, which divide otherwise: ask for metrics of one \
             kind, or CAST(… AS FLOAT)",
        ));
    }
    let (left, right) = alike(left, right);
    let form = match (left.shape.form, right.shape.form) {
        (Form::Null, _) | (_, Form::Null) => Form::Null,
        // They are floats now, but some of them stand for integers.
        _ if mixed => Form::Number,
        (form, _) => form,
    };
    let right = match op {
        BinaryOperator::Modulo if form == Form::Integer => divisor(right)?,
        _ => right,
    };
    let shape = Shape {
        finite: !form.may_be_float(),
        ..Shape::new(form, left.shape.nullable || right.shape.nullable)
    };
    Ok(operation(shape, left, op, right))
}

/// The divisor that leaves the same rest. The smallest integer divided by -1 is no integer, so that
/// GlueSQL fails at the rest too, which is 0 as that of 1.
fn divisor(right: Checked) -> Result<Checked> {
    match right.constant_integer() {
        Some(-1) => Checked::value(Value::I64(1)),
        Some(_) => Ok(right),
        None => Ok(own(DIVISOR, right.shape, [right])),
    }
}

/// A float that is finite, or else the statement fails: what is no number would equal everything.
/// Operations of floats pass on what is not, so that the last of a chain is looked at.
pub(super) fn finite(checked: Checked) -> Checked {
    if checked.shape.finite {
        return checked;
    }
    let shape = Shape {
        finite: true,
        ..checked.shape
    };
    // The function takes floats only; what is integer in some rows stays known as that.
    let float = as_float(checked);
    own(FINITE, shape, [float])
}

fn operation(shape: Shape, left: Checked, op: BinaryOperator, right: Checked) -> Checked {
    Checked::of(shape, [left, right], |[left, right]| Expr::BinaryOp {
        left: left.into(),
        op,
        right: right.into(),
    })
}

/// Two numbers of one form. Where an integer meets a float, GlueSQL cuts the float off at its point,
/// so that they may not meet.
pub(super) fn alike(left: Checked, right: Checked) -> (Checked, Checked) {
    match (left.shape.form, right.shape.form) {
        (Form::Integer, Form::Integer) | (Form::Null, _) | (_, Form::Null) => (left, right),
        _ => (as_float(left), as_float(right)),
    }
}

/// The number with the other sign. GlueSQL wraps the smallest integer, but not when it multiplies.
pub(super) fn minus(inner: Checked) -> Result<Checked> {
    let inner = number(inner, "-")?;
    let other = Checked::value(Value::I64(-1))?;
    Ok(operation(
        inner.shape,
        inner,
        BinaryOperator::Multiply,
        other,
    ))
}

/// The number without its sign; the smallest integer fails.
pub(super) fn abs(inner: Checked) -> Result<Checked> {
    let inner = minus(minus(number(inner, "ABS")?)?)?;
    Ok(Checked::of(inner.shape, [inner], |[inner]| {
        Expr::Function(Function::Abs(inner).into())
    }))
}

/// A value that GlueSQL holds in another type, as an integer.
pub(super) fn as_integer(checked: Checked) -> Checked {
    let shape = Shape::new(Form::Integer, checked.shape.nullable);
    cast(checked, DataType::Int, shape)
}

/// The number as a float.
pub(super) fn as_float(checked: Checked) -> Checked {
    let shape = Shape {
        // A text may say "infinity".
        finite: checked.shape.finite && checked.shape.form != Form::Text,
        ..Shape::new(Form::Float, checked.shape.nullable)
    };
    match (checked.shape.form, checked.constant_integer()) {
        (Form::Float, _) => checked,
        // A chain of sums is cast at its ends only, so that it gets no deeper.
        _ if is_computed_in_floats(&checked.expr) => Checked { shape, ..checked },
        (_, Some(value)) => Checked {
            expr: Expr::Value(Value::F64(nearest(value))),
            shape,
            ..checked
        },
        _ => cast(checked, DataType::Float, shape),
    }
}

/// Whether it is an operation on what was made floats, though some stand for integers.
fn is_computed_in_floats(expr: &Expr) -> bool {
    let Expr::BinaryOp { left, .. } = expr else {
        return false;
    };
    match &**left {
        Expr::Value(Value::F64(_)) => true,
        Expr::Function(function) => matches!(
            &**function,
            Function::Cast {
                data_type: DataType::Float,
                ..
            }
        ),
        inner => is_computed_in_floats(inner),
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "the nearest float is what is wanted"
)]
fn nearest(value: i64) -> f64 {
    value as f64
}

pub(super) fn cast(checked: Checked, data_type: DataType, shape: Shape) -> Checked {
    Checked::of(shape, [checked], |[expr]| {
        Expr::Function(Function::Cast { expr, data_type }.into())
    })
}
