//! Hashes: of texts and of numbers, with seeds that nobody outside knows.

use std::hash::{BuildHasher, Hasher};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};

/// Odd, and next to 2^64 divided by the golden ratio ("Fibonacci hashing", Knuth, The Art of Computer
/// Programming, volume 3, section 6.4).
const ODD: u64 = 0x9E37_79B9_7F4A_7C15;

/// The hash of addresses, which nobody outside can choose.
#[inline]
pub(crate) fn hash_address(address: u32) -> u64 {
    let hash = (u64::from(address) + 1).wrapping_mul(ODD);
    // A table takes its places from the low bits.
    hash ^ (hash >> 32)
}

/// The hash of numbers that the store gave out: in the order in which texts come, so that somebody
/// outside may know them, and choose which of them come together. All tables have one seed, which is drawn
/// when a number is hashed for the first time.
#[inline]
pub(crate) fn hash_numbers(numbers: impl IntoIterator<Item = u32>) -> u64 {
    static SEED: OnceLock<TextHasher> = OnceLock::new();
    let hasher = SEED.get_or_init(TextHasher::default);
    let mut hash = hasher.seed;
    for number in numbers {
        hash = hasher.fold(hash ^ u64::from(number));
    }
    hash
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

/// What seeds are made of; each takes another number of it.
static CHANCE: AtomicU64 = AtomicU64::new(0x2545_F491_4F6C_DD1D);

/// Mixes a random number into the seeds of the hashes of every store that is made from now on.
///
/// Seeds are drawn for each store, so that nobody outside can choose names or values that collide. Where
/// Rust can ask the system for chance, as nearly everywhere, nothing needs to be done. It cannot on
/// `wasm32-unknown-unknown`: there the host passes what its `crypto.getRandomValues` answers, before the
/// first store is made.
///
/// # Example: at the start of a module
///
/// ```
/// let from_the_host = 0x0123_4567_89AB_CDEF;
/// trackstats::mix_hash_seeds(from_the_host);
/// let store = trackstats::Store::in_memory();
/// # drop(store);
/// ```
pub fn mix_hash_seeds(random: u64) {
    CHANCE.fetch_add(spread(random), Ordering::Relaxed);
}

fn seed() -> u64 {
    spread(CHANCE.fetch_add(ODD, Ordering::Relaxed) ^ system())
}

/// Each bit of the number changes half of those of the result, and no two numbers have the same: the end
/// of `splitmix64`, by Steele, Lea and Flood.
const fn spread(number: u64) -> u64 {
    let number = (number ^ (number >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let number = (number ^ (number >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    number ^ (number >> 31)
}

#[cfg(not(target_family = "wasm"))]
fn system() -> u64 {
    use std::hash::{BuildHasher as _, RandomState};

    RandomState::new().hash_one(ODD)
}

/// The standard library knows no chance here.
#[cfg(target_family = "wasm")]
const fn system() -> u64 {
    0
}

impl TextHasher {
    #[inline(never)]
    pub(crate) fn hash(self, text: &str) -> u64 {
        self.hash_bytes(text.as_bytes())
    }

    fn hash_bytes(self, text: &[u8]) -> u64 {
        let (chunks, rest) = text.as_chunks();
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

/// The hashes of a map whose keys come from outside, with a seed of its own.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Seeded(TextHasher);

/// A map whose keys come from outside.
pub(crate) type HashMap<K, V> = hashbrown::HashMap<K, V, Seeded>;

#[cfg(feature = "interchange")]
pub(crate) type HashSet<T> = hashbrown::HashSet<T, Seeded>;

impl BuildHasher for Seeded {
    type Hasher = Running;

    fn build_hasher(&self) -> Running {
        Running {
            hasher: self.0,
            hash: self.0.seed,
        }
    }
}

/// A hash under way.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Running {
    hasher: TextHasher,
    hash: u64,
}

impl Hasher for Running {
    fn write(&mut self, bytes: &[u8]) {
        self.write_u64(self.hasher.hash_bytes(bytes));
    }

    fn write_u8(&mut self, number: u8) {
        self.write_u64(u64::from(number));
    }

    fn write_u32(&mut self, number: u32) {
        self.write_u64(u64::from(number));
    }

    fn write_u64(&mut self, number: u64) {
        self.hash = self.hasher.fold(self.hash ^ number);
    }

    fn write_i64(&mut self, number: i64) {
        self.write_u64(number.cast_unsigned());
    }

    fn write_usize(&mut self, number: usize) {
        self.write_u64(number as u64);
    }

    fn finish(&self) -> u64 {
        self.hash
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use std::hash::BuildHasher as _;

    use super::{Seeded, TextHasher, hash_numbers, mix_hash_seeds, seed, spread};

    /// A seed that somebody outside knows.
    const KNOWN: u64 = 0x2545_F491_4F6C_DD1D;

    /// How many different places the hashes have among 4,096.
    fn places(hashes: impl Iterator<Item = u64>) -> usize {
        hashes
            .map(|hash| hash & 0xFFF)
            .collect::<HashSet<_>>()
            .len()
    }

    #[test]
    fn texts_that_collide_under_one_seed_do_not_under_another() {
        let (known, drawn) = (TextHasher { seed: KNOWN }, TextHasher::default());
        let texts = (0..2_000_000).map(|number| format!("/shop/{number}"));
        let crafted: Vec<_> = texts
            .filter(|text| known.hash(text).trailing_zeros() >= 12)
            .take(400)
            .collect();
        assert_eq!(places(crafted.iter().map(|text| known.hash(text))), 1);
        // Of so many throws about 380 are different.
        let spread = places(crafted.iter().map(|text| drawn.hash(text)));
        assert!(spread > 320, "{spread}");
        let maps = places(crafted.iter().map(|text| Seeded(drawn).hash_one(text)));
        assert!(maps > 320, "{maps}");
    }

    #[test]
    fn pairs_of_numbers_that_collide_under_one_seed_do_not_under_another() {
        let pair = |seed: u64, (left, right): (u32, u32)| {
            let hasher = TextHasher { seed };
            hasher.fold(hasher.fold(seed ^ u64::from(left)) ^ u64::from(right))
        };
        let pairs = (0..2_000).flat_map(|left| (0..1_000).map(move |right| (left, right)));
        let crafted: Vec<_> = pairs
            .filter(|&numbers| pair(KNOWN, numbers).trailing_zeros() >= 12)
            .take(400)
            .collect();
        let spread = places(
            crafted
                .iter()
                .map(|&(left, right)| hash_numbers([left, right])),
        );
        assert!(spread > 320, "{spread}");
        let integers = places(crafted.iter().map(|&(left, right)| {
            Seeded::default().hash_one(i64::from(left) << 20 | i64::from(right))
        }));
        assert!(integers > 320, "{integers}");
    }

    #[test]
    fn no_two_seeds_are_the_same() {
        let seeds: HashSet<u64> = (0..1_000).map(|_| seed()).collect();
        assert_eq!(seeds.len(), 1_000);
        mix_hash_seeds(7);
        assert!(!seeds.contains(&seed()));
        // The chance of the host reaches all bits.
        assert!((spread(1) ^ spread(2)).count_ones() > 16);
    }

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
