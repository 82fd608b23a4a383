//! Reading a file: all that it holds, or what is wrong with it and where.

use std::ops::Range;

use super::checksum::{checksum, seed};
use super::header::{BODY, Header};
use super::journal::{FEW, Journal, Marked};
use super::plan::Plan;
use super::{frame, header};
use crate::Error;
use crate::journal::fault::JournalFault;
use crate::journal::planted::Bug;

/// What a file holds.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Opened {
    /// What its owner appends with.
    pub journal: Journal,
    /// Where the snapshot lies.
    pub snapshot: Range<usize>,
    /// Where the changes of each commit lie, in their order.
    pub frames: Vec<Range<usize>>,
    /// What a crash left of a commit that was not whole.
    pub truncated_tail: Option<TruncatedTail>,
    /// Whether the file was closed by its owner.
    pub closed: bool,
}

/// What a crash left behind the last whole commit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct TruncatedTail {
    /// The byte that it begins at.
    pub at: u64,
    /// Its length in bytes.
    pub len: u64,
}

impl Opened {
    /// What an owner has to do before it appends: zeros over a truncated tail, and a wait for what
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
    let len = bytes.len() as u64;
    if len < header.room || (header.closed && len != header.room) {
        return Err(damaged("the end of the file", bytes.len()));
    }
    let mut at = frames_at;
    let mut last = at;
    let mut chain = header.snapshot.sum;
    let mut frames = Vec::new();
    let known_end = usize::try_from(header.end).unwrap_or(usize::MAX);
    let mut reached = at == known_end && chain == header.chain;
    let follows =
        |found: &frame::Found, chain| found.previous == chain || Bug::ChainUnchecked.is_planted();
    while let Some(found) = frame::read(bytes, at, seed).filter(|found| follows(found, chain)) {
        frames.push(found.payload);
        last = at;
        at = found.end;
        chain = found.sum;
        reached |= at == known_end && chain == header.chain;
    }
    // What a slot says is on the disk has to be there.
    if !reached && !Bug::EndUnchecked.is_planted() {
        return Err(damaged("a commit", at));
    }
    let rest = bytes.get(at..).unwrap_or_default();
    let dirty = dirty_len(rest);
    if let Some(dirty) = dirty.filter(|_| !Bug::RestUnchecked.is_planted()) {
        if header.closed {
            return Err(damaged("what follows the last commit", at));
        }
        // A frame is written when all before it are on the disk, so that none follows a torn one.
        if frame::next(bytes, at..at + dirty, seed).is_some() {
            return Err(damaged("a commit", at));
        }
    }
    if header.closed && at != known_end && !Bug::EndUnchecked.is_planted() {
        return Err(damaged("a commit behind the last one", known_end));
    }
    if dirty.is_some() && Bug::TornTailTooLong.is_planted() {
        frames.pop();
    }
    let truncated_tail = dirty.map(|len| TruncatedTail {
        at: at as u64,
        len: len as u64,
    });
    let journal = Journal {
        last: last as u64,
        chain,
        ..journal(&header, at as u64, bytes.len() as u64, truncated_tail)
    };
    Ok(Opened {
        journal,
        snapshot,
        frames,
        truncated_tail,
        closed: header.closed,
    })
}

/// How many bytes there are up to the last one that is not zero.
pub(super) fn dirty_len(bytes: &[u8]) -> Option<usize> {
    const ZEROS: [u8; 512] = [0; 512];
    // Compared a piece at a time, which is as fast as memory is.
    let clean = |piece: &[u8]| ZEROS.get(..piece.len()) == Some(piece);
    let place = bytes.chunks(ZEROS.len()).rposition(|piece| !clean(piece))?;
    let piece = bytes.chunks(ZEROS.len()).nth(place)?;
    let last = piece.iter().rposition(|&byte| byte != 0)?;
    Some(place * ZEROS.len() + last + 1)
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
    let sound = checksum(content, seed) == header.snapshot.sum;
    let sound = sound || Bug::SnapshotUnchecked.is_planted();
    if !sound || padding.iter().any(|&byte| byte != 0) {
        return Err(fault());
    }
    Ok((start..start + len, frames_at))
}

fn journal(header: &Header, end: u64, len: u64, truncated_tail: Option<TruncatedTail>) -> Journal {
    Journal {
        id: header.id,
        generation: header.generation,
        sequence: header.sequence,
        snapshot: header.snapshot,
        end,
        last: end,
        chain: header.chain,
        room: len,
        grown: len,
        touched: truncated_tail.map_or(end, |tail| tail.at + tail.len),
        marked: if header.closed {
            Marked::Closed
        } else {
            Marked::Open
        },
        // The owner before may have been killed while it waited.
        slot_pending: true,
        name_pending: true,
        refused: false,
        worth: header.snapshot.len.max(FEW),
    }
}
