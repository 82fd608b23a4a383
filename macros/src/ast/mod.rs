//! Reads the tokens of a declaration.
//!
//! A mistake is reported, and reading goes on behind it: with the next metric or the next domain. What
//! was meant is kept where it can be guessed, so that what uses it gives no second error.

mod attribute;
mod dimension;
mod domain;
mod kind;
mod metric;
mod one_line;
mod skip;
mod title;
mod tree;
mod word;

pub(crate) use domain::read;
pub(crate) use tree::{Domain, Metric, Passed, ValueKind};
