//! What fails where no caller waits for an answer is told, and tried again.

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use trackstats::journal::{MemoryBackend, StorageBackend};
use trackstats::{Date, ErrorCode, FlushThread, Period, Store, StoreBuilder, stats};
use trackstats_tests::torture::disk::{Disk, Failing, Fault};
use trackstats_tests::torture::image::Form;

stats! { shop { orders, sales by country } }

const DATE: &str = "2026-11-23";
const MOMENT: Duration = Duration::from_millis(1);

fn orders(disk: &Disk) -> Option<i64> {
    let file = disk.after(Form::Lost)?;
    let backend = MemoryBackend::holding(file);
    let store = Store::builder().read_only(true).open_with(backend).ok()?;
    store.value(shop::ORDERS, Period::Day, DATE).ok()??
}

fn full() -> Fault {
    Fault {
        at: 0,
        failing: Failing::Full,
        for_good: true,
    }
}

/// A builder that tells its errors by their code.
fn telling() -> (StoreBuilder, Receiver<ErrorCode>) {
    let (to, told) = channel();
    let builder = Store::builder().on_error(move |error| to.send(error.code()).unwrap());
    (builder, told)
}

#[test]
fn a_lock_that_a_panic_poisoned_is_flushed_on() {
    let disk = Disk::new(None, 1);
    let store = Arc::new(Mutex::new(
        Store::builder().open_with(disk.clone()).unwrap(),
    ));
    let flush_thread = FlushThread::shared(MOMENT, &store);
    let handler = Arc::clone(&store);
    let handler = thread::spawn(move || {
        let mut store = handler.lock().unwrap();
        store.increment(shop::ORDERS, DATE, 1).unwrap();
        panic!("a mistake of a handler");
    });
    assert!(handler.join().is_err());
    assert!(store.is_poisoned());
    while orders(&disk) != Some(1) {
        thread::yield_now();
    }
    let mut locked = store.lock().unwrap_or_else(PoisonError::into_inner);
    locked.increment(shop::ORDERS, DATE, 1).unwrap();
    drop(locked);
    while orders(&disk) != Some(2) {
        thread::yield_now();
    }
    assert!(flush_thread.take_error().is_none());
}

#[test]
fn a_flush_that_panics_is_told_once_and_made_again() {
    let disk = Disk::new(None, 1);
    let mut store = Store::builder().open_with(disk.clone()).unwrap();
    store.increment(shop::ORDERS, DATE, 1).unwrap();
    let (go, wait) = channel::<bool>();
    let (to, told) = channel();
    let (took, taken) = channel();
    let flush_thread = FlushThread::every(MOMENT, move || {
        let panics = wait.recv().unwrap_or(false);
        took.send(()).unwrap_or_default();
        assert!(!panics, "the lock is poisoned");
        store.flush()
    })
    .on_error(move |error| to.send((error.code(), error.to_string())).unwrap());
    for panics in [true, true, false, true, false] {
        go.send(panics).unwrap();
        taken.recv().unwrap();
    }
    drop(go);
    // The last flush is that of the drop.
    drop(flush_thread);
    let told: Vec<_> = told.into_iter().collect();
    assert_eq!(told.len(), 2, "once until a flush succeeds: {told:?}");
    for (code, text) in told {
        assert_eq!(code, ErrorCode::InvalidState);
        assert!(text.contains("the lock is poisoned"), "{text}");
    }
    assert_eq!(orders(&disk), Some(1));
}

#[test]
fn a_flush_that_fails_is_told_to_whom_it_may_concern() {
    let disk = Disk::new(None, 1);
    let store = Arc::new(Mutex::new(
        Store::builder().open_with(disk.clone()).unwrap(),
    ));
    disk.fail(Some(full()));
    store
        .lock()
        .unwrap()
        .increment(shop::ORDERS, DATE, 1)
        .unwrap();
    let (to, told) = channel();
    let flush_thread =
        FlushThread::shared(MOMENT, &store).on_error(move |error| to.send(error.code()).unwrap());
    assert_eq!(told.recv(), Ok(ErrorCode::StorageFull));
    assert!(store.lock().unwrap().unsaved() > 0);
    disk.fail(None);
    while orders(&disk) != Some(1) {
        thread::yield_now();
    }
    drop(flush_thread);
    assert!(told.try_recv().is_err());
    assert_eq!(store.lock().unwrap().unsaved(), 0);
}

#[test]
fn a_store_that_is_dropped_and_cannot_be_written_is_told() {
    let disk = Disk::new(None, 1);
    let (builder, told) = telling();
    let mut store = builder.open_with(disk.clone()).unwrap();
    store.increment(shop::ORDERS, DATE, 1).unwrap();
    disk.fail(Some(full()));
    drop(store);
    assert_eq!(
        told.into_iter().collect::<Vec<_>>(),
        [ErrorCode::StorageFull]
    );
}

#[test]
fn a_store_that_is_closed_tells_its_caller_alone() {
    let disk = Disk::new(None, 1);
    let (builder, told) = telling();
    let mut store = builder.open_with(disk.clone()).unwrap();
    store.increment(shop::ORDERS, DATE, 1).unwrap();
    disk.fail(Some(full()));
    assert_eq!(store.close().unwrap_err().code(), ErrorCode::StorageFull);
    assert!(told.into_iter().next().is_none());
}

/// A storage backend in which a second file finds no room.
#[derive(Debug)]
struct Narrow(MemoryBackend);

impl StorageBackend for Narrow {
    fn read(&mut self) -> io::Result<Option<Vec<u8>>> {
        self.0.read()
    }
    fn write(&mut self, at: u64, bytes: &[u8]) -> io::Result<()> {
        self.0.write(at, bytes)
    }
    fn set_len(&mut self, len: u64) -> io::Result<()> {
        self.0.set_len(len)
    }
    fn sync(&mut self) -> io::Result<()> {
        self.0.sync()
    }
    fn write_beside(&mut self, _: &[u8]) -> io::Result<()> {
        Err(io::ErrorKind::StorageFull.into())
    }
    fn sync_beside(&mut self) -> io::Result<()> {
        self.0.sync_beside()
    }
    fn rename(&mut self) -> io::Result<()> {
        self.0.rename()
    }
    fn sync_folder(&mut self) -> io::Result<()> {
        self.0.sync_folder()
    }
    fn copy_aside(&mut self, version: u8) -> io::Result<()> {
        self.0.copy_aside(version)
    }
}

#[test]
fn a_file_that_cannot_be_written_anew_is_told_and_nothing_is_lost() {
    let backend = MemoryBackend::new();
    Store::builder()
        .open_with(backend.clone())
        .unwrap()
        .close()
        .unwrap();
    let (builder, told) = telling();
    let mut store = builder.open_with(Narrow(backend.clone())).unwrap();
    let mut rounds = 0;
    while told.try_recv() != Ok(ErrorCode::StorageFull) {
        rounds += 1;
        for country in 0..20_000 {
            let value = i64::from(country) << 30;
            let sales = shop::sales(country % 10);
            store
                .record(sales, Period::Day, Date::nearest_to_days(country), value)
                .unwrap();
        }
        store.increment(shop::ORDERS, DATE, 1).unwrap();
        store.flush().unwrap();
        assert!(rounds < 50, "nobody was told");
    }
    assert_eq!(store.unsaved(), 0);
    let reader = Store::builder().read_only(true).open_with(backend).unwrap();
    let orders = reader.value(shop::ORDERS, Period::Day, DATE).unwrap();
    assert_eq!(orders, Some(Some(rounds)));
}

#[test]
fn what_comes_behind_a_savepoint_that_never_ended_is_no_commit() {
    for closes in [true, false] {
        let disk = Disk::new(None, 1);
        let (builder, told) = telling();
        let mut store = builder.open_with(disk.clone()).unwrap();
        store.increment(shop::ORDERS, DATE, 1).unwrap();
        let outer = store.savepoint().unwrap();
        store.increment(shop::ORDERS, DATE, 10).unwrap();
        let inner = store.savepoint().unwrap();
        store.increment(shop::sales("NL"), DATE, 100).unwrap();
        drop((outer, inner));
        if closes {
            assert_eq!(store.close().unwrap_err().code(), ErrorCode::InvalidState);
        } else {
            drop(store);
            assert_eq!(told.recv(), Ok(ErrorCode::InvalidState));
        }
        assert_eq!(orders(&disk), Some(1));
        let backend = MemoryBackend::holding(disk.after(Form::Lost).unwrap());
        let store = Store::builder().open_with(backend).unwrap();
        assert_eq!(store.len(), 1);
    }
}

#[test]
fn who_is_told_may_panic_while_a_panic_unwinds() {
    let disk = Disk::new(None, 1);
    let builder = Store::builder().on_error(|_| panic!("a mistake of who is told"));
    let mut store = builder.open_with(disk.clone()).unwrap();
    store.increment(shop::ORDERS, DATE, 1).unwrap();
    disk.fail(Some(full()));
    let unwound = catch_unwind(AssertUnwindSafe(move || {
        let _store = store;
        panic!("a mistake of the program");
    }));
    assert!(unwound.is_err());
}
