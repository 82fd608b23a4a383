//! The statistics in memory: sorted columns, one for each series, and the index that leads to them.
//!
//! May import `error`, `time` and `model`. Always holds: nothing changes but by an [`Entry`]; an
//! entry that is refused changes nothing; the ticks of a column are strictly ascending.

mod apply;
mod cell;
mod column;
mod entry;
mod fault;
mod index;
mod integers;
mod outbox;
mod replace;
mod room;
mod safe;
mod slice;
mod text;
mod undo;

pub(crate) use cell::Cell;
pub(crate) use column::Column;
pub(crate) use entry::{Applied, Entry, SeriesId};
pub(crate) use fault::EngineFault;
pub(crate) use index::{Split, SplitId};
pub(crate) use outbox::{Change, Reader};
pub(crate) use slice::{Ticks, Values};
pub(crate) use text::TextId;
pub(crate) use undo::Mark;

use index::Index;
use outbox::Outbox;
use text::Texts;

use crate::model::{Catalog, MetricId, MetricInfo, SlotId};
use crate::time::Period;
use undo::Log;

/// All that a store holds.
#[derive(Debug, Default)]
pub(crate) struct Engine {
    catalog: Catalog,
    texts: Texts,
    index: Index,
    columns: Vec<Column>,
    log: Log,
    outbox: Outbox,
    /// Whether what is written from now on has to be an integer that JavaScript's numbers hold.
    is_safe: bool,
    /// How often a series became empty since the numbers of empty ones were given back.
    emptied: usize,
}

impl Engine {
    pub(crate) fn catalog(&self) -> &Catalog {
        &self.catalog
    }

    /// The metrics whose registration, kind or dimensions changed since this was last called.
    pub(crate) fn take_changed_metrics(
        &mut self,
    ) -> impl Iterator<Item = (&str, Option<&MetricInfo>)> {
        self.catalog.take_changed()
    }

    pub(crate) fn text(&self, id: TextId) -> &str {
        self.texts.text(id)
    }

    pub(crate) fn find_text(&self, text: &str) -> Option<TextId> {
        self.texts.find(text)
    }

    /// Numbers a text. This alone is no change that anybody could see.
    pub(crate) fn intern(&mut self, text: &str) -> TextId {
        self.texts.intern(text)
    }

    /// The splits of all metrics, in the order in which they were first used.
    #[cfg(feature = "sql")]
    pub(crate) fn splits(&self) -> impl Iterator<Item = (SplitId, &Split)> {
        self.index.splits()
    }

    pub(crate) fn splits_of(&self, metric: MetricId) -> impl Iterator<Item = (SplitId, &Split)> {
        self.index.splits_of(metric)
    }

    pub(crate) fn split(&self, id: SplitId) -> &Split {
        self.index.split(id)
    }

    /// The split of a metric by names, which are sorted by their texts.
    pub(crate) fn find_split(&self, metric: MetricId, names: &[TextId]) -> Option<SplitId> {
        self.index.find_split(metric, names)
    }

    pub(crate) fn add_split(&mut self, metric: MetricId, names: &[TextId]) -> SplitId {
        self.index.add_split(metric, names)
    }

    pub(crate) fn find_slot(&self, split: SplitId, values: &[TextId]) -> Option<SlotId> {
        self.index.find_slot(split, values)
    }

    pub(crate) fn add_slot(&mut self, split: SplitId, values: &[TextId]) -> SlotId {
        self.index.add_slot(split, values)
    }

    #[inline]
    pub(crate) fn find_series(&self, slot: SlotId, period: Period) -> Option<SeriesId> {
        self.index.find_series(slot, period)
    }

    /// The number of a series, which is new and empty if there was none.
    #[inline]
    pub(crate) fn series(&mut self, slot: SlotId, period: Period) -> SeriesId {
        self.index
            .find_series(slot, period)
            .unwrap_or_else(|| self.add_series(slot, period))
    }

    pub(crate) fn slot_metric(&self, slot: SlotId) -> MetricId {
        self.index.split(self.index.slot_split(slot)).metric()
    }

    pub(crate) fn slot_split(&self, slot: SlotId) -> SplitId {
        self.index.slot_split(slot)
    }

    /// The values of the dimensions, in the order of the split's names.
    pub(crate) fn slot_values(&self, slot: SlotId) -> &[TextId] {
        self.index.slot_values(slot)
    }

    #[inline]
    pub(crate) fn column(&self, series: SeriesId) -> &Column {
        &self.columns[series.0 as usize]
    }

    /// All series, in the order in which they were first used.
    pub(crate) fn all_series(&self) -> impl Iterator<Item = (SlotId, Period, &Column)> {
        let keys = self.index.keys().iter();
        keys.zip(&self.columns)
            .map(|(&(slot, period), column)| (slot, period, column))
    }

    /// The metric, dimensions and period of a series.
    pub(crate) fn series_key(&self, series: SeriesId) -> (SlotId, Period) {
        self.index.series_key(series)
    }

    /// From now on, gathers the entries that are applied for a reader, or no longer does.
    pub(crate) fn want_changes(&mut self, reader: Reader, wanted: bool) {
        self.outbox.want(reader, wanted);
    }

    /// Gathers nothing until this ends, whoever wants it.
    pub(crate) fn pause_changes(&mut self, paused: bool) {
        self.outbox.pause(paused);
    }

    pub(crate) fn wants_changes(&self) -> bool {
        self.outbox.is_wanted()
    }

    /// The entries that were gathered for a reader and that it has not read yet.
    pub(crate) fn changes(&self, reader: Reader) -> &[Change] {
        self.outbox.changes(reader)
    }

    pub(crate) fn mark_read(&mut self, reader: Reader) {
        self.outbox.mark_read(reader);
    }

    #[cfg(feature = "files")]
    /// Whether a change can still be rolled back.
    pub(crate) fn has_open_marks(&self) -> bool {
        self.log.is_open()
    }

    /// Whether a batch is under way, which may still be rolled back.
    pub(crate) fn is_marked(&self) -> bool {
        self.log.is_marked()
    }

    /// Whether one batch is under way, and no other inside it.
    #[cfg(feature = "files")]
    pub(crate) fn has_one_mark(&self) -> bool {
        self.log.is_marked_once()
    }

    /// The number of stored statistics.
    pub(crate) fn len(&self) -> usize {
        self.columns.iter().map(Column::len).sum()
    }
}
