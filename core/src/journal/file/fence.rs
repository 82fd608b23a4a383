//! What an owner looks at before it writes.

use super::journal::Journal;
use super::plan::{Fence, Operation, Step};

impl Journal {
    /// Before anything is written, another one must not have written.
    pub(super) fn fence(&self) -> Step {
        let at = if self.frames_len() > 0 {
            self.last
        } else {
            self.header(self.sequence, false).sum_at()
        };
        let fence = Fence {
            at,
            sum: self.chain,
            end: (self.touched <= self.end).then_some(self.end),
        };
        Step {
            operations: vec![Operation::Fence(fence)],
            after: self.clone(),
        }
    }
}
