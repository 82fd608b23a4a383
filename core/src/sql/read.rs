//! Running a query.

use gluesql_core::ast::{Expr, Query, Statement};
use gluesql_core::chrono::NaiveDate;
use gluesql_core::error::Error as GlueError;
use gluesql_core::executor::{Payload, evaluate_stateless, execute};
use gluesql_core::plan::{StatementPlan, plan_scalar_expr};
use gluesql_core::planner::{fetch_schema_map, plan_aggregate, plan_hash_join};
use gluesql_core::prelude::Value;
use gluesql_core::translate::{IntoParamLiteral as _, ParamLiteral};

use super::check::Checker;
use super::fault::SqlFault;
use super::view::View;
use super::{SqlLimits, SqlValue};
use crate::engine::Engine;
use crate::time::Date;

/// What a statement is run against.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reader<'e> {
    pub(super) engine: &'e Engine,
    pub(super) today: Date,
    pub(super) limits: SqlLimits,
}

/// The answer to a query: the names of its columns and its rows.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) columns: Vec<String>,
    pub(super) rows: Vec<Vec<SqlValue>>,
}

impl Reader<'_> {
    /// Checks and answers a query.
    pub(super) fn query(self, query: Query) -> Result<Found, SqlFault> {
        let mut checker = Checker::new(self.engine, self.today);
        let answer = checker.statement(query)?;
        let (places, bytewise) = checker.finish()?;
        let columns = answer.names();
        let plan = self.limited(answer.query);
        let mut view = View::new(self.engine, &places, bytewise, self.limits.read);
        let result = run(&mut view, plan);
        if let Some(stopped) = view.into_stopped() {
            return Err(stopped);
        }
        let rows = result.map_err(fault)?;
        if rows.len() as u64 > self.limits.returned {
            return Err(SqlFault::limit(format!(
                "it returns more than {} rows",
                self.limits.returned
            )));
        }
        let rows = rows
            .into_iter()
            .map(|row| row.into_iter().map(value).collect())
            .collect::<Result<_, _>>()?;
        Ok(Found { columns, rows })
    }

    /// The query, but for one row more than may be returned.
    fn limited(self, mut query: Query) -> StatementPlan {
        let most = i64::try_from(self.limits.returned.saturating_add(1)).unwrap_or(i64::MAX);
        let least = match &query.limit {
            Some(Expr::Value(Value::I64(limit))) => most.min(*limit),
            _ => most,
        };
        query.limit = Some(Expr::Value(Value::I64(least)));
        StatementPlan::from(Statement::Query(query))
    }

    /// Computes an expression that names no column.
    pub(super) fn alone(self, expr: Expr) -> Result<SqlValue, SqlFault> {
        let mut checker = Checker::new(self.engine, self.today);
        let expr = checker.alone(expr)?;
        checker.finish()?;
        if let Expr::Value(constant) = expr {
            return value(constant);
        }
        let plan = plan_scalar_expr(expr);
        let evaluated = evaluate_stateless(None, &plan).and_then(Value::try_from);
        value(evaluated.map_err(fault)?)
    }
}

fn run(view: &mut View<'_>, plan: StatementPlan) -> Result<Vec<Vec<Value>>, GlueError> {
    let schemas = fetch_schema_map(view, &plan)?;
    let plan = plan_aggregate(plan_hash_join(&schemas, plan));
    match execute(view, &plan)? {
        Payload::Select { rows, .. } => Ok(rows),
        other => Err(GlueError::StorageMsg(format!(
            "a query was answered by {other:?}"
        ))),
    }
}

/// What GlueSQL says went wrong.
pub(super) fn fault(error: GlueError) -> SqlFault {
    match error {
        GlueError::Parser(text) => SqlFault::Syntax(text),
        GlueError::Translate(error) => SqlFault::refused(error.to_string()),
        GlueError::Planner(error) => SqlFault::refused(error.to_string()),
        other => SqlFault::failed(other.to_string()),
    }
}

/// A value of an answer.
fn value(value: Value) -> Result<SqlValue, SqlFault> {
    Ok(match value {
        Value::Null => SqlValue::Null,
        Value::Bool(value) => SqlValue::Boolean(value),
        Value::I64(value) => SqlValue::Integer(value),
        Value::F64(value) => SqlValue::Float(value),
        Value::Str(text) => SqlValue::Text(text),
        Value::Date(date) => match Date::try_from(date) {
            Ok(date) => SqlValue::Date(date),
            Err(error) => return Err(SqlFault::failed(error.to_string())),
        },
        other => SqlValue::Text(String::from(&other)),
    })
}

/// The values of parameters, as GlueSQL binds them.
pub(super) fn bind(params: &[SqlValue]) -> Vec<ParamLiteral> {
    let bind = |value: &SqlValue| match value {
        SqlValue::Null => ParamLiteral::null(),
        SqlValue::Boolean(value) => value.into_param_literal(),
        SqlValue::Integer(value) => value.into_param_literal(),
        SqlValue::Float(value) => value.into_param_literal(),
        SqlValue::Text(text) => text.as_str().into_param_literal(),
        SqlValue::Date(date) => NaiveDate::from(*date).into_param_literal(),
    };
    params.iter().map(bind).collect()
}
