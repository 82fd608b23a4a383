//! Tallies of days that lie far apart.

use super::tally::Tally;
use crate::time::Tick;

/// How many days a chunk holds before it is split.
const FULL: usize = 512;

/// Tallies in the order of their days, in chunks that are small enough to insert into. None is empty.
#[derive(Debug)]
pub(super) struct Sparse<T>(Vec<Vec<(Tick, T)>>);

impl<T: Tally> Sparse<T> {
    pub(super) const fn new() -> Self {
        Self(Vec::new())
    }

    /// Where a day is or would be.
    fn find(&self, tick: Tick) -> (usize, Result<usize, usize>) {
        let after = self
            .0
            .partition_point(|chunk| chunk.first().is_some_and(|&(first, _)| first <= tick));
        let at = after.saturating_sub(1);
        let place = match self.0.get(at) {
            Some(chunk) => chunk.binary_search_by_key(&tick, |&(tick, _)| tick),
            None => Err(0),
        };
        (at, place)
    }

    pub(super) fn add(&mut self, tick: Tick, tally: &T) {
        let (at, place) = self.find(tick);
        if self.0.is_empty() {
            self.0.push(Vec::new());
        }
        let chunk = &mut self.0[at];
        match place {
            Ok(place) => chunk[place].1.merge(tally),
            Err(place) => {
                let mut new = T::EMPTY;
                new.merge(tally);
                chunk.insert(place, (tick, new));
                if chunk.len() > FULL {
                    let rest = chunk.split_off(FULL / 2);
                    self.0.insert(at + 1, rest);
                }
            }
        }
    }

    pub(super) fn get(&self, tick: Tick) -> Option<T> {
        match self.find(tick) {
            (at, Ok(place)) => self.at(at, place).map(|(_, tally)| tally),
            _ => None,
        }
    }

    /// What is at a place of a chunk.
    pub(super) fn at(&self, chunk: usize, place: usize) -> Option<(Tick, T)> {
        self.0.get(chunk)?.get(place).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::super::tally::{Count, Tally as _};
    use super::Sparse;

    #[test]
    fn days_in_any_order_are_found_and_listed_in_theirs() {
        let mut sparse = Sparse::<Count>::new();
        assert!(sparse.get(0).is_none());
        // 7,919 and 10,007 have no common divisor: every day comes up, and none twice.
        for step in 0..10_007 {
            sparse.add(step * 7_919 % 10_007 * 50, &Count::of(None));
        }
        sparse.add(50, &Count::of(None));
        let mut listed = Vec::new();
        let mut at = 0;
        while sparse.at(at, 0).is_some() {
            listed.extend((0..).map_while(|place| sparse.at(at, place)));
            at += 1;
        }
        assert!(at > 19, "{at} chunks");
        let ticks: Vec<_> = listed.iter().map(|&(tick, _)| tick).collect();
        assert!(ticks.iter().copied().eq((0..10_007).map(|day| day * 50)));
        let count = |tick| sparse.get(tick).map(|tally| tally.finish());
        assert_eq!(count(50), Some(Some(Some(crate::Value::Integer(2)))));
        assert_eq!(count(100), Some(Some(Some(crate::Value::Integer(1)))));
        assert_eq!(count(101), None);
    }
}
