//! Files of stores.

use trackstats::journal::{self, Journal, MemoryBackend, Operation, Plan, StorageBackend as _};
use trackstats::{Durability, ErrorCode, MetricRef, NewMetric, Period, Store, Value};

/// Reads bytes as a file, as changes of a file that is whole, and as the content of one whose checksums
/// are right.
///
/// # Panics
///
/// When an error has another code than those of stored bytes, a changed file opens with other data, or a
/// store that was opened does not keep what is recorded.
pub fn journal(bytes: &[u8]) {
    opens(&MemoryBackend::holding(bytes.to_vec()));
    edited(bytes);
    sealed(bytes);
}

/// Opens a file, and goes on with the store if there is one.
fn opens(backend: &MemoryBackend) {
    let open = || {
        let builder = Store::builder().durability(Durability::Immediate);
        builder.open_with(backend.clone())
    };
    let mut store = match open() {
        Ok(store) => store,
        Err(error) => {
            let known = [
                ErrorCode::Corrupt,
                ErrorCode::NewerVersion,
                ErrorCode::UnknownZone,
            ];
            assert!(known.contains(&error.code()), "{error:?}");
            return;
        }
    };
    let marker = MetricRef::new("fuzz.marker");
    if store
        .register_metric(&NewMetric::new("fuzz.marker"))
        .is_err()
    {
        return;
    }
    if store.record(&marker, Period::Day, "2026-11-23", 7).is_ok() {
        store.close().expect("memory can be written to");
        let store = open().expect("it was closed");
        let value = store.value(&marker, Period::Day, "2026-11-23");
        assert_eq!(
            value.expect("it was recorded"),
            Some(Some(Value::Integer(7)))
        );
    }
}

/// A file with a few commits.
fn whole() -> Vec<u8> {
    let backend = MemoryBackend::new();
    let builder = Store::builder().store_id([3; 16]);
    let mut file = builder.open_with(backend.clone()).expect("memory is there");
    file.register_metric(&NewMetric::new("shop.orders"))
        .expect("it is new");
    for day in 1..=9 {
        let date = format!("2026-11-0{day}");
        let orders = MetricRef::new("shop.orders");
        file.increment(&orders, date.as_str(), day)
            .expect("it fits");
        file.flush().expect("memory can be written to");
    }
    file.close().expect("memory can be written to");
    backend.bytes()
}

/// Each four bytes change one part of a whole file.
fn edited(bytes: &[u8]) {
    let original = whole();
    let read = |file: &[u8]| {
        let backend = MemoryBackend::holding(file.to_vec());
        Store::builder().read_only(true).open_with(backend)
    };
    let mut file = original.clone();
    for edit in bytes.chunks_exact(4).take(64) {
        let [low, high, what, value] = edit else {
            break;
        };
        let at = usize::from(u16::from_le_bytes([*low, *high])) % file.len().max(1);
        match what % 4 {
            0 => file
                .iter_mut()
                .skip(at)
                .take(1)
                .for_each(|byte| *byte ^= value),
            1 => file
                .iter_mut()
                .skip(at)
                .take(1)
                .for_each(|byte| *byte = *value),
            2 => file.truncate(at),
            _ => {
                let from = usize::from(*value) * 8;
                if from + 64 <= file.len() && at + 64 <= file.len() {
                    file.copy_within(from..from + 64, at);
                }
            }
        }
    }
    match read(&file) {
        Ok(store) => {
            let same = read(&original).expect("it is whole").snapshot();
            assert_eq!(store.snapshot(), same);
        }
        Err(error) => assert_eq!(error.code(), ErrorCode::Corrupt, "{error:?}"),
    }
}

/// The first byte tells how long the snapshot is, each next one how long a commit is.
fn sealed(bytes: &[u8]) {
    let mut parts = bytes;
    let mut part = || {
        let (&len, rest) = parts.split_first()?;
        let (part, rest) = rest
            .split_at_checked(usize::from(len))
            .unwrap_or((rest, &[]));
        parts = rest;
        Some(part.to_vec())
    };
    let Some(snapshot) = part() else { return };
    let snapshot = if snapshot.is_empty() {
        Store::in_memory().snapshot()
    } else {
        snapshot
    };
    let mut backend = MemoryBackend::new();
    let (mut journal, plan) = Journal::create([1; 16], &snapshot);
    carry_out(&mut backend, &mut journal, plan);
    while let Some(changes) = part() {
        let plan = journal.commit(&changes).expect("it fits");
        carry_out(&mut backend, &mut journal, plan);
    }
    journal::open(&backend.bytes()).expect("its checksums are right");
    opens(&backend);
}

fn carry_out(backend: &mut MemoryBackend, journal: &mut Journal, plan: Plan) {
    let mut done = 0;
    for operation in plan.operations() {
        let result = match operation {
            Operation::Fence(fence) => backend.fence(*fence),
            Operation::Write { at, bytes } => backend.write(*at, bytes),
            Operation::SetLen(len) => backend.set_len(*len),
            Operation::Sync => backend.sync(),
            Operation::WriteBeside(bytes) => backend.write_beside(bytes),
            Operation::SyncBeside => backend.sync_beside(),
            Operation::Rename => backend.rename(),
            Operation::SyncFolder => backend.sync_folder(),
            Operation::CopyAside(version) => backend.copy_aside(*version),
        };
        result.expect("memory can be written to");
        done += 1;
    }
    journal.complete(plan, done);
}
