//! The binding of trackstats to JavaScript.
//!
//! One crate, built twice: without features it is the core module with the class `Engine`, with `sql`
//! the module that answers SQL, with the class `Replica`.

#[cfg(not(feature = "sql"))]
mod engine;
#[cfg(feature = "sql")]
mod replica;

#[cfg(not(feature = "sql"))]
pub use engine::Engine;
#[cfg(feature = "sql")]
pub use replica::Replica;
