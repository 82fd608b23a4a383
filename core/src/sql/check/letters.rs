//! Functions of texts.

use gluesql_core::ast::{Expr, Function, TrimWhereField};
use gluesql_core::prelude::Value;

use super::form::{Form, Shape};
use super::function::{call, own};
use super::number::as_integer;
use super::scope::Scope;
use super::text::{bounded, detached, made, text, writable};
use super::{Checked, Checker, Result, SqlFault};
use crate::sql::fault::excerpt;
use crate::sql::hook::{POSITION, REPLACE};

/// The largest length that can be given to LPAD, REPEAT and the like.
const COUNT: i64 = 10_000;

impl Checker<'_> {
    pub(super) fn text_function(
        &mut self,
        scope: &Scope<'_>,
        function: Function,
    ) -> Result<Checked> {
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
                Ok(made(Checked::of_many(shape, parts, |parts| {
                    Expr::Function(Function::Concat(parts).into())
                })))
            }
            Function::Replace { expr, old, new } => {
                let [expr, old, new] = self.texts(scope, [expr, old, new], "REPLACE")?;
                let bytes = expr.shape.bytes.saturating_mul(new.shape.bytes.max(1));
                let nullable = [&expr, &old, &new].iter().any(|one| one.shape.nullable);
                let shape = bounded(nullable, bytes)?;
                // GlueSQL finds an empty text between all letters.
                Ok(made(if is_there(&old) {
                    call(shape, [expr, old, new], |[expr, old, new]| {
                        Function::Replace { expr, old, new }
                    })
                } else {
                    own(REPLACE, shape, [expr, old, new])
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
                Ok(made(call(shape, [inner], |[expr]| Function::Repeat {
                    expr,
                    num: Expr::Value(Value::I64(count)),
                })))
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
                Ok(made(call(shape, [inner, fill], |[expr, fill]| {
                    Function::Lpad {
                        expr,
                        size: integer(size),
                        fill: Some(fill),
                    }
                })))
            }
            Function::Rpad { expr, size, fill } => {
                let (inner, size, fill) = self.pad(scope, expr, size, fill, "RPAD")?;
                let shape = bounded(
                    inner.shape.nullable,
                    usize::try_from(size).unwrap_or(usize::MAX),
                )?;
                Ok(made(call(shape, [inner, fill], |[expr, fill]| {
                    Function::Rpad {
                        expr,
                        size: integer(size),
                        fill: Some(fill),
                    }
                })))
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
            } => self.position(scope, [from_expr, sub_expr]),
            Function::Custom { name, .. } if name.eq_ignore_ascii_case("DATE_TRUNC") => {
                Err(SqlFault::refused(
                    "there is no function DATE_TRUNC: write FORMAT(date, '%Y-%m') for the month",
                ))
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

    fn position(&mut self, scope: &Scope<'_>, texts: [Expr; 2]) -> Result<Checked> {
        let [from, sub] = self.ascii(scope, texts, "POSITION")?;
        let shape = Shape::new(Form::Integer, from.shape.nullable || sub.shape.nullable);
        // GlueSQL finds an empty text nowhere.
        Ok(if is_there(&sub) {
            call(shape, [from, sub], |[from_expr, sub_expr]| {
                Function::Position {
                    from_expr,
                    sub_expr,
                }
            })
        } else {
            own(POSITION, shape, [from, sub])
        })
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
        Ok(made(call(shape, [inner], |[inner]| make(inner))))
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

/// Whether it is a constant text with a letter in it.
fn is_there(text: &Checked) -> bool {
    matches!(text.constant(), Some(Value::Str(text)) if !text.is_empty())
}
