//! The faults that users met, one at least a test, each named for what is right.
//!
//! A file holds a kind of fault; its siblings in JavaScript are in `tests/js/faults`, those of the page in
//! `tests/page/faults`. `cargo xtask test faults` runs all three.
#![cfg(test)]

mod answers;
mod background;
mod builds;
mod damaged;
mod edges;
mod exports;
mod fences;
mod files;
mod filling;
mod following;
mod gone_and_late_events;
mod handles;
mod hints;
mod imported_again;
mod imports;
mod narrowed_sources;
mod place;
mod refused;
mod rolling;
mod safe;
mod several_trackers;
mod splits;
mod sql_budgets;
mod sql_chains;
mod sql_joins;
mod sql_values;
mod stored;
mod times;
mod tracked;
mod traits;
mod zones;
