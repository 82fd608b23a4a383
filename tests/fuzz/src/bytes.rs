//! Snapshots and changes, as bytes.

use trackstats::{Error, ErrorCode, Export, Store};

use crate::sample::{store, written};

/// Reads bytes as a snapshot, and as changes of a store.
///
/// # Panics
///
/// When an error has another code than those of stored bytes, changes that are refused leave something
/// behind, or a store that took a snapshot or changes is not the same once it was written and read.
pub fn bytes(bytes: &[u8]) {
    match Store::builder().restore(bytes) {
        Ok(store) => stays(&store),
        Err(error) => assert!(is_of_bytes(&error), "{error:?}"),
    }

    let mut store = store();
    let before = store.snapshot();
    match store.apply_changes(bytes) {
        Ok(()) => stays(&store),
        Err(error) => {
            assert!(is_of_bytes(&error), "{error:?}");
            assert_eq!(store.snapshot(), before);
        }
    }
}

/// The snapshot of a store gives the same store.
fn stays(store: &Store) {
    let snapshot = store.snapshot();
    let again = Store::builder().restore(&snapshot);
    let again = again.expect("a snapshot can be read");
    assert_eq!(again.snapshot(), snapshot);
    let lines = written(store, Export::json_lines());
    assert_eq!(written(&again, Export::json_lines()), lines);
}

fn is_of_bytes(error: &Error) -> bool {
    matches!(
        error.code(),
        ErrorCode::Corrupt | ErrorCode::NewerVersion | ErrorCode::ZoneMismatch
    )
}
