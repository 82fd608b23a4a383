//! The file that keeps a store, without the input and output.
//!
//! May import what `journal` may. Always holds: nothing here reads or writes a backend; a [`Plan`] says
//! what is to be done, so that Rust and JavaScript write the same bytes in the same order.

mod checksum;
mod fence;
mod follow;
mod foreign;
mod frame;
mod header;
mod journal;
mod open;
mod outcome;
mod plan;
mod salvage;
#[cfg(feature = "files")]
mod upgrade;
mod worth;

pub use journal::Journal;
pub use open::{Opened, TruncatedTail, open};
pub use plan::{Fence, Operation, Plan};
pub use salvage::{Salvaged, salvage};

#[cfg(feature = "files")]
pub(crate) use foreign::is_ours;
#[cfg(feature = "files")]
pub(crate) use open::read;
#[cfg(feature = "files")]
pub(crate) use upgrade::{STEPS, UpgradeStep, upgrade};

#[cfg(all(test, feature = "files"))]
pub(crate) use header::with_version;
