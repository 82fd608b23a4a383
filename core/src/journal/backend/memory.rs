//! A file in memory.

use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::StorageBackend;

/// A file that lives in memory. Its clones are the same file.
///
/// # Example: a store that is closed and opened again
///
/// ```
/// use trackstats::journal::MemoryBackend;
/// use trackstats::{Period, Store, stats};
///
/// stats! { shopping { order_count } }
///
/// let backend = MemoryBackend::new();
/// let mut store = Store::builder().open_with(backend.clone())?;
/// store.record(shopping::ORDER_COUNT, Period::Day, "2026-11-23", 3)?;
/// store.close()?;
///
/// let store = Store::builder().open_with(backend)?;
/// assert_eq!(store.value(shopping::ORDER_COUNT, Period::Day, "2026-11-23")?, Some(Some(3)));
/// # Ok::<(), trackstats::Error>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct MemoryBackend(Arc<Mutex<Files>>);

#[derive(Debug, Default)]
struct Files {
    file: Option<Vec<u8>>,
    beside: Option<Vec<u8>>,
    aside: Vec<(u8, Vec<u8>)>,
}

impl MemoryBackend {
    /// No file yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// A file of these bytes.
    #[must_use]
    pub fn holding(bytes: Vec<u8>) -> Self {
        let backend = Self::new();
        backend.files().file = Some(bytes);
        backend
    }

    /// The bytes of the file, none if there is no file.
    #[must_use]
    pub fn bytes(&self) -> Vec<u8> {
        self.files().file.clone().unwrap_or_default()
    }

    /// The copies that were made before an upgrade, with the versions of their format.
    #[must_use]
    pub fn aside(&self) -> Vec<(u8, Vec<u8>)> {
        self.files().aside.clone()
    }

    fn files(&self) -> MutexGuard<'_, Files> {
        // Nothing panics while it holds the files.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn missing() -> io::Error {
    io::ErrorKind::NotFound.into()
}

impl StorageBackend for MemoryBackend {
    fn read(&mut self) -> io::Result<Option<Vec<u8>>> {
        Ok(self.files().file.clone())
    }

    fn write(&mut self, at: u64, bytes: &[u8]) -> io::Result<()> {
        let mut files = self.files();
        let file = files.file.as_mut().ok_or_else(missing)?;
        let at = usize::try_from(at).map_err(|_| io::ErrorKind::FileTooLarge)?;
        let end = at
            .checked_add(bytes.len())
            .ok_or(io::ErrorKind::FileTooLarge)?;
        if file.len() < end {
            file.resize(end, 0);
        }
        if let Some(place) = file.get_mut(at..end) {
            place.copy_from_slice(bytes);
        }
        Ok(())
    }

    fn set_len(&mut self, len: u64) -> io::Result<()> {
        let mut files = self.files();
        let file = files.file.as_mut().ok_or_else(missing)?;
        let len = usize::try_from(len).map_err(|_| io::ErrorKind::FileTooLarge)?;
        file.resize(len, 0);
        Ok(())
    }

    fn sync(&mut self) -> io::Result<()> {
        Ok(())
    }

    fn write_beside(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.files().beside = Some(bytes.to_vec());
        Ok(())
    }

    fn sync_beside(&mut self) -> io::Result<()> {
        Ok(())
    }

    fn rename(&mut self) -> io::Result<()> {
        let mut files = self.files();
        files.file = Some(files.beside.take().ok_or_else(missing)?);
        Ok(())
    }

    fn sync_folder(&mut self) -> io::Result<()> {
        Ok(())
    }

    fn copy_aside(&mut self, version: u8) -> io::Result<()> {
        let mut files = self.files();
        let copy = files.file.clone().ok_or_else(missing)?;
        files.aside.push((version, copy));
        Ok(())
    }
}
