//! What the fuzz targets do with their input, and what has to hold whatever that is.
//!
//! A target is one function here and three lines in `fuzz_targets`, so that a plain test can run it
//! over its seeds.

mod date;

pub use date::date;
