//! Running a query.

use gluesql_core::ast::{
    Expr, Projection, Query, Select, SelectItem, SetExpr, Statement, TableAlias, TableFactor,
    TableWithJoins,
};
use gluesql_core::chrono::NaiveDate;
use gluesql_core::error::Error as GlueError;
use gluesql_core::executor::{Payload, execute};
use gluesql_core::plan::StatementPlan;
use gluesql_core::planner::{fetch_schema_map, plan_aggregate, plan_hash_join};
use gluesql_core::prelude::Value;
use gluesql_core::translate::{IntoParamLiteral as _, ParamLiteral, TranslateError};

use super::check::{Checker, Findings};
use super::fault::SqlFault;
use super::meter::Meter;
use super::view::View;
use super::{SqlLimits, SqlValue};
use crate::engine::Engine;
use crate::time::Date;

/// What a statement is run against.
#[derive(Clone, Copy)]
pub(super) struct Reader<'e> {
    pub(super) engine: &'e Engine,
    pub(super) today: Date,
    pub(super) limits: SqlLimits,
    pub(super) meter: &'e Meter<'e>,
}

/// The answer to a query: the names of its columns and its rows.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) columns: Vec<String>,
    pub(super) rows: Vec<Vec<SqlValue>>,
}

impl Reader<'_> {
    /// Checks and answers a query, whose rows are returned or become changes.
    pub(super) fn query(self, query: Query, changes: bool) -> Result<Found, SqlFault> {
        let mut checker = Checker::new(self.engine, self.today, self.limits);
        let answer = checker.statement(query, changes)?;
        let findings = checker.finish()?;
        let columns = answer.names();
        let rows = self.run(&findings, self.limited(answer.query))?;
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
        let mut checker = Checker::new(self.engine, self.today, self.limits);
        let expr = checker.alone(expr)?;
        let findings = checker.finish()?;
        if let Expr::Value(constant) = expr {
            return value(constant);
        }
        let rows = self.run(&findings, self.limited(row_of(expr)))?;
        value(rows.into_iter().flatten().next().unwrap_or(Value::Null))
    }

    /// Has GlueSQL run a query that was checked.
    fn run(self, findings: &Findings, plan: StatementPlan) -> Result<Vec<Vec<Value>>, SqlFault> {
        self.meter.look()?;
        let mut view = View::new(self.engine, findings, self.meter);
        let result = run(&mut view, plan);
        match self.meter.take_stopped() {
            Some(stopped) => Err(stopped),
            None => result.map_err(fault),
        }
    }
}

/// The query for one row with one value.
fn row_of(expr: Expr) -> Query {
    let relation = TableFactor::Series {
        alias: TableAlias {
            name: "Series".to_owned(),
            columns: Vec::new(),
        },
        size: Expr::Value(Value::I64(1)),
    };
    Query {
        body: SetExpr::Select(Box::new(Select {
            distinct: false,
            projection: Projection::SelectItems(vec![SelectItem::Expr {
                expr,
                label: String::new(),
            }]),
            from: TableWithJoins {
                relation,
                joins: Vec::new(),
            },
            selection: None,
            group_by: Vec::new(),
            having: None,
        })),
        order_by: Vec::new(),
        limit: None,
        offset: None,
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
        GlueError::Translate(TranslateError::ParameterIndexOutOfRange { index, len }) => {
            SqlFault::refused(format!(
                "the parameter ${index} has no value: {len} were given"
            ))
        }
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
        Value::F64(value) if !value.is_finite() => {
            return Err(SqlFault::failed(
                "a float is out of range: infinite, or no number",
            ));
        }
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
