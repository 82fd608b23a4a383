//! What a file holds, and the plans that change it.

use super::checksum::{checksum, seed};
use super::frame;
use super::header::{Header, Snapshot, VERSION};
use super::plan::{Operation, Plan, Step};
use crate::Error;
use crate::journal::fault::JournalFault;
use crate::journal::planted::Bug;

/// Room is taken in advance, by as much as the frames take and within these bounds: growing a file
/// costs a second wait for the disk.
const LEAST_ROOM: u64 = 1 << 14;
const MOST_ROOM: u64 = 1 << 20;
/// The frames that a snapshot is not worth writing for.
pub(super) const FEW: u64 = 1 << 20;

/// Whether the newest slot says that frames may follow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Marked {
    Closed,
    Open,
    /// A slot could not be written, so that nobody knows which of two things it says.
    Unsure,
}

/// The file of a store, as far as its owner has to know it to append to it.
///
/// It does nothing itself: each call that changes something gives a [`Plan`], and what came of the plan
/// is told to [`complete`](Journal::complete) before the next one is asked for.
#[derive(Clone, Debug)]
pub struct Journal {
    pub(super) id: [u8; 16],
    pub(super) generation: u64,
    pub(super) sequence: u64,
    pub(super) snapshot: Snapshot,
    /// Where the next frame goes. All frames before it are on the disk.
    pub(super) end: u64,
    /// Where the last frame lies, if there is one.
    pub(super) last: u64,
    /// The checksum of the last frame, or of the snapshot if there is none.
    pub(super) chain: u64,
    /// The length of the file, zeros behind the end.
    pub(super) room: u64,
    /// How far a failed plan may have written, within the room.
    pub(super) touched: u64,
    /// How far a failed plan may have made the file grow.
    pub(super) grown: u64,
    pub(super) marked: Marked,
    /// Whether a slot was written and not yet waited for.
    pub(super) slot_pending: bool,
    /// Whether the file may have its name and the folder was not yet waited for.
    pub(super) name_pending: bool,
    /// Whether nobody knows any more what is on the disk.
    pub(super) refused: bool,
    /// The bytes of frames from which on a snapshot is worth it.
    pub(super) worth: u64,
}

impl Journal {
    /// A new file with a snapshot. `id` tells it from every other store: draw it at random.
    ///
    /// The file is there, as a whole, once the plan is carried out; before that it is not.
    pub fn create(id: [u8; 16], snapshot: &[u8]) -> (Self, Plan) {
        let journal = Self::holding(id, 1, snapshot);
        let plan = journal.put_in_place(snapshot);
        (journal, plan)
    }

    /// The journal of a file that has just been replaced by one with this snapshot.
    fn holding(id: [u8; 16], generation: u64, snapshot: &[u8]) -> Self {
        let sum = checksum(snapshot, seed(&id, generation));
        let len = snapshot.len() as u64;
        let snapshot = Snapshot { len, sum };
        let end = snapshot.frames_at().unwrap_or(u64::MAX);
        Self {
            id,
            generation,
            // Of both slots, which are written at once, the newer one.
            sequence: 1,
            snapshot,
            end,
            last: end,
            chain: sum,
            room: end,
            touched: end,
            grown: end,
            marked: Marked::Closed,
            slot_pending: false,
            name_pending: false,
            refused: false,
            worth: FEW.max(len),
        }
    }

    /// The file in the place of another, or of none.
    fn put_in_place(&self, snapshot: &[u8]) -> Plan {
        let mut bytes = self.header(0, true).write();
        bytes.append(&mut self.header(1, true).write());
        bytes.extend_from_slice(snapshot);
        bytes.resize(bytes.len().next_multiple_of(8), 0);
        let mut operations = vec![
            Operation::WriteBeside(bytes),
            Operation::SyncBeside,
            Operation::Rename,
            Operation::SyncFolder,
        ];
        operations.retain(|operation| match operation {
            Operation::SyncBeside => !Bug::RenameWithoutSync.is_planted(),
            Operation::SyncFolder => !Bug::NoFolderSync.is_planted(),
            _ => true,
        });
        let after = self.clone();
        Plan {
            steps: vec![Step { operations, after }],
        }
    }

    pub(super) fn header(&self, sequence: u64, closed: bool) -> Header {
        Header {
            id: self.id,
            generation: self.generation,
            sequence,
            closed,
            snapshot: self.snapshot,
            end: self.end,
            chain: self.chain,
            room: self.room,
        }
    }

    /// The version of the format that is written.
    #[must_use]
    pub const fn version() -> u8 {
        VERSION
    }

    /// What tells this store from every other.
    #[must_use]
    pub const fn id(&self) -> [u8; 16] {
        self.id
    }

    /// How many snapshots were written before this one, and one.
    #[must_use]
    pub const fn generation(&self) -> u64 {
        self.generation
    }

    /// Whether a wait for the disk failed, so that nobody knows what is on it. Nothing is planned any
    /// more until the file is opened anew.
    #[must_use]
    pub const fn is_refused(&self) -> bool {
        self.refused
    }

    /// Appends the changes of one commit. When the plan is carried out, they are on the disk.
    ///
    /// # Errors
    ///
    /// `io` when a wait for the disk [has failed](Journal::is_refused); `invalid_value` when the changes do
    /// not [fit](Journal::fits).
    pub fn commit(&self, changes: &[u8]) -> Result<Plan, Error> {
        Ok(self.plan_commit(changes)?)
    }

    pub(crate) fn plan_commit(&self, changes: &[u8]) -> Result<Plan, JournalFault> {
        self.check()?;
        if !Self::fits(changes.len()) {
            return Err(JournalFault::TooLarge(changes.len()));
        }
        let mut plan = Plan::default();
        if changes.is_empty() {
            return Ok(plan);
        }
        plan.then(self, Self::fence);
        if self.name_pending && !Bug::NoNameSync.is_planted() {
            plan.then(self, Self::sync_name);
        }
        // Before there is room: only an open file may be longer than a slot says.
        if self.marked != Marked::Open && !Bug::NotMarkedOpen.is_planted() {
            plan.then(self, Self::mark_open);
        }
        let len = frame::len(changes.len()) as u64;
        if self.end + len > self.room {
            plan.then(self, |journal| journal.take_room(len));
            plan.then(self, Self::note_room);
        }
        plan.then(self, |journal| journal.append(changes));
        Ok(plan)
    }

    pub(crate) fn check(&self) -> Result<(), JournalFault> {
        if self.refused {
            Err(JournalFault::Unsure)
        } else {
            Ok(())
        }
    }

    /// The owner before may have been killed after a rename, so that a power cut would bring back what the
    /// file was before that.
    fn sync_name(&self) -> Step {
        Step {
            operations: vec![Operation::SyncFolder],
            after: Self {
                name_pending: false,
                ..self.clone()
            },
        }
    }

    /// Zeros for the next frames, waited for before a slot counts on them.
    fn take_room(&self, len: u64) -> Step {
        let more = self.frames_len().clamp(LEAST_ROOM, MOST_ROOM);
        let room = (self.end + len + more).next_multiple_of(4096);
        let room = room.max(self.grown);
        let zeros = usize::try_from(room - self.room).unwrap_or(0);
        let write = Operation::Write {
            at: self.room,
            bytes: vec![0; zeros],
        };
        let mut operations = vec![write, Operation::Sync];
        if Bug::RoomWithoutSync.is_planted() {
            operations.pop();
        }
        Step {
            operations,
            after: Self {
                room,
                grown: room,
                slot_pending: false,
                ..self.clone()
            },
        }
    }

    /// Says that frames may follow, before the first of them.
    fn mark_open(&self) -> Step {
        let mut step = self.write_slot(false);
        if !Bug::MarkedOpenWithoutSync.is_planted() {
            step.operations.push(Operation::Sync);
        }
        step.after.slot_pending = false;
        step
    }

    /// Says how much room there is. If this is lost, the slot before still holds.
    fn note_room(&self) -> Step {
        self.write_slot(false)
    }

    fn write_slot(&self, closed: bool) -> Step {
        let next = u64::from(!Bug::OneSlot.is_planted());
        let header = self.header(self.sequence + next, closed);
        let mut operations = Vec::with_capacity(3);
        if self.slot_pending {
            // Both slots must not be on their way at once.
            operations.push(Operation::Sync);
        }
        operations.push(Operation::Write {
            at: header.at(),
            bytes: header.write(),
        });
        Step {
            operations,
            after: Self {
                sequence: header.sequence,
                marked: if closed { Marked::Closed } else { Marked::Open },
                slot_pending: true,
                ..self.clone()
            },
        }
    }

    fn append(&self, changes: &[u8]) -> Step {
        let seed = seed(&self.id, self.generation);
        let (bytes, sum) = frame::write(changes, self.chain, seed);
        let end = self.end + bytes.len() as u64;
        let write = Operation::Write {
            at: self.end,
            bytes,
        };
        let mut operations = vec![write, Operation::Sync];
        if Bug::CommitWithoutSync.is_planted() {
            operations.pop();
        }
        if Bug::SyncBeforeWrite.is_planted() {
            operations.reverse();
        }
        Step {
            operations,
            after: Self {
                end,
                last: self.end,
                chain: sum,
                slot_pending: false,
                touched: self.touched.max(end),
                ..self.clone()
            },
        }
    }

    /// Writes a new snapshot in the place of the old one and its frames.
    ///
    /// # Errors
    ///
    /// `io` when a wait for the disk [has failed](Journal::is_refused).
    pub fn compact(&self, snapshot: &[u8]) -> Result<Plan, Error> {
        Ok(self.plan_compact(snapshot)?)
    }

    pub(crate) fn plan_compact(&self, snapshot: &[u8]) -> Result<Plan, JournalFault> {
        self.check()?;
        let journal = Self::holding(self.id, self.generation + 1, snapshot);
        let mut plan = Plan::default();
        plan.then(self, Self::fence);
        plan.steps.append(&mut journal.put_in_place(snapshot).steps);
        if Bug::CompactedInPlace.is_planted() {
            for step in &mut plan.steps {
                if let Some(Operation::WriteBeside(bytes)) = step.operations.first() {
                    let (bytes, len) = (bytes.clone(), bytes.len() as u64);
                    step.operations = vec![
                        Operation::Write { at: 0, bytes },
                        Operation::SetLen(len),
                        Operation::Sync,
                    ];
                }
            }
        }
        Ok(plan)
    }

    /// Says that this is all, so that a file that lost something is told from one that was not closed. After
    /// a wait for the disk has failed, there is nothing to say.
    pub fn close(&self) -> Plan {
        let mut plan = Plan::default();
        if self.refused || self.marked == Marked::Closed {
            return plan;
        }
        plan.then(self, Self::fence);
        if self.touched > self.end {
            plan.then(self, Self::clean);
        }
        if self.grown > self.room {
            plan.then(self, Self::shrink);
        }
        // The second slot goes the same way, so that damage to one of them hides nothing.
        for _ in 0..2 {
            plan.then(self, |journal| {
                let mut step = journal.write_slot(true);
                step.operations.push(Operation::Sync);
                step.after.slot_pending = false;
                step
            });
        }
        plan
    }

    /// Zeros in the place of what a failed plan may have left, or what a crash tore.
    pub(super) fn clean(&self) -> Step {
        let dirty = usize::try_from(self.touched - self.end).unwrap_or(0);
        let mut operations = Vec::with_capacity(2);
        if dirty > 0 && !Bug::TornTailKept.is_planted() {
            operations.push(Operation::Write {
                at: self.end,
                bytes: vec![0; dirty],
            });
        }
        operations.push(Operation::Sync);
        Step {
            operations,
            after: Self {
                touched: self.end,
                slot_pending: false,
                ..self.clone()
            },
        }
    }

    /// Takes back what a failed plan may have made the file grow.
    fn shrink(&self) -> Step {
        Step {
            operations: vec![Operation::SetLen(self.room), Operation::Sync],
            after: Self {
                grown: self.room,
                slot_pending: false,
                ..self.clone()
            },
        }
    }
}
