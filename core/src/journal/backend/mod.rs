//! Where the file of a store lives: in memory, on a disk, or wherever a caller keeps it.
//!
//! May import what `journal` may, and the only folder that does input and output. Always holds: a
//! backend carries out single operations; their order is the plan's.

mod attributes;
mod beat;
mod disk;
mod draft;
mod holder;
mod lock;
mod lost;
mod memory;
mod owner;
mod place;
mod process;
mod random;

pub(crate) use disk::{Disk, DiskFault};
pub(crate) use holder::Holder;
pub(crate) use lock::LockFault;
pub use memory::MemoryBackend;
pub(crate) use owner::{Owner, OwnerFault, Read, io_code};
pub(crate) use random::store_id;

use std::fmt;
use std::io;

use super::Fence;

/// Where the file of a store lives.
///
/// The operations are those of a [`Plan`](super::Plan), and what each has to do is written there. An
/// error is of one operation, which may be done in part or not at all.
///
/// # Example: a backend that counts its waits
///
/// ```
/// use std::sync::Arc;
/// use std::sync::atomic::{AtomicU32, Ordering::Relaxed};
/// use trackstats::journal::{MemoryBackend, StorageBackend};
/// use trackstats::{Durability, Period, Store, stats};
///
/// stats! { shopping { order_count } }
///
/// #[derive(Debug)]
/// struct Counting(MemoryBackend, Arc<AtomicU32>);
///
/// impl StorageBackend for Counting {
///     fn read(&mut self) -> std::io::Result<Option<Vec<u8>>> { self.0.read() }
///     fn write(&mut self, at: u64, bytes: &[u8]) -> std::io::Result<()> { self.0.write(at, bytes) }
///     fn set_len(&mut self, len: u64) -> std::io::Result<()> { self.0.set_len(len) }
///     fn sync(&mut self) -> std::io::Result<()> {
///         self.1.fetch_add(1, Relaxed);
///         self.0.sync()
///     }
///     fn write_beside(&mut self, bytes: &[u8]) -> std::io::Result<()> { self.0.write_beside(bytes) }
///     fn sync_beside(&mut self) -> std::io::Result<()> { self.0.sync_beside() }
///     fn rename(&mut self) -> std::io::Result<()> { self.0.rename() }
///     fn sync_folder(&mut self) -> std::io::Result<()> { self.0.sync_folder() }
///     fn copy_aside(&mut self, version: u8) -> std::io::Result<()> { self.0.copy_aside(version) }
/// }
///
/// let waits = Arc::new(AtomicU32::new(0));
/// let backend = Counting(MemoryBackend::new(), Arc::clone(&waits));
/// let builder = Store::builder().durability(Durability::Immediate);
/// let mut store = builder.open_with(backend)?;
/// store.record(shopping::ORDER_COUNT, Period::Day, "2026-11-23", 3)?;
/// let first = waits.load(Relaxed);
/// store.record(shopping::ORDER_COUNT, Period::Day, "2026-11-24", 5)?;
/// assert_eq!(waits.load(Relaxed), first + 1);
/// # Ok::<(), trackstats::Error>(())
/// ```
pub trait StorageBackend: fmt::Debug + Send + Sync {
    /// All bytes of the file; none if there is no file.
    ///
    /// # Errors
    ///
    /// What the backend returns.
    fn read(&mut self) -> io::Result<Option<Vec<u8>>>;

    /// Looks whether the file is still that of its owner, and as the owner left it, and fails if it is not.
    /// A backend that nobody else can have has nothing to look at.
    ///
    /// # Errors
    ///
    /// What the backend returns. Nothing is written then, and it is looked again before the next commit.
    fn fence(&mut self, fence: Fence) -> io::Result<()> {
        let _ = fence;
        Ok(())
    }

    /// Writes bytes at a place of the file; behind its end, the file grows.
    ///
    /// # Errors
    ///
    /// What the backend returns.
    fn write(&mut self, at: u64, bytes: &[u8]) -> io::Result<()>;

    /// Cuts the file off at a length.
    ///
    /// # Errors
    ///
    /// What the backend returns.
    fn set_len(&mut self, len: u64) -> io::Result<()>;

    /// Waits until what was written to the file is on the disk.
    ///
    /// # Errors
    ///
    /// What the backend returns.
    fn sync(&mut self) -> io::Result<()>;

    /// Writes a second file beside the first, in the place of one that may be left there.
    ///
    /// # Errors
    ///
    /// What the backend returns.
    fn write_beside(&mut self, bytes: &[u8]) -> io::Result<()>;

    /// Waits until the second file is on the disk.
    ///
    /// # Errors
    ///
    /// What the backend returns.
    fn sync_beside(&mut self) -> io::Result<()>;

    /// Gives the second file the name of the first, which it replaces in one step. From now on it is the
    /// file.
    ///
    /// # Errors
    ///
    /// What the backend returns.
    fn rename(&mut self) -> io::Result<()>;

    /// Waits until the names of the files are on the disk.
    ///
    /// # Errors
    ///
    /// What the backend returns.
    fn sync_folder(&mut self) -> io::Result<()>;

    /// Copies the file to one that is named for this version, and waits until the copy is on the disk.
    ///
    /// # Errors
    ///
    /// What the backend returns.
    fn copy_aside(&mut self, version: u8) -> io::Result<()>;
}
