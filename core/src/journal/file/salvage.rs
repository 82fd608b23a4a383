//! What is still readable in a damaged file.

use std::ops::Range;

use super::checksum::{checksum, seed};
use super::frame;
use super::header::{BODY, Header};
use super::open::dirty_len;

/// The readable parts of a damaged file.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Salvaged {
    /// Where the snapshot lies, as far as it is there.
    pub snapshot: Range<usize>,
    /// Whether the snapshot is not as it was written.
    pub snapshot_damaged: bool,
    /// Where the changes of each commit lie that is as it was written.
    pub frames: Vec<Range<usize>>,
    /// The bytes that hold no commit though they should, or might.
    pub lost: Vec<Range<usize>>,
}

impl Salvaged {
    /// The commits that come before every damage.
    #[must_use]
    pub fn before_damage(&self) -> &[Range<usize>] {
        let damage = if self.snapshot_damaged {
            0
        } else {
            self.lost.first().map_or(usize::MAX, |lost| lost.start)
        };
        let whole = self.frames.partition_point(|frame| frame.start < damage);
        self.frames.get(..whole).unwrap_or_default()
    }
}

/// Looks through a damaged file; none if nothing tells where anything lies.
#[must_use]
pub fn salvage(bytes: &[u8]) -> Option<Salvaged> {
    let sure = Header::newest(bytes).ok();
    let sure = sure.and_then(|header| by_header(bytes, &header));
    // A guess that leads to nothing sound is no better than none.
    let guesses = Header::guesses(bytes)
        .filter_map(|header| by_header(bytes, &header))
        .filter(|salvaged| !salvaged.snapshot_damaged || !salvaged.frames.is_empty());
    let mut found: Vec<Salvaged> = sure.into_iter().chain(guesses).collect();
    let best = found.iter().enumerate().max_by_key(|(place, found)| {
        (
            !found.snapshot_damaged,
            found.frames.len(),
            usize::MAX - place,
        )
    });
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
        snapshot_damaged: whole
            .is_none_or(|content| checksum(content, seed) != header.snapshot.sum),
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
