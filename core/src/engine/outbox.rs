//! The entries that were applied and not yet taken to where they are kept.

use super::{Entry, SeriesId};
use crate::model::{NewDomain, NewMetric, Value};
use crate::time::Tick;

/// An entry that owns what it says.
#[derive(Clone, Debug)]
pub(crate) enum Change {
    Domain(Box<NewDomain>),
    Metric(Box<NewMetric>),
    Set {
        series: SeriesId,
        tick: Tick,
        value: Option<Value>,
    },
    Add {
        series: SeriesId,
        tick: Tick,
        amount: Value,
    },
    Delete {
        series: SeriesId,
        first: Tick,
        last: Tick,
    },
}

impl From<Entry<'_>> for Change {
    fn from(entry: Entry<'_>) -> Self {
        match entry {
            Entry::Domain(new) => Self::Domain(Box::new(new.clone())),
            Entry::Metric(new) => Self::Metric(Box::new(new.clone())),
            Entry::Set {
                series,
                tick,
                value,
            } => Self::Set {
                series,
                tick,
                value,
            },
            Entry::Add {
                series,
                tick,
                amount,
            } => Self::Add {
                series,
                tick,
                amount,
            },
            Entry::Delete {
                series,
                first,
                last,
            } => Self::Delete {
                series,
                first,
                last,
            },
        }
    }
}

/// Who wants changes.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Reader {
    /// The caller, who carries them to another store.
    Caller,
    /// The journal.
    #[cfg(feature = "files")]
    Journal,
}

/// Applied entries in their order, gathered only while somebody wants them.
///
/// Places in it are counted from the first entry ever, so that they stay when earlier ones are forgotten.
#[derive(Debug, Default)]
pub(super) struct Outbox {
    changes: Vec<Change>,
    /// How many were forgotten.
    forgotten: usize,
    wanted: bool,
    /// How many of the changes each reader has, if it wants them.
    read: [Option<usize>; READERS],
}

const READERS: usize = if cfg!(feature = "files") { 2 } else { 1 };

impl Outbox {
    #[inline]
    pub(super) fn is_wanted(&self) -> bool {
        self.wanted
    }

    pub(super) fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }

    /// A reader that did not want changes gets those from now on.
    pub(super) fn want(&mut self, reader: Reader, wanted: bool) {
        let len = self.len();
        let read = &mut self.read[reader as usize];
        *read = wanted.then(|| read.unwrap_or(len));
        self.wanted = self.read.iter().any(Option::is_some);
        self.forget();
    }

    /// Gathers nothing until this ends, whoever wants it.
    pub(super) fn pause(&mut self, paused: bool) {
        self.wanted = !paused && self.read.iter().any(Option::is_some);
    }

    pub(super) fn push(&mut self, entry: Entry<'_>) {
        self.changes.push(entry.into());
    }

    pub(super) fn len(&self) -> usize {
        self.forgotten + self.changes.len()
    }

    /// Forgets what came after the first so many ever, also where a reader began only behind them.
    pub(super) fn truncate(&mut self, len: usize) {
        self.changes.truncate(len.saturating_sub(self.forgotten));
        let len = self.len();
        for read in self.read.iter_mut().flatten() {
            *read = len.min(*read);
        }
    }

    /// What a reader has not yet read.
    pub(super) fn changes(&self, reader: Reader) -> &[Change] {
        let read = self.read[reader as usize].unwrap_or(self.len());
        let read = read.saturating_sub(self.forgotten);
        self.changes.get(read..).unwrap_or_default()
    }

    pub(super) fn mark_read(&mut self, reader: Reader) {
        let len = self.len();
        if let Some(read) = &mut self.read[reader as usize] {
            *read = len;
        }
        self.forget();
    }

    /// Drops what everybody has read.
    fn forget(&mut self) {
        let len = self.len();
        if self.read.iter().flatten().all(|&read| read == len) {
            self.changes.clear();
            self.forgotten = len;
        }
    }
}
