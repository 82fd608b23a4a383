//! `cargo xtask test`: every suite, and one line at the end that counts them all.
//!
//! A suite is a file here with a function that answers a [`Tally`](crate::tally::Tally). It says in
//! one line what is missing where it cannot run, and then counts as skipped.

mod count;
mod doc;
mod faults;
mod features;
mod native;
mod package;
mod page;
mod places;
mod size;
mod suite;
mod wasm;
mod wasm32;

pub(crate) use count::counted;
pub(crate) use package::{equipped, install, install_alone, installed, owner};
pub(crate) use suite::{chosen, names, run};
