//! The package in the places that are tried fast: Node, a bundler, a page, a web worker.

use super::count;
use crate::build::tool;
use crate::places;
use crate::tally::Tally;

pub(super) fn run() -> Tally {
    if let Err(failure) = tool::present() {
        return count::skipped(failure);
    }
    match places::fast() {
        Ok(command) => count::counted_by(command, Tally::read_places),
        Err(failure) => {
            count::say(failure);
            Tally::FAILED
        }
    }
}
