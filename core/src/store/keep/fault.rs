//! What can go wrong with the file of a store.

use std::fmt;
use std::path::Path;

use crate::Error;
use crate::error::{ErrorCode, Fault};
use crate::journal::{DiskFault, Holder, LockFault, OwnerFault, io_code};

#[derive(Debug)]
pub(super) struct FileFault {
    path: String,
    what: What,
}

#[derive(Debug)]
enum What {
    InUse(Option<Box<Holder>>),
    Io(std::io::Error),
    Bytes(OwnerFault),
    /// A file beside it.
    Lock(String, std::io::Error),
    StrangeLock(String),
    NotThere,
}

impl FileFault {
    fn new(path: &Path, what: What) -> Self {
        Self {
            path: path.display().to_string(),
            what,
        }
    }

    pub(super) fn io(path: &Path, error: std::io::Error) -> Self {
        Self::new(path, What::Io(error))
    }

    pub(super) fn disk(path: &Path, fault: DiskFault) -> Self {
        let what = match fault {
            DiskFault::Io(error) => What::Io(error),
            DiskFault::Lock(LockFault::Held(holder)) => What::InUse(holder),
            DiskFault::Lock(LockFault::Io(lock, error)) => {
                What::Lock(lock.display().to_string(), error)
            }
            DiskFault::Lock(LockFault::Strange(lock)) => {
                What::StrangeLock(lock.display().to_string())
            }
        };
        Self::new(path, what)
    }

    pub(super) fn bytes(path: &Path, fault: OwnerFault) -> Self {
        match fault {
            OwnerFault::Operation { error, .. } => Self::io(path, error),
            fault => Self::new(path, What::Bytes(fault)),
        }
    }

    /// What is wrong with a storage backend, which names the file if it is one.
    pub(super) fn named(path: Option<&Path>, fault: OwnerFault) -> Error {
        match path {
            Some(path) => Self::bytes(path, fault).into(),
            None => fault.into(),
        }
    }

    pub(super) fn not_there(path: &Path) -> Self {
        Self::new(path, What::NotThere)
    }
}

impl Fault for FileFault {
    fn code(&self) -> ErrorCode {
        match &self.what {
            What::InUse(_) => ErrorCode::InUse,
            What::Io(error) | What::Lock(_, error) => io_code(error),
            What::Bytes(fault) => fault.code(),
            What::StrangeLock(_) | What::NotThere => ErrorCode::Io,
        }
    }
}

impl fmt::Display for FileFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { path, what } = self;
        match what {
            What::InUse(holder) => {
                write!(f, "the store '{path}' is in use")?;
                if let Some(holder) = holder {
                    write!(f, " by {holder}")?;
                }
                f.write_str(
                    ": close it there, wait for that with `wait`, or read beside it with `read_only`",
                )?;
                if holder.as_ref().is_some_and(|holder| holder.is_unsure()) {
                    f.write_str(
                        "; that process cannot be seen from here, and whoever waits for 10 seconds takes the \
                         store over if it is dead",
                    )?;
                }
                Ok(())
            }
            What::Io(error) => write!(f, "the file '{path}' cannot be used: {error}"),
            What::Bytes(fault) => {
                write!(f, "the file '{path}' cannot be used: {fault}")?;
                if fault.is_damage() {
                    f.write_str(
                        "; read what comes before with `read_damaged`, or write all that is readable into a \
                         new store with `recover`",
                    )?;
                }
                Ok(())
            }
            What::Lock(lock, error) => write!(
                f,
                "the store '{path}' cannot be opened to write, since its lock '{lock}' cannot be made: {error}"
            ),
            What::StrangeLock(lock) => write!(
                f,
                "the store '{path}' cannot be opened to write: its lock '{lock}' is a folder or a link, and \
                 not a file: move it elsewhere"
            ),
            What::NotThere => {
                write!(
                    f,
                    "there is no store '{path}', and reading only does not make one"
                )
            }
        }
    }
}
