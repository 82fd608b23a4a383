//! A lock on its way to where it counts, and there.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use super::beat;
use super::place::ending;
use super::process::Process;
use super::random::random;

/// A lock that is not yet where it counts.
pub(super) struct Draft {
    /// Where it counts.
    lock: PathBuf,
    path: PathBuf,
    line: String,
    file: File,
}

impl Draft {
    pub(super) fn new(lock: &Path) -> io::Result<Self> {
        let number = random();
        let path = ending(lock, &format!("draft-{number:016x}"));
        let line = format!("rust {} {number:016x}\n", Process::own());
        let file = written(&path, &line)?;
        Ok(Self {
            lock: lock.to_owned(),
            path,
            line,
            file,
        })
    }

    /// Puts it where it counts, unless there is one.
    pub(super) fn place(&self) -> io::Result<Option<Placed>> {
        match fs::hard_link(&self.path, &self.lock) {
            Ok(()) => self.placed(self.file.try_clone()?),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(None),
            Err(error) => match self.place_anew() {
                Err(_) => Err(error),
                placed => placed,
            },
        }
    }

    /// The same where a file has no second name. For a moment it names nobody there, so that another one
    /// may take it over: each looks again, now and before each commit.
    pub(super) fn place_anew(&self) -> io::Result<Option<Placed>> {
        match written(&self.lock, &self.line) {
            Ok(file) => self.placed(file),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Puts it in the place of that of a dead owner; none if it is not there then.
    pub(super) fn replace(&self) -> io::Result<Option<Placed>> {
        fs::rename(&self.path, &self.lock)?;
        self.placed(self.file.try_clone()?)
    }

    fn placed(&self, locked: File) -> io::Result<Option<Placed>> {
        let placed = Placed {
            path: self.lock.clone(),
            line: self.line.clone(),
            // By the name that counts, which the draft's own handle does not know.
            file: File::open(&self.lock)?,
            _locked: locked,
        };
        Ok(Some(placed).filter(Placed::is_there))
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        // After a rename it is not there any more.
        let _ = fs::remove_file(&self.path);
    }
}

/// A new file with that line and a beat, held locked.
fn written(path: &Path, line: &str) -> io::Result<File> {
    let mut file = OpenOptions::new().write(true).create_new(true).open(path)?;
    // Where the file system has no locks, the process alone tells.
    let _ = file.try_lock();
    file.write_all(format!("{line}{}", beat::text(0)).as_bytes())?;
    // Another host must not read less of it.
    file.sync_data()?;
    Ok(file)
}

/// A lock where it counts. Removed when it is dropped, if it is still there.
#[derive(Debug)]
pub(super) struct Placed {
    path: PathBuf,
    line: String,
    file: File,
    _locked: File,
}

impl Placed {
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    pub(super) fn line(&self) -> &str {
        &self.line
    }

    pub(super) fn file(&self) -> &File {
        &self.file
    }

    /// The file, to write the beat.
    pub(super) fn open(&self) -> io::Result<File> {
        OpenOptions::new().write(true).open(&self.path)
    }

    /// Whether the lock of that name is this one.
    pub(super) fn is_there(&self) -> bool {
        fs::read(&self.path).is_ok_and(|bytes| bytes.starts_with(self.line.as_bytes()))
    }
}

impl Drop for Placed {
    fn drop(&mut self) {
        // While the owner lives nobody takes it over, so that it does not change in between.
        if self.is_there() {
            let _ = fs::remove_file(&self.path);
        }
    }
}
