//! What a storage backend is asked to do.

use super::Journal;

/// What the owner of a file has left in it, so that it can see whether that is still so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fence {
    /// A place.
    pub at: u64,
    /// The number of eight bytes at that place, which no other file has there.
    pub sum: u64,
    /// Where the next commit goes: the eight bytes there are zeros, or behind the end of the file. None
    /// if something was left there.
    pub end: Option<u64>,
}

/// One thing that a storage backend does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Operation {
    /// Looks whether the file is still that of its owner, who alone has written it.
    Fence(Fence),
    /// Writes bytes at a place; behind the end, the file grows.
    Write {
        /// The place.
        at: u64,
        /// The bytes.
        bytes: Vec<u8>,
    },
    /// Cuts the file off at a length.
    SetLen(u64),
    /// Waits until what was written is on the disk.
    Sync,
    /// Makes a second file beside the first, or empties the one that is there, and writes it.
    WriteBeside(Vec<u8>),
    /// Waits until the second file is on the disk.
    SyncBeside,
    /// Gives the second file the name of the first, which it replaces in one step.
    Rename,
    /// Waits until the names in the folder are on the disk.
    SyncFolder,
    /// Copies the file as it is to one that is named for this version, and waits until the copy is on the
    /// disk.
    CopyAside(u8),
}

/// Operations that belong together, and the journal once they are done.
#[derive(Clone, Debug)]
pub(super) struct Step {
    pub(super) operations: Vec<Operation>,
    pub(super) after: Journal,
}

/// Operations in their order. They are carried out one by one, and what came of it is told to
/// [`Journal::complete`].
#[derive(Clone, Debug, Default)]
#[must_use = "carry the operations out and complete the journal"]
pub struct Plan {
    pub(super) steps: Vec<Step>,
}

impl Plan {
    /// The operations.
    pub fn operations(&self) -> impl Iterator<Item = &Operation> {
        self.steps.iter().flat_map(|step| &step.operations)
    }

    /// Whether there is nothing to do.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.operations().next().is_none()
    }

    /// Appends a step that is planned for the journal as it is after the steps before.
    pub(super) fn then(&mut self, journal: &Journal, step: impl FnOnce(&Journal) -> Step) {
        let step = step(self.after(journal));
        self.steps.push(step);
    }

    /// The journal as it is after all steps.
    pub(super) fn after<'p>(&'p self, before: &'p Journal) -> &'p Journal {
        self.steps.last().map_or(before, |step| &step.after)
    }
}
