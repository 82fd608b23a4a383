//! One owner at a time: a file beside that of the store, which names the owner.
//!
//! The file `<name>.lock` holds two or three lines. The first one: `rust` or `node`, the process id, when the
//! process began, the boot of the machine that this counts from, the namespaces of process ids and of
//! the time since the boot, the host, and a number that no other lock has; `-` stands for what the system
//! does not tell. The second one is the beat: what has passed since the boot, in hundredths of a second,
//! written anew each second. A third line, `thread`, says that the owner is a thread of Node, which may be ended
//! before its process: who is in the same process looks whether the lock is still open there.
//!
//! It is put there whole, by a hard link, which fails where there is one already. An owner in Rust also
//! holds it locked by the operating system, which tells surely that it lives, in another container too.
//! Node cannot do that: of its locks, the process tells. Where that cannot be seen, the beat does: if it
//! has stopped for eight seconds, by the one count of time that the containers of a machine share, or
//! for whoever waits and watches it.
//!
//! A lock whose owner is dead, or that names none, as after a power cut, is taken over by whoever first
//! makes `<name>.lock.<number>` in the same way, with the number of the dead one (zeros if it has none):
//! then looks whether the lock still has that number, and puts an own one in its place by a rename. So
//! two never take over the same one; and one that was taken over meanwhile has another number.
//!
//! An owner that was taken for dead and is not, since it was stopped for long, notices before its next
//! commit that the lock is another file, or has another line.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::beat::Beat;
use super::draft::{Draft, Placed};
use super::holder::Holder;
use super::lost::{Lost, Name};
use super::place::ending;
use super::process::{Liveness, PATIENCE, Process, Sign};

/// How often to look again when others come and go meanwhile.
const TRIES: u32 = 100;
/// How many owners may have been killed while they took over the lock of a killed one.
const DEPTH: u32 = 16;
/// Between two looks of whoever waits.
const PAUSE: Duration = Duration::from_millis(50);

/// Why a lock was not had.
#[derive(Debug)]
pub(crate) enum LockFault {
    /// Somebody else has it; if it is told, who.
    Held(Option<Box<Holder>>),
    /// What has the name of the lock is none.
    Strange(PathBuf),
    Io(PathBuf, io::Error),
}

/// The right to write a file. Given back when it is dropped.
#[derive(Debug)]
pub(crate) struct Lock {
    // Before the lock is given back, the beat ends.
    beat: Beat,
    name: Option<Name>,
    placed: Placed,
}

impl Lock {
    /// Takes the lock of a store. If somebody has it, waits that long for them to give it back.
    pub(crate) fn take(store: &Path, wait: Duration) -> Result<Self, LockFault> {
        let path = ending(store, "lock");
        let mut watch = Watch::default();
        let mut waited = Duration::ZERO;
        loop {
            match take(&path, DEPTH, watch.silent()) {
                Ok(placed) => {
                    return Self::held(placed).map_err(|error| LockFault::Io(path, error));
                }
                Err(LockFault::Held(_)) if waited < wait => {}
                Err(fault) => return Err(fault),
            }
            let pause = PAUSE.min(wait.saturating_sub(waited));
            std::thread::sleep(pause);
            waited += pause;
            let text = fs::read_to_string(&path).unwrap_or_default();
            watch.look(text);
        }
    }

    fn held(placed: Placed) -> io::Result<Self> {
        Ok(Self {
            beat: Beat::start(placed.open()?, placed.line().len() as u64),
            name: Name::of(placed.file(), placed.path()),
            placed,
        })
    }

    /// Looks whether it is still that of this owner.
    pub(crate) fn check(&self) -> Result<(), Lost> {
        let has_passed = self.beat.has_passed();
        match &self.name {
            Some(name) if name.changed().is_some() => {}
            // The name is a matter of this system: another host does as it likes.
            Some(_) if !has_passed => return Ok(()),
            _ if self.placed.is_there() => return Ok(()),
            _ => {}
        }
        let path = self.placed.path().to_owned();
        match Held::read(&path) {
            Ok(Some(held)) if held.process().is_some() => {
                Err(Lost::Taken(path, Box::new(held.holder(Liveness::Alive))))
            }
            _ => Err(Lost::Lock(path)),
        }
    }
}

/// What whoever waits has seen of a lock.
#[derive(Debug, Default)]
struct Watch {
    text: String,
    unchanged: u64,
}

impl Watch {
    fn look(&mut self, text: String) {
        if self.text == text {
            self.unchanged += 1;
        } else {
            *self = Self { text, unchanged: 0 };
        }
    }

    /// The lock of which the beat has stopped, if it has.
    fn silent(&self) -> Option<&str> {
        let hundredths = u64::try_from(PAUSE.as_millis() / 10).unwrap_or(1);
        (self.unchanged * hundredths >= PATIENCE).then_some(self.text.as_str())
    }
}

/// `silent` is a lock whose owner has given no sign of life for long.
fn take(path: &Path, depth: u32, silent: Option<&str>) -> Result<Placed, LockFault> {
    if depth == 0 {
        return Err(LockFault::Held(None));
    }
    let fault = |error| LockFault::Io(path.to_owned(), error);
    for _ in 0..TRIES {
        let Some(held) = Held::read(path)? else {
            if let Some(placed) = Draft::new(path)
                .and_then(|own| own.place())
                .map_err(fault)?
            {
                return Ok(placed);
            }
            continue;
        };
        match held.liveness() {
            Liveness::Dead => {}
            Liveness::Unsure if silent == Some(held.text.as_str()) => {}
            liveness => return Err(LockFault::Held(Some(Box::new(held.holder(liveness))))),
        }
        if let Some(placed) = take_over(path, &held, depth)? {
            return Ok(placed);
        }
    }
    Err(LockFault::Held(None))
}

/// Puts a lock in the place of that of a dead owner; none if somebody else was first.
fn take_over(path: &Path, dead: &Held, depth: u32) -> Result<Option<Placed>, LockFault> {
    let _claim = take(&ending(path, dead.number()), depth - 1, None)?;
    if Held::read(path)?.is_none_or(|now| now.line() != dead.line()) {
        return Ok(None);
    }
    let placed = Draft::new(path).and_then(|own| own.replace());
    placed.map_err(|error| LockFault::Io(path.to_owned(), error))
}

/// A lock that somebody has, or had.
struct Held {
    text: String,
    file: File,
}

impl Held {
    /// None if it was given back meanwhile.
    fn read(path: &Path) -> Result<Option<Self>, LockFault> {
        let fault = |error| LockFault::Io(path.to_owned(), error);
        match fs::symlink_metadata(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(fault(error)),
            Ok(metadata) if !metadata.is_file() => {
                return Err(LockFault::Strange(path.to_owned()));
            }
            Ok(_) => {}
        }
        let file = match File::open(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            opened => opened.map_err(fault)?,
        };
        let mut bytes = Vec::new();
        io::Read::read_to_end(&mut &file, &mut bytes).map_err(fault)?;
        let text = String::from_utf8_lossy(&bytes).into_owned();
        Ok(Some(Self { text, file }))
    }

    /// The line that names the owner; nothing if it has no end.
    fn line(&self) -> &str {
        let line = self.text.split_inclusive('\n').next();
        line.filter(|line| line.ends_with('\n')).unwrap_or_default()
    }

    /// None for what was not put there whole.
    fn process(&self) -> Option<Process> {
        let (language, rest) = self.line().split_once(' ')?;
        // The number comes behind it.
        let is_whole = rest.split_ascii_whitespace().count() > 6;
        Process::parse(rest).filter(|_| is_whole && matches!(language, "rust" | "node"))
    }

    fn holder(&self, liveness: Liveness) -> Holder {
        Holder::new(self.line(), liveness)
    }

    /// The number that only this lock has.
    fn number(&self) -> &str {
        let last = self.line().split_ascii_whitespace().last();
        let valid = |number: &&str| {
            number.len() == 16 && number.bytes().all(|byte| byte.is_ascii_hexdigit())
        };
        last.filter(valid).unwrap_or("0000000000000000")
    }

    fn sign(&self) -> Sign {
        let beat = self.text.get(self.line().len()..).unwrap_or_default();
        let metadata = self.file.metadata().ok();
        Sign {
            beat: beat.lines().next().and_then(|beat| beat.parse().ok()),
            written: metadata.and_then(|metadata| metadata.modified().ok()),
        }
    }

    fn liveness(&self) -> Liveness {
        let locked = self.file.try_lock();
        match locked {
            Err(TryLockError::WouldBlock) => return Liveness::Alive,
            // Whoever else looks must not take this look for an owner.
            Ok(()) => drop(self.file.unlock()),
            Err(_) => {}
        }
        // It was put there whole: one that names nobody is what a power cut left of it.
        let Some(process) = self.process() else {
            return Liveness::Dead;
        };
        let is_locked_here = self.line().starts_with("rust ")
            && locked.is_ok()
            && process.is_of_the_system_of(&Process::own());
        if is_locked_here {
            return Liveness::Dead;
        }
        process.liveness(self.sign())
    }
}

#[cfg(test)]
#[path = "lock_test.rs"]
mod tests;
