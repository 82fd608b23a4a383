//! Reading on in a file that its owner appends to.

use std::ops::Range;

use super::checksum::seed;
use super::frame;
use super::journal::Journal;

impl Journal {
    /// Where the next frame goes.
    #[must_use]
    pub const fn end(&self) -> u64 {
        self.end
    }

    /// Reads the frames that were appended since: `bytes` are those of the file from its
    /// [end](Journal::end) on. Tells where in them the changes of each commit lie. Where no whole frame
    /// follows, this is the end until the next call.
    pub fn follow(&mut self, bytes: &[u8]) -> Vec<Range<usize>> {
        let seed = seed(&self.id, self.generation);
        let mut frames = Vec::new();
        let mut at = 0;
        while let Some(found) = frame::read(bytes, at, seed)
            && found.previous == self.chain
        {
            frames.push(found.payload);
            self.last = self.end + at as u64;
            at = found.end;
            self.chain = found.sum;
        }
        self.end += at as u64;
        frames
    }

    /// Whether another one of the same file has come to the same place.
    #[must_use]
    pub fn is_level(&self, other: &Self) -> bool {
        self.id == other.id
            && self.generation == other.generation
            && self.end == other.end
            && self.chain == other.chain
    }
}

#[cfg(test)]
mod tests {
    use super::Journal;
    use crate::journal::file::{Operation, open};

    /// The bytes of a file after operations that were planned.
    fn carry_out(bytes: &mut Vec<u8>, journal: &mut Journal, plan: super::super::Plan) {
        let mut done = 0;
        for operation in plan.operations() {
            done += 1;
            match operation {
                Operation::WriteBeside(all) => bytes.clone_from(all),
                Operation::Write { at, bytes: written } => {
                    let at = usize::try_from(*at).unwrap();
                    bytes.resize(bytes.len().max(at + written.len()), 0);
                    bytes[at..at + written.len()].copy_from_slice(written);
                }
                _ => {}
            }
        }
        journal.complete(plan, done);
    }

    fn created() -> (Vec<u8>, Journal) {
        let (mut journal, plan) = Journal::create([3; 16], b"a snapshot");
        let mut bytes = Vec::new();
        carry_out(&mut bytes, &mut journal, plan);
        (bytes, journal)
    }

    #[test]
    fn a_reader_comes_to_where_the_owner_is() {
        let (mut bytes, mut owner) = created();
        let mut reader = open(&bytes).unwrap().journal;
        for round in 1_u8..4 {
            for one in 0..round {
                let plan = owner.commit(&[round, one]).unwrap();
                carry_out(&mut bytes, &mut owner, plan);
            }
            let end = usize::try_from(reader.end()).unwrap();
            assert!(!reader.is_level(&owner));
            let frames = reader.follow(&bytes[end..]);
            let read: Vec<_> = frames.into_iter().map(|at| &bytes[end..][at]).collect();
            let expected: Vec<_> = (0..round).map(|one| [round, one]).collect();
            assert_eq!(read, expected);
            assert!(reader.is_level(&owner));
            assert!(
                reader
                    .follow(&bytes[usize::try_from(reader.end()).unwrap()..])
                    .is_empty()
            );
        }
    }

    #[test]
    fn only_the_same_place_of_the_same_file_is_level() {
        let (_, journal) = created();
        let one = || journal.clone();
        assert!(journal.is_level(&one()));
        for other in [
            Journal {
                id: [4; 16],
                ..one()
            },
            Journal {
                generation: 2,
                ..one()
            },
            Journal {
                end: journal.end + 8,
                ..one()
            },
            Journal {
                chain: journal.chain + 1,
                ..one()
            },
        ] {
            assert!(!journal.is_level(&other), "{other:?}");
        }
    }

    #[test]
    fn a_closed_file_ends_in_zeros() {
        let (mut bytes, mut owner) = created();
        let plan = owner.commit(b"changes").unwrap();
        carry_out(&mut bytes, &mut owner, plan);
        let plan = owner.close();
        carry_out(&mut bytes, &mut owner, plan);
        assert!(open(&bytes).unwrap().closed);
        *bytes.last_mut().unwrap() = 1;
        assert!(open(&bytes).is_err());
    }

    #[test]
    fn a_frame_that_is_not_whole_or_follows_another_is_not_read() {
        let (mut bytes, mut owner) = created();
        let reader = open(&bytes).unwrap().journal;
        let plan = owner.commit(b"changes").unwrap();
        carry_out(&mut bytes, &mut owner, plan);
        let end = usize::try_from(reader.end()).unwrap();
        for cut in end..end + 32 {
            let mut one = reader.clone();
            assert!(one.follow(&bytes[end..cut]).is_empty());
            assert!(one.is_level(&reader));
        }
        let mut other = owner.clone();
        assert!(other.follow(&bytes[end..]).is_empty());
        // A file that was written anew is another one, wherever it ends.
        let (_, plan) = Journal::create([3; 16], b"a snapshot");
        let mut anew = Vec::new();
        let mut compacted = owner.clone();
        carry_out(&mut anew, &mut compacted, plan);
        let plan = owner.compact(b"a snapshot").unwrap();
        carry_out(&mut anew, &mut owner, plan);
        assert!(!reader.is_level(&open(&anew).unwrap().journal));
    }
}
