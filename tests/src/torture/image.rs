//! One file of the simulated disk: what is on the platter, and what is on its way there.

use super::random::Random;

/// What a disk writes as a whole or not at all.
const SECTOR: usize = 512;

/// What became of what was not yet waited for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// All of it is lost.
    Lost,
    /// All of it is there.
    Kept,
    /// Some sectors are there.
    Sectors,
    /// All is there but for the end of the last write.
    Torn,
}

impl Form {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Lost, Self::Kept, Self::Sectors, Self::Torn];
}

#[derive(Clone, Debug)]
enum Pending {
    Write(usize, Vec<u8>),
    Length(usize),
}

/// A file.
#[derive(Clone, Debug, Default)]
pub struct Image {
    synced: Vec<u8>,
    current: Vec<u8>,
    pending: Vec<Pending>,
}

fn put(bytes: &mut Vec<u8>, at: usize, piece: &[u8]) {
    let end = at + piece.len();
    if bytes.len() < end {
        bytes.resize(end, 0);
    }
    bytes[at..end].copy_from_slice(piece);
}

impl Image {
    /// A file that is on the disk.
    #[must_use]
    pub fn synced(bytes: Vec<u8>) -> Self {
        Self {
            current: bytes.clone(),
            synced: bytes,
            pending: Vec::new(),
        }
    }

    /// What a program reads.
    #[must_use]
    pub fn current(&self) -> &[u8] {
        &self.current
    }

    /// Writes into the cache.
    pub fn write(&mut self, at: usize, bytes: &[u8]) {
        put(&mut self.current, at, bytes);
        self.pending.push(Pending::Write(at, bytes.to_vec()));
    }

    /// Cuts off or grows in the cache.
    pub fn set_len(&mut self, len: usize) {
        self.current.resize(len, 0);
        self.pending.push(Pending::Length(len));
    }

    /// Writes the cache to the disk.
    pub fn sync(&mut self) {
        self.synced.clone_from(&self.current);
        self.pending.clear();
    }

    /// Fails to, as operating systems do: some of it arrives, and the cache counts as written.
    pub fn fail_sync(&mut self, random: &mut Random) {
        self.synced = self.after(Form::Sectors, random);
        self.pending.clear();
    }

    /// What is on the disk after a power cut.
    #[must_use]
    pub fn after(&self, form: Form, random: &mut Random) -> Vec<u8> {
        match form {
            Form::Lost => self.synced.clone(),
            Form::Kept => self.current.clone(),
            Form::Sectors => self.sectors(random),
            Form::Torn => self.torn(random),
        }
    }

    fn sectors(&self, random: &mut Random) -> Vec<u8> {
        let mut bytes = self.synced.clone();
        for pending in &self.pending {
            match pending {
                Pending::Length(len) => {
                    if random.once_in(2) {
                        bytes.resize(*len, 0);
                    }
                }
                Pending::Write(at, written) => {
                    // The length may be on the disk before the bytes are.
                    let end = at + written.len();
                    if end > bytes.len() && random.once_in(4) {
                        bytes.resize(end, 0);
                    }
                    let mut from = *at;
                    while from < end {
                        let to = ((from / SECTOR + 1) * SECTOR).min(end);
                        if random.once_in(2) {
                            put(&mut bytes, from, &written[from - at..to - at]);
                        }
                        from = to;
                    }
                }
            }
        }
        bytes
    }

    fn torn(&self, random: &mut Random) -> Vec<u8> {
        let mut bytes = self.synced.clone();
        let last = self.pending.len();
        for (number, pending) in self.pending.iter().enumerate() {
            match pending {
                Pending::Length(len) => bytes.resize(*len, 0),
                Pending::Write(at, written) => {
                    let kept = if number + 1 == last {
                        random.below(written.len())
                    } else {
                        written.len()
                    };
                    put(&mut bytes, *at, &written[..kept]);
                }
            }
        }
        bytes
    }
}
