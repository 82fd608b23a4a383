//! What a store knows of the metrics that `stats!` declared.

use crate::engine::SplitId;
use crate::model::{Declaration, Lookup, MetricId, SlotId, hash_address};

/// What this store calls the metrics that `stats!` declared, by the address of the declaration.
#[derive(Debug, Default)]
pub(super) struct Declared {
    known: Vec<Known>,
    by_address: Lookup,
}

#[derive(Debug)]
pub(super) struct Known {
    pub(super) address: usize,
    pub(super) metric: MetricId,
    pub(super) total: SlotId,
    pub(super) split: Option<(SplitId, Order)>,
}

/// For each name of a split in its own order, the place in the declaration; `None` if it is the same.
pub(super) type Order = Option<Box<[usize]>>;

impl Declared {
    #[inline]
    pub(super) fn find(&self, declaration: Declaration) -> Option<&Known> {
        self.known.get(self.place(address(declaration))?)
    }

    #[inline]
    fn place(&self, address: usize) -> Option<usize> {
        let is_it = |place: u32| {
            let known = self.known.get(place as usize);
            known.is_some_and(|known| known.address == address)
        };
        let place = self.by_address.find(hash(address), is_it)?;
        Some(place as usize)
    }

    /// Remembers a metric in the place of what was known of it.
    pub(super) fn put(&mut self, known: Known) -> &Known {
        let place = self.place(known.address).unwrap_or(self.known.len());
        if place < self.known.len() {
            self.known[place] = known;
        } else {
            let number = u32::try_from(place).expect("a program declares fewer than 2^32 metrics");
            self.by_address.insert(hash(known.address), number);
            self.known.push(known);
        }
        &self.known[place]
    }

    /// Forgets all, after registrations were rolled back.
    pub(super) fn clear(&mut self) {
        *self = Self::default();
    }
}

pub(super) fn address(declaration: Declaration) -> usize {
    std::ptr::from_ref(declaration.metric()).addr()
}

/// An address cannot be chosen by anybody who sends texts, so that the fast hash is good enough.
#[expect(
    clippy::cast_possible_truncation,
    reason = "the low bits tell the declarations of a program apart"
)]
fn hash(address: usize) -> u64 {
    hash_address(address as u32)
}
