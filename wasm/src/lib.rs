//! The binding of trackstats to JavaScript.
//!
//! One crate, built three times: without features it is the core module, whose functions take the number
//! of a store; with `sql` the module that answers SQL, with the class `Replica`; with `interchange` the
//! module that reads and writes files, with the class `Exchange`. The last two hold a copy of the store
//! and are fetched when they are first needed, and so is what the build splits off from the core. The
//! TypeScript in `wasm/js` is the only caller: it resolves texts, dates and zones, so that what is called
//! often takes and gives numbers.
//!
//! Always holds: nothing that JavaScript passes panics. A method of the core that can fail answers
//! `false`, 0 or NaN and keeps the error; one of the other two modules throws a JavaScript `Error` whose
//! `name` is the code.

#![cfg_attr(
    feature = "objects",
    expect(
        dead_code,
        reason = "the modules that hold a copy use a part of what the core does"
    )
)]

#[cfg(not(feature = "objects"))]
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
#[cfg(not(feature = "objects"))]
mod wire;

#[cfg(not(feature = "objects"))]
pub use engine::*;
#[cfg(feature = "interchange")]
pub use exchange::Exchange;
#[cfg(feature = "sql")]
pub use replica::Replica;

#[cfg(all(target_arch = "wasm32", not(feature = "objects")))]
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();
