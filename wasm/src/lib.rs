//! The binding of trackstats to JavaScript.
//!
//! One crate, built twice: without features it is the core module with the class [`Engine`], with `sql`
//! the module that answers SQL, with the class `Replica`. The TypeScript in `wasm/js` is their only
//! caller: it resolves texts, dates and zones, so that what is called often takes and gives numbers.
//!
//! Always holds: nothing that JavaScript passes panics. A method that can fail either throws a
//! JavaScript `Error` whose `name` is the code, or answers `false` and keeps the error for
//! [`Engine::take_error`].

#[cfg(not(feature = "sql"))]
mod engine;
mod fault;
mod host;
mod number;
#[cfg(feature = "sql")]
mod replica;

#[cfg(not(feature = "sql"))]
pub use engine::Engine;
#[cfg(feature = "sql")]
pub use replica::Replica;
