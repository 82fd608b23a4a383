//! The binding of trackstats to JavaScript.
//!
//! One crate, built three times: without features it is the core module with the class `Engine`; with
//! `sql` the module that answers SQL, with the class `Replica`; with `interchange` the module that reads
//! and writes files, with the class `Exchange`. The last two hold a copy of the store and are fetched
//! when they are first needed. The TypeScript in `wasm/js` is the only caller: it resolves texts,
//! dates and zones, so that what is called often takes and gives numbers.
//!
//! Always holds: nothing that JavaScript passes panics. A method that can fail either throws a
//! JavaScript `Error` whose `name` is the code, or answers `false` and keeps the error for
//! `takeError`.

#![cfg_attr(
    any(feature = "sql", feature = "interchange"),
    expect(
        dead_code,
        reason = "the modules that hold a copy use a part of what the core does"
    )
)]

#[cfg(not(any(feature = "sql", feature = "interchange")))]
mod engine;
#[cfg(feature = "interchange")]
mod exchange;
mod fault;
#[cfg(not(feature = "sql"))]
mod filter;
mod host;
mod number;
#[cfg(feature = "sql")]
mod replica;

#[cfg(not(any(feature = "sql", feature = "interchange")))]
pub use engine::Engine;
#[cfg(feature = "interchange")]
pub use exchange::Exchange;
#[cfg(feature = "sql")]
pub use replica::Replica;
