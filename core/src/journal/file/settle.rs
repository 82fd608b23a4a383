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
                // Nothing was done.
                Some(Act::Fence(_)) => {}
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
    use super::{Act, BODY, Journal, Plan};
    use crate::error::ErrorCode;
    use crate::journal::file::frame::MOST;

    fn created() -> Journal {
        let (mut journal, plan) = Journal::create([2; 16], b"a snapshot");
        let all = plan.acts().count();
        journal.settle(plan, all);
        journal
    }

    /// Where an act of that kind is first in a plan.
    fn place(plan: &Plan, wanted: impl Fn(&Act) -> bool) -> usize {
        plan.acts().position(wanted).expect("the plan has one")
    }

    fn is_frame(act: &Act, journal: &Journal) -> bool {
        matches!(act, Act::Write { at, .. } if *at == journal.end)
    }

    #[test]
    fn a_failed_write_leaves_the_next_frame_in_its_place() {
        let mut journal = created();
        let plan = journal.commit(b"changes").unwrap();
        let frame = place(
            &plan,
            |act| matches!(act, Act::Write { at, bytes } if *at == journal.end && bytes.len() == 32),
        );
        journal.settle(plan, frame);
        let end = journal.end;
        let again = journal.commit(b"changes, and more").unwrap();
        assert!(again.acts().any(|act| is_frame(act, &journal)));
        let all = again.acts().count();
        journal.settle(again, all);
        assert!(journal.end > end && journal.frames_len() == journal.end - end);
    }

    #[test]
    fn a_failed_write_does_not_forget_how_far_an_earlier_one_went() {
        let mut journal = created();
        let all = |plan: &Plan| plan.acts().count();
        let plan = journal.commit(b"changes").unwrap();
        let done = all(&plan);
        journal.settle(plan, done);
        let end = journal.end;
        for len in [1_000, 10] {
            let plan = journal.commit(&vec![7; len]).unwrap();
            let frame = place(
                &plan,
                |act| matches!(act, Act::Write { at, .. } if *at == end),
            );
            journal.settle(plan, frame);
            assert!(journal.touched >= end + 1_000, "after {len} bytes");
        }
        // All of it is cleared before the file says that it is closed.
        let plan = journal.close();
        let zeros = |act: &Act| matches!(act, Act::Write { at, bytes } if *at == end && bytes.len() >= 1_000);
        assert!(plan.acts().any(zeros));
    }

    #[test]
    fn what_a_failed_growth_left_is_taken_back_or_becomes_room() {
        let mut journal = created();
        for len in [100_000, 10] {
            let room = journal.room;
            let plan = journal.commit(&vec![7; len]).unwrap();
            let growth = place(
                &plan,
                |act| matches!(act, Act::Write { at, .. } if *at == room),
            );
            journal.settle(plan, growth);
            assert!(journal.grown > room + 100_000, "after {len} bytes");
        }
        let room = journal.room;
        let shrinks = |act: &Act| *act == Act::SetLen(room);
        assert!(journal.close().acts().any(shrinks));
        let grown = journal.grown;
        let plan = journal.commit(b"changes").unwrap();
        let all = plan.acts().count();
        journal.settle(plan, all);
        assert!(journal.room >= grown);
    }

    /// Whether an act writes one of the slots.
    fn is_slot(act: &Act) -> bool {
        matches!(act, Act::Write { at, .. } if *at < BODY)
    }

    #[test]
    fn after_a_slot_that_may_say_closed_the_next_commit_says_open() {
        let mut journal = created();
        for _ in 0..2 {
            let plan = journal.commit(b"changes").unwrap();
            assert!(place(&plan, is_slot) < place(&plan, |act| is_frame(act, &journal)));
            let all = plan.acts().count();
            journal.settle(plan, all);
            let plan = journal.close();
            let slot = place(&plan, is_slot);
            journal.settle(plan, slot);
        }
    }

    #[test]
    fn a_slot_is_written_after_the_other_one_was_waited_for() {
        let mut journal = created();
        journal.slot_pending = true;
        let plan = journal.commit(b"changes").unwrap();
        let slot = place(&plan, is_slot);
        assert_eq!(plan.acts().nth(slot - 1), Some(&Act::Sync));
    }

    #[test]
    fn a_fence_that_fails_changes_nothing_and_comes_first_again() {
        let mut journal = created();
        for _ in 0..3 {
            let before = format!("{journal:?}");
            for plan in [journal.commit(b"changes"), journal.compact(b"a snapshot")] {
                let plan = plan.unwrap();
                assert_eq!(place(&plan, |act| matches!(act, Act::Fence(_))), 0);
                journal.settle(plan, 0);
            }
            assert_eq!(format!("{journal:?}"), before);
            let plan = journal.commit(b"changes").unwrap();
            let all = plan.acts().count();
            journal.settle(plan, all);
            assert!(matches!(journal.close().acts().next(), Some(Act::Fence(_))));
        }
    }

    #[test]
    fn after_a_failed_wait_nothing_is_planned() {
        let mut journal = created();
        let plan = journal.commit(b"changes").unwrap();
        let wait = place(&plan, |act| *act == Act::Sync);
        journal.settle(plan, wait);
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
        let all = plan.acts().count();
        journal.settle(plan, all);
        assert!(journal.is_long());
        let plan = journal.compact(b"a snapshot").unwrap();
        let first = place(&plan, |act| matches!(act, Act::WriteBeside(_)));
        journal.settle(plan, first);
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
