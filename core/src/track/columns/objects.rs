//! From the handles of a run to its objects.

use super::super::days::Days;
use super::super::objects::Object;
use super::run::Plan;
use super::tally::AnyTally;
use crate::engine::Engine;
use crate::time::{Period, Tick};

/// The number of a handle whose object had no event yet.
pub(super) const NO_NUMBER: u32 = u32::MAX;

/// The objects of a run, in the order of their first events.
pub(super) struct Objects<'p> {
    pub(super) list: Vec<Object<AnyTally>>,
    /// The object of each handle.
    pub(super) numbers: Vec<u32>,
    /// The object of each slot, by its number.
    by_slot: Vec<u32>,
    plan: &'p Plan<'p>,
    engine: &'p Engine,
    /// The days that every object gets room for at once, if there are events enough to fill it.
    pub(super) room: Option<(Tick, Tick)>,
}

impl<'p> Objects<'p> {
    pub(super) fn new(plan: &'p Plan<'p>, engine: &'p Engine) -> Self {
        let events = plan.events.days.len();
        let each = 64 + 4 * events / plan.slots.len().max(1);
        let room = plan.extent.and_then(|(first, last)| {
            let last = last.min(plan.span.today);
            let length = usize::try_from(i64::from(last) - i64::from(first)).ok()?;
            (length < each).then_some((first, last))
        });
        Self {
            list: Vec::new(),
            numbers: vec![NO_NUMBER; plan.slots.len()],
            by_slot: Vec::new(),
            plan,
            engine,
            room,
        }
    }

    /// The number of an object and the tally of a day, if both are there.
    #[inline]
    pub(super) fn place(&mut self, handle: usize, tick: Tick) -> Option<(u32, &mut AnyTally)> {
        let &number = self.numbers.get(handle)?;
        let object = self.list.get_mut(number as usize)?;
        Some((number, object.days.place(tick)?))
    }

    /// The number of the object of a handle, which is new at the first event of its slot; that of no
    /// object if there is no such handle.
    #[inline]
    pub(super) fn number(&mut self, handle: usize) -> u32 {
        match self.numbers.get(handle) {
            Some(&NO_NUMBER) => self.add(handle),
            Some(&number) => number,
            None => NO_NUMBER,
        }
    }

    #[cold]
    fn add(&mut self, handle: usize) -> u32 {
        let Some(&slot) = self.plan.slots.get(handle) else {
            return NO_NUMBER;
        };
        let next = u32::try_from(self.list.len())
            .expect("a store has fewer than 2^32 slots, see its index");
        let place = slot.0 as usize;
        if self.by_slot.len() <= place {
            self.by_slot.resize(place + 1, NO_NUMBER);
        }
        let mut number = self.by_slot[place];
        if number == NO_NUMBER {
            number = next;
            self.by_slot[place] = next;
            let series = self.engine.find_series(slot, self.plan.span.period);
            let column = series.map(|series| self.engine.column(series));
            let resume = self.plan.span.resume(column);
            self.list.push(Object {
                slot,
                resume,
                days: self.days(resume),
            });
        }
        if let Some(known) = self.numbers.get_mut(handle) {
            *known = number;
        }
        number
    }

    fn days(&self, resume: Option<Tick>) -> Days<AnyTally> {
        let Some((first, last)) = self.room else {
            return Days::new();
        };
        // What came before the rows of a day tracker is late and never added.
        let resume = resume.filter(|_| self.plan.span.period == Period::Day);
        Days::covering(first.max(resume.unwrap_or(first)), last)
    }
}
