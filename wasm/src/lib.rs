//! The binding of trackstats to JavaScript.
//!
//! One crate, built four times: without features it is the core module, whose functions take the number
//! of a store; with `sql` the module that answers SQL, with the class `Replica`; with `interchange` the
//! module that reads and writes files of other programs, with the class `Exchange`; with `journal` the
//! module that plans what is done to the file of a store, with the class `Journal`. `Replica` and
//! `Exchange` hold a copy of the store. All but the core are fetched when they are first needed, and so is
//! what the build splits off from the core. The TypeScript in `wasm/js` is the only caller: it resolves
//! texts, dates and zones, so that what is called often takes and gives numbers.
//!
//! Always holds: nothing that JavaScript passes panics. A method of the core that can fail answers
//! `false`, 0 or NaN and keeps the error; one of the modules with a copy throws a JavaScript `Error` whose
//! `name` is the code, and the journal a text that begins with it.

#![cfg_attr(
    feature = "objects",
    expect(
        dead_code,
        reason = "the modules that hold a copy use a part of what the core does"
    )
)]

#[cfg(not(any(feature = "objects", feature = "journal")))]
mod engine;
#[cfg(feature = "interchange")]
mod exchange;
#[cfg(not(feature = "journal"))]
mod fault;
#[cfg(not(any(feature = "sql", feature = "journal")))]
mod filter;
#[cfg(not(feature = "journal"))]
mod host;
#[cfg(feature = "journal")]
mod journal;
#[cfg(not(feature = "journal"))]
mod number;
#[cfg(feature = "sql")]
mod replica;
#[cfg(not(any(feature = "objects", feature = "journal")))]
mod wire;

#[cfg(not(any(feature = "objects", feature = "journal")))]
pub use engine::*;
#[cfg(feature = "interchange")]
pub use exchange::Exchange;
#[cfg(feature = "journal")]
pub use journal::Journal;
#[cfg(feature = "sql")]
pub use replica::Replica;

/// Gives the hashes of every store that is made from now on a random number for their seeds, which
/// JavaScript draws.
#[cfg(not(feature = "journal"))]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn seed(high: u32, low: u32) {
    trackstats::mix_hash_seeds(u64::from(high) << 32 | u64::from(low));
}

#[cfg(all(target_arch = "wasm32", not(feature = "objects")))]
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();
