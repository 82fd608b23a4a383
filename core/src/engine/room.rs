//! The numbers of slots, series and texts, and the room that they take: given out, and given back.

use super::column::Column;
use super::index::Split;
use super::undo::Undo;
use super::{Engine, SeriesId, TextId};
use crate::model::{SlotAt, SlotId};
use crate::time::Period;

impl Engine {
    pub(crate) fn texts(&self, ids: &[TextId]) -> Vec<String> {
        let mut texts = Vec::with_capacity(ids.len());
        for &id in ids {
            texts.push(self.text(id).to_owned());
        }
        texts
    }

    /// Whether there is a statistic in a split.
    pub(crate) fn is_used(&self, split: &Split) -> bool {
        Period::ALL
            .into_iter()
            .any(|period| self.is_used_in(split, period))
    }

    /// Whether there is a statistic of a period in a split.
    pub(crate) fn is_used_in(&self, split: &Split, period: Period) -> bool {
        let mut series = split.series(period).iter();
        series.any(|&(_, series)| self.column(series).len() > 0)
    }

    #[cold]
    pub(super) fn add_series(&mut self, slot: SlotId, period: Period) -> SeriesId {
        let kind = self.catalog.metric(self.slot_metric(slot)).kind;
        let series = self.index.add_series(slot, period);
        let column = Column::new(kind);
        match self.columns.get_mut(series.0 as usize) {
            Some(free) => *free = column,
            None => self.columns.push(column),
        }
        series
    }

    /// A slot, to be known again by its number.
    pub(crate) fn slot_at(&self, slot: SlotId) -> SlotAt {
        SlotAt {
            slot,
            generation: self.index.generation(slot),
        }
    }

    /// Whether the number of a slot still stands for what it did when it was given out.
    #[inline]
    pub(crate) fn is_slot_at(&self, at: SlotAt) -> bool {
        self.index.generation(at.slot) == at.generation
    }

    /// Keeps a slot, also when it is empty.
    pub(crate) fn pin(&mut self, slot: SlotId) {
        self.index.pin(slot);
    }

    /// Gives back what series without statistics take, if there are many among all, or `now` whatever there is.
    /// Does nothing while a change can be rolled back or has to be told, since changes name series by
    /// their numbers. Says whether it did.
    pub(crate) fn tidy(&mut self, now: bool) -> bool {
        let many = if now {
            1
        } else {
            (self.columns.len() / 4).max(1_000)
        };
        if self.emptied < many
            || self.log.is_marked()
            || !self.log.is_empty()
            || !self.outbox.is_empty()
        {
            return false;
        }
        self.emptied = 0;
        let columns = &self.columns;
        let is_empty = |series: SeriesId| columns[series.0 as usize].len() == 0;
        self.index.give_back(is_empty);
        let used = self.index.used_texts(self.texts.len());
        self.texts.retain(&used);
        true
    }

    /// Puts a whole column in its place, for a series that is empty and of which nobody has to be told.
    pub(crate) fn fill(&mut self, series: SeriesId, column: Column) {
        if self.log.is_open()
            && let Some((first, last)) = column.extent()
        {
            self.log.push(Undo::Missing {
                series,
                first,
                last,
            });
        }
        self.columns[series.0 as usize] = column;
    }

    /// Whether a series is empty, and no entries are gathered.
    pub(crate) fn is_unwatched(&self, series: SeriesId) -> bool {
        self.column(series).len() == 0 && !self.wants_changes()
    }
}
