//! SQL over the store: what it answers, what it writes, and what it refuses.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test ends where something is wrong"
)]

mod answers;
mod deep;
mod generate;
mod limits;
mod panics;
mod refused;
mod scan;
mod shop;
mod sqlite;
mod writes;
