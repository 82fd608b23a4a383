//! Numbers that nobody else has.

use std::hash::{BuildHasher as _, Hasher as _, RandomState};

/// A number of random bits: the keys of the standard library's hash maps come from the operating
/// system.
pub(crate) fn random() -> u64 {
    let mut hasher = RandomState::new().build_hasher();
    hasher.write_u32(std::process::id());
    hasher.finish()
}

/// What tells a store from every other.
pub(crate) fn store_id() -> [u8; 16] {
    (u128::from(random()) << 64 | u128::from(random())).to_le_bytes()
}
