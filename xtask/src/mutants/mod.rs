//! `cargo xtask mutants`: small changes of meaning, made one at a time, and whether the tests see them.
//!
//! The changes stand in `tests/mutants`. All of one language are put into a copy of the tree at once, each behind
//! a switch that reads its number from the environment, so that the copy is built once.

mod list;
mod native;
mod run;
mod script;
mod tree;
mod trial;

pub(crate) use run::run;
