//! Whether the package is as small as `cargo xtask size` says that it may be.

use super::count;
use crate::build::tool;
use crate::size;
use crate::tally::Tally;

pub(super) fn run() -> Tally {
    if let Err(failure) = tool::present() {
        return count::skipped(failure);
    }
    size::measure().unwrap_or_else(|failure| {
        count::say(failure);
        Tally::FAILED
    })
}
