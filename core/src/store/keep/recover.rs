//! What is still readable in a damaged file, as a new store.

use std::ops::Range;
use std::path::Path;
use std::time::Duration;

use super::fault::FileFault;
use super::reader::Readable;
use crate::Error;
use crate::error::ErrorCode;
use crate::journal::{
    Disk, Owner, StorageBackend as _, apply_changes, salvage, store_id, write_snapshot,
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
    let (damaged, new) = (damaged.as_ref(), new.as_ref());
    let owned = |path| {
        let disk = Disk::owned(path, Duration::ZERO);
        disk.map_err(|fault| FileFault::disk(path, fault))
    };
    let old = owned(damaged)?;
    let bytes = old.bytes().map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => FileFault::not_there(damaged),
        _ => FileFault::io(damaged, error),
    })?;
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
    let mut disk = owned(new)?;
    let there = disk.read().map_err(|error| FileFault::io(new, error))?;
    if there.is_some() {
        let error = std::io::ErrorKind::AlreadyExists.into();
        return Err(FileFault::io(new, error).into());
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
