//! What an owner can lose while it has a file: the name, the lock, and that it alone writes.

use std::path::{Path, PathBuf};
use std::{fmt, io};

use super::holder::Holder;
use crate::error::{ErrorCode, Fault};

/// Why an owner writes no more.
#[derive(Debug)]
pub(crate) enum Lost {
    /// The file has another name now, or none.
    Name(PathBuf, Option<PathBuf>),
    /// The file of the lock was removed.
    Lock(PathBuf),
    /// Another owner has put its lock there.
    Taken(PathBuf, Box<Holder>),
    /// Another owner has the file open by another name of it; their process, if it is told.
    Shared(Option<u32>),
    /// There is something else where this owner wrote last, or where it would write next.
    Content,
}

impl From<Lost> for io::Error {
    fn from(lost: Lost) -> Self {
        let kind = match lost {
            Lost::Name(..) => io::ErrorKind::NotFound,
            _ => io::ErrorKind::Other,
        };
        Self::new(kind, lost)
    }
}

impl std::error::Error for Lost {}

impl Fault for Lost {
    fn code(&self) -> ErrorCode {
        match self {
            Self::Name(..) => ErrorCode::Io,
            Self::Taken(..) | Self::Shared(_) => ErrorCode::InUse,
            Self::Lock(_) | Self::Content => ErrorCode::Conflict,
        }
    }
}

impl fmt::Display for Lost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Name(path, None) => {
                write!(f, "the file '{}' is not there any more", path.display())
            }
            Self::Name(path, Some(now)) => write!(
                f,
                "the file '{}' is not there any more: it is at '{}' now, or another one has its name",
                path.display(),
                now.display()
            ),
            Self::Lock(path) => write!(
                f,
                "the lock '{}' was removed, so that another owner may write the file: open the store anew",
                path.display()
            ),
            Self::Taken(path, holder) => write!(
                f,
                "the lock '{}' is held by {holder} now: open the store anew when that one has closed it",
                path.display()
            ),
            Self::Shared(process) => {
                f.write_str("somebody else has it open by another of its names (hard links)")?;
                process.map_or(Ok(()), |id| write!(f, ": the process {id}"))
            }
            Self::Content => f.write_str(
                "somebody else has written the file: nothing is written over that, open the store anew",
            ),
        }
    }
}

/// Where the system says that an open file is.
#[cfg(target_os = "linux")]
pub(super) fn name_of(file: &std::fs::File) -> Option<Name> {
    use std::os::fd::AsRawFd as _;
    let link = PathBuf::from(format!("/proc/self/fd/{}", file.as_raw_fd()));
    let path = std::fs::read_link(&link).ok()?;
    Some(Name { link, path })
}

/// Where the system does not say it.
#[cfg(not(target_os = "linux"))]
pub(super) fn name_of(_: &std::fs::File) -> Option<Name> {
    None
}

/// The name that an open file had, which the system keeps up when it is renamed or removed. To ask for it
/// touches no attribute of the file: whoever is told the times of a file has its next change written with
/// a time of its own, for which Linux waits half as long again.
#[derive(Debug)]
pub(super) struct Name {
    link: PathBuf,
    path: PathBuf,
}

impl Name {
    /// If that is what the file is called.
    pub(super) fn of(file: &std::fs::File, path: &Path) -> Option<Self> {
        name_of(file).filter(|name| name.path == path)
    }

    /// Where it is now, if it is called something else.
    pub(super) fn changed(&self) -> Option<PathBuf> {
        match std::fs::read_link(&self.link) {
            Ok(now) if now == self.path => None,
            Ok(now) => Some(now),
            Err(_) => Some(PathBuf::new()),
        }
    }
}
