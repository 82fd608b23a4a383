//! Rolling entries back, so that several are all or nothing.

use super::cell::Cell;
use super::{Engine, SeriesId};
use crate::model::{Lookup, Registered, hash_numbers};
use crate::time::Tick;

/// What puts one change back.
#[derive(Debug)]
pub(super) enum Undo {
    Cell {
        series: SeriesId,
        tick: Tick,
        before: Cell,
    },
    /// None of these ticks was there.
    Missing {
        series: SeriesId,
        first: Tick,
        last: Tick,
    },
    Registered(Box<Registered>),
}

/// After so many changes of one mark, they are looked through for what one of them says alone.
const MANY: usize = 1 << 16;

/// The changes since the outermost mark; kept only while there is one.
///
/// Places in it are counted from the first change ever, so that they stay when earlier ones are confirmed.
#[derive(Debug)]
pub(super) struct Log {
    changes: Vec<Undo>,
    confirmed: usize,
    /// The marks that are open, the innermost last.
    marks: Vec<Mark>,
    /// The number of the next mark.
    next: u64,
    /// Whether all changes are held until they are confirmed; see [`Engine::hold_unconfirmed`].
    holds_unconfirmed: bool,
    is_open: bool,
    /// At so many changes those of the innermost mark are looked through.
    full: usize,
}

impl Default for Log {
    fn default() -> Self {
        Self {
            changes: Vec::new(),
            confirmed: 0,
            marks: Vec::new(),
            next: 0,
            holds_unconfirmed: false,
            is_open: false,
            full: usize::MAX,
        }
    }
}

impl Log {
    #[inline]
    pub(super) fn is_open(&self) -> bool {
        self.is_open
    }

    /// Whether a mark is open that was made by [`Engine::mark`].
    pub(super) fn is_marked(&self) -> bool {
        !self.marks.is_empty()
    }

    #[cfg(feature = "files")]
    pub(super) fn is_marked_once(&self) -> bool {
        self.marks.len() == 1
    }

    pub(super) fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }

    #[inline]
    pub(super) fn push(&mut self, undo: Undo) {
        if self.changes.len() >= self.full {
            self.shorten();
        }
        self.changes.push(undo);
    }

    fn len(&self) -> usize {
        self.confirmed + self.changes.len()
    }

    /// Begins or ends keeping changes, after marks came or went.
    fn follow_marks(&mut self) {
        self.is_open = self.holds_unconfirmed || self.is_marked();
        if !self.is_open {
            self.confirmed += self.changes.len();
            self.changes = Vec::new();
        }
        self.full = self.marks.last().map_or(usize::MAX, |mark| mark.full);
    }

    /// Of what the innermost mark can roll back, keeps the first change of each statistic, which alone knows what
    /// was there: a key that changes a million times takes the room of one.
    #[cold]
    fn shorten(&mut self) {
        let start = self
            .marks
            .last()
            .map_or(self.confirmed, |mark| mark.changes);
        let start = start.saturating_sub(self.confirmed);
        let mut first_of = Lookup::default();
        let mut kept = start;
        for at in start..self.changes.len() {
            if let Undo::Cell { series, tick, .. } = self.changes[at] {
                let hash = hash_numbers([series.0, tick.cast_unsigned()]);
                let is_same = |place: u32| {
                    matches!(self.changes[place as usize], Undo::Cell { series: other, tick: on, .. }
                        if other == series && on == tick)
                };
                if first_of.find(hash, is_same).is_some() {
                    continue;
                }
                let place =
                    u32::try_from(kept).expect("a batch changes fewer than 2^32 statistics");
                first_of.insert(hash, place);
            }
            self.changes.swap(kept, at);
            kept += 1;
        }
        self.changes.truncate(kept);
        self.full = start + (kept - start) * 2 + MANY;
        if let Some(mark) = self.marks.last_mut() {
            mark.full = self.full;
        }
    }

    /// Ends the marks from a number on.
    fn end_from(&mut self, number: u64) {
        while self.marks.last().is_some_and(|mark| mark.number >= number) {
            self.marks.pop();
        }
        self.follow_marks();
    }
}

/// A place in the sequence of changes that can be gone back to.
#[derive(Clone, Copy, Debug)]
#[must_use = "release it, or roll back to it"]
pub(crate) struct Mark {
    number: u64,
    changes: usize,
    outbox: usize,
    /// At so many changes they are looked through, also those of marks inside that ended.
    full: usize,
}

impl Engine {
    /// Remembers this place. Ending a mark ends those that were made after it.
    pub(crate) fn mark(&mut self) -> Mark {
        let mark = Mark {
            number: self.log.next,
            changes: self.log.len(),
            outbox: self.outbox.len(),
            full: self.log.changes.len() + MANY,
        };
        self.log.next += 1;
        self.log.marks.push(mark);
        self.log.follow_marks();
        mark
    }

    /// Whether a mark is of this engine and was not ended yet.
    pub(crate) fn is_open_mark(&self, mark: Mark) -> bool {
        let mut marks = self.log.marks.iter();
        marks.any(|other| other.number == mark.number)
    }

    /// Ends a mark, and keeps what came after it. Does nothing if it was ended before.
    pub(crate) fn release(&mut self, mark: Mark) {
        if self.is_open_mark(mark) {
            self.log.end_from(mark.number);
        }
    }

    /// Ends the marks that were made after this one, and keeps what came after them.
    pub(crate) fn release_after(&mut self, mark: Mark) {
        self.log.end_from(mark.number + 1);
    }

    /// Ends a mark, and rolls back what came after it. Does nothing if it was ended before.
    pub(crate) fn rollback_to(&mut self, mark: Mark) {
        if !self.is_open_mark(mark) {
            return;
        }
        self.outbox.truncate(mark.outbox);
        self.undo(mark.changes);
        self.release(mark);
    }

    /// Rolls back what came after every mark, none of which is going to be ended.
    #[cfg(feature = "files")]
    pub(crate) fn roll_back_marks(&mut self) {
        if let Some(&outermost) = self.log.marks.first() {
            self.rollback_to(outermost);
        }
    }

    /// From now on, what is changed can be rolled back until it is confirmed. This stays so.
    pub(crate) fn hold_unconfirmed(&mut self) {
        self.log.holds_unconfirmed = true;
        self.log.is_open = true;
    }

    /// How many changes are unconfirmed.
    pub(crate) fn unconfirmed(&self) -> usize {
        self.log.changes.len()
    }

    /// Confirms the first so many of the unconfirmed changes; inside a mark, only those that came before it.
    pub(crate) fn confirm(&mut self, count: usize) {
        let marked = self.log.marks.first().map(|mark| mark.changes);
        let most = marked.map_or(self.log.changes.len(), |place| {
            place.saturating_sub(self.log.confirmed)
        });
        let count = count.min(most);
        self.log.changes.drain(..count);
        self.log.confirmed += count;
    }

    /// Rolls back all unconfirmed changes.
    pub(crate) fn roll_back_unconfirmed(&mut self) {
        self.undo(0);
    }

    /// Rolls back all changes after the first so many ever.
    fn undo(&mut self, count: usize) {
        while self.log.len() > count {
            match self.log.changes.pop() {
                Some(Undo::Cell {
                    series,
                    tick,
                    before,
                }) => match before {
                    Cell::Missing => {
                        self.remove(series, tick, tick);
                    }
                    Cell::Held(value) => {
                        self.columns[series.0 as usize].set(tick, value);
                    }
                },
                Some(Undo::Missing {
                    series,
                    first,
                    last,
                }) => {
                    self.remove(series, first, last);
                }
                Some(Undo::Registered(registered)) => {
                    if let Some(id) = self.catalog.undo(*registered) {
                        self.index.outdate(id);
                    }
                }
                None => break,
            }
        }
    }

    /// Removes what a series has on some dates, and answers how much that was.
    pub(super) fn remove(&mut self, series: SeriesId, first: Tick, last: Tick) -> usize {
        let column = &mut self.columns[series.0 as usize];
        let removed = column.remove(first, last);
        self.emptied += usize::from(removed > 0 && column.len() == 0);
        removed
    }
}

#[cfg(test)]
#[path = "undo_test.rs"]
mod tests;
