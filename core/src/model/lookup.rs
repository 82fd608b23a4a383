//! Finding the number of something by its hash.

/// The numbers of things, by 32 bits of a hash of each: linear probing, at most three quarters full.
///
/// It does not know what the numbers stand for and keeps the hashes, so that growing asks for neither:
/// the tables of a store share one piece of code, which matters where each page loads it.
#[derive(Debug, Default)]
pub(crate) struct Lookup {
    /// As many as a power of two, or none.
    places: Vec<Place>,
    len: usize,
}

#[derive(Clone, Copy, Debug)]
struct Place {
    hash: u32,
    number: u32,
}

/// In the place of a number: none.
const FREE: u32 = u32::MAX;

impl Lookup {
    /// The number with that hash which is the one.
    #[inline]
    pub(crate) fn find(&self, hash: u64, mut is_it: impl FnMut(u32) -> bool) -> Option<u32> {
        let hash = short(hash);
        let mut at = hash as usize;
        // Without places the mask is all ones, and no place is there.
        let mask = self.places.len().wrapping_sub(1);
        loop {
            let place = self.places.get(at & mask)?;
            if place.number == FREE {
                return None;
            }
            if place.hash == hash && is_it(place.number) {
                return Some(place.number);
            }
            at = at.wrapping_add(1);
        }
    }

    /// Adds a number that [`find`](Self::find) did not find: any but the largest.
    #[inline(never)]
    pub(crate) fn insert(&mut self, hash: u64, number: u32) {
        self.len += 1;
        if self.len * 4 > self.places.len() * 3 {
            self.grow();
        }
        self.put(Place {
            hash: short(hash),
            number,
        });
    }

    /// Removes a number that was inserted with that hash.
    pub(crate) fn remove(&mut self, hash: u64, number: u32) {
        let mask = self.places.len().wrapping_sub(1);
        let mut at = short(hash) as usize & mask;
        loop {
            match self.places.get(at) {
                Some(place) if place.number == number => break,
                Some(place) if place.number != FREE => at = (at + 1) & mask,
                _ => return,
            }
        }
        self.len -= 1;
        // What follows moves up, unless it would come before the place where it is looked for first.
        let mut next = at;
        loop {
            next = (next + 1) & mask;
            let place = self.places[next];
            if place.number == FREE {
                break;
            }
            let wanted = place.hash as usize & mask;
            if next.wrapping_sub(wanted) & mask >= next.wrapping_sub(at) & mask {
                self.places[at] = place;
                at = next;
            }
        }
        self.places[at].number = FREE;
    }

    fn grow(&mut self) {
        let free = Place {
            hash: 0,
            number: FREE,
        };
        let room = vec![free; (self.places.len() * 2).max(8)];
        for place in std::mem::replace(&mut self.places, room) {
            if place.number != FREE {
                self.put(place);
            }
        }
    }

    fn put(&mut self, place: Place) {
        let mask = self.places.len() - 1;
        let mut at = place.hash as usize & mask;
        while self.places[at].number != FREE {
            at = (at + 1) & mask;
        }
        self.places[at] = place;
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "the low bits of a hash are as good as all of it"
)]
const fn short(hash: u64) -> u32 {
    hash as u32
}

#[cfg(test)]
mod tests {
    use super::Lookup;

    #[test]
    fn what_was_inserted_is_found_among_equal_hashes() {
        let mut lookup = Lookup::default();
        assert_eq!(lookup.find(7, |_| true), None);
        for number in 0..1_000 {
            let hash = u64::from(number % 10);
            assert_eq!(lookup.find(hash, |other| other == number), None);
            lookup.insert(hash, number);
        }
        for number in 0..1_000 {
            let hash = u64::from(number % 10);
            assert_eq!(lookup.find(hash, |other| other == number), Some(number));
            assert_eq!(lookup.find(hash + 1, |other| other == number), None);
        }
    }

    #[test]
    fn what_was_removed_is_gone_and_all_else_is_found() {
        let mut lookup = Lookup::default();
        // Hashes that lie together, also around the end of the table.
        let hash = |number: u32| u64::from(number.wrapping_mul(0x9E37_79B9) >> 20);
        let mut there = vec![false; 3_000];
        for round in 0..20_000_u32 {
            let number = round.wrapping_mul(2_654_435_761) % 3_000;
            let is_there = &mut there[number as usize];
            if *is_there {
                lookup.remove(hash(number), number);
            } else {
                lookup.insert(hash(number), number);
            }
            *is_there = !*is_there;
        }
        for (number, &is_there) in (0..).zip(&there) {
            let found = lookup.find(hash(number), |other| other == number);
            assert_eq!(found, is_there.then_some(number));
        }
        lookup.remove(5, 3_000);
        assert_eq!(
            lookup.len,
            there.iter().filter(|&&is_there| is_there).count()
        );
    }
}
