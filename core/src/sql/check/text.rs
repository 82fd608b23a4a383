//! Texts: how they are joined and matched.

use gluesql_core::ast::{BinaryOperator, DataType, Expr};
use gluesql_core::prelude::Value;

use super::form::{Form, Shape};
use super::function::own;
use super::scope::Scope;
use super::{Checked, Checker, Result, SqlFault};
use crate::sql::hook::{LONG, MATCHED, is_long, is_long_match};

/// The longest text that an expression may make.
const LONGEST: usize = 1 << 20;
/// The longest pattern of LIKE.
const PATTERN: usize = 1_000;

/// A text of that many bytes at most, unless it would be too long.
pub(super) fn bounded(nullable: bool, bytes: usize) -> Result<Shape> {
    if bytes > LONGEST {
        return Err(SqlFault::limit(format!(
            "it makes texts that may be longer than {LONGEST} bytes"
        )));
    }
    Ok(Shape::text(nullable, bytes))
}

/// Refuses what is no text.
pub(super) fn text(checked: Checked, place: &str) -> Result<Checked> {
    match checked.shape.form {
        Form::Text | Form::Null => Ok(checked),
        other => Err(SqlFault::refused(format!(
            "{place} takes a text and is given {other}"
        ))),
    }
}

/// Refuses what is no text and is not written as one.
pub(super) fn writable(checked: Checked, place: &str) -> Result<Checked> {
    match checked.shape.form {
        Form::Boolean => Err(SqlFault::refused(format!(
            "{place} takes a text and is given a truth value"
        ))),
        _ => Ok(checked),
    }
}

/// `left || right`.
pub(super) fn concat(left: Checked, right: Checked) -> Result<Checked> {
    let left = writable(left, "||")?;
    let right = writable(right, "||")?;
    let bytes = left.shape.bytes.saturating_add(right.shape.bytes);
    let shape = bounded(left.shape.nullable || right.shape.nullable, bytes)?;
    Ok(made(Checked::of(shape, [left, right], |[left, right]| {
        Expr::BinaryOp {
            left: left.into(),
            op: BinaryOperator::StringConcat,
            right: right.into(),
        }
    })))
}

/// The same text, detached from the longer one that it is a part of: GlueSQL takes a part of a part
/// from the whole.
pub(super) fn detached(checked: Checked) -> Checked {
    let shape = checked.shape;
    super::number::cast(checked, DataType::Text, shape)
}

impl Checker<'_> {
    /// `LIKE`, as a regular expression of our own: that of GlueSQL fails at a null, and its `%` stops
    /// at the end of a line.
    #[inline(never)]
    pub(super) fn like(
        &mut self,
        scope: &Scope<'_>,
        [target, pattern]: [Expr; 2],
        negated: bool,
        case_sensitive: bool,
    ) -> Result<Checked> {
        let target = text(self.expr(scope, target)?, "LIKE")?;
        let (pattern, bytes) = match self.expr(scope, pattern)?.expr {
            Expr::Value(Value::Str(pattern)) if pattern.len() <= PATTERN => {
                (regex(&pattern), pattern.len())
            }
            Expr::Value(Value::Str(_)) => {
                return Err(SqlFault::limit(format!(
                    "a pattern of more than {PATTERN} bytes"
                )));
            }
            _ => {
                return Err(SqlFault::refused(
                    "the pattern of LIKE has to be a constant text",
                ));
            }
        };
        let shape = Shape::new(Form::Boolean, target.shape.nullable);
        let target = matched(target, bytes)?;
        Ok(Checked::of(shape, [target], |[target]| Expr::Regex {
            expr: target.into(),
            negated,
            pattern: Expr::Value(Value::Str(pattern)).into(),
            case_sensitive,
        }))
    }
}

/// A text that is matched with a pattern of that many bytes.
fn matched(target: Checked, pattern: usize) -> Result<Checked> {
    if !is_long_match(target.shape.bytes, pattern) {
        return Ok(target);
    }
    let pattern = i64::try_from(pattern).unwrap_or(i64::MAX);
    let shape = target.shape;
    Ok(own(
        MATCHED,
        shape,
        [target, Checked::value(Value::I64(pattern))?],
    ))
}

/// A text that an expression made. If it may be long, its making is counted as work.
pub(super) fn made(text: Checked) -> Checked {
    if !is_long(text.shape.bytes) {
        return text;
    }
    own(LONG, text.shape, [text])
}

/// The regular expression that matches what a pattern of LIKE does.
fn regex(pattern: &str) -> String {
    let mut regex = String::from(r"(?s)\A");
    for character in pattern.chars() {
        match character {
            '%' => regex.push_str(".*"),
            '_' => regex.push('.'),
            letter if letter.is_ascii_punctuation() => {
                regex.push('\\');
                regex.push(letter);
            }
            other => regex.push(other),
        }
    }
    regex.push_str(r"\z");
    regex
}
