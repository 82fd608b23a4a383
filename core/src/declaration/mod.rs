//! What `stats!` declared, written for JavaScript.
//!
//! May import `error`, `time` and `model`. Always holds: what is written depends on the declaration
//! alone, so that a file that is in version control changes only with it; it ends with a line break.

mod quote;
mod stats;
mod tree;
mod write;

pub use write::{to_json, to_typescript};
