//! Where the parts of the package are, and making folders.

use std::fs;
use std::path::{Path, PathBuf};

use crate::command::{Failure, Outcome};
use crate::process;

/// The folder that is packed.
pub(crate) fn package() -> PathBuf {
    npm().join("trackstats")
}

/// What is published.
pub(crate) fn tarball() -> PathBuf {
    npm().join("trackstats.tgz")
}

/// All that belongs to the package but the wasm that cargo writes.
pub(super) fn npm() -> PathBuf {
    process::target().join("npm")
}

/// The sources for npm.
pub(super) fn sources() -> PathBuf {
    process::root().join("wasm")
}

/// Makes the folder and those above it.
pub(super) fn make(folder: &Path) -> Outcome {
    fs::create_dir_all(folder).map_err(|error| fault(folder, &error))
}

/// Makes the folder without what was in it.
pub(super) fn empty(folder: &Path) -> Outcome {
    if folder.exists() {
        fs::remove_dir_all(folder).map_err(|error| fault(folder, &error))?;
    }
    make(folder)
}

pub(super) fn copy(from: &Path, to: &Path) -> Outcome {
    fs::copy(from, to)
        .map(drop)
        .map_err(|error| fault(from, &error))
}

pub(super) fn read(file: &Path) -> Result<Vec<u8>, Failure> {
    fs::read(file).map_err(|error| fault(file, &error))
}

pub(super) fn write(file: &Path, text: &str) -> Outcome {
    fs::write(file, text).map_err(|error| fault(file, &error))
}

fn fault(path: &Path, error: &std::io::Error) -> Failure {
    Failure::Text(format!("{}: {error}", path.display()))
}
