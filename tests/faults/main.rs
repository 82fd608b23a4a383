//! The faults that users met, one at least a test, each named for what is right.
//!
//! A file holds a kind of fault; its siblings in JavaScript are in `tests/js/faults`, those of the page in
//! `tests/page/faults`. `cargo xtask test faults` runs all three.
#![cfg(test)]

mod answers;
mod background;
mod builds;
mod damaged;
mod exports;
mod fences;
mod files;
mod filling;
mod following;
mod hints;
mod imports;
mod place;
mod rolling;
mod safe;
mod sql_budgets;
mod sql_joins;
mod sql_values;
mod times;
mod traits;
mod zones;
