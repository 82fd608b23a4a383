//! What an import did.

use crate::Error;

/// So many bad lines are kept with their reasons, the others are counted; and so many undeclared dimensions.
const KEPT: usize = 100;

/// What an import read, changed and skipped.
#[derive(Debug, Default)]
#[non_exhaustive]
pub struct ImportReport {
    /// The lines that were read, in a dump the objects; blank lines are not counted.
    pub read: u64,
    /// The statistics that were not there before.
    pub created: u64,
    /// The statistics that held another value before.
    pub changed: u64,
    /// The statistics that held the same value already.
    pub unchanged: u64,
    /// The objects in a dump that are of other models.
    pub ignored: u64,
    /// The bad lines that were skipped on request.
    pub skipped: u64,
    /// The first 100 of them.
    pub bad_lines: Vec<BadLine>,
    /// What statistics are split by although their metric does not declare it, because it did once or because a
    /// name is misspelt: the first 100 of them. They were taken.
    pub undeclared: Vec<Undeclared>,
}

/// A dimension of imported statistics that their metric does not declare.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Undeclared {
    /// The name of the metric, such as `shopping.sales`.
    pub metric: String,
    /// The name of the dimension.
    pub dimension: String,
}

/// A line that was skipped, and why.
#[derive(Debug)]
#[non_exhaustive]
pub struct BadLine {
    /// The number of the line, from 1; where an object or a row takes several lines, its first.
    pub line: u64,
    /// What is wrong with it.
    pub error: Error,
}

impl ImportReport {
    /// The statistics that were read.
    #[must_use]
    pub const fn statistics(&self) -> u64 {
        self.created + self.changed + self.unchanged
    }

    pub(super) fn tell_undeclared(&mut self, metric: &str, dimension: &str) {
        let is_told = self
            .undeclared
            .iter()
            .any(|told| told.metric == metric && told.dimension == dimension);
        if !is_told && self.undeclared.len() < KEPT {
            self.undeclared.push(Undeclared {
                metric: metric.to_owned(),
                dimension: dimension.to_owned(),
            });
        }
    }

    pub(super) fn skip(&mut self, line: u64, error: Error) {
        self.skipped += 1;
        if self.bad_lines.len() < KEPT {
            self.bad_lines.push(BadLine { line, error });
        }
    }
}
