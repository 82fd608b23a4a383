//! The statistics store that every app can carry inside it.
//!
//! An application declares its metrics once, with [`stats!`], records values by date in a [`Store`],
//! and reads them back as series, breakdowns and SQL.

// Lets the code that `stats!` writes name this crate inside the crate itself.
extern crate self as trackstats;

mod engine;
mod error;
mod model;
mod store;
mod time;

pub use error::{Error, ErrorCode};
pub use model::*;
pub use time::*;
pub use trackstats_macros::stats;
