//! Expressions.

use gluesql_core::sqlparser::ast::{
    CastKind, Expr, Function, FunctionArg, FunctionArgExpr, FunctionArgumentClause,
    FunctionArgumentList, FunctionArguments, Interval,
};

use super::part::{Checked, none};
use super::query::query;

pub(super) fn argument(argument: &FunctionArg) -> Checked {
    match argument {
        FunctionArg::Unnamed(FunctionArgExpr::Expr(value)) => expr(value),
        FunctionArg::Unnamed(_) => Ok(()),
        FunctionArg::Named { .. } => none(true, "a named argument"),
    }
}

fn function(function: &Function) -> Checked {
    let Function {
        name,
        parameters,
        args,
        filter,
        null_treatment,
        over,
        within_group,
    } = function;
    none(over.is_some(), "OVER")?;
    none(
        filter.is_some(),
        "FILTER: write SUM(CASE WHEN … THEN … END); it",
    )?;
    none(null_treatment.is_some(), "IGNORE or RESPECT NULLS")?;
    none(!within_group.is_empty(), "WITHIN GROUP")?;
    none(
        !matches!(parameters, FunctionArguments::None),
        "a second list of arguments",
    )?;
    match args {
        FunctionArguments::None => Ok(()),
        FunctionArguments::Subquery(_) => none(true, "a query as the argument of a function"),
        FunctionArguments::List(FunctionArgumentList {
            duplicate_treatment,
            args,
            clauses,
        }) => {
            if let Some(clause) = clauses.first() {
                let what = match clause {
                    FunctionArgumentClause::OrderBy(_) => "ORDER BY inside an aggregate",
                    _ => "a clause inside the arguments of a function",
                };
                none(true, what)?;
            }
            let aggregate = matches!(
                name.to_string().to_uppercase().as_str(),
                "COUNT" | "SUM" | "MIN" | "MAX" | "AVG" | "VARIANCE" | "STDEV"
            );
            none(
                duplicate_treatment.is_some() && !aggregate,
                "DISTINCT in a function that is not an aggregate",
            )?;
            args.iter().try_for_each(argument)
        }
    }
}

pub(super) fn expr(value: &Expr) -> Checked {
    match value {
        Expr::IsNull(inner)
        | Expr::IsNotNull(inner)
        | Expr::Nested(inner)
        | Expr::UnaryOp { expr: inner, .. }
        | Expr::Extract { expr: inner, .. }
        | Expr::Ceil { expr: inner, .. }
        | Expr::Floor { expr: inner, .. } => expr(inner),
        Expr::Cast {
            expr: inner, kind, ..
        } => {
            none(
                !matches!(kind, CastKind::Cast | CastKind::DoubleColon),
                "a cast other than CAST and ::",
            )?;
            expr(inner)
        }
        Expr::InList {
            expr: inner, list, ..
        } => std::iter::once(&**inner).chain(list).try_for_each(expr),
        Expr::InSubquery {
            expr: inner,
            subquery,
            ..
        } => {
            expr(inner)?;
            query(subquery)
        }
        Expr::Between {
            expr: inner,
            low,
            high,
            ..
        } => [inner, low, high].into_iter().try_for_each(|one| expr(one)),
        Expr::Like {
            any,
            expr: inner,
            pattern,
            escape_char,
            ..
        }
        | Expr::ILike {
            any,
            expr: inner,
            pattern,
            escape_char,
            ..
        } => {
            none(*any, "LIKE ANY")?;
            none(escape_char.is_some(), "ESCAPE")?;
            expr(inner)?;
            expr(pattern)
        }
        Expr::BinaryOp { left, right, .. } => {
            expr(left)?;
            expr(right)
        }
        Expr::Position { expr: inner, r#in } => {
            expr(inner)?;
            expr(r#in)
        }
        Expr::Trim {
            expr: inner,
            trim_what,
            ..
        } => {
            expr(inner)?;
            trim_what.iter().try_for_each(|what| expr(what))
        }
        Expr::Function(body) => function(body),
        Expr::Case {
            operand,
            conditions,
            results,
            else_result,
        } => operand
            .iter()
            .chain(else_result)
            .map(|one| &**one)
            .chain(conditions)
            .chain(results)
            .try_for_each(expr),
        Expr::Exists { subquery, .. } | Expr::Subquery(subquery) => query(subquery),
        Expr::Interval(Interval {
            value,
            leading_field: _,
            leading_precision,
            last_field: _,
            fractional_seconds_precision,
        }) => {
            none(
                leading_precision.is_some() || fractional_seconds_precision.is_some(),
                "the precision of an INTERVAL",
            )?;
            expr(value)
        }
        // Names and constants, and what the translation knows nothing of and refuses.
        _ => Ok(()),
    }
}
