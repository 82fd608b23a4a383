//! A file in a file system.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::lock::{Lock, LockFault};
use super::lost::{Lost, Name};
use super::place::{check_file, check_mount, ending, leads_to, links, resolved, writer_of};
use super::{StorageBackend, attributes};
use crate::journal::{Fence, file};

/// A file in a folder.
#[derive(Debug)]
pub(crate) struct Disk {
    path: PathBuf,
    file: Option<File>,
    beside: Option<File>,
    /// What the file is called, where the system tells of an open one.
    name: Option<Name>,
    /// None if the file is only read. Given back last, when nothing is written any more.
    lock: Option<Lock>,
}

/// Why a file was not had.
#[derive(Debug)]
pub(crate) enum DiskFault {
    Io(io::Error),
    Lock(LockFault),
}

/// How often to read again what an owner writes meanwhile.
const TRIES: u32 = 1_000;

/// Bytes that are written at once. Linux keeps what was written at once in one piece of memory, and waits the
/// longer for a small change in it, the larger it is: with room of a megabyte, a tenth longer.
const PIECE: usize = 4096;

impl Disk {
    /// The file of that path, which need not be there yet, to read it. Its folder has to be.
    pub(crate) fn reading(path: &Path) -> io::Result<Self> {
        Ok(Self {
            path: resolved(path)?,
            file: None,
            beside: None,
            name: None,
            lock: None,
        })
    }

    /// The same to write it, with its lock: if somebody has that, waits so long for them.
    pub(crate) fn owned(path: &Path, wait: Duration) -> Result<Self, DiskFault> {
        let mut disk = Self::reading(path).map_err(DiskFault::Io)?;
        // Before a lock is made beside it.
        if let Ok(metadata) = fs::metadata(&disk.path) {
            check_file(&metadata).map_err(DiskFault::Io)?;
            check_mount(&disk.path).map_err(DiskFault::Io)?;
        }
        disk.lock = Some(Lock::take(&disk.path, wait).map_err(DiskFault::Lock)?);
        Ok(disk)
    }

    /// All bytes, whatever they are; the file is not opened to write.
    pub(crate) fn bytes(&self) -> io::Result<Vec<u8>> {
        fs::read(&self.path)
    }

    /// All bytes, read while an owner may write them: again, as long as they make no sense and change.
    fn read_steadily(&self) -> io::Result<Vec<u8>> {
        check_file(&fs::metadata(&self.path)?)?;
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

    fn beside_path(&self) -> PathBuf {
        ending(&self.path, "compacting")
    }

    /// Removes what an owner left unfinished: this is the only owner. What is no store is not ours.
    fn clear_beside(&self) -> io::Result<()> {
        let path = self.beside_path();
        match fs::symlink_metadata(&path) {
            Err(_) => return Ok(()),
            Ok(metadata) if metadata.is_file() && file::is_ours(&head(&path)?) => {}
            Ok(_) => {
                let text = format!(
                    "'{}' is in the way, which is not a store: move it elsewhere",
                    path.display()
                );
                return Err(io::Error::new(io::ErrorKind::AlreadyExists, text));
            }
        }
        fs::remove_file(path)
    }

    /// Whether the file still has its name.
    fn check_name(&self) -> io::Result<()> {
        let file = self.file.as_ref().ok_or_else(|| self.missing())?;
        let now = match &self.name {
            Some(name) => match name.changed() {
                None => return Ok(()),
                Some(now) => Some(now),
            },
            None if leads_to(&self.path, file)? => return Ok(()),
            None => None,
        };
        let now = now.filter(|now| now.exists() && *now != self.path);
        Err(Lost::Name(self.path.clone(), now).into())
    }

    fn missing(&self) -> io::Error {
        Lost::Name(self.path.clone(), None).into()
    }

    fn own(&mut self, file: File) {
        self.name = Name::of(&file, &self.path);
        self.file = Some(file);
    }
}

/// How a file begins.
fn head(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(1 << 10).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Locks the file itself, which may have other names than that of which the lock lies beside it. It is
/// unlocked when it is closed.
fn lock_itself(file: &File) -> io::Result<()> {
    let is_locked = matches!(file.try_lock(), Err(TryLockError::WouldBlock));
    let writer = if links(&file.metadata()?) > 1 {
        writer_of(file)
    } else {
        None
    };
    if is_locked || writer.is_some() {
        return Err(Lost::Shared(writer).into());
    }
    Ok(())
}

impl StorageBackend for Disk {
    fn read(&mut self) -> io::Result<Option<Vec<u8>>> {
        if self.lock.is_none() {
            return match self.read_steadily() {
                Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
                // It is a store once it has been written.
                Ok(bytes) if bytes.is_empty() => Ok(None),
                read => read.map(Some),
            };
        }
        // What is in the way is told when there is something to write.
        let _ = self.clear_beside();
        let opened = OpenOptions::new().read(true).write(true).open(&self.path);
        let file = match opened {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            opened => opened?,
        };
        lock_itself(&file)?;
        let mut bytes = Vec::new();
        (&file).read_to_end(&mut bytes)?;
        self.own(file);
        Ok(Some(bytes).filter(|bytes| !bytes.is_empty()))
    }

    fn fence(&mut self, fence: Fence) -> io::Result<()> {
        self.check_name()?;
        if let Some(lock) = &self.lock {
            lock.check()?;
        }
        let mut file = self.file.as_ref().ok_or_else(|| self.missing())?;
        let mut word = |at| -> io::Result<u64> {
            file.seek(SeekFrom::Start(at))?;
            let mut bytes = Vec::with_capacity(8);
            file.take(8).read_to_end(&mut bytes)?;
            bytes.resize(8, 0);
            Ok(bytes
                .first_chunk()
                .map_or(0, |bytes| u64::from_le_bytes(*bytes)))
        };
        if word(fence.at)? != fence.sum || fence.end.map_or(Ok(0), word)? != 0 {
            return Err(Lost::Content.into());
        }
        Ok(())
    }

    fn write(&mut self, at: u64, bytes: &[u8]) -> io::Result<()> {
        let mut file = self.file.as_ref().ok_or_else(|| self.missing())?;
        file.seek(SeekFrom::Start(at))?;
        bytes
            .chunks(PIECE)
            .try_for_each(|piece| file.write_all(piece))
    }

    fn set_len(&mut self, len: u64) -> io::Result<()> {
        self.file
            .as_ref()
            .ok_or_else(|| self.missing())?
            .set_len(len)
    }

    fn sync(&mut self) -> io::Result<()> {
        let file = self.file.as_ref().ok_or_else(|| self.missing())?;
        // Data, and the length where it changed; of no other attribute the store depends.
        file.sync_data()?;
        // What has lost its name meanwhile, nobody will find.
        self.check_name()
    }

    fn write_beside(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.clear_beside()?;
        let mut options = OpenOptions::new();
        options.read(true).write(true).create_new(true);
        #[cfg(unix)]
        if self.file.is_some() {
            // Until it has the mode of the first, nobody else reads it.
            std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        }
        let mut beside = options.open(self.beside_path())?;
        let _ = beside.try_lock();
        let written = match &self.file {
            Some(file) => attributes::copy(file, &beside),
            None => Ok(()),
        };
        if let Err(error) = written.and_then(|()| beside.write_all(bytes)) {
            let _ = fs::remove_file(self.beside_path());
            return Err(error);
        }
        self.beside = Some(beside);
        Ok(())
    }

    fn sync_beside(&mut self) -> io::Result<()> {
        self.beside
            .as_ref()
            .ok_or_else(|| self.missing())?
            .sync_all()
    }

    fn rename(&mut self) -> io::Result<()> {
        if self.file.is_some() {
            self.check_name()?;
        } else if fs::symlink_metadata(&self.path).is_ok() {
            return Err(io::ErrorKind::AlreadyExists.into());
        }
        let beside = self.beside.take().ok_or_else(|| self.missing())?;
        fs::rename(self.beside_path(), &self.path)?;
        self.own(beside);
        Ok(())
    }

    #[cfg(unix)]
    fn sync_folder(&mut self) -> io::Result<()> {
        File::open(super::place::folder(&self.path))?.sync_all()
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
