//! Mistakes that tests plant, to see that they are caught.
//!
//! Without the cargo feature `planted`, which only tests turn on, none can be planted and nothing of
//! this is in the program.

/// A mistake.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(
    not(feature = "planted"),
    expect(unreachable_pub, reason = "tests alone name it")
)]
#[cfg_attr(
    not(feature = "files"),
    expect(dead_code, reason = "some can only be made where files are")
)]
pub enum Bug {
    /// A frame is not waited for.
    CommitWithoutSync,
    /// A frame is waited for before it is written.
    SyncBeforeWrite,
    /// A commit is acknowledged when its first operation is done, and the rest is left.
    AcknowledgedEarly,
    /// A new file takes its name before it is on the disk.
    RenameWithoutSync,
    /// A new name is not waited for.
    NoFolderSync,
    /// The next owner does not wait for the name that a killed one gave.
    NoNameSync,
    /// A new snapshot is written over the old one.
    CompactedInPlace,
    /// Frames are read without looking at their checksums.
    FrameUnchecked,
    /// Frames are read without looking at the one before.
    ChainUnchecked,
    /// The checksum of a frame leaves out its last byte.
    FrameSumShort,
    /// The snapshot is read without looking at its checksum.
    SnapshotUnchecked,
    /// Frames are written into a file that says that it is closed.
    NotMarkedOpen,
    /// The first frame does not wait for the slot that says "open".
    MarkedOpenWithoutSync,
    /// Both headers go into the same slot.
    OneSlot,
    /// A slot that is not readable is not looked at.
    LaterSlotIgnored,
    /// Room is counted on before it is on the disk.
    RoomWithoutSync,
    /// What a crash left of a commit stays.
    TornTailKept,
    /// What a crash left of a commit is cut off, and more with it.
    TornTailTooLong,
    /// A closed file may hold fewer commits than it says.
    EndUnchecked,
    /// Zeros behind the last commit are not looked at.
    RestUnchecked,
    /// A failed wait for the disk is tried again.
    SyncRetried,
    /// After a failed write, the next frame goes behind it.
    FailedWriteSkipped,
    /// Changes are forgotten before they are written.
    ForgottenEarly,
    /// Changes are written a second time.
    WrittenTwice,
    /// A failed change of `Durability::Immediate` stays in memory.
    NotRolledBack,
    /// A batch is written as two frames.
    BatchInHalves,
}

#[cfg(feature = "planted")]
mod cell {
    use std::cell::Cell;

    use super::Bug;

    thread_local! {
        static PLANTED: Cell<Option<Bug>> = const { Cell::new(None) };
    }

    impl Bug {
        /// All of them.
        pub const ALL: [Self; 26] = [
            Self::CommitWithoutSync,
            Self::SyncBeforeWrite,
            Self::AcknowledgedEarly,
            Self::RenameWithoutSync,
            Self::NoFolderSync,
            Self::NoNameSync,
            Self::CompactedInPlace,
            Self::FrameUnchecked,
            Self::ChainUnchecked,
            Self::FrameSumShort,
            Self::SnapshotUnchecked,
            Self::NotMarkedOpen,
            Self::MarkedOpenWithoutSync,
            Self::OneSlot,
            Self::LaterSlotIgnored,
            Self::RoomWithoutSync,
            Self::TornTailKept,
            Self::TornTailTooLong,
            Self::EndUnchecked,
            Self::RestUnchecked,
            Self::SyncRetried,
            Self::FailedWriteSkipped,
            Self::ForgottenEarly,
            Self::WrittenTwice,
            Self::NotRolledBack,
            Self::BatchInHalves,
        ];

        /// Plants a mistake, or none, in this thread.
        pub fn plant(bug: Option<Self>) {
            PLANTED.set(bug);
        }

        #[inline]
        pub(crate) fn is_planted(self) -> bool {
            PLANTED.get() == Some(self)
        }
    }
}

#[cfg(not(feature = "planted"))]
impl Bug {
    #[inline]
    pub(crate) const fn is_planted(self) -> bool {
        let _ = self;
        false
    }
}
