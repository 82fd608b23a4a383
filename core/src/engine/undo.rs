//! Taking entries back, so that several are all or nothing.

use super::column::Cell;
use super::{Engine, SeriesId};
use crate::model::Registered;
use crate::time::Tick;

/// What puts one change back.
#[derive(Debug)]
pub(super) enum Undo {
    Cell {
        series: SeriesId,
        tick: Tick,
        before: Cell,
    },
    Registered(Registered),
}

/// The changes since the outermost mark; kept only while there is one.
#[derive(Debug, Default)]
pub(super) struct Log {
    changes: Vec<Undo>,
    open: u32,
    /// Whether one of the open marks is the one of [`Engine::hold`].
    holds: bool,
    /// How many entries were gathered when the outermost mark was made.
    #[cfg(feature = "files")]
    outbox: usize,
}

impl Log {
    #[inline]
    pub(super) fn is_open(&self) -> bool {
        self.open > 0
    }

    /// Whether a mark is open that was made by [`Engine::mark`].
    pub(super) fn is_marked(&self) -> bool {
        self.open > u32::from(self.holds)
    }

    #[cfg(feature = "files")]
    pub(super) fn is_open_once(&self) -> bool {
        self.open == 1
    }

    pub(super) fn push(&mut self, undo: Undo) {
        self.changes.push(undo);
    }
}

/// A place in the sequence of changes that can be gone back to.
#[derive(Debug)]
#[must_use = "keep or take back what came after it"]
pub(crate) struct Mark {
    changes: usize,
    outbox: usize,
}

impl Engine {
    /// Remembers this place. Marks are ended in the opposite order of their making.
    pub(crate) fn mark(&mut self) -> Mark {
        #[cfg(feature = "files")]
        if self.log.open == 0 {
            self.log.outbox = self.outbox.len();
        }
        self.log.open += 1;
        Mark {
            changes: self.log.changes.len(),
            outbox: self.outbox.len(),
        }
    }

    /// Ends a mark and keeps what came after it.
    pub(crate) fn keep(&mut self, _: Mark) {
        self.log.open -= 1;
        if self.log.open == 0 {
            self.log.changes = Vec::new();
        }
    }

    /// Ends a mark and takes back what came after it.
    pub(crate) fn take_back(&mut self, mark: Mark) {
        self.outbox.truncate(mark.outbox);
        self.undo(mark.changes);
        self.keep(mark);
    }

    /// Takes back what came after every mark, none of which is going to be ended.
    #[cfg(feature = "files")]
    pub(crate) fn take_back_marks(&mut self) {
        if self.log.is_open() && !self.log.holds {
            self.outbox.truncate(self.log.outbox);
            self.undo(0);
            self.log.open = 0;
        }
    }

    /// From now on, what is changed can be taken back until it is settled. This stays so.
    pub(crate) fn hold(&mut self) {
        if !self.log.holds {
            self.log.holds = true;
            self.log.open += 1;
        }
    }

    /// How many changes are held.
    pub(crate) fn held(&self) -> usize {
        self.log.changes.len()
    }

    /// The first so many of the changes that are held stay.
    pub(crate) fn settle(&mut self, count: usize) {
        self.log.changes.drain(..count.min(self.log.changes.len()));
    }

    /// Takes back all changes that are held.
    pub(crate) fn take_back_held(&mut self) {
        self.undo(0);
    }

    /// Takes back all changes but the first so many.
    fn undo(&mut self, count: usize) {
        while self.log.changes.len() > count {
            match self.log.changes.pop() {
                Some(Undo::Cell {
                    series,
                    tick,
                    before,
                }) => {
                    let column = &mut self.columns[series.0 as usize];
                    match before {
                        Cell::Missing => {
                            column.remove(tick, tick);
                        }
                        Cell::Held(value) => {
                            column.set(tick, value);
                        }
                    }
                }
                Some(Undo::Registered(registered)) => self.catalog.undo(registered),
                None => break,
            }
        }
    }
}
