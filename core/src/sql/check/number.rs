//! Arithmetic.

use gluesql_core::ast::{BinaryOperator, DataType, Expr, Function};
use gluesql_core::prelude::Value;

use super::form::{Form, Shape};
use super::{Checked, Result, SqlFault};

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
    let right = number(right, "an operator")?;
    let form = match (left.shape.form, right.shape.form) {
        (Form::Null, _) | (_, Form::Null) => Form::Null,
        (Form::Float, _) | (_, Form::Float) => Form::Float,
        (Form::Integer, Form::Integer) => Form::Integer,
        _ => Form::Number,
    };
    let shape = Shape::new(form, left.shape.nullable || right.shape.nullable);
    Ok(Checked::of(shape, [left, right], |[left, right]| Expr::BinaryOp {
        left: left.into(),
        op,
        right: right.into(),
    }))
}

/// The number with the other sign. GlueSQL wraps the smallest integer, but not when it subtracts.
pub(super) fn minus(inner: Checked) -> Result<Checked> {
    let inner = number(inner, "-")?;
    let zero = Checked::value(Value::I64(0))?;
    arithmetic(zero, BinaryOperator::Minus, inner)
}

/// The number without its sign; the smallest integer fails.
pub(super) fn abs(inner: Checked) -> Result<Checked> {
    let inner = minus(minus(number(inner, "ABS")?)?)?;
    Ok(Checked::of(inner.shape, [inner], |[inner]| Expr::Function(Function::Abs(inner).into())))
}

/// A value that GlueSQL holds in another type, as an integer.
pub(super) fn as_integer(checked: Checked) -> Checked {
    let shape = Shape::new(Form::Integer, checked.shape.nullable);
    cast(checked, DataType::Int, shape)
}

/// The number as a float.
pub(super) fn as_float(checked: Checked) -> Checked {
    let shape = Shape::new(Form::Float, checked.shape.nullable);
    cast(checked, DataType::Float, shape)
}

pub(super) fn cast(checked: Checked, data_type: DataType, shape: Shape) -> Checked {
    Checked::of(shape, [checked], |[expr]| Expr::Function(Function::Cast { expr, data_type }.into()))
}
