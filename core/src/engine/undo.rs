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
}

impl Log {
    #[inline]
    pub(super) fn is_open(&self) -> bool {
        self.open > 0
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
        while self.log.changes.len() > mark.changes {
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
        self.keep(mark);
    }
}
