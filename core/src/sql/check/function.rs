//! Functions, as far as GlueSQL computes them right or can be made to.

use gluesql_core::ast::{DataType, DateTimeField, Expr, Function, TrimWhereField};
use gluesql_core::prelude::Value;

use super::expr::outcome;
use super::form::{Form, Shape};
use super::number::{abs, as_float, as_integer, number};
use super::scope::Scope;
use super::text::{bounded, detached, text, writable};
use super::{Checked, Checker, Result, SqlFault};
use crate::sql::fault::excerpt;
use crate::sql::scan::date_cell;

/// The largest length that can be given to LPAD, REPEAT and the like.
const COUNT: i64 = 10_000;

impl Checker<'_> {
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
            Function::Sqrt(inner) => self.float(scope, inner, "SQRT", Function::Sqrt),
            Function::Exp(inner) => self.float(scope, inner, "EXP", Function::Exp),
            Function::Ln(inner) => self.float(scope, inner, "LN", Function::Ln),
            Function::Log2(inner) => self.float(scope, inner, "LOG2", Function::Log2),
            Function::Log10(inner) => self.float(scope, inner, "LOG10", Function::Log10),
            Function::Power { expr, power } => {
                let base = number(self.expr(scope, expr)?, "POWER")?;
                let power = number(self.expr(scope, power)?, "POWER")?;
                let shape = Shape::new(Form::Float, base.shape.nullable || power.shape.nullable);
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

    /// COALESCE, as a CASE, because that computes no more than it needs.
    fn coalesce(&mut self, scope: &Scope<'_>, list: Vec<Expr>) -> Result<Checked> {
        let mut shape = Shape::new(Form::Null, true);
        let mut nullable = true;
        let mut parts = Vec::with_capacity(list.len());
        for one in list {
            let one = self.expr(scope, one)?;
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
                    "'{}' is no format of a date: after % comes one of YCyGmbBdeaAujUWVF%",
                    excerpt(written)
                )));
            }
        }
        let shape = bounded(date.shape.nullable, written.len().saturating_mul(10))?;
        Ok(call(shape, [date, format], |[expr, format]| {
            Function::Format { expr, format }
        }))
    }

    fn text_function(&mut self, scope: &Scope<'_>, function: Function) -> Result<Checked> {
        match function {
            Function::Lower(inner) => self.text_of(scope, inner, "LOWER", 3, Function::Lower),
            Function::Upper(inner) => self.text_of(scope, inner, "UPPER", 3, Function::Upper),
            Function::Reverse(inner) => self.text_of(scope, inner, "REVERSE", 1, Function::Reverse),
            Function::Length(inner) => {
                let inner = text(self.expr(scope, inner)?, "LENGTH")?;
                let shape = Shape::new(Form::Integer, inner.shape.nullable);
                Ok(as_integer(call(shape, [inner], |[inner]| {
                    Function::Length(inner)
                })))
            }
            Function::Concat(list) => {
                let mut parts = Vec::with_capacity(list.len());
                let mut bytes = 0_usize;
                for one in list {
                    let one = writable(self.expr(scope, one)?, "CONCAT")?;
                    bytes = bytes.saturating_add(one.shape.bytes);
                    parts.push(one);
                }
                let nullable = parts.iter().any(|one| one.shape.nullable);
                let shape = bounded(nullable, bytes)?;
                Ok(Checked::of_many(shape, parts, |parts| {
                    Expr::Function(Function::Concat(parts).into())
                }))
            }
            Function::Replace { expr, old, new } => {
                let [expr, old, new] = self.texts(scope, [expr, old, new], "REPLACE")?;
                // An empty text is found between all letters.
                let bytes = (expr.shape.bytes + 1).saturating_mul(new.shape.bytes.max(1) + 1);
                let nullable = [&expr, &old, &new].iter().any(|one| one.shape.nullable);
                let shape = bounded(nullable, bytes)?;
                Ok(call(shape, [expr, old, new], |[expr, old, new]| {
                    Function::Replace { expr, old, new }
                }))
            }
            Function::Repeat { expr, num } => {
                let [inner] = self.texts(scope, [expr], "REPEAT")?;
                let count = self.count(scope, num, "REPEAT", 0)?;
                let times = usize::try_from(count).unwrap_or(usize::MAX);
                let shape = bounded(
                    inner.shape.nullable,
                    inner.shape.bytes.saturating_mul(times),
                )?;
                Ok(call(shape, [inner], |[expr]| Function::Repeat {
                    expr,
                    num: Expr::Value(Value::I64(count)),
                }))
            }
            other => self.bytewise_function(scope, other),
        }
    }

    /// The functions that count bytes, so that they take ASCII only.
    fn bytewise_function(&mut self, scope: &Scope<'_>, function: Function) -> Result<Checked> {
        let integer = |count| Expr::Value(Value::I64(count));
        match function {
            Function::Left { expr, size } => {
                let [inner] = self.ascii(scope, [expr], "LEFT")?;
                let count = self.count(scope, size, "LEFT", 0)?;
                let shape = inner.shape;
                Ok(call(shape, [inner], |[expr]| Function::Left {
                    expr,
                    size: integer(count),
                }))
            }
            Function::Right { expr, size } => {
                let [inner] = self.ascii(scope, [expr], "RIGHT")?;
                let count = self.count(scope, size, "RIGHT", 0)?;
                let shape = inner.shape;
                Ok(call(shape, [inner], |[expr]| Function::Right {
                    expr,
                    size: integer(count),
                }))
            }
            Function::Substr { expr, start, count } => {
                let [inner] = self.ascii(scope, [expr], "SUBSTR")?;
                let start = self.count(scope, start, "SUBSTR", 1)?;
                let count = match count {
                    Some(count) => Some(self.count(scope, count, "SUBSTR", 0)?),
                    None => None,
                };
                let shape = inner.shape;
                Ok(detached(call(shape, [inner], |[expr]| Function::Substr {
                    expr,
                    start: integer(start),
                    count: count.map(integer),
                })))
            }
            Function::Lpad { expr, size, fill } => {
                let (inner, size, fill) = self.pad(scope, expr, size, fill, "LPAD")?;
                let shape = bounded(
                    inner.shape.nullable,
                    usize::try_from(size).unwrap_or(usize::MAX),
                )?;
                Ok(call(shape, [inner, fill], |[expr, fill]| Function::Lpad {
                    expr,
                    size: integer(size),
                    fill: Some(fill),
                }))
            }
            Function::Rpad { expr, size, fill } => {
                let (inner, size, fill) = self.pad(scope, expr, size, fill, "RPAD")?;
                let shape = bounded(
                    inner.shape.nullable,
                    usize::try_from(size).unwrap_or(usize::MAX),
                )?;
                Ok(call(shape, [inner, fill], |[expr, fill]| Function::Rpad {
                    expr,
                    size: integer(size),
                    fill: Some(fill),
                }))
            }
            Function::Ltrim { expr, chars } => self.trim(scope, expr, chars, (true, false)),
            Function::Rtrim { expr, chars } => self.trim(scope, expr, chars, (false, true)),
            Function::Trim {
                expr,
                filter_chars,
                trim_where_field,
            } => {
                let ends = match trim_where_field {
                    Some(TrimWhereField::Leading) => (true, false),
                    Some(TrimWhereField::Trailing) => (false, true),
                    Some(TrimWhereField::Both) | None => (true, true),
                };
                self.trim(scope, expr, filter_chars, ends)
            }
            Function::Position {
                from_expr,
                sub_expr,
            } => {
                let [from, sub] = self.ascii(scope, [from_expr, sub_expr], "POSITION")?;
                let shape = Shape::new(Form::Integer, from.shape.nullable || sub.shape.nullable);
                Ok(call(shape, [from, sub], |[from_expr, sub_expr]| {
                    Function::Position {
                        from_expr,
                        sub_expr,
                    }
                }))
            }
            Function::Custom { name, .. } => Err(SqlFault::refused(format!(
                "there is no function {}",
                excerpt(&name)
            ))),
            other => Err(SqlFault::refused(format!(
                "the function {other} is not supported"
            ))),
        }
    }

    fn texts<const N: usize>(
        &mut self,
        scope: &Scope<'_>,
        exprs: [Expr; N],
        name: &str,
    ) -> Result<[Checked; N]> {
        let mut checked = Vec::with_capacity(N);
        for expr in exprs {
            checked.push(text(self.expr(scope, expr)?, name)?);
        }
        checked
            .try_into()
            .map_err(|_| SqlFault::failed("an argument got lost"))
    }

    fn ascii<const N: usize>(
        &mut self,
        scope: &Scope<'_>,
        exprs: [Expr; N],
        name: &'static str,
    ) -> Result<[Checked; N]> {
        self.bytewise.get_or_insert(name);
        self.texts(scope, exprs, name)
    }

    fn text_of(
        &mut self,
        scope: &Scope<'_>,
        inner: Expr,
        name: &str,
        growth: usize,
        make: fn(Expr) -> Function,
    ) -> Result<Checked> {
        let [inner] = self.texts(scope, [inner], name)?;
        let shape = bounded(
            inner.shape.nullable,
            inner.shape.bytes.saturating_mul(growth),
        )?;
        Ok(call(shape, [inner], |[inner]| make(inner)))
    }

    /// A constant count.
    fn count(&mut self, scope: &Scope<'_>, count: Expr, name: &str, least: i64) -> Result<i64> {
        let count = self.expr(scope, count)?.constant_integer();
        count
            .filter(|count| (least..=COUNT).contains(count))
            .ok_or_else(|| {
                SqlFault::refused(format!(
                    "{name} takes constant lengths and places from {least} to {COUNT} only"
                ))
            })
    }

    fn pad(
        &mut self,
        scope: &Scope<'_>,
        inner: Expr,
        size: Expr,
        fill: Option<Expr>,
        name: &'static str,
    ) -> Result<(Checked, i64, Checked)> {
        let fill = fill.unwrap_or_else(|| Expr::Value(Value::Str(" ".to_owned())));
        let [inner, fill] = self.ascii(scope, [inner, fill], name)?;
        match fill.constant() {
            Some(Value::Str(fill)) if !fill.is_empty() => {}
            _ => {
                return Err(SqlFault::refused(format!(
                    "{name} fills up with a constant text that is not empty"
                )));
            }
        }
        Ok((inner, self.count(scope, size, name, 0)?, fill))
    }

    /// Takes characters off the ends, one end after the other: both at once leave white space be
    /// where there is nothing else.
    fn trim(
        &mut self,
        scope: &Scope<'_>,
        inner: Expr,
        characters: Option<Expr>,
        (leading, trailing): (bool, bool),
    ) -> Result<Checked> {
        let characters = characters.unwrap_or_else(|| Expr::Value(Value::Str(" ".to_owned())));
        let [mut inner, characters] = self.ascii(scope, [inner, characters], "TRIM")?;
        if !matches!(characters.constant(), Some(Value::Str(_))) {
            return Err(SqlFault::refused("TRIM takes constant characters off"));
        }
        if trailing {
            inner = detached(call(
                inner.shape,
                [inner, characters.clone()],
                |[expr, chars]| Function::Rtrim {
                    expr,
                    chars: Some(chars),
                },
            ));
        }
        if leading {
            inner = detached(call(inner.shape, [inner, characters], |[expr, chars]| {
                Function::Ltrim {
                    expr,
                    chars: Some(chars),
                }
            }));
        }
        Ok(inner)
    }
}

fn call<const N: usize>(
    shape: Shape,
    parts: [Checked; N],
    make: impl FnOnce([Expr; N]) -> Function,
) -> Checked {
    Checked::of(shape, parts, |parts| Expr::Function(make(parts).into()))
}
