//! What came of a plan.

use super::header::BODY;
use super::journal::{FEW, Journal, Marked};
use super::plan::{Act, Plan, Step};
use crate::journal::planted::Bug;

impl Journal {
    /// Takes note of what came of a plan: how many of its acts were done, in their order. If those are
    /// not all, the next one failed.
    pub fn settle(&mut self, plan: Plan, mut done: usize) {
        for Step { acts, after } in plan.steps {
            if done >= acts.len() {
                done -= acts.len();
                *self = after;
                continue;
            }
            match acts.into_iter().nth(done) {
                Some(Act::Write { at, bytes }) => self.write_failed(at, bytes.len() as u64),
                // What was waited for may be lost, and waiting again would not tell. After a name was
                // to change, nobody knows which file has it.
                Some(Act::Sync | Act::Rename | Act::SyncFolder) => {
                    self.refused = !Bug::SyncRetried.is_planted();
                }
                // The first file is as it was. Trying again is worth it when there is more to gain.
                _ => self.worth = self.worth.max(self.frames_len() + FEW),
            }
            return;
        }
    }

    fn write_failed(&mut self, at: u64, len: u64) {
        if at < BODY {
            self.marked = Marked::Unsure;
        } else if at < self.room {
            self.touched = self.touched.max((at + len).min(self.room));
            if Bug::FailedWriteSkipped.is_planted() {
                self.end = at + len;
            }
        } else {
            self.grown = self.grown.max(at + len);
        }
    }
}
