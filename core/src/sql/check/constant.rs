//! Constants as values.

use gluesql_core::ast::{DataType, Expr, Literal};
use gluesql_core::prelude::Value;

use super::form::{Form, Shape};
use super::{Checked, Result, SqlFault};
use crate::sql::fault::excerpt;
use crate::sql::scan::date_cell;
use crate::time::Date;

impl Checked {
    /// A constant. A literal becomes a value, because GlueSQL compares literals otherwise: an integer
    /// with the literal `2.5` is neither less nor greater.
    pub(super) fn value(value: Value) -> Result<Self> {
        if let Value::F64(float) = &value
            && !float.is_finite()
        {
            return Err(SqlFault::refused(format!(
                "{float} is not a value of a statement: a float is finite"
            )));
        }
        let shape = match &value {
            Value::Null => Shape::new(Form::Null, true),
            Value::Bool(_) => Shape::new(Form::Boolean, false),
            Value::I64(_) => Shape::new(Form::Integer, false),
            Value::F64(_) => Shape::new(Form::Float, false),
            Value::Str(text) => Shape::text(false, text.len()),
            Value::Date(_) => Shape::new(Form::Date, false),
            _ => {
                return Err(SqlFault::refused(
                    "values are integers, floats, texts, dates, truth values and null",
                ));
            }
        };
        Ok(Self {
            expr: Expr::Value(value),
            shape,
            loose: None,
            size: 1,
            uses: 0,
            variety: 1,
        })
    }

    pub(super) fn truth(value: bool) -> Self {
        Self {
            expr: Expr::Value(Value::Bool(value)),
            shape: Shape::new(Form::Boolean, false),
            loose: None,
            size: 1,
            uses: 0,
            variety: 1,
        }
    }

    pub(super) fn literal(literal: Literal) -> Result<Self> {
        match literal {
            Literal::QuotedString(text) => Self::value(Value::Str(text)),
            Literal::Number(number) => Self::value(number_value(&number.to_string())?),
        }
    }

    /// The constant, if it is one.
    pub(super) fn constant(&self) -> Option<&Value> {
        match &self.expr {
            Expr::Value(value) => Some(value),
            _ => None,
        }
    }

    /// The integer, if it is a constant one.
    pub(super) fn constant_integer(&self) -> Option<i64> {
        match self.constant() {
            Some(Value::I64(value)) => Some(*value),
            _ => None,
        }
    }

    /// A constant text as a date.
    pub(super) fn into_date(self) -> Result<Self> {
        match self.constant() {
            Some(Value::Str(text)) => Self::value(date_cell(date_of_text(text)?)),
            _ => Ok(self),
        }
    }
}

/// The value of a number as it was written: an integer unless it has a point or an exponent.
pub(super) fn number_value(text: &str) -> Result<Value> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    if digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return text.parse().map(Value::I64).map_err(|_| {
            SqlFault::refused(format!(
                "the integer {} is out of the range of 64 bits",
                excerpt(text)
            ))
        });
    }
    match text.parse::<f64>() {
        Ok(value) if value.is_finite() => Ok(Value::F64(value)),
        _ => Err(SqlFault::refused(format!(
            "the number {} is out of the range of floats",
            excerpt(text)
        ))),
    }
}

/// The date that a text writes.
pub(in crate::sql) fn date_of_text(text: &str) -> Result<Date> {
    text.parse().map_err(|_| {
        SqlFault::refused(format!(
            "'{}' stands where a date belongs and is not one: write it as YYYY-MM-DD",
            excerpt(text)
        ))
    })
}

/// `DATE '2024-01-31'`.
pub(super) fn typed(data_type: &DataType, text: &str) -> Result<Checked> {
    match data_type {
        DataType::Date => Checked::value(date_cell(date_of_text(text)?)),
        other => Err(SqlFault::refused(format!(
            "a constant of the type {other} is not supported"
        ))),
    }
}
