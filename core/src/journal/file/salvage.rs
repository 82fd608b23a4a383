//! What is still readable in a damaged file.

use std::ops::Range;

use super::checksum::{checksum, seed};
use super::frame;
use super::header::{BODY, Header};
use super::open::dirty_len;

/// The readable parts of a file.
#[derive(Clone, Debug)]
pub(crate) struct Salvaged {
    pub(crate) snapshot: Range<usize>,
    /// Whether the snapshot is as it was written.
    pub(crate) sound: bool,
    /// The changes of the commits that are as they were written.
    pub(crate) frames: Vec<Range<usize>>,
    /// The bytes that hold no commit though they should, or might.
    pub(crate) lost: Vec<Range<usize>>,
}

/// Looks through a file; none if nothing tells where anything lies.
pub(crate) fn salvage(bytes: &[u8]) -> Option<Salvaged> {
    let headers = Header::newest(bytes).ok().into_iter();
    let mut found: Vec<Salvaged> = headers
        .chain(Header::guesses(bytes))
        .filter_map(|header| by_header(bytes, &header))
        .collect();
    // A guess that leads to nothing sound is no better than none.
    found.retain(|salvaged| salvaged.sound || !salvaged.frames.is_empty());
    let best = found
        .iter()
        .enumerate()
        .max_by_key(|(place, found)| (found.sound, found.frames.len(), usize::MAX - place));
    let (place, _) = best?;
    Some(found.swap_remove(place))
}

fn by_header(bytes: &[u8], header: &Header) -> Option<Salvaged> {
    let seed = seed(&header.id, header.generation);
    let start = usize::try_from(BODY).ok()?;
    let end = start.checked_add(usize::try_from(header.snapshot.len).ok()?)?;
    let frames_at = usize::try_from(header.snapshot.frames_at()?).ok()?;
    let snapshot = start..end.min(bytes.len());
    let whole = bytes.get(start..end);
    let mut salvaged = Salvaged {
        snapshot,
        sound: whole.is_some_and(|content| checksum(content, seed) == header.snapshot.sum),
        frames: Vec::new(),
        lost: Vec::new(),
    };
    let mut at = frames_at;
    let mut chain = header.snapshot.sum;
    loop {
        let next = match frame::read(bytes, at, seed) {
            Some(found) => Some((at, found)),
            None => frame::next(bytes, at..bytes.len(), seed),
        };
        let Some((place, found)) = next else { break };
        if place > at || found.previous != chain {
            salvaged.lost.push(at..place);
        }
        salvaged.frames.push(found.payload);
        at = found.end;
        chain = found.sum;
    }
    let rest = bytes.get(at..).unwrap_or_default();
    let known_end = usize::try_from(header.end).unwrap_or(usize::MAX);
    if let Some(dirty) = dirty_len(rest) {
        salvaged.lost.push(at..at + dirty);
    } else if at < known_end {
        salvaged.lost.push(at..known_end);
    }
    Some(salvaged)
}
