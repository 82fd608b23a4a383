//! The two slots at the start of a file, which say what lies behind them.

use super::checksum::checksum;
use super::foreign::foreign;
use crate::journal::fault::JournalFault;
use crate::journal::planted::Bug;

/// What a disk writes as a whole or not at all.
pub(super) const SLOT: usize = 512;
/// Where the snapshot begins: behind both slots.
pub(super) const BODY: u64 = 2 * SLOT as u64;

pub(super) const MAGIC: [u8; 8] = *b"trckstat";
pub(super) const VERSION: u8 = 1;
/// The checksum of a slot lies in its last bytes, in every version of the format.
const SUM: usize = SLOT - 8;

const OPEN: u8 = 0;
const CLOSED: u8 = 1;

/// What a slot says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Header {
    pub(super) id: [u8; 16],
    pub(super) generation: u64,
    pub(super) sequence: u64,
    pub(super) closed: bool,
    pub(super) snapshot: Snapshot,
    /// Where the frames ended when this was written, and the checksum of the last of them.
    pub(super) end: u64,
    pub(super) chain: u64,
    /// The length that the file has at least.
    pub(super) room: u64,
}

/// The length and the checksum of the snapshot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Snapshot {
    pub(super) len: u64,
    pub(super) sum: u64,
}

impl Snapshot {
    /// Where the frames begin: behind the snapshot, at a multiple of eight.
    pub(super) const fn frames_at(self) -> Option<u64> {
        match BODY.checked_add(self.len) {
            Some(end) => end.checked_next_multiple_of(8),
            None => None,
        }
    }
}

impl Header {
    /// Where the slot of this header lies. The newer one of two never overwrites the older one.
    pub(super) const fn at(&self) -> u64 {
        (self.sequence % 2) * SLOT as u64
    }

    /// Where the checksum of the snapshot lies in it.
    pub(super) const fn sum_at(&self) -> u64 {
        self.at() + 56
    }

    pub(super) fn write(&self) -> Vec<u8> {
        let mut slot = Vec::with_capacity(SLOT);
        slot.extend_from_slice(&MAGIC);
        slot.extend_from_slice(&[VERSION, if self.closed { CLOSED } else { OPEN }]);
        slot.resize(16, 0);
        slot.extend_from_slice(&self.id);
        let numbers = [
            self.generation,
            self.sequence,
            self.snapshot.len,
            self.snapshot.sum,
            self.end,
            self.chain,
            self.room,
        ];
        for number in numbers {
            slot.extend_from_slice(&number.to_le_bytes());
        }
        slot.resize(SUM, 0);
        let sum = checksum(&slot, self.sequence % 2);
        slot.extend_from_slice(&sum.to_le_bytes());
        slot
    }

    /// Reads one slot; none if it is not as it was written.
    fn read(slot: &[u8], number: u64) -> Option<Result<Self, JournalFault>> {
        let (content, sum) = slot.split_at_checked(SUM)?;
        if !content.starts_with(&MAGIC) || sum != checksum(content, number).to_le_bytes() {
            return None;
        }
        let version = *content.get(8)?;
        if version > VERSION {
            let known = VERSION;
            return Some(Err(JournalFault::Newer { version, known }));
        }
        let header = Self::fields(content)?;
        let whole = header.sequence % 2 == number && header.write() == slot;
        whole.then_some(Ok(header))
    }

    fn fields(content: &[u8]) -> Option<Self> {
        let number = |place: usize| {
            let bytes = content.get(32 + place * 8..)?.first_chunk()?;
            Some(u64::from_le_bytes(*bytes))
        };
        Some(Self {
            id: *content.get(16..)?.first_chunk()?,
            generation: number(0)?,
            sequence: number(1)?,
            closed: *content.get(9)? == CLOSED,
            snapshot: Snapshot {
                len: number(2)?,
                sum: number(3)?,
            },
            end: number(4)?,
            chain: number(5)?,
            room: number(6)?,
        })
    }

    /// The newer one of the slots that are readable.
    pub(super) fn newest(bytes: &[u8]) -> Result<Self, JournalFault> {
        let slot = |number: usize| bytes.get(number * SLOT..(number + 1) * SLOT);
        let read = |number: usize| {
            let header = slot(number).and_then(|slot| Self::read(slot, number as u64));
            header.transpose()
        };
        let damaged = |what| Err(JournalFault::Damaged { what, at: 0 });
        match (read(0)?, read(1)?) {
            (None, None) => match foreign(bytes) {
                Some(what) => Err(JournalFault::Foreign(what)),
                None => damaged("the header"),
            },
            (Some(one), None) | (None, Some(one)) => {
                // A slot that was torn as it was written is the next one at most. A later one is that of
                // a file of which the rest is older.
                let torn = usize::from(one.sequence % 2 == 0);
                let torn = slot(torn).and_then(Self::fields);
                if torn.is_some_and(|torn| torn.is_later_than_next(&one)) {
                    damaged("a header that belongs to the other one")
                } else {
                    Ok(one)
                }
            }
            (Some(even), Some(odd)) => {
                let (newer, older) = if even.sequence > odd.sequence {
                    (even, odd)
                } else {
                    (odd, even)
                };
                if newer.follows(&older) {
                    Ok(newer)
                } else {
                    damaged("a header that belongs to the other one")
                }
            }
        }
    }

    /// The version of the format that a file was written in, if a slot is readable.
    #[cfg(feature = "files")]
    pub(super) fn version_of(bytes: &[u8]) -> Option<u8> {
        let version = |number: usize| {
            let slot = bytes.get(number * SLOT..(number + 1) * SLOT)?;
            let (content, sum) = slot.split_at_checked(SUM)?;
            let sound = sum == checksum(content, number as u64).to_le_bytes();
            (sound && content.starts_with(&MAGIC)).then_some(*content.get(8)?)
        };
        version(0).max(version(1))
    }

    fn is_later_than_next(&self, other: &Self) -> bool {
        let next = (other.generation, other.sequence.saturating_add(1));
        (self.generation, self.sequence) > next && !Bug::LaterSlotIgnored.is_planted()
    }

    /// Whether this can have been written after the other, with nothing between them.
    fn follows(&self, older: &Self) -> bool {
        self.sequence - older.sequence == 1
            && self.id == older.id
            && self.generation == older.generation
            && self.snapshot == older.snapshot
            && self.end >= older.end
            && self.room >= older.room
    }

    /// What a damaged file still says of itself, unchecked: for reading what is left of it.
    pub(super) fn guesses(bytes: &[u8]) -> impl Iterator<Item = Self> + '_ {
        (0..2).filter_map(|number| Self::fields(bytes.get(number * SLOT..)?.first_chunk::<SLOT>()?))
    }
}

/// The file as if it were of another version: its slots say so, with checksums that are right.
#[cfg(all(test, feature = "files"))]
pub(crate) fn with_version(file: &[u8], version: u8) -> Vec<u8> {
    let mut file = file.to_vec();
    for number in 0..2 {
        let slot = &mut file[number * SLOT..(number + 1) * SLOT];
        slot[8] = version;
        let sum = checksum(&slot[..SUM], number as u64);
        slot[SUM..].copy_from_slice(&sum.to_le_bytes());
    }
    file
}

#[cfg(test)]
mod tests {
    use super::{Header, Snapshot};

    #[test]
    fn the_older_slot_claims_no_more_than_the_newer_one() {
        let snapshot = Snapshot { len: 8, sum: 5 };
        let older = Header {
            id: [3; 16],
            generation: 1,
            sequence: 6,
            closed: false,
            snapshot,
            end: 2_000,
            chain: 7,
            room: 4_096,
        };
        let newer = Header {
            sequence: 7,
            end: 3_000,
            ..older.clone()
        };
        let read = |older: &Header, newer: &Header| {
            let mut bytes = older.write();
            bytes.append(&mut newer.write());
            Header::newest(&bytes)
        };
        assert_eq!(read(&older, &newer).unwrap(), newer);
        for older in [
            Header {
                end: 3_008,
                ..older.clone()
            },
            Header {
                room: 8_192,
                ..older.clone()
            },
            Header {
                sequence: 4,
                ..older.clone()
            },
            Header {
                generation: 2,
                ..older.clone()
            },
            Header {
                id: [4; 16],
                ..older.clone()
            },
            Header {
                snapshot: Snapshot { len: 16, sum: 5 },
                ..older.clone()
            },
        ] {
            assert!(read(&older, &newer).is_err(), "{older:?}");
        }
    }
}
