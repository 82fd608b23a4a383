//! What came of a plan.

use super::header::BODY;
use super::journal::{FEW, Journal, Marked};
use super::plan::{Operation, Plan, Step};
use crate::journal::planted::Bug;

impl Journal {
    /// Takes note of what came of a plan: how many of its operations were done, in their order. If those are
    /// not all, the next one failed.
    pub fn complete(&mut self, plan: Plan, mut done: usize) {
        for Step { operations, after } in plan.steps {
            if done >= operations.len() {
                done -= operations.len();
                *self = after;
                continue;
            }
            match operations.into_iter().nth(done) {
                Some(Operation::Write { at, bytes }) => self.write_failed(at, bytes.len() as u64),
                // What was waited for may be lost, and waiting again would not tell. After a name was
                // to change, nobody knows which file has it.
                Some(Operation::Sync | Operation::Rename | Operation::SyncFolder) => {
                    self.refused = !Bug::SyncRetried.is_planted();
                }
                // Nothing was done.
                Some(Operation::Fence(_)) => {}
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

#[cfg(test)]
mod tests {
    use super::{BODY, Journal, Operation, Plan};
    use crate::error::ErrorCode;
    use crate::journal::file::frame::MOST;

    fn created() -> Journal {
        let (mut journal, plan) = Journal::create([2; 16], b"a snapshot");
        let all = plan.operations().count();
        journal.complete(plan, all);
        journal
    }

    /// Where an operation of that kind is first in a plan.
    fn place(plan: &Plan, wanted: impl Fn(&Operation) -> bool) -> usize {
        plan.operations()
            .position(wanted)
            .expect("the plan has one")
    }

    fn is_frame(operation: &Operation, journal: &Journal) -> bool {
        matches!(operation, Operation::Write { at, .. } if *at == journal.end)
    }

    #[test]
    fn a_failed_write_leaves_the_next_frame_in_its_place() {
        let mut journal = created();
        let plan = journal.commit(b"changes").unwrap();
        let frame = place(
            &plan,
            |operation| matches!(operation, Operation::Write { at, bytes } if *at == journal.end && bytes.len() == 32),
        );
        journal.complete(plan, frame);
        let end = journal.end;
        let again = journal.commit(b"changes, and more").unwrap();
        assert!(
            again
                .operations()
                .any(|operation| is_frame(operation, &journal))
        );
        let all = again.operations().count();
        journal.complete(again, all);
        assert!(journal.end > end && journal.frames_len() == journal.end - end);
    }

    #[test]
    fn a_failed_write_does_not_forget_how_far_an_earlier_one_went() {
        let mut journal = created();
        let all = |plan: &Plan| plan.operations().count();
        let plan = journal.commit(b"changes").unwrap();
        let done = all(&plan);
        journal.complete(plan, done);
        let end = journal.end;
        for len in [1_000, 10] {
            let plan = journal.commit(&vec![7; len]).unwrap();
            let frame = place(
                &plan,
                |operation| matches!(operation, Operation::Write { at, .. } if *at == end),
            );
            journal.complete(plan, frame);
            assert!(journal.touched >= end + 1_000, "after {len} bytes");
        }
        // All of it is cleared before the file says that it is closed.
        let plan = journal.close();
        let zeros = |operation: &Operation| match operation {
            Operation::Write { at, bytes } => *at == end && bytes.len() >= 1_000,
            _ => false,
        };
        assert!(plan.operations().any(zeros));
    }

    #[test]
    fn what_a_failed_growth_left_is_taken_back_or_becomes_room() {
        let mut journal = created();
        for len in [100_000, 10] {
            let room = journal.room;
            let plan = journal.commit(&vec![7; len]).unwrap();
            let growth = place(
                &plan,
                |operation| matches!(operation, Operation::Write { at, .. } if *at == room),
            );
            journal.complete(plan, growth);
            assert!(journal.grown > room + 100_000, "after {len} bytes");
        }
        let room = journal.room;
        let shrinks = |operation: &Operation| *operation == Operation::SetLen(room);
        assert!(journal.close().operations().any(shrinks));
        let grown = journal.grown;
        let plan = journal.commit(b"changes").unwrap();
        let all = plan.operations().count();
        journal.complete(plan, all);
        assert!(journal.room >= grown);
    }

    /// Whether an operation writes one of the slots.
    fn is_slot(operation: &Operation) -> bool {
        matches!(operation, Operation::Write { at, .. } if *at < BODY)
    }

    #[test]
    fn after_a_slot_that_may_say_closed_the_next_commit_says_open() {
        let mut journal = created();
        for _ in 0..2 {
            let plan = journal.commit(b"changes").unwrap();
            assert!(
                place(&plan, is_slot) < place(&plan, |operation| is_frame(operation, &journal))
            );
            let all = plan.operations().count();
            journal.complete(plan, all);
            let plan = journal.close();
            let slot = place(&plan, is_slot);
            journal.complete(plan, slot);
        }
    }

    #[test]
    fn a_slot_is_written_after_the_other_one_was_waited_for() {
        let mut journal = created();
        journal.slot_pending = true;
        let plan = journal.commit(b"changes").unwrap();
        let slot = place(&plan, is_slot);
        assert_eq!(plan.operations().nth(slot - 1), Some(&Operation::Sync));
    }

    #[test]
    fn a_fence_that_fails_changes_nothing_and_comes_first_again() {
        let mut journal = created();
        for _ in 0..3 {
            let before = format!("{journal:?}");
            for plan in [journal.commit(b"changes"), journal.compact(b"a snapshot")] {
                let plan = plan.unwrap();
                assert_eq!(
                    place(&plan, |operation| matches!(operation, Operation::Fence(_))),
                    0
                );
                journal.complete(plan, 0);
            }
            assert_eq!(format!("{journal:?}"), before);
            let plan = journal.commit(b"changes").unwrap();
            let all = plan.operations().count();
            journal.complete(plan, all);
            assert!(matches!(
                journal.close().operations().next(),
                Some(Operation::Fence(_))
            ));
        }
    }

    #[test]
    fn after_a_failed_wait_nothing_is_planned() {
        let mut journal = created();
        let plan = journal.commit(b"changes").unwrap();
        let wait = place(&plan, |operation| *operation == Operation::Sync);
        journal.complete(plan, wait);
        assert!(journal.is_refused() && journal.close().is_empty());
        for refused in [journal.commit(b"changes"), journal.compact(b"a snapshot")] {
            assert_eq!(refused.unwrap_err().code(), ErrorCode::Io);
        }
    }

    #[test]
    fn a_failed_snapshot_is_not_tried_again_at_once() {
        let mut journal = created();
        let large = vec![7; 2 << 20];
        let plan = journal.commit(&large).unwrap();
        let all = plan.operations().count();
        journal.complete(plan, all);
        assert!(journal.is_long());
        let plan = journal.compact(b"a snapshot").unwrap();
        let first = place(&plan, |operation| {
            matches!(operation, Operation::WriteBeside(_))
        });
        journal.complete(plan, first);
        assert!(!journal.is_long() && !journal.is_refused());
        assert!(journal.commit(b"changes").is_ok());
    }

    #[test]
    fn changes_that_are_too_large_are_refused() {
        let journal = created();
        assert!(Journal::fits(MOST) && !Journal::fits(MOST + 1));
        let refused = journal.commit(&vec![0; MOST + 1]);
        assert_eq!(refused.unwrap_err().code(), ErrorCode::InvalidValue);
        assert!(journal.commit(b"").unwrap().is_empty());
    }
}
