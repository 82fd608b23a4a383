//! Functions, as far as GlueSQL computes them right or can be made to.

use gluesql_core::ast::{DataType, DateTimeField, Expr, Function};
use gluesql_core::prelude::Value;

use super::expr::outcome;
use super::form::{Form, Shape};
use super::number::{abs, as_float, as_integer, number};
use super::scope::Scope;
use super::text::bounded;
use super::{Checked, Checker, Result, SqlFault};
use crate::sql::fault::excerpt;
use crate::sql::scan::date_cell;

impl Checker<'_> {
    #[inline(never)]
    pub(super) fn function(&mut self, scope: &Scope<'_>, function: Function) -> Result<Checked> {
        match function {
            Function::CurrentDate() => Checked::value(date_cell(self.today)),
            Function::Now() | Function::CurrentTimestamp() | Function::CurrentTime() => Err(
                SqlFault::refused("statistics have dates and no times: write CURRENT_DATE"),
            ),
            Function::Abs(inner) => abs(self.expr(scope, inner)?),
            Function::Sign(inner) => {
                let inner = number(self.expr(scope, inner)?, "SIGN")?;
                let shape = inner.shape;
                Ok(as_integer(call(shape, [inner], |[inner]| {
                    Function::Sign(inner)
                })))
            }
            Function::Ceil(inner) => self.float(scope, inner, "CEIL", Function::Ceil),
            Function::Floor(inner) => self.float(scope, inner, "FLOOR", Function::Floor),
            Function::Round(inner) => self.float(scope, inner, "ROUND", Function::Round),
            Function::Trunc(inner) => self.float(scope, inner, "TRUNC", Function::Trunc),
            Function::Sqrt(inner) => self.unbounded(scope, inner, "SQRT", Function::Sqrt),
            Function::Exp(inner) => self.unbounded(scope, inner, "EXP", Function::Exp),
            Function::Ln(inner) => self.unbounded(scope, inner, "LN", Function::Ln),
            Function::Log2(inner) => self.unbounded(scope, inner, "LOG2", Function::Log2),
            Function::Log10(inner) => self.unbounded(scope, inner, "LOG10", Function::Log10),
            Function::Power { expr, power } => {
                let base = number(self.expr(scope, expr)?, "POWER")?;
                let power = number(self.expr(scope, power)?, "POWER")?;
                let shape = Shape::unbounded(base.shape.nullable || power.shape.nullable);
                Ok(call(shape, [base, power], |[expr, power]| {
                    Function::Power { expr, power }
                }))
            }
            Function::Coalesce(list) => self.coalesce(scope, list),
            Function::IfNull { expr, then } => self.coalesce(scope, vec![expr, then]),
            Function::NullIf { expr1, expr2 } => self.null_if(scope, expr1, expr2),
            Function::Greatest(list) => self.greatest(scope, list),
            Function::Cast { expr, data_type } => self.cast_to(scope, expr, &data_type),
            Function::Extract { field, expr } => self.extract(scope, field, expr),
            Function::Format { expr, format } => self.format(scope, expr, format),
            other => self.text_function(scope, other),
        }
    }

    fn float(
        &mut self,
        scope: &Scope<'_>,
        inner: Expr,
        name: &str,
        make: fn(Expr) -> Function,
    ) -> Result<Checked> {
        let inner = number(self.expr(scope, inner)?, name)?;
        let shape = Shape::new(Form::Float, inner.shape.nullable);
        Ok(call(shape, [inner], |[inner]| make(inner)))
    }

    /// A function of floats that is infinite or no number for some.
    fn unbounded(
        &mut self,
        scope: &Scope<'_>,
        inner: Expr,
        name: &str,
        make: fn(Expr) -> Function,
    ) -> Result<Checked> {
        let checked = self.float(scope, inner, name, make)?;
        Ok(Checked {
            shape: Shape::unbounded(checked.shape.nullable),
            ..checked
        })
    }

    /// COALESCE, as a CASE, because that computes no more than it needs.
    fn coalesce(&mut self, scope: &Scope<'_>, list: Vec<Expr>) -> Result<Checked> {
        let mut shape = Shape::new(Form::Null, true);
        let mut nullable = true;
        let mut parts = Vec::with_capacity(list.len());
        for one in list {
            let one = self.raw(scope, one)?;
            shape = outcome(shape, &one)?;
            nullable &= one.shape.nullable;
            parts.push(one);
        }
        if parts.is_empty() {
            return Err(SqlFault::refused("COALESCE needs a value"));
        }
        Ok(Checked::of_many(
            Shape { nullable, ..shape },
            parts,
            |parts| Expr::Function(Function::Coalesce(parts).into()),
        ))
    }

    fn null_if(&mut self, scope: &Scope<'_>, left: Expr, right: Expr) -> Result<Checked> {
        let left = self.expr(scope, left)?;
        let right = self.expr(scope, right)?;
        let (left, right) = super::compare::unify(left, right, true)?;
        if left.shape.form.may_be_float() || right.shape.form.may_be_float() {
            return Err(SqlFault::refused(
                "NULLIF of floats: write CASE WHEN … THEN … END",
            ));
        }
        let shape = Shape {
            nullable: true,
            ..left.shape
        };
        Ok(call(shape, [left, right], |[expr1, expr2]| {
            Function::NullIf { expr1, expr2 }
        }))
    }

    fn greatest(&mut self, scope: &Scope<'_>, list: Vec<Expr>) -> Result<Checked> {
        let mut shape = Shape::new(Form::Null, false);
        let mut parts = Vec::with_capacity(list.len());
        for one in list {
            let one = self.expr(scope, one)?;
            if one.shape.nullable {
                return Err(SqlFault::refused(
                    "GREATEST of what may be null: use COALESCE inside",
                ));
            }
            shape = outcome(shape, &one)?;
            parts.push(one);
        }
        if shape.form == Form::Number {
            parts = parts.into_iter().map(as_float).collect();
            shape.form = Form::Float;
        }
        Ok(Checked::of_many(shape, parts, |parts| {
            Expr::Function(Function::Greatest(parts).into())
        }))
    }

    fn cast_to(&mut self, scope: &Scope<'_>, inner: Expr, data_type: &DataType) -> Result<Checked> {
        let inner = self.expr(scope, inner)?;
        let (form, from) = match data_type {
            DataType::Int => (Form::Integer, inner.shape.form != Form::Date),
            DataType::Float => (Form::Float, inner.shape.form != Form::Date),
            DataType::Text => (Form::Text, inner.shape.form != Form::Boolean),
            DataType::Date => match inner.shape.form {
                Form::Text if inner.constant().is_some() => return inner.into_date(),
                other => (
                    Form::Date,
                    matches!(other, Form::Date | Form::Text | Form::Null),
                ),
            },
            _ => {
                return Err(SqlFault::refused(
                    "a cast is to INTEGER, FLOAT, TEXT or DATE",
                ));
            }
        };
        if !from || (inner.shape.form == Form::Boolean && form == Form::Float) {
            return Err(SqlFault::refused(format!(
                "{} cannot be cast to {form}",
                inner.shape.form
            )));
        }
        if form == Form::Float {
            return Ok(super::number::as_float(inner));
        }
        let shape = Shape {
            form,
            ..inner.shape
        };
        Ok(super::number::cast(inner, data_type.clone(), shape))
    }

    fn extract(&mut self, scope: &Scope<'_>, field: DateTimeField, inner: Expr) -> Result<Checked> {
        let inner = self.expr(scope, inner)?;
        if inner.shape.form != Form::Date
            || !matches!(
                field,
                DateTimeField::Year | DateTimeField::Month | DateTimeField::Day
            )
        {
            return Err(SqlFault::refused(
                "EXTRACT takes YEAR, MONTH or DAY from a date",
            ));
        }
        Ok(super::date::part(inner, field))
    }

    /// FORMAT of a date by a constant format. The formatter panics at what it does not know, and at
    /// the parts of a time.
    fn format(&mut self, scope: &Scope<'_>, date: Expr, format: Expr) -> Result<Checked> {
        let date = self.expr(scope, date)?;
        let format = self.expr(scope, format)?;
        let Some(Value::Str(written)) = format.constant() else {
            return Err(SqlFault::refused(
                "the format of FORMAT has to be a constant text",
            ));
        };
        if date.shape.form != Form::Date {
            return Err(SqlFault::refused("FORMAT takes a date"));
        }
        let mut letters = written.chars();
        while let Some(letter) = letters.next() {
            if letter == '%'
                && !letters
                    .next()
                    .is_some_and(|letter| "YCyGmbBdeaAujUWVF%".contains(letter))
            {
                return Err(SqlFault::refused(format!(
                    "'{}' is not a format of a date: after % comes one of YCyGmbBdeaAujUWVF%",
                    excerpt(written)
                )));
            }
        }
        let shape = bounded(date.shape.nullable, written.len().saturating_mul(10))?;
        Ok(call(shape, [date, format], |[expr, format]| {
            Function::Format { expr, format }
        }))
    }
}

/// A function of our own, see `hook.rs`.
pub(super) fn own<const N: usize>(name: &str, shape: Shape, parts: [Checked; N]) -> Checked {
    call(shape, parts, |parts| Function::Custom {
        name: name.to_owned(),
        exprs: parts.into(),
    })
}

pub(super) fn call<const N: usize>(
    shape: Shape,
    parts: [Checked; N],
    make: impl FnOnce([Expr; N]) -> Function,
) -> Checked {
    Checked::of(shape, parts, |parts| Expr::Function(make(parts).into()))
}
