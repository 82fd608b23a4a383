//! The faults that users met, one at least a test, each named for what is right.
//!
//! A file holds a kind of fault; its siblings in JavaScript are in `tests/js/faults`, those of the page in
//! `tests/page/faults`. `cargo xtask test faults` runs all three.
#![cfg(test)]

mod background;
mod damaged;
mod exports;
mod fences;
mod files;
mod filling;
mod following;
mod hints;
mod imports;
mod place;
mod safe;
mod sql_budgets;
mod sql_joins;
mod sql_values;
