//! Damaged files: an error or the same data, never other data.

use std::fmt;

use trackstats::journal::{self, MemoryBackend};
use trackstats::{Durability, Error, ErrorCode, Store};

use super::random::Random;
use super::workload::{Workload, carry_out, open, register};

/// What was tried.
#[derive(Clone, Copy, Debug, Default)]
pub struct Counts {
    /// Files with a bit flipped.
    pub flips: usize,
    /// Files changed in another way.
    pub mutations: usize,
    /// Those that opened with the same data.
    pub same: usize,
}

impl std::ops::AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.flips += other.flips;
        self.mutations += other.mutations;
        self.same += other.same;
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "damage: {} bits flipped, {} mutations, truncations and splices: silent wrong answers: 0 of {} \
             ({} opened with the same data, the others were corrupt)",
            self.flips,
            self.mutations,
            self.flips + self.mutations,
            self.same
        )
    }
}

/// A closed file of some kilobytes, and what it was before.
#[derive(Clone, Debug)]
pub struct Sample {
    /// The file.
    pub file: Vec<u8>,
    /// The file at earlier times, when it was closed.
    pub older: Vec<Vec<u8>>,
    /// The file before it was closed the last time, as a killed program leaves it.
    pub open: Vec<u8>,
    /// What it holds.
    pub snapshot: Vec<u8>,
}

impl Sample {
    /// A file of at least that many bytes, a snapshot and many frames.
    ///
    /// # Errors
    ///
    /// None on a disk that works.
    pub fn new(seed: u64, len: usize) -> Result<Self, Error> {
        let backend = MemoryBackend::new();
        let mut older = Vec::new();
        let mut store = open(backend.clone(), Durability::Immediate)?;
        register(&mut store)?;
        for round in 0.. {
            let workload = Workload::new(2 * (seed + round), 60);
            for step in &workload.steps {
                // A snapshot would take the frames away.
                if !matches!(step, super::workload::Step::Compact) || round < 3 {
                    carry_out(&mut store, step)?;
                }
            }
            if round == 3 {
                store.compact()?;
            }
            let snapshot = store.snapshot();
            let open_file = backend.bytes();
            store.close()?;
            let file = backend.bytes();
            let used = file.iter().rposition(|&byte| byte != 0).unwrap_or(0);
            if used > len && round > 5 {
                return Ok(Self {
                    file,
                    older,
                    open: open_file,
                    snapshot,
                });
            }
            older.push(file);
            store = open(backend.clone(), Durability::Immediate)?;
        }
        unreachable!("the file grows in each round")
    }

    /// Whether damage opens with the same data; an error if it opens with other data.
    fn judge(&self, damaged: &[u8]) -> Result<bool, String> {
        let backend = MemoryBackend::holding(damaged.to_vec());
        match Store::builder().read_only(true).open_with(backend) {
            Ok(store) if store.snapshot() == self.snapshot => Ok(true),
            Ok(_) => Err("it opens with other data".to_owned()),
            Err(error) if error.code() == ErrorCode::Corrupt => Ok(false),
            Err(error) => Err(format!("{:?}: {error}", error.code())),
        }
    }
}

/// Flips every so-manieth bit of a file, one at a time.
///
/// # Errors
///
/// The first wrong answer.
pub fn flip(sample: &Sample, step: usize) -> Result<Counts, String> {
    let mut counts = Counts::default();
    let mut file = sample.file.clone();
    for bit in (0..file.len() * 8).step_by(step) {
        file[bit / 8] ^= 1 << (bit % 8);
        let same = sample
            .judge(&file)
            .map_err(|error| format!("bit {bit} of {}: {error}", file.len() * 8))?;
        file[bit / 8] ^= 1 << (bit % 8);
        counts.same += usize::from(same);
        counts.flips += 1;
    }
    Ok(counts)
}

/// So many random changes of a file.
///
/// # Errors
///
/// The first wrong answer.
pub fn mutate(sample: &Sample, seed: u64, times: usize) -> Result<Counts, String> {
    let mut counts = Counts::default();
    let mut random = Random::new(seed);
    let frames = journal::open(&sample.file).map_err(|error| error.to_string())?;
    let frames = frames.frames;
    while counts.mutations < times {
        let mut file = sample.file.clone();
        let what = mutation(&mut file, sample, &frames, &mut random);
        // The whole file as it was at an earlier time is not damaged.
        if sample.older.contains(&file) {
            continue;
        }
        let same = sample
            .judge(&file)
            .map_err(|error| format!("mutation {} ({what}): {error}", counts.mutations))?;
        counts.same += usize::from(same);
        counts.mutations += 1;
    }
    Ok(counts)
}

type Frames = [std::ops::Range<usize>];

fn mutation(
    file: &mut Vec<u8>,
    sample: &Sample,
    frames: &Frames,
    random: &mut Random,
) -> &'static str {
    let len = file.len();
    let place = random.below(len);
    let end = (place + 1 + random.below(2_048)).min(len);
    match random.below(12) {
        0 => {
            for _ in 0..=random.below(8) {
                file[random.below(len)] ^= 1 << random.below(8);
            }
            "bits flipped"
        }
        1 => {
            file[place..end].fill_with(|| random.next().to_le_bytes()[0]);
            "noise"
        }
        2 => {
            file[place..end].fill(0);
            "zeros"
        }
        3 => {
            file.truncate(place);
            "cut off"
        }
        4 => {
            // Where a commit ends, a cut is hardest to see.
            let frame = &frames[random.below(frames.len())];
            let end = frame.end.next_multiple_of(8);
            if random.once_in(2) {
                file.truncate(end);
            } else {
                file[end..].fill(0);
            }
            "cut off between commits"
        }
        5 => {
            let more = random.below(600);
            let byte = if random.once_in(2) { 0 } else { 7 };
            file.resize(len + more + 1, byte);
            "longer"
        }
        6 => {
            let from = random.below(len - (end - place));
            file.copy_within(from..from + (end - place), place);
            "a part copied to another place"
        }
        7 => {
            let (one, other) = (random.below(frames.len()), random.below(frames.len()));
            splice_frames(file, frames, one, other);
            "one commit in the place of another"
        }
        8 => {
            file.drain(place / 8 * 8..(end / 8 * 8).max(place / 8 * 8));
            "a part left out"
        }
        9 => {
            // One of the last commits, but not the last, which looks as if it was being written.
            let early = frames.len().saturating_sub(20);
            let frame = &frames[early + random.below(frames.len() - 1 - early)];
            file.clone_from(&sample.open);
            file[frame.start + random.below(frame.len())] ^= 1 << random.below(8);
            "a bit flipped in a commit of an open file"
        }
        _ => splice_older(file, sample, random),
    }
}

/// Copies a frame over another, moving what lies behind it if it is of another length.
fn splice_frames(file: &mut Vec<u8>, frames: &Frames, one: usize, other: usize) {
    const HEAD: usize = 24;
    let whole = |frame: &std::ops::Range<usize>| frame.start - HEAD..frame.end.next_multiple_of(8);
    let len = file.len();
    let piece = file[whole(&frames[one])].to_vec();
    file.splice(whole(&frames[other]), piece);
    file.resize(len, 0);
}

/// Puts parts of the file together with parts of what it was before.
fn splice_older(file: &mut Vec<u8>, sample: &Sample, random: &mut Random) -> &'static str {
    let older = &sample.older[random.below(sample.older.len())];
    let place = match random.below(5) {
        0 => 512,
        3 => random.below(1_024),
        1 => 1_024,
        2 => random.below(file.len()) / 512 * 512,
        _ => random.below(file.len()),
    };
    let at = |bytes: &[u8]| place.min(bytes.len());
    match random.below(3) {
        0 => {
            let mut spliced = older[..at(older)].to_vec();
            spliced.extend_from_slice(&file[at(file)..]);
            *file = spliced;
            "an old start"
        }
        1 => {
            file.truncate(place);
            file.extend_from_slice(&older[at(older)..]);
            "an old end"
        }
        _ => {
            let end = (place + 1 + random.below(4_096))
                .min(older.len())
                .min(file.len());
            if place < end {
                file[place..end].copy_from_slice(&older[place..end]);
            }
            "an old part"
        }
    }
}
