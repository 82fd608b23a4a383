//! Reading a file: all that it holds, or what is wrong with it and where.

use std::ops::Range;

use super::checksum::{checksum, seed};
use super::header::{BODY, Header};
use super::journal::{Journal, Marked};
use super::plan::Plan;
use super::{frame, header};
use crate::Error;
use crate::journal::fault::JournalFault;

/// What a file holds.
#[derive(Clone, Debug)]
pub struct Opened {
    /// What its owner appends with.
    pub journal: Journal,
    /// Where the snapshot lies.
    pub snapshot: Range<usize>,
    /// Where the changes of each commit lie, in their order.
    pub frames: Vec<Range<usize>>,
    /// What a crash left of a commit that was not whole.
    pub torn: Option<Torn>,
    /// Whether the file was closed by its owner.
    pub closed: bool,
}

/// What a crash left behind the last whole commit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Torn {
    /// The byte that it begins at.
    pub at: u64,
    /// Its length in bytes.
    pub len: u64,
}

impl Opened {
    /// What an owner has to do before it appends: zeros where something is torn, and a wait for what
    /// the owner before may not have waited for.
    pub fn repair(&self) -> Plan {
        let mut plan = Plan::default();
        if !self.closed {
            plan.then(&self.journal, Journal::clean);
        }
        plan
    }
}

fn damaged(what: &'static str, at: usize) -> JournalFault {
    JournalFault::Damaged { what, at }
}

/// Reads the bytes of a file.
///
/// # Errors
///
/// `corrupt` when they are not as they were written, with the place; `newer_version` when a later
/// release wrote them.
pub fn open(bytes: &[u8]) -> Result<Opened, Error> {
    Ok(read(bytes)?)
}

pub(crate) fn read(bytes: &[u8]) -> Result<Opened, JournalFault> {
    let header = Header::newest(bytes)?;
    let seed = seed(&header.id, header.generation);
    let (snapshot, frames_at) = snapshot(bytes, &header, seed)?;
    if (bytes.len() as u64) < header.room {
        return Err(damaged("the end of the file", bytes.len()));
    }
    let mut at = frames_at;
    let mut chain = header.snapshot.sum;
    let mut frames = Vec::new();
    let known_end = usize::try_from(header.end).unwrap_or(usize::MAX);
    let mut reached = at == known_end && chain == header.chain;
    while let Some(found) = frame::read(bytes, at, seed).filter(|found| found.previous == chain) {
        frames.push(found.payload);
        at = found.end;
        chain = found.sum;
        reached |= at == known_end && chain == header.chain;
    }
    // What a slot says is on the disk has to be there.
    if !reached {
        return Err(damaged("a commit", at));
    }
    let rest = bytes.get(at..).unwrap_or_default();
    let dirty = rest
        .iter()
        .rposition(|&byte| byte != 0)
        .map(|last| last + 1);
    if let Some(dirty) = dirty {
        if header.closed {
            return Err(damaged("what follows the last commit", at));
        }
        // A frame is written when all before it are on the disk, so that none follows a torn one.
        if frame::next(bytes, at, seed).is_some() {
            return Err(damaged("a commit", at));
        }
        debug_assert!(dirty <= rest.len());
    }
    if header.closed && at != known_end {
        return Err(damaged("a commit behind the last one", known_end));
    }
    let torn = dirty.map(|len| Torn {
        at: at as u64,
        len: len as u64,
    });
    let journal = journal(&header, at as u64, chain, bytes.len() as u64, torn);
    Ok(Opened {
        journal,
        snapshot,
        frames,
        torn,
        closed: header.closed,
    })
}

/// Where the snapshot lies, and where the frames begin.
fn snapshot(
    bytes: &[u8],
    header: &Header,
    seed: u64,
) -> Result<(Range<usize>, usize), JournalFault> {
    let fault = || damaged("the snapshot", header::SLOT * 2);
    let start = usize::try_from(BODY).map_err(|_| fault())?;
    let len = usize::try_from(header.snapshot.len).map_err(|_| fault())?;
    let frames_at = header.snapshot.frames_at().ok_or_else(fault)?;
    let frames_at = usize::try_from(frames_at).map_err(|_| fault())?;
    let padded = bytes.get(start..frames_at).ok_or_else(fault)?;
    let (content, padding) = padded.split_at_checked(len).ok_or_else(fault)?;
    if checksum(content, seed) != header.snapshot.sum || padding.iter().any(|&byte| byte != 0) {
        return Err(fault());
    }
    Ok((start..start + len, frames_at))
}

fn journal(header: &Header, end: u64, chain: u64, len: u64, torn: Option<Torn>) -> Journal {
    Journal {
        id: header.id,
        generation: header.generation,
        sequence: header.sequence,
        snapshot: header.snapshot,
        end,
        chain,
        room: len,
        touched: torn.map_or(end, |torn| torn.at + torn.len),
        marked: if header.closed {
            Marked::Closed
        } else {
            Marked::Open
        },
        // The owner before may have been killed while it waited.
        slot_pending: true,
        refused: false,
        worth: header.snapshot.len.max(1 << 20),
    }
}
