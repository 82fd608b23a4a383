//! SQL over the store: what it answers, what it writes, and what it refuses.

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
