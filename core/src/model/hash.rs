//! Hashes: of numbers that the store gave out itself, and of texts.

/// Odd, and next to 2^64 divided by the golden ratio ("Fibonacci hashing", Knuth, The Art of Computer
/// Programming, volume 3, section 6.4).
const ODD: u64 = 0x9E37_79B9_7F4A_7C15;

/// The hash of numbers that nobody outside can choose.
#[inline]
pub(crate) fn hash_numbers(numbers: impl IntoIterator<Item = u32>) -> u64 {
    let mut hash = 0;
    for number in numbers {
        hash = (hash ^ u64::from(number)).wrapping_add(1).wrapping_mul(ODD);
    }
    // A table takes its places from the low bits.
    hash ^ (hash >> 32)
}

/// Hashes texts, which may come from people who would like them to collide.
///
/// Each eight bytes are multiplied with what nobody outside knows, and the halves of the product are
/// folded, so that no two texts collide for every seed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TextHasher {
    seed: u64,
}

impl Default for TextHasher {
    fn default() -> Self {
        Self { seed: seed() }
    }
}

#[cfg(not(target_family = "wasm"))]
fn seed() -> u64 {
    use std::hash::{BuildHasher as _, RandomState};

    RandomState::new().hash_one(ODD)
}

/// The standard library knows no chance here either.
#[cfg(target_family = "wasm")]
fn seed() -> u64 {
    0x2545_F491_4F6C_DD1D
}

impl TextHasher {
    #[inline(never)]
    pub(crate) fn hash(self, text: &str) -> u64 {
        let (chunks, rest) = text.as_bytes().as_chunks();
        let mut last = [0; 8];
        for (to, &from) in last.iter_mut().zip(rest) {
            *to = from;
        }
        // The length tells a text from the same one with zeros at its end.
        let mut hash = self.seed ^ text.len() as u64;
        for &chunk in chunks {
            hash = self.fold(hash ^ u64::from_le_bytes(chunk));
        }
        self.fold(hash ^ u64::from_le_bytes(last))
    }

    #[inline]
    #[expect(clippy::cast_possible_truncation, reason = "both halves are taken")]
    fn fold(self, number: u64) -> u64 {
        let product = u128::from(number ^ ODD) * u128::from(self.seed | 1);
        product as u64 ^ (product >> 64) as u64
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::{TextHasher, hash_numbers};

    #[test]
    fn near_texts_have_hashes_that_are_apart_in_their_low_bits() {
        let hasher = TextHasher::default();
        let texts = (0..4_096).map(|number| format!("user {number}"));
        let low: HashSet<u64> = texts.map(|text| hasher.hash(&text) & 0xFFFF).collect();
        // Of so many throws among 65,536 places about 3,970 are taken.
        assert!(low.len() > 3_800, "{}", low.len());
        let zeros: HashSet<u64> = (0..40).map(|n| hasher.hash(&"\0".repeat(n))).collect();
        assert_eq!(zeros.len(), 40);
    }

    #[test]
    fn the_hash_of_numbers_depends_on_their_order() {
        assert_ne!(hash_numbers([1, 2]), hash_numbers([2, 1]));
        assert_ne!(hash_numbers([0]), hash_numbers([0, 0]));
    }
}
