//! From the handles of a run to its objects.

use super::super::days::Days;
use super::run::Plan;
use super::tally::AnyTally;
use crate::model::SlotId;
use crate::time::Tick;

/// The number of a handle whose object had no event yet.
const NO_NUMBER: u32 = u32::MAX;

/// Numbers for the objects of a run, in the order of their first events. Two handles may be of one object.
pub(super) struct Numbers<'p> {
    handles: &'p [SlotId],
    /// The number of the object of each handle, or [`NO_NUMBER`].
    known: Vec<u32>,
    /// The number of the object of each slot, by the number of the slot.
    by_slot: Vec<u32>,
    /// The slot of each object.
    pub(super) slots: Vec<SlotId>,
}

impl<'p> Numbers<'p> {
    pub(super) fn new(handles: &'p [SlotId]) -> Self {
        Self {
            handles,
            known: vec![NO_NUMBER; handles.len()],
            by_slot: Vec::new(),
            slots: Vec::new(),
        }
    }

    /// How many handles there are.
    pub(super) fn handles(&self) -> usize {
        self.handles.len()
    }

    /// The number of the object of a handle, which is new at the first event of its slot; that of no
    /// object if there is no such handle.
    #[inline]
    pub(super) fn number(&mut self, handle: usize) -> u32 {
        match self.known.get(handle) {
            Some(&NO_NUMBER) => self.meet(handle),
            Some(&number) => number,
            None => NO_NUMBER,
        }
    }

    #[cold]
    fn meet(&mut self, handle: usize) -> u32 {
        let Some(&slot) = self.handles.get(handle) else {
            return NO_NUMBER;
        };
        let place = slot.0 as usize;
        if self.by_slot.len() <= place {
            self.by_slot.resize(place + 1, NO_NUMBER);
        }
        if self.by_slot[place] == NO_NUMBER {
            self.by_slot[place] = u32::try_from(self.slots.len())
                .expect("a store has fewer than 2^32 slots, see its index");
            self.slots.push(slot);
        }
        let number = self.by_slot[place];
        if let Some(known) = self.known.get_mut(handle) {
            *known = number;
        }
        number
    }
}

impl Numbers<'_> {
    /// Of objects that were numbered.
    pub(super) fn by_slots(slots: &[SlotId]) -> Self {
        let mut numbers = Numbers::new(&[]);
        numbers.slots = slots.to_vec();
        for (number, slot) in (0_u32..).zip(slots) {
            let place = slot.0 as usize;
            if numbers.by_slot.len() <= place {
                numbers.by_slot.resize(place + 1, NO_NUMBER);
            }
            numbers.by_slot[place] = number;
        }
        numbers
    }

    /// The number of the object of a slot, if it has one.
    pub(super) fn of_slot(&self, slot: SlotId) -> Option<u32> {
        let number = self.by_slot.get(slot.0 as usize).copied();
        number.filter(|&number| number != NO_NUMBER)
    }
}

/// The objects of a run with their tallies.
pub(super) struct Objects<'p> {
    pub(super) list: Vec<Days<AnyTally>>,
    numbers: Numbers<'p>,
    /// The days that every object gets room for at once, if there are events enough to fill it.
    room: Option<(Tick, Tick)>,
}

impl<'p> Objects<'p> {
    pub(super) fn new(plan: &'p Plan<'p>) -> Self {
        let events = plan.events.len();
        let each = 64 + 4 * events / plan.slots.len().max(1);
        let room = plan.extent.and_then(|(first, last)| {
            let last = last.min(plan.span.today);
            let length = usize::try_from(i64::from(last) - i64::from(first)).ok()?;
            (length < each).then_some((first, last))
        });
        let mut objects = Self {
            list: Vec::new(),
            numbers: plan.numbers(),
            room,
        };
        objects.catch_up();
        objects
    }

    /// The number of an object and the tally of a day, if both are there.
    #[inline]
    pub(super) fn place(&mut self, handle: usize, tick: Tick) -> Option<(u32, &mut AnyTally)> {
        let &number = self.numbers.known.get(handle)?;
        let days = self.list.get_mut(number as usize)?;
        Some((number, days.place(tick)?))
    }

    /// As [`Numbers::number`].
    #[inline]
    pub(super) fn number(&mut self, handle: usize) -> u32 {
        let number = self.numbers.number(handle);
        self.catch_up();
        number
    }

    /// The slot of each object.
    pub(super) fn slots(&mut self) -> Vec<SlotId> {
        std::mem::take(&mut self.numbers.slots)
    }

    /// Adds the objects that were numbered.
    #[inline]
    fn catch_up(&mut self) {
        while self.list.len() < self.numbers.slots.len() {
            self.list.push(match self.room {
                Some((first, last)) => Days::covering(first, last),
                None => Days::new(),
            });
        }
    }
}
