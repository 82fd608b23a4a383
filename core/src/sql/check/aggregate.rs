//! Aggregates.

use gluesql_core::ast::{Aggregate, AggregateFunction, CountArgExpr, Expr, Function};
use gluesql_core::prelude::Value;

use super::form::{Form, Shape};
use super::function::{call, own};
use super::number::{as_float, finite, number};
use super::scope::Scope;
use super::{Checked, Checker, Clause, Result, SqlFault};
use crate::sql::hook::SPREAD;

impl Checker<'_> {
    #[inline(never)]
    pub(super) fn aggregate(&mut self, scope: &Scope<'_>, aggregate: Aggregate) -> Result<Checked> {
        match self.clause {
            Clause::Group => {}
            Clause::Row => {
                return Err(SqlFault::refused(
                    "an aggregate stands where rows are looked at one by one: write it in HAVING",
                ));
            }
            Clause::Aggregate => {
                return Err(SqlFault::refused("an aggregate stands inside another one"));
            }
        }
        self.aggregates += 1;
        self.clause = Clause::Aggregate;
        let outer = self.outer.len();
        let checked = self.aggregate_of(scope, aggregate);
        self.clause = Clause::Group;
        if self.outer.len() > outer {
            return Err(SqlFault::refused(
                "an aggregate is given a column of the query around it",
            ));
        }
        checked
    }

    fn aggregate_of(&mut self, scope: &Scope<'_>, aggregate: Aggregate) -> Result<Checked> {
        let Aggregate { func, distinct } = aggregate;
        let deviation = matches!(func, AggregateFunction::Stdev(_));
        let (argument, make): (_, fn(Expr) -> AggregateFunction) = match func {
            AggregateFunction::Count(CountArgExpr::Wildcard) => {
                if distinct {
                    return Err(SqlFault::refused("COUNT(DISTINCT *): name a column"));
                }
                return Ok(Checked {
                    expr: Expr::Aggregate(
                        Aggregate {
                            func: AggregateFunction::Count(CountArgExpr::Wildcard),
                            distinct,
                        }
                        .into(),
                    ),
                    shape: Shape::new(Form::Integer, false),
                    loose: None,
                    size: 1,
                    uses: 0,
                    variety: u64::MAX,
                });
            }
            AggregateFunction::Count(CountArgExpr::Expr(argument)) => (argument, |argument| {
                AggregateFunction::Count(CountArgExpr::Expr(argument))
            }),
            AggregateFunction::Sum(argument) => (argument, AggregateFunction::Sum),
            AggregateFunction::Max(argument) => (argument, AggregateFunction::Max),
            AggregateFunction::Min(argument) => (argument, AggregateFunction::Min),
            AggregateFunction::Avg(argument) => (argument, AggregateFunction::Avg),
            // The root of a deviation is taken here, where it is known to be none of a negative number.
            AggregateFunction::Variance(argument) | AggregateFunction::Stdev(argument) => {
                (argument, AggregateFunction::Variance)
            }
        };
        let mut argument = self.raw(scope, argument)?;
        // Integers and floats may not meet, see `number::alike`.
        if argument.shape.form == Form::Number && !distinct {
            let shape = argument.shape;
            argument = Checked {
                shape,
                ..as_float(argument)
            };
        }
        let kind = make(Expr::Value(Value::Null));
        // A sum passes on what is not finite, the others may lose it.
        if !matches!(kind, AggregateFunction::Sum(_) | AggregateFunction::Avg(_)) {
            argument = finite(argument);
        }
        let shape = match kind {
            AggregateFunction::Count(_) => Shape::new(Form::Integer, false),
            // Of no rows, the others are null.
            AggregateFunction::Sum(_) => {
                argument = number(argument, "SUM")?;
                Shape {
                    finite: !argument.shape.form.may_be_float(),
                    ..Shape::new(argument.shape.form, true)
                }
            }
            AggregateFunction::Avg(_)
            | AggregateFunction::Variance(_)
            | AggregateFunction::Stdev(_) => {
                argument = number(argument, "AVG, VARIANCE and STDEV")?;
                Shape::unbounded(true)
            }
            AggregateFunction::Max(_) | AggregateFunction::Min(_) => Shape {
                nullable: true,
                ..argument.shape
            },
        };
        if distinct && argument.shape.form == Form::Number {
            return Err(SqlFault::refused(
                "DISTINCT of integers and floats together: ask for metrics of one kind, or CAST(… AS FLOAT)",
            ));
        }
        if distinct {
            self.distincts.push(argument.clone());
        }
        let spread = matches!(kind, AggregateFunction::Variance(_));
        let whole = Checked::of(shape, [argument], |[argument]| {
            Expr::Aggregate(
                Aggregate {
                    func: make(argument),
                    distinct,
                }
                .into(),
            )
        });
        let whole = Checked {
            // What is aggregated need not be grouped.
            loose: None,
            variety: u64::MAX,
            ..whole
        };
        if !spread {
            return Ok(whole);
        }
        let shape = Shape::new(Form::Float, true);
        let variance = own(SPREAD, shape, [finite(whole)]);
        Ok(if deviation {
            call(shape, [variance], |[variance]| Function::Sqrt(variance))
        } else {
            variance
        })
    }
}
