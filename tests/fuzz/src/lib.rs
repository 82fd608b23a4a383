//! What the fuzz targets do with their input, and what has to hold whatever that is.
//!
//! A target is one function here and three lines in `fuzz_targets`, so that a plain test can run it
//! over its seeds.

// The stages ask it for the lines that tokens stand on, outside of a compilation in vain.
extern crate proc_macro;

// The stages of `stats!`. Nothing but its macro can be imported from the crate of a procedural macro,
// and the stages name each other from the root of their crate.
#[path = "../../../macros/src/ast/mod.rs"]
mod ast;
#[path = "../../../macros/src/check.rs"]
mod check;
#[path = "../../../macros/src/declare.rs"]
mod declare;
#[path = "../../../macros/src/expand.rs"]
mod expand;
#[path = "../../../macros/src/fallback.rs"]
mod fallback;
#[path = "../../../macros/src/name.rs"]
mod name;
#[path = "../../../macros/src/report.rs"]
mod report;

mod bytes;
mod date;
mod declaration;
mod import;
mod journal;
mod sample;
mod sql;

pub use bytes::bytes;
pub use date::date;
pub use declaration::declaration;
pub use import::{import_csv, import_django, import_json_lines};
pub use journal::journal;
pub use sql::sql;
