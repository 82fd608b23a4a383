//! A journal and its storage backend.

use std::{fmt, io};

use super::StorageBackend;
use super::lost::Lost;
use crate::error::{ErrorCode, Fault};
use crate::journal::fault::JournalFault;
use crate::journal::file::{self, Journal, Opened, Operation, Plan};
use crate::journal::planted::Bug;

/// What an owner cannot do.
#[derive(Debug)]
pub(crate) enum OwnerFault {
    /// An operation failed.
    Operation {
        operation: &'static str,
        error: io::Error,
    },
    /// The file is not this owner's any more, or not as it was left.
    Fence(io::Error),
    Bytes(JournalFault),
}

impl OwnerFault {
    /// Whether it is a store, of which some bytes are not as they were written.
    pub(crate) const fn is_damage(&self) -> bool {
        matches!(
            self,
            Self::Bytes(JournalFault::Damaged { .. } | JournalFault::Refused { .. })
        )
    }
}

impl From<JournalFault> for OwnerFault {
    fn from(fault: JournalFault) -> Self {
        Self::Bytes(fault)
    }
}

impl Fault for OwnerFault {
    fn code(&self) -> ErrorCode {
        match self {
            Self::Operation { error, .. } | Self::Fence(error) => io_code(error),
            Self::Bytes(fault) => fault.code(),
        }
    }
}

impl fmt::Display for OwnerFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Operation { operation, error } => write!(f, "{operation} failed: {error}"),
            Self::Fence(error) => error.fmt(f),
            Self::Bytes(fault) => fault.fmt(f),
        }
    }
}

/// The code of what an operating system answered.
pub(crate) fn io_code(error: &io::Error) -> ErrorCode {
    let lost = error
        .get_ref()
        .and_then(|error| error.downcast_ref::<Lost>());
    if let Some(lost) = lost {
        return lost.code();
    }
    match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => ErrorCode::StorageFull,
        _ => ErrorCode::Io,
    }
}

/// What was read of a file.
#[derive(Debug)]
pub(crate) struct Read {
    pub(crate) bytes: Vec<u8>,
    pub(crate) opened: Opened,
}

/// A file that is appended to.
#[derive(Debug)]
pub(crate) struct Owner {
    journal: Journal,
    backend: Box<dyn StorageBackend>,
}

impl Owner {
    /// Reads a file; none if there is none. One of an older format is upgraded, in its place if this is
    /// its owner.
    pub(crate) fn read(
        backend: &mut dyn StorageBackend,
        read_only: bool,
    ) -> Result<Option<Read>, OwnerFault> {
        let bytes = backend.read().map_err(|error| OwnerFault::Operation {
            operation: "reading the file",
            error,
        })?;
        let Some(bytes) = bytes else {
            return Ok(None);
        };
        let bytes = upgraded(backend, bytes, file::STEPS, read_only)?;
        let opened = file::read(&bytes)?;
        Ok(Some(Read { bytes, opened }))
    }

    /// Makes a file.
    pub(crate) fn create(
        backend: Box<dyn StorageBackend>,
        id: [u8; 16],
        snapshot: &[u8],
    ) -> Result<Self, OwnerFault> {
        let (journal, plan) = Journal::create(id, snapshot);
        let mut owner = Self { journal, backend };
        owner.run(plan)?;
        Ok(owner)
    }

    /// Takes a file that was read, and repairs what a crash left.
    pub(crate) fn take(
        backend: Box<dyn StorageBackend>,
        opened: Opened,
    ) -> Result<Self, OwnerFault> {
        let plan = opened.repair();
        let journal = opened.journal;
        let mut owner = Self { journal, backend };
        owner.run(plan)?;
        Ok(owner)
    }

    pub(crate) fn check(&self) -> Result<(), OwnerFault> {
        Ok(self.journal.check()?)
    }

    /// Whether a new snapshot is worth writing.
    pub(crate) fn is_long(&self) -> bool {
        self.journal.is_long()
    }

    /// Makes changes durable. `snapshot` gives all that the store holds, for changes that are too large
    /// for a frame.
    pub(crate) fn commit(
        &mut self,
        changes: &[u8],
        snapshot: impl FnOnce() -> Vec<u8>,
    ) -> Result<(), OwnerFault> {
        if !Journal::fits(changes.len()) {
            return self.compact(&snapshot());
        }
        let plan = self.journal.plan_commit(changes)?;
        self.run(plan)
    }

    pub(crate) fn compact(&mut self, snapshot: &[u8]) -> Result<(), OwnerFault> {
        let plan = self.journal.plan_compact(snapshot)?;
        self.run(plan)
    }

    pub(crate) fn close(&mut self) -> Result<(), OwnerFault> {
        self.check()?;
        let plan = self.journal.close();
        self.run(plan)
    }

    fn run(&mut self, plan: Plan) -> Result<(), OwnerFault> {
        let mut done = 0;
        let mut result = Ok(());
        for operation in plan.operations() {
            result = carry_out(&mut *self.backend, operation);
            if result.is_err() {
                break;
            }
            done += 1;
            if Bug::AcknowledgedEarly.is_planted() {
                done = plan.operations().count();
                break;
            }
        }
        self.journal.complete(plan, done);
        result
    }
}

/// The bytes in the present format. Those of an older one are copied aside, then replaced in one step.
fn upgraded(
    backend: &mut dyn StorageBackend,
    bytes: Vec<u8>,
    steps: &[file::UpgradeStep],
    read_only: bool,
) -> Result<Vec<u8>, OwnerFault> {
    let Some((version, upgraded)) = file::upgrade(&bytes, steps)? else {
        return Ok(bytes);
    };
    // What it became has to be readable before anything is replaced by it.
    file::read(&upgraded)?;
    if !read_only {
        let operations = [
            Operation::CopyAside(version),
            Operation::WriteBeside(upgraded.clone()),
            Operation::SyncBeside,
            Operation::Rename,
            Operation::SyncFolder,
        ];
        for operation in &operations {
            carry_out(backend, operation)?;
        }
    }
    Ok(upgraded)
}

fn carry_out(backend: &mut dyn StorageBackend, operation: &Operation) -> Result<(), OwnerFault> {
    let (operation, done) = match operation {
        Operation::Fence(fence) => return backend.fence(*fence).map_err(OwnerFault::Fence),
        Operation::Write { at, bytes } => ("writing", backend.write(*at, bytes)),
        Operation::SetLen(len) => ("cutting off", backend.set_len(*len)),
        Operation::Sync => ("waiting for the disk", backend.sync()),
        Operation::WriteBeside(bytes) => ("writing a new file", backend.write_beside(bytes)),
        Operation::SyncBeside => ("waiting for the disk", backend.sync_beside()),
        Operation::Rename => ("putting the new file in place", backend.rename()),
        Operation::SyncFolder => ("waiting for the disk", backend.sync_folder()),
        Operation::CopyAside(version) => ("copying the old file", backend.copy_aside(*version)),
    };
    done.map_err(|error| OwnerFault::Operation { operation, error })
}

#[cfg(test)]
mod tests {
    use super::upgraded;
    use crate::engine::Engine;
    use crate::error::{ErrorCode, Fault as _};
    use crate::journal::backend::{MemoryBackend, StorageBackend};
    use crate::journal::file::{self, Journal, with_version};
    use crate::journal::write_snapshot;

    /// A file of today, for which older versions stand that differ by their number only.
    fn today() -> Vec<u8> {
        let snapshot = write_snapshot(&Engine::default(), "UTC");
        let mut backend = MemoryBackend::new();
        let (_, plan) = Journal::create([5; 16], &snapshot);
        for operation in plan.operations() {
            super::carry_out(&mut backend, operation).unwrap();
        }
        backend.bytes()
    }

    #[expect(clippy::unnecessary_wraps, reason = "a step may fail")]
    fn from_zero(bytes: &[u8]) -> Option<Vec<u8>> {
        Some(with_version(bytes, 1))
    }

    #[test]
    fn an_older_file_is_copied_aside_and_replaced() {
        let old = with_version(&today(), 0);
        let mut backend = MemoryBackend::holding(old.clone());
        let steps: [file::UpgradeStep; 1] = [(0, from_zero)];
        let new = upgraded(&mut backend, old.clone(), &steps, false).unwrap();
        assert_eq!(new, today());
        assert_eq!(backend.bytes(), today());
        assert_eq!(backend.aside(), [(0, old)]);
        // What is of today stays as it is.
        let again = upgraded(&mut backend, new, &steps, false).unwrap();
        assert_eq!((again, backend.aside().len()), (today(), 1));
    }

    #[test]
    fn reading_only_upgrades_in_memory() {
        let old = with_version(&today(), 0);
        let mut backend = MemoryBackend::holding(old.clone());
        let steps: [file::UpgradeStep; 1] = [(0, from_zero)];
        let new = upgraded(&mut backend, old.clone(), &steps, true).unwrap();
        assert_eq!((new, backend.bytes()), (today(), old));
        assert!(backend.aside().is_empty());
    }

    #[test]
    fn an_older_file_that_cannot_be_upgraded_stays() {
        let old = with_version(&today(), 0);
        let mut backend = MemoryBackend::holding(old.clone());
        let damaging: [file::UpgradeStep; 1] = [(0, |_| Some(vec![7; 2_000]))];
        let failing: [file::UpgradeStep; 1] = [(0, |_| None)];
        for steps in [&[][..], &failing, &damaging] {
            let fault = upgraded(&mut backend, old.clone(), steps, false).unwrap_err();
            assert_eq!(fault.code(), ErrorCode::Corrupt);
            assert!(backend.read().unwrap() == Some(old.clone()) && backend.aside().is_empty());
        }
    }

    #[test]
    fn a_newer_file_is_refused() {
        let newer = with_version(&today(), 2);
        let fault = file::read(&newer).unwrap_err();
        assert_eq!(fault.code(), ErrorCode::NewerVersion);
        // One damaged slot does not hide it, and a damaged version is not a newer one.
        let mut damaged = newer;
        damaged[600] ^= 1;
        let fault = file::read(&damaged).unwrap_err();
        assert_eq!(fault.code(), ErrorCode::NewerVersion);
        let mut damaged = today();
        damaged[8] = 2;
        assert!(file::read(&damaged).is_ok());
    }
}
