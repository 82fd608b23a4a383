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

/// Applied entries in their order, gathered only while somebody wants them.
#[derive(Debug, Default)]
pub(super) struct Outbox {
    changes: Vec<Change>,
    wanted: bool,
}

impl Outbox {
    #[inline]
    pub(super) fn is_wanted(&self) -> bool {
        self.wanted
    }

    pub(super) fn want(&mut self, wanted: bool) {
        self.wanted = wanted;
    }

    pub(super) fn push(&mut self, entry: Entry<'_>) {
        self.changes.push(entry.into());
    }

    pub(super) fn len(&self) -> usize {
        self.changes.len()
    }

    /// Forgets what came after the first so many.
    pub(super) fn truncate(&mut self, len: usize) {
        self.changes.truncate(len);
    }

    pub(super) fn changes(&self) -> &[Change] {
        &self.changes
    }

    pub(super) fn clear(&mut self) {
        self.changes.clear();
    }
}
