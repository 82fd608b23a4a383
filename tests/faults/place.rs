//! Stores in folders of their own, for tests of files.

use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;
use trackstats::{Durability, Error, Period, Store, stats};

stats! { pub(crate) shop { orders } }

pub(crate) struct Place {
    pub(crate) folder: TempDir,
    pub(crate) path: PathBuf,
}

impl Place {
    pub(crate) fn new() -> Self {
        let folder = TempDir::new().unwrap();
        let path = folder.path().canonicalize().unwrap().join("shop.stats");
        Self { folder, path }
    }

    /// Another name in the folder.
    pub(crate) fn name(&self, name: &str) -> PathBuf {
        self.path.with_file_name(name)
    }

    /// An owner with one commit.
    pub(crate) fn owner(&self) -> Store {
        let mut store = open(&self.path).unwrap();
        record(&mut store, 1).unwrap();
        store
    }
}

/// Every change is a commit.
pub(crate) fn open(path: &Path) -> Result<Store, Error> {
    let builder = Store::builder().durability(Durability::Immediate);
    builder.open(path)
}

pub(crate) fn record(store: &mut Store, value: i64) -> Result<(), Error> {
    store.record(shop::ORDERS, Period::Day, "2026-11-23", value)
}

pub(crate) fn orders(store: &Store) -> Option<i64> {
    let value = store.value(shop::ORDERS, Period::Day, "2026-11-23");
    value.unwrap().flatten()
}

/// What a reader finds there.
pub(crate) fn stored(path: &Path) -> Option<i64> {
    orders(&Store::builder().read_only(true).open(path).unwrap())
}

pub(crate) fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<_> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}
