//! What is still readable in a damaged file, as a new store.

use std::ops::Range;
use std::path::Path;

use super::super::StoreFault;
use super::reader::Readable;
use crate::Error;
use crate::error::ErrorCode;
use crate::journal::{
    Disk, Lock, LockFault, Medium as _, Owner, apply_changes, salvage, store_id, write_snapshot,
};

/// What [`recover`] found.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Recovery {
    /// The statistics in the new store.
    pub statistics: usize,
    /// The commits whose changes were taken over, apart from those in the snapshot.
    pub commits: usize,
    /// The commits that are readable but refer to what is lost.
    pub refused: usize,
    /// The bytes of the damaged file in which a commit is lost, or may be.
    pub lost: Vec<Range<u64>>,
    /// Whether the snapshot is damaged: its statistics were taken over as far as they could be read, and
    /// some may be wrong.
    pub snapshot_damaged: bool,
}

impl Recovery {
    /// Whether nothing was lost.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.refused == 0 && self.lost.is_empty() && !self.snapshot_damaged
    }
}

/// Writes what is readable in a damaged file into a new one, and tells what is not. The damaged file
/// stays as it is.
///
/// # Errors
///
/// `corrupt` when nothing is readable; `in_use` when somebody has one of the files; `io` when there is a
/// file of the new name already, and as [`StoreBuilder::open`](crate::StoreBuilder::open).
pub fn recover(damaged: impl AsRef<Path>, new: impl AsRef<Path>) -> Result<Recovery, Error> {
    let (mut old, _lock) = take(damaged.as_ref(), true)?;
    let bytes = old.read().map_err(|error| fault(damaged.as_ref(), error))?;
    let Some(bytes) = bytes else {
        return Err(StoreFault::NotThere(damaged.as_ref().display().to_string()).into());
    };
    let nothing = || Error::new(ErrorCode::Corrupt, "nothing in the file is readable");
    let found = salvage(&bytes).ok_or_else(nothing)?;
    let snapshot = Readable::of(&bytes, &found).ok_or_else(nothing)?;
    let mut engine = snapshot.engine;
    let (mut commits, mut refused) = (0, 0);
    for frame in found.frames {
        match apply_changes(&mut engine, bytes.get(frame).unwrap_or_default()) {
            Ok(_) => commits += 1,
            Err(_) => refused += 1,
        }
    }
    let (mut disk, _new_lock) = take(new.as_ref(), false)?;
    let there = disk.read().map_err(|error| fault(new.as_ref(), error))?;
    if there.is_some() {
        let error = std::io::ErrorKind::AlreadyExists.into();
        return Err(fault(new.as_ref(), error).into());
    }
    let written = write_snapshot(&engine, &snapshot.zone);
    Owner::create(Box::new(disk), store_id(), &written)?;
    let wide = |range: Range<usize>| range.start as u64..range.end as u64;
    Ok(Recovery {
        statistics: engine.len(),
        commits,
        refused,
        lost: found.lost.into_iter().map(wide).collect(),
        snapshot_damaged: snapshot.damaged,
    })
}

fn fault(path: &Path, error: std::io::Error) -> StoreFault {
    StoreFault::File {
        path: path.display().to_string(),
        error,
    }
}

fn take(path: &Path, read_only: bool) -> Result<(Disk, Lock), StoreFault> {
    let disk = Disk::new(path, read_only).map_err(|error| fault(path, error))?;
    let lock = Lock::take(disk.path()).map_err(|error| match error {
        LockFault::Io(error) => fault(path, error),
        LockFault::Held(process) => StoreFault::InUse {
            path: path.display().to_string(),
            process,
        },
    })?;
    Ok((disk, lock))
}
