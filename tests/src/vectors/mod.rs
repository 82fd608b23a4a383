//! Runs the conformance vectors, as the README beside them describes, through the public API.

mod calendar;
mod scenario;
mod source;
mod state;

use std::path::{Path, PathBuf};

use serde_json::Value as Json;

/// How many vectors held, and the names of those that did not, each with the reason.
#[derive(Debug, Default)]
pub struct Outcome {
    /// The number of vectors and calendar cases that held.
    pub passed: usize,
    /// Name and reason of each that did not.
    pub failed: Vec<(String, String)>,
}

impl Outcome {
    fn add(&mut self, name: &str, result: Result<(), String>) {
        match result {
            Ok(()) => self.passed += 1,
            Err(reason) => self.failed.push((name.to_owned(), reason)),
        }
    }
}

/// The folder of the vectors: what `TRACKSTATS_VECTORS` says, or the one of this repository.
#[must_use]
pub fn folder() -> PathBuf {
    std::env::var_os("TRACKSTATS_VECTORS").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("conformance"),
        PathBuf::from,
    )
}

/// Runs every `tracker/*.json` of the folder, and its `calendar_buckets.json`.
///
/// # Errors
///
/// Says which file could not be read. A folder without vectors is such an error.
pub fn run(folder: &Path) -> Result<Outcome, String> {
    let mut outcome = Outcome::default();
    let tracker = folder.join("tracker");
    let entries = std::fs::read_dir(&tracker).map_err(|error| at(&tracker, &error))?;
    let mut files = Vec::new();
    for entry in entries {
        let path = entry.map_err(|error| at(&tracker, &error))?.path();
        if path
            .extension()
            .is_some_and(|extension| extension == "json")
        {
            files.push(path);
        }
    }
    files.sort();
    if files.is_empty() {
        return Err(format!("{}: no vectors", tracker.display()));
    }
    for file in files {
        let vector = read(&file)?;
        let name = file
            .file_stem()
            .map_or_else(String::new, |stem| stem.to_string_lossy().into());
        outcome.add(&name, scenario::run(&vector));
    }
    calendar::run(&read(&folder.join("calendar_buckets.json"))?, &mut outcome)?;
    Ok(outcome)
}

fn read(file: &Path) -> Result<Json, String> {
    let text = std::fs::read_to_string(file).map_err(|error| at(file, &error))?;
    serde_json::from_str(&text).map_err(|error| at(file, &error))
}

fn at(path: &Path, error: &dyn std::fmt::Display) -> String {
    format!("{}: {error}", path.display())
}

/// The text of a field that has to be there.
fn text<'j>(json: &'j Json, field: &str) -> Result<&'j str, String> {
    json[field]
        .as_str()
        .ok_or_else(|| format!("'{field}' is no text in {json}"))
}
