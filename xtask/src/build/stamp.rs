//! Whether a step of the build is done: its output is there, made from the same input.

use std::fs;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::{Path, PathBuf};

use super::folder;
use crate::command::{Failure, Outcome};

/// The input of one step, and the file that remembers it.
#[derive(Debug)]
pub(super) struct Stamp {
    file: PathBuf,
    input: String,
}

impl Stamp {
    /// A step with these files, and all that is in these folders, as input.
    pub(super) fn new(file: PathBuf, inputs: &[PathBuf]) -> Result<Self, Failure> {
        let mut hasher = DefaultHasher::new();
        for input in inputs {
            add(input, &mut hasher)?;
        }
        let input = format!("{:016x}", hasher.finish());
        Ok(Self { file, input })
    }

    pub(super) fn is_current(&self) -> bool {
        fs::read_to_string(&self.file).is_ok_and(|last| last == self.input)
    }

    /// Remembers that the step is done.
    pub(super) fn set(&self) -> Outcome {
        folder::write(&self.file, &self.input)
    }
}

fn add(path: &Path, hasher: &mut DefaultHasher) -> Outcome {
    path.hash(hasher);
    if !path.is_dir() {
        folder::read(path)?.hash(hasher);
        return Ok(());
    }
    let entries = fs::read_dir(path)
        .map_err(|error| Failure::Text(format!("{}: {error}", path.display())))?;
    let mut entries: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    entries.sort();
    entries.iter().try_for_each(|entry| add(entry, hasher))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_is_done_until_its_input_changes() {
        let folder = std::env::temp_dir().join(format!("trackstats-stamp-{}", std::process::id()));
        let input = folder.join("in/deep");
        folder::make(&input).unwrap();
        folder::write(&input.join("a"), "one").unwrap();
        let stamp = || Stamp::new(folder.join("stamp"), &[folder.join("in")]).unwrap();

        assert!(!stamp().is_current());
        stamp().set().unwrap();
        assert!(stamp().is_current());
        folder::write(&input.join("a"), "two").unwrap();
        assert!(!stamp().is_current());
        stamp().set().unwrap();
        folder::write(&input.join("b"), "").unwrap();
        assert!(!stamp().is_current());

        fs::remove_dir_all(&folder).unwrap();
    }
}
