//! A file in a file system.

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

use super::Medium;
use crate::journal::file;

/// A file in a folder.
#[derive(Debug)]
pub(crate) struct Disk {
    path: PathBuf,
    file: Option<File>,
    beside: Option<File>,
    read_only: bool,
    /// How many waits are left in which the name of the file stands for the file.
    unlooked: u32,
}

/// In so many waits the file itself is looked at once.
const RARELY: u32 = 64;

/// How often to read again what an owner writes meanwhile.
const TRIES: u32 = 1_000;

/// Bytes that are written at once. Linux keeps what was written at once in one piece of memory, and waits the
/// longer for a small change in it, the larger it is: with room of a megabyte, a tenth longer.
const PIECE: usize = 4096;

impl Disk {
    /// The file of that path, which need not be there yet. Its folder has to be.
    pub(crate) fn new(path: &Path, read_only: bool) -> io::Result<Self> {
        Ok(Self {
            path: resolved(path)?,
            file: None,
            beside: None,
            read_only,
            unlooked: 0,
        })
    }

    /// All bytes, read while an owner may write them: again, as long as they make no sense and change.
    fn read_steadily(&self) -> io::Result<Vec<u8>> {
        let mut bytes = fs::read(&self.path)?;
        for _ in 0..TRIES {
            if file::read(&bytes).is_ok() {
                break;
            }
            let again = fs::read(&self.path)?;
            if again == bytes {
                break;
            }
            bytes = again;
        }
        Ok(bytes)
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    fn beside_path(&self) -> PathBuf {
        ending(&self.path, "new")
    }
}

/// The path with symbolic links followed, so that a store has one name.
fn resolved(path: &Path) -> io::Result<PathBuf> {
    match path.canonicalize() {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let name = path.file_name().ok_or(io::ErrorKind::InvalidFilename)?;
            Ok(folder(path).canonicalize()?.join(name))
        }
        other => other,
    }
}

fn folder(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    }
}

/// The path of a file beside another.
pub(super) fn ending(path: &Path, ending: &str) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(".");
    name.push(ending);
    PathBuf::from(name)
}

/// Whether nothing in the file system leads to an open file any more.
#[cfg(unix)]
fn is_removed(file: &File) -> io::Result<bool> {
    use std::os::unix::fs::MetadataExt as _;
    Ok(file.metadata()?.nlink() == 0)
}

/// A file that is open cannot be removed.
#[cfg(not(unix))]
fn is_removed(_: &File) -> io::Result<bool> {
    Ok(false)
}

fn missing() -> io::Error {
    io::Error::new(io::ErrorKind::NotFound, "the file is not there any more")
}

impl Medium for Disk {
    fn read(&mut self) -> io::Result<Option<Vec<u8>>> {
        if self.read_only {
            return match self.read_steadily() {
                Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
                read => read.map(Some),
            };
        }
        let opened = OpenOptions::new().read(true).write(true).open(&self.path);
        match opened {
            Ok(file) => self.file = Some(file),
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error),
        }
        // What an owner left unfinished is of no use, and this is the only owner.
        let _ = fs::remove_file(self.beside_path());
        fs::read(&self.path).map(Some)
    }

    fn write(&mut self, at: u64, bytes: &[u8]) -> io::Result<()> {
        let mut file = self.file.as_ref().ok_or_else(missing)?;
        file.seek(SeekFrom::Start(at))?;
        bytes
            .chunks(PIECE)
            .try_for_each(|piece| file.write_all(piece))
    }

    fn set_len(&mut self, len: u64) -> io::Result<()> {
        self.file.as_ref().ok_or_else(missing)?.set_len(len)
    }

    fn sync(&mut self) -> io::Result<()> {
        let file = self.file.as_ref().ok_or_else(missing)?;
        // Data, and the length where it changed; of no other attribute the store depends.
        file.sync_data()?;
        // Whoever is told the times of a file has its next change written with a time of its own, for which
        // Linux waits half as long again: mostly it is asked for the name alone.
        if self.unlooked > 0 && File::open(&self.path).is_ok() {
            self.unlooked -= 1;
            return Ok(());
        }
        if is_removed(file)? {
            return Err(missing());
        }
        self.unlooked = RARELY;
        Ok(())
    }

    fn write_beside(&mut self, bytes: &[u8]) -> io::Result<()> {
        let path = self.beside_path();
        let opened = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(true)
            .open(path);
        let mut beside = opened?;
        if let Ok(metadata) = fs::metadata(&self.path) {
            beside.set_permissions(metadata.permissions())?;
        }
        beside.write_all(bytes)?;
        self.beside = Some(beside);
        Ok(())
    }

    fn sync_beside(&mut self) -> io::Result<()> {
        self.beside.as_ref().ok_or_else(missing)?.sync_all()
    }

    fn rename(&mut self) -> io::Result<()> {
        let beside = self.beside.take().ok_or_else(missing)?;
        if let Some(file) = &self.file
            && is_removed(file)?
        {
            return Err(missing());
        }
        fs::rename(self.beside_path(), &self.path)?;
        self.file = Some(beside);
        Ok(())
    }

    #[cfg(unix)]
    fn sync_folder(&mut self) -> io::Result<()> {
        File::open(folder(&self.path))?.sync_all()
    }

    /// Where folders cannot be opened, their entries are written with the file.
    #[cfg(not(unix))]
    fn sync_folder(&mut self) -> io::Result<()> {
        Ok(())
    }

    fn copy_aside(&mut self, version: u8) -> io::Result<()> {
        let copy = ending(&self.path, &format!("v{version}"));
        fs::copy(&self.path, &copy)?;
        File::open(copy)?.sync_all()?;
        self.sync_folder()
    }
}
