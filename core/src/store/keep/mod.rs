//! Stores that outlive the program: in a file, or in another storage backend.
//!
//! May import what `store` may. Always holds: what a call acknowledged as durable is in the backend; a
//! change that could not be made durable is rolled back, or kept until it can be.

mod change;
mod close;
mod commit;
mod fault;
mod flush_thread;
mod open;
mod reader;
mod recover;
mod tell;

pub use flush_thread::FlushThread;
pub use open::Durability;
pub use recover::{Recovery, recover};

pub(super) use open::{Keeping, Kept};
