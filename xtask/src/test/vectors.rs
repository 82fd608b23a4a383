//! The conformance vectors, through the Rust library.

use super::counted;
use crate::tally::Tally;

pub(super) fn run() -> Tally {
    counted(crate::vectors::native())
}
