//! Each target runs over its seeds, so that a target keeps compiling and its seeds keep passing.
#![cfg(test)]

use std::borrow::Cow;
use std::fs;
use std::path::{Path, PathBuf};

type Target = fn(&[u8]);

const TARGETS: [(&str, Target); 8] = [
    ("bytes", trackstats_fuzz::bytes),
    ("date", |bytes| trackstats_fuzz::date(&text(bytes))),
    ("declaration", |bytes| {
        trackstats_fuzz::declaration(&text(bytes));
    }),
    ("import_csv", trackstats_fuzz::import_csv),
    ("import_django", trackstats_fuzz::import_django),
    ("import_json_lines", trackstats_fuzz::import_json_lines),
    ("journal", trackstats_fuzz::journal),
    ("sql", |bytes| trackstats_fuzz::sql(&text(bytes))),
];

fn text(bytes: &[u8]) -> Cow<'_, str> {
    String::from_utf8_lossy(bytes)
}

fn files(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut files: Vec<PathBuf> = fs::read_dir(&folder)
        .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        .map(|file| file.unwrap().path())
        .collect();
    files.sort();
    files
}

fn stem(path: &Path) -> String {
    path.file_stem().unwrap().to_string_lossy().into_owned()
}

#[test]
fn every_target_is_run_here() {
    let mut names: Vec<_> = TARGETS.iter().map(|(name, _)| *name).collect();
    names.sort_unstable();
    let targets: Vec<_> = files("fuzz_targets")
        .iter()
        .map(|path| stem(path))
        .collect();
    assert_eq!(targets, names);
}

#[test]
fn every_folder_of_seeds_and_every_dictionary_has_a_target() {
    for path in [files("seeds"), files("dictionaries")].concat() {
        let name = stem(&path);
        assert!(TARGETS.iter().any(|(target, _)| *target == name), "{name}");
    }
}

#[test]
fn every_target_passes_its_seeds() {
    for (name, target) in TARGETS {
        let seeds = files(&format!("seeds/{name}"));
        assert!(!seeds.is_empty(), "{name} has no seeds");
        for seed in seeds {
            println!("{}", seed.display());
            let bytes = fs::read(&seed).unwrap();
            target(&bytes);
        }
    }
}
