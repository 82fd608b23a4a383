//! The second guard, second half: what a statement means.
//!
//! Resolves every name, gives every expression a form, and writes the statement anew so that GlueSQL
//! answers it as SQL would: truth with nulls, floats that are equal, integers that would wrap, and
//! whatever else it computes otherwise. What cannot be written so is refused with the reason. On the
//! way it finds out which rows of each table the conditions leave.

mod aggregate;
mod compare;
mod constant;
mod date;
mod expr;
mod form;
mod function;
mod letters;
mod narrow;
mod number;
mod order;
mod query;
mod scope;
mod source;
mod text;
mod truth;

pub(super) use constant::date_of_text;
pub(super) use form::Form;
pub(super) use query::Answer;

use gluesql_core::ast::{Expr, Query};

use super::fault::{SqlFault, excerpt};
use super::view::Place;
use crate::engine::Engine;
use crate::time::Date;
use form::Shape;
use scope::Scope;

/// An expression that was checked, and what is known of it.
#[derive(Clone, Debug)]
struct Checked {
    expr: Expr,
    shape: Shape,
    /// A column of the present query that is neither grouped nor aggregated.
    loose: Option<String>,
    /// The number of nodes.
    size: usize,
}

/// Where an expression stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Clause {
    /// Where rows are looked at one by one, so that there is nothing to aggregate.
    Row,
    /// Where groups may be looked at.
    Group,
    /// In the argument of an aggregate.
    Aggregate,
}

/// Checks one statement.
#[derive(Debug)]
pub(super) struct Checker<'e> {
    engine: &'e Engine,
    today: Date,
    places: Vec<Place>,
    /// The first function in the statement that counts bytes.
    bytewise: Option<&'static str>,
    /// The first constant text in the statement that is not ASCII.
    foreign: Option<String>,
    clause: Clause,
    /// The aggregates of the present query so far.
    aggregates: usize,
    /// What the present query groups by.
    groups: Vec<Expr>,
    /// The columns of outer queries that were named, with the depth of the query they belong to.
    outer: Vec<(usize, Expr, String)>,
}

/// A statement is rewritten to at most that many nodes.
const NODES: usize = 100_000;

type Result<T, E = SqlFault> = std::result::Result<T, E>;

impl<'e> Checker<'e> {
    pub(super) fn new(engine: &'e Engine, today: Date) -> Self {
        Self {
            engine,
            today,
            places: Vec::new(),
            bytewise: None,
            foreign: None,
            clause: Clause::Row,
            aggregates: 0,
            groups: Vec::new(),
            outer: Vec::new(),
        }
    }

    /// Checks a whole query.
    pub(super) fn statement(&mut self, query: Query) -> Result<Answer> {
        self.query(query, None)
    }

    /// Checks an expression that stands alone, such as a value of an INSERT.
    pub(super) fn alone(&mut self, expr: Expr) -> Result<Expr> {
        Ok(self.expr(&Scope::default(), expr)?.expr)
    }

    /// The tables as they are named in what was checked, and the function that counts bytes.
    pub(super) fn finish(self) -> Result<(Vec<Place>, Option<&'static str>)> {
        if let (Some(function), Some(text)) = (self.bytewise, &self.foreign) {
            return Err(SqlFault::refused(format!(
                "{function} counts bytes here, so that a statement with it takes ASCII only, and '{}' \
                 is not",
                excerpt(text)
            )));
        }
        Ok((self.places, self.bytewise))
    }
}
