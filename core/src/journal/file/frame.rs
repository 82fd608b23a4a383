//! A frame: the changes of one commit between checksums.

use std::ops::Range;

use super::checksum::checksum;
use crate::journal::planted::Bug;

/// The bytes before the changes: checksum, length, the length inverted, checksum of the frame before.
const HEAD: usize = 24;

/// Where a frame lies, and what the next one refers to.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub(super) payload: Range<usize>,
    /// The checksum of the frame before.
    pub(super) previous: u64,
    pub(super) sum: u64,
    pub(super) end: usize,
}

/// The most bytes of changes in a frame. What is larger is written as a new snapshot.
pub(super) const MOST: usize = 1 << 28;

/// The bytes that a frame takes.
pub(super) const fn len(payload: usize) -> usize {
    HEAD + payload.next_multiple_of(8)
}

/// The frame, and its checksum.
pub(super) fn write(payload: &[u8], previous: u64, seed: u64) -> (Vec<u8>, u64) {
    let mut frame = Vec::with_capacity(len(payload.len()));
    let short = u32::try_from(payload.len()).expect("larger changes are not a frame");
    frame.extend_from_slice(&[0; 8]);
    frame.extend_from_slice(&short.to_le_bytes());
    frame.extend_from_slice(&(!short).to_le_bytes());
    frame.extend_from_slice(&previous.to_le_bytes());
    frame.extend_from_slice(payload);
    frame.resize(len(payload.len()), 0);
    let (place, content) = frame.split_at_mut(8);
    let sum = content_sum(content, seed);
    place.copy_from_slice(&sum.to_le_bytes());
    (frame, sum)
}

fn content_sum(content: &[u8], seed: u64) -> u64 {
    let left_out = usize::from(Bug::FrameSumShort.is_planted());
    let covered = content.len().saturating_sub(left_out);
    checksum(content.get(..covered).unwrap_or_default(), seed)
}

/// The frame at a place, if a whole one lies there.
pub(super) fn read(bytes: &[u8], at: usize, seed: u64) -> Option<Found> {
    let rest = bytes.get(at..)?;
    let sum = u64::from_le_bytes(*rest.first_chunk()?);
    let short = u32::from_le_bytes(*rest.get(8..)?.first_chunk()?);
    let inverted = u32::from_le_bytes(*rest.get(12..)?.first_chunk()?);
    let payload = usize::try_from(short).ok()?;
    if short != !inverted || payload == 0 || payload > MOST {
        return None;
    }
    let content = rest.get(8..len(payload))?;
    if content_sum(content, seed) != sum && !Bug::FrameUnchecked.is_planted() {
        return None;
    }
    let start = at + HEAD;
    Some(Found {
        payload: start..start + payload,
        previous: u64::from_le_bytes(*content.get(8..)?.first_chunk()?),
        sum,
        end: at + len(payload),
    })
}

/// The first whole frame that begins in a range, behind its start.
pub(super) fn next(bytes: &[u8], range: Range<usize>, seed: u64) -> Option<(usize, Found)> {
    let mut places = range.step_by(8).skip(1);
    places.find_map(|at| Some((at, read(bytes, at, seed)?)))
}
