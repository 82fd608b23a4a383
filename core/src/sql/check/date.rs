//! Arithmetic of dates.

use gluesql_core::ast::{BinaryOperator, DataType, DateTimeField, Expr, Function, Literal};
use gluesql_core::data::Interval;
use gluesql_core::prelude::Value;

use super::form::{Form, Shape};
use super::scope::Scope;
use super::{Checked, Checker, Result, SqlFault};
use crate::sql::fault::excerpt;
use crate::sql::scan::date_cell;
use crate::time::Date;

/// More days than the calendar has.
const DAYS: i64 = 4_000_000;

/// A span that is whole days or whole months.
#[derive(Clone, Copy, Debug)]
enum Span {
    Days(i32),
    Months(i32),
}

impl Checker<'_> {
    /// A date and an INTERVAL, if that is what they are.
    pub(super) fn date_and_interval(
        &mut self,
        scope: &Scope<'_>,
        left: &Expr,
        op: &BinaryOperator,
        right: &Expr,
    ) -> Result<Option<Checked>> {
        let (date, span) = match (bare(left), op, bare(right)) {
            (date, BinaryOperator::Plus, Expr::Interval { .. }) => (date, span(right, 1)?),
            (date, BinaryOperator::Minus, Expr::Interval { .. }) => (date, span(right, -1)?),
            (Expr::Interval { .. }, BinaryOperator::Plus, date) => (date, span(left, 1)?),
            _ => return Ok(None),
        };
        let date = self.expr(scope, date.clone())?;
        match date.shape.form {
            Form::Date => shift(date, span).map(Some),
            other => Err(SqlFault::refused(format!(
                "an INTERVAL is added to or taken from {other}: only dates take one"
            ))),
        }
    }
}

pub(super) fn is_interval(expr: &Expr) -> bool {
    matches!(bare(expr), Expr::Interval { .. })
}

fn bare(expr: &Expr) -> &Expr {
    match expr {
        Expr::Nested(inner) => bare(inner),
        other => other,
    }
}

fn span(interval: &Expr, sign: i64) -> Result<Span> {
    let Expr::Interval {
        expr,
        leading_field,
        last_field: None,
    } = bare(interval)
    else {
        return Err(unfit_interval());
    };
    let number = match bare(expr) {
        Expr::Literal(Literal::QuotedString(text)) | Expr::Value(Value::Str(text)) => {
            text.trim().to_owned()
        }
        Expr::Literal(Literal::Number(number)) => number.to_string(),
        Expr::Value(Value::I64(number)) => number.to_string(),
        _ => return Err(unfit_interval()),
    };
    let count: i64 = number.parse().map_err(|_| unfit_interval())?;
    if !(-DAYS..=DAYS).contains(&count) {
        return Err(SqlFault::refused(format!(
            "an INTERVAL of {} is longer than the calendar",
            excerpt(&number)
        )));
    }
    let small = |number: i64| i32::try_from(sign * number).map_err(|_| unfit_interval());
    match leading_field {
        Some(DateTimeField::Day) => small(count).map(Span::Days),
        Some(DateTimeField::Month) => small(count).map(Span::Months),
        Some(DateTimeField::Year) => small(12 * count).map(Span::Months),
        _ => Err(unfit_interval()),
    }
}

fn unfit_interval() -> SqlFault {
    SqlFault::refused("an INTERVAL is written as INTERVAL '7' DAY, with DAY, MONTH or YEAR")
}

/// The date that far away. GlueSQL makes an instant of it, and stumbles over most months.
fn shift(date: Checked, span: Span) -> Result<Checked> {
    if let Some(Value::Date(day)) = date.constant() {
        let outside = |_| SqlFault::failed("a date lies outside 0001-01-01 to 9999-12-31");
        let day = Date::try_from(*day).map_err(outside)?;
        let shifted = match span {
            Span::Days(days) => day.plus_days(days).map_err(outside)?,
            Span::Months(months) => plus_months(day, months).map_err(outside)?,
        };
        return Checked::value(date_cell(shifted));
    }
    let Span::Days(days) = span else {
        return Err(SqlFault::refused(
            "months and years can be added to a constant date only: write days, or compare the other side",
        ));
    };
    let shape = date.shape;
    Ok(Checked::of(shape, [date], |[date]| {
        let instant = Expr::BinaryOp {
            left: date.into(),
            op: BinaryOperator::Plus,
            right: Expr::Value(Value::Interval(Interval::days(days))).into(),
        };
        Expr::Function(
            Function::Cast {
                expr: instant,
                data_type: DataType::Date,
            }
            .into(),
        )
    }))
}

/// The same day of another month, or the last if that is shorter.
fn plus_months(date: Date, months: i32) -> Result<Date, crate::Error> {
    let month = date.year() * 12 + i32::from(date.month()) - 1 + months;
    let (year, month) = (month.div_euclid(12), month.rem_euclid(12));
    let month = u8::try_from(month + 1).unwrap_or(12);
    let mut day = date.day();
    loop {
        match Date::new(year, month, day) {
            Err(_) if day > 28 => day -= 1,
            other => return other,
        }
    }
}

/// The number of days from the right date to the left one.
pub(super) fn days_between(left: Checked, right: Checked) -> Checked {
    let nullable = left.shape.nullable || right.shape.nullable;
    let span = Checked::of(
        Shape::new(Form::Integer, nullable),
        [left, right],
        |[left, right]| Expr::BinaryOp {
            left: left.into(),
            op: BinaryOperator::Minus,
            right: right.into(),
        },
    );
    part(span, DateTimeField::Day)
}

/// A part of a date or span. GlueSQL fails at that of a null.
pub(super) fn part(whole: Checked, field: DateTimeField) -> Checked {
    let guard = whole.shape.nullable.then(|| whole.clone());
    let shape = Shape::new(Form::Integer, whole.shape.nullable);
    let taken = Checked::of(shape, [whole], |[expr]| {
        Expr::Function(Function::Extract { field, expr }.into())
    });
    match guard {
        Some(guard) => taken.unless_null(guard),
        None => taken,
    }
}
