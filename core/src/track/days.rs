//! The tallies of one object by day.

use super::sparse::Sparse;
use super::tally::Tally;
use crate::time::Tick;

/// Tallies by day. They stand one beside the other as long as the days lie close enough together for
/// that to be small; otherwise in chunks.
#[derive(Debug)]
pub(super) enum Days<T> {
    Dense {
        base: Tick,
        tallies: Vec<T>,
        events: usize,
    },
    Sparse(Sparse<T>),
}

/// How many days may lie between the first and the last for so many events.
const fn room(events: usize) -> usize {
    64 + 16 * events
}

impl<T: Tally> Days<T> {
    pub(super) const fn new() -> Self {
        Self::Dense {
            base: 0,
            tallies: Vec::new(),
            events: 0,
        }
    }

    /// With room for the days from `first` to `last`; they are to be few for the events to come.
    pub(super) fn covering(first: Tick, last: Tick) -> Self {
        let length = usize::try_from(i64::from(last) - i64::from(first) + 1).unwrap_or(0);
        Self::Dense {
            base: first,
            tallies: vec![T::EMPTY; length],
            events: 0,
        }
    }

    /// The tally of a day, if the days beside it stand one beside the other.
    #[inline]
    pub(super) fn place(&mut self, tick: Tick) -> Option<&mut T> {
        match self {
            // A day before the first wraps around to a place that no calendar reaches.
            Self::Dense { base, tallies, .. } => {
                tallies.get_mut(tick.wrapping_sub(*base).cast_unsigned() as usize)
            }
            Self::Sparse(_) => None,
        }
    }

    #[inline]
    pub(super) fn add(&mut self, tick: Tick, tally: &T) {
        if let Self::Dense {
            base,
            tallies,
            events,
        } = self
        {
            *events += 1;
            let place = usize::try_from(i64::from(tick) - i64::from(*base));
            if let Ok(place) = place
                && let Some(held) = tallies.get_mut(place)
            {
                held.merge(tally);
                return;
            }
        }
        self.make_room(tick);
        match self {
            Self::Dense { base, tallies, .. } => {
                if let Ok(place) = usize::try_from(tick - *base)
                    && let Some(held) = tallies.get_mut(place)
                {
                    held.merge(tally);
                }
            }
            Self::Sparse(tallies) => tallies.add(tick, tally),
        }
    }

    /// Makes a place for a tick, or goes over to the chunks. There is no place before the first day: a day
    /// that has one is known to be in time. After the last, all the memory there is becomes places, so
    /// that days in order seldom come here.
    #[cold]
    fn make_room(&mut self, tick: Tick) {
        let Self::Dense {
            base,
            tallies,
            events,
        } = self
        else {
            return;
        };
        if tallies.is_empty() {
            *base = tick;
            tallies.push(T::EMPTY);
            return;
        }
        let most = room(*events);
        if tick < *base {
            let more = usize::try_from(*base - tick).unwrap_or(usize::MAX);
            if more.saturating_add(tallies.len()) <= most {
                tallies.splice(0..0, std::iter::repeat_n(T::EMPTY, more));
                *base = tick;
                return;
            }
        } else {
            let length = usize::try_from(tick - *base)
                .unwrap_or(usize::MAX)
                .saturating_add(1);
            if length <= most {
                tallies.reserve(length - tallies.len());
                tallies.resize(tallies.capacity(), T::EMPTY);
                return;
            }
        }
        let mut sparse = Sparse::new();
        for (tick, tally) in self.iter() {
            sparse.add(tick, &tally);
        }
        *self = Self::Sparse(sparse);
    }

    /// The days that have events, in order.
    pub(super) const fn iter(&self) -> Iter<'_, T> {
        Iter {
            days: self,
            chunk: 0,
            place: 0,
        }
    }

    /// The first day that has events.
    pub(super) fn first(&self) -> Option<Tick> {
        self.iter().next().map(|(tick, _)| tick)
    }

    /// The tally of a day.
    pub(super) fn get(&self, tick: Tick) -> T {
        match self {
            Self::Dense { base, tallies, .. } => {
                usize::try_from(i64::from(tick) - i64::from(*base))
                    .ok()
                    .and_then(|place| tallies.get(place).copied())
                    .unwrap_or(T::EMPTY)
            }
            Self::Sparse(tallies) => tallies.get(tick).unwrap_or(T::EMPTY),
        }
    }
}

/// The days that have events, in order.
#[derive(Debug)]
pub(super) struct Iter<'d, T> {
    days: &'d Days<T>,
    chunk: usize,
    place: usize,
}

impl<T: Tally> Iterator for Iter<'_, T> {
    type Item = (Tick, T);

    #[inline]
    fn next(&mut self) -> Option<(Tick, T)> {
        match self.days {
            Days::Dense { base, tallies, .. } => {
                let rest = tallies.get(self.place..)?;
                let next = rest.iter().position(|tally| !tally.is_empty())?;
                let place = self.place + next;
                self.place = place + 1;
                // As many days as there are tallies lie between the first and the last in the calendar.
                let tick = base.wrapping_add(Tick::try_from(place).unwrap_or(0));
                tallies.get(place).map(|&tally| (tick, tally))
            }
            Days::Sparse(tallies) => {
                if tallies.at(self.chunk, self.place).is_none() {
                    (self.chunk, self.place) = (self.chunk + 1, 0);
                }
                let next = tallies.at(self.chunk, self.place)?;
                self.place += 1;
                Some(next)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Days;
    use crate::track::tally::{Count, Tally};

    #[test]
    fn days_far_apart_are_kept_as_well_as_close_ones() {
        for spread in [1, 7, 100, 10_000] {
            let mut days: Days<Count> = Days::new();
            let mut expected = std::collections::BTreeMap::new();
            let mut tick = 17_i64;
            for _ in 0..300 {
                tick = (tick * 1_103_515_245 + 12_345).rem_euclid(1 << 31);
                let day = i32::try_from(tick.rem_euclid(97) * spread - 40 * spread).unwrap();
                days.add(day, &Count::of(None));
                *expected.entry(day).or_insert(0) += 1;
            }
            let found: Vec<_> = days
                .iter()
                .map(|(day, count)| (day, count.finish()))
                .collect();
            let expected: Vec<_> = expected
                .into_iter()
                .map(|(day, count)| (day, Some(Some(crate::Value::Integer(count)))))
                .collect();
            assert_eq!(found, expected, "{spread}");
        }
    }
}
