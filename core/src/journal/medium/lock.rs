//! One owner at a time: a file beside that of the store, which names the owner.
//!
//! The file `<name>.lock` holds one line: `rust` or `node`, the process id, when the process began, the
//! boot of the machine that this counts from, and a number that no other lock has. It is put there
//! whole, by a hard link, which fails where there is one already. An owner in Rust also holds it locked
//! by the operating system, which tells surely that it lives, in another container too. Node cannot do
//! that: of its locks, the process tells.
//!
//! A lock whose owner is dead, or that names none, as after a power cut, is taken over by whoever first makes `<name>.lock.<number>` in the same way,
//! with the number of the dead one (zeros if it has none): then looks whether the lock still has that number, and puts an own
//! one in its place by a rename. So two never take over the same one; and one that was taken over
//! meanwhile has another number.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use super::disk::ending;
use super::process::Process;
use super::random::random;

/// How often to look again when others come and go meanwhile.
const TRIES: u32 = 100;
/// How many owners may have been killed while they took over the lock of a killed one.
const DEPTH: u32 = 16;

/// Why a lock was not had.
#[derive(Debug)]
pub(crate) enum LockFault {
    /// Somebody else has it; their process, if it is told.
    Held(Option<u32>),
    Io(io::Error),
}

impl From<io::Error> for LockFault {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

/// The right to write a file. Given back when it is dropped.
#[derive(Debug)]
pub(crate) struct Lock {
    path: PathBuf,
    line: String,
    /// Held locked.
    _file: File,
}

impl Lock {
    /// Takes the lock of a store, or answers at once that somebody has it.
    pub(crate) fn take(store: &Path) -> Result<Self, LockFault> {
        take(&ending(store, "lock"), DEPTH)
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // While the owner lives nobody takes it over, so that it does not change in between.
        if fs::read_to_string(&self.path).is_ok_and(|line| line == self.line) {
            let _ = fs::remove_file(&self.path);
        }
    }
}

fn take(path: &Path, depth: u32) -> Result<Lock, LockFault> {
    if depth == 0 {
        return Err(LockFault::Held(None));
    }
    for _ in 0..TRIES {
        let own = Draft::new(path)?;
        match fs::hard_link(&own.path, path) {
            Ok(()) => return Ok(own.lock(path)?),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error.into()),
        }
        let Some(held) = Held::read(path)? else {
            continue;
        };
        if held.is_alive() {
            return Err(LockFault::Held(held.pid()));
        }
        let claim = take(&ending(path, held.number()), depth - 1)?;
        if Held::read(path)?.is_some_and(|now| now.line == held.line) {
            fs::rename(&own.path, path)?;
            let lock = own.lock(path)?;
            drop(claim);
            return Ok(lock);
        }
    }
    Err(LockFault::Held(None))
}

/// A lock that is not yet where it counts.
struct Draft {
    path: PathBuf,
    line: String,
    file: File,
}

impl Draft {
    fn new(lock: &Path) -> io::Result<Self> {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        let count = NEXT.fetch_add(1, Ordering::Relaxed);
        let process = Process::own();
        let path = ending(lock, &format!("{}-{count}", process.id));
        let opened = OpenOptions::new()
            .write(true)
            .create(true)
            .truncate(true)
            .open(&path);
        let mut draft = Self {
            path,
            line: format!("rust {process} {:016x}\n", random()),
            file: opened?,
        };
        draft.file.write_all(draft.line.as_bytes())?;
        // Where the file system has no locks, the process alone tells.
        let _ = draft.file.try_lock();
        Ok(draft)
    }

    fn lock(&self, path: &Path) -> io::Result<Lock> {
        Ok(Lock {
            path: path.to_owned(),
            line: self.line.clone(),
            _file: self.file.try_clone()?,
        })
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        // After a rename it is not there any more.
        let _ = fs::remove_file(&self.path);
    }
}

/// A lock that somebody has, or had.
struct Held {
    line: String,
    file: File,
}

impl Held {
    /// None if it was given back meanwhile.
    fn read(path: &Path) -> io::Result<Option<Self>> {
        let missing = |error: &io::Error| error.kind() == io::ErrorKind::NotFound;
        let mut file = match File::open(path) {
            Err(error) if missing(&error) => return Ok(None),
            opened => opened?,
        };
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes)?;
        let line = String::from_utf8_lossy(&bytes).into_owned();
        Ok(Some(Self { line, file }))
    }

    fn process(&self) -> Option<Process> {
        let (_, rest) = self.line.split_once(' ')?;
        Process::parse(rest)
    }

    fn pid(&self) -> Option<u32> {
        self.process().map(|process| process.id)
    }

    /// The number that only this lock has.
    fn number(&self) -> &str {
        let last = self.line.split_ascii_whitespace().last();
        let valid = |number: &&str| {
            number.len() == 16 && number.bytes().all(|byte| byte.is_ascii_hexdigit())
        };
        last.filter(valid).unwrap_or("0000000000000000")
    }

    fn is_alive(&self) -> bool {
        match self.file.try_lock() {
            Err(TryLockError::WouldBlock) => true,
            Ok(()) if self.line.starts_with("rust ") => false,
            // It was put there whole: one that names nobody is what a power cut left of it.
            _ => self.process().is_some_and(|process| process.is_alive()),
        }
    }
}
