//! A hash for numbers that the store gave out itself.

use std::hash::Hasher;

/// Multiplies by the odd number next to 2^64 divided by the golden ratio ("Fibonacci hashing",
/// Knuth, The Art of Computer Programming, volume 3, section 6.4).
///
/// For numbers that nobody outside can choose; texts get a seeded hasher.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Mix(u64);

impl Hasher for Mix {
    fn finish(&self) -> u64 {
        // The table takes its place from the low bits and its tag from the high ones.
        self.0 ^ (self.0 >> 32)
    }

    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.write_u32(byte.into());
        }
    }

    fn write_u32(&mut self, number: u32) {
        self.0 = (self.0 ^ u64::from(number))
            .wrapping_add(1)
            .wrapping_mul(0x9E37_79B9_7F4A_7C15);
    }

    fn write_usize(&mut self, number: usize) {
        self.0 = self.0.wrapping_add(number as u64);
    }
}
