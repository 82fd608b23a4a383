//! How long a journal is, and when a new snapshot is worth writing.

use super::frame;
use super::journal::Journal;

impl Journal {
    /// The bytes of all frames.
    #[must_use]
    pub fn frames_len(&self) -> u64 {
        self.end - self.snapshot.frames_at().unwrap_or(self.end)
    }

    /// Whether the frames have outgrown the snapshot, so that a new one is worth writing.
    #[must_use]
    pub fn is_long(&self) -> bool {
        self.frames_len() > self.worth
    }

    /// Whether they have after a commit of changes of that length.
    #[must_use]
    pub fn is_long_after(&self, len: usize) -> bool {
        self.frames_len() + frame::len(len) as u64 > self.worth
    }

    /// Whether changes of that length fit into a frame; larger ones are [written as a
    /// snapshot](Journal::compact).
    #[must_use]
    pub const fn fits(len: usize) -> bool {
        len <= frame::MOST
    }
}
