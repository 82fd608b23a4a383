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
mod hold;
mod letters;
mod narrow;
mod number;
mod order;
mod query;
mod scope;
mod source;
#[cfg(test)]
mod tests;
mod text;
mod truth;

pub(super) use constant::date_of_text;
pub(super) use form::Form;
pub(super) use query::Answer;

use gluesql_core::ast::{Expr, Query};

use super::SqlLimits;
use super::fault::{SqlFault, excerpt};
use super::meter::Holding;
use super::view::Place;
use crate::engine::Engine;
use crate::time::Date;
use form::Shape;
use hold::Extent;
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
    /// The sources of the present query that are named in it, by their places as bits; all where there
    /// is a query in it.
    uses: u32,
    /// It has at most so many different values.
    variety: u64,
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
    /// What those of them aggregate that are distinct.
    distincts: Vec<Checked>,
    /// What the present query groups by.
    groups: Vec<Expr>,
    /// The columns of outer queries that were named, with the depth of the query they belong to.
    outer: Vec<(usize, Expr, String)>,
    /// The source that is being joined, by its place, and the equalities of one of its values with one
    /// of those before it.
    joining: Option<usize>,
    pairing: Vec<Expr>,
    limits: SqlLimits,
    /// Whether the next query is that of the statement itself.
    outermost: bool,
    /// Whether the rows become changes.
    changes: bool,
    /// What is held, by each part of the statement that holds something.
    parts: Vec<Holding>,
    extent: Option<Extent>,
    /// The bytes of the texts that all expressions together may make of one row.
    bytes: usize,
    /// The number of expressions.
    expressions: usize,
}

/// What a statement was found to be.
#[derive(Debug)]
pub(super) struct Findings {
    /// The tables as they are named in what was checked.
    pub(super) places: Vec<Place>,
    /// The function that counts bytes.
    pub(super) bytewise: Option<&'static str>,
    /// What is held, by each part that holds something.
    pub(super) parts: Vec<Holding>,
    /// The number of expressions.
    pub(super) expressions: usize,
}

/// A statement is rewritten to at most that many nodes.
const NODES: usize = 100_000;
/// The texts that the expressions of a statement make of one row have at most that many bytes together.
const TEXTS: usize = 64 << 20;

type Result<T, E = SqlFault> = std::result::Result<T, E>;

impl<'e> Checker<'e> {
    pub(super) fn new(engine: &'e Engine, today: Date, limits: SqlLimits) -> Self {
        Self {
            engine,
            today,
            places: Vec::new(),
            bytewise: None,
            foreign: None,
            clause: Clause::Row,
            aggregates: 0,
            distincts: Vec::new(),
            groups: Vec::new(),
            outer: Vec::new(),
            joining: None,
            pairing: Vec::new(),
            limits,
            outermost: false,
            changes: false,
            parts: Vec::new(),
            extent: None,
            bytes: 0,
            expressions: 0,
        }
    }

    /// Checks a whole query, whose rows are returned or become changes.
    pub(super) fn statement(&mut self, query: Query, changes: bool) -> Result<Answer> {
        self.outermost = true;
        self.changes = changes;
        self.query(query, None)
    }

    /// Checks an expression that stands alone, such as a value of an INSERT.
    pub(super) fn alone(&mut self, expr: Expr) -> Result<Expr> {
        Ok(self.expr(&Scope::default(), expr)?.expr)
    }

    /// What was found on the way.
    pub(super) fn finish(self) -> Result<Findings> {
        if let (Some(function), Some(text)) = (self.bytewise, &self.foreign) {
            return Err(SqlFault::refused(format!(
                "{function} counts bytes here, so that a statement with it takes ASCII only, and '{}' \
                 is not",
                excerpt(text)
            )));
        }
        Ok(Findings {
            places: self.places,
            bytewise: self.bytewise,
            parts: self.parts,
            expressions: self.expressions,
        })
    }
}
