//! The second guard, first half: what GlueSQL would drop from a statement without a word.
//!
//! Each structure is taken apart without `..` wherever the translation looks at a part of it only, so
//! that a part which a new release of the parser adds does not compile until it was looked at. What
//! the translation refuses itself is left to it.

mod expr;
mod part;
mod query;
mod statement;

pub(super) use statement::statement;
