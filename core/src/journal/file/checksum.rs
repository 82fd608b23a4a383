//! The checksum of everything in a file.

use xxhash_rust::xxh3::xxh3_64_with_seed;

/// XXH3 of 64 bits.
pub(super) fn checksum(bytes: &[u8], seed: u64) -> u64 {
    xxh3_64_with_seed(bytes, seed)
}

/// What the snapshot and the frames of one generation of one store are seeded with, so that those of
/// another never fit.
pub(super) fn seed(id: &[u8; 16], generation: u64) -> u64 {
    checksum(id, generation)
}
