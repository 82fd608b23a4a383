//! The way from a metric, dimensions and a period to a series.

use super::{SeriesId, TextId};
use crate::model::{Lookup, MetricId, SlotId, hash_numbers};
use crate::time::Period;

/// The number of a split.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct SplitId(pub(crate) u32);

/// A metric split by a set of dimensions. The total is the split by none.
#[derive(Debug)]
pub(crate) struct Split {
    metric: MetricId,
    names: Box<[TextId]>,
    slots: Lookup,
    /// The series of each period, in the order of their making.
    series: [Vec<(SlotId, SeriesId)>; Period::ALL.len()],
}

impl Split {
    pub(crate) fn metric(&self) -> MetricId {
        self.metric
    }

    /// The names of the dimensions, sorted by their texts.
    pub(crate) fn names(&self) -> &[TextId] {
        &self.names
    }

    pub(crate) fn series(&self, period: Period) -> &[(SlotId, SeriesId)] {
        &self.series[period.index()]
    }
}

/// A combination of dimension values in a split.
#[derive(Debug)]
struct Slot {
    split: SplitId,
    values: Box<[TextId]>,
    series: [Option<SeriesId>; Period::ALL.len()],
    /// Another one each time that the number stands for something else, so that who has it can tell.
    generation: u32,
    state: State,
}

/// Whether a slot is given to others when it is empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Free,
    Taken,
    /// Somebody has its number, and keeps it.
    Pinned,
}

#[derive(Debug, Default)]
pub(super) struct Index {
    splits: Vec<Split>,
    /// The splits of each metric, by its number.
    by_metric: Vec<Vec<SplitId>>,
    slots: Vec<Slot>,
    keys: Vec<(SlotId, Period)>,
    /// Numbers that stand for nothing.
    free_slots: Vec<SlotId>,
    free_series: Vec<SeriesId>,
}

impl Index {
    #[cfg(feature = "sql")]
    pub(super) fn splits(&self) -> impl Iterator<Item = (SplitId, &Split)> {
        (0_u32..).map(SplitId).zip(&self.splits)
    }

    pub(super) fn splits_of(&self, metric: MetricId) -> impl Iterator<Item = (SplitId, &Split)> {
        let ids = self
            .by_metric
            .get(metric.0 as usize)
            .map(Vec::as_slice)
            .unwrap_or_default();
        ids.iter().map(|&id| (id, self.split(id)))
    }

    pub(super) fn split(&self, id: SplitId) -> &Split {
        &self.splits[id.0 as usize]
    }

    pub(super) fn find_split(&self, metric: MetricId, names: &[TextId]) -> Option<SplitId> {
        self.splits_of(metric)
            .find(|(_, split)| *split.names == *names)
            .map(|(id, _)| id)
    }

    pub(super) fn add_split(&mut self, metric: MetricId, names: &[TextId]) -> SplitId {
        if let Some(id) = self.find_split(metric, names) {
            return id;
        }
        let id = SplitId(number(self.splits.len()));
        self.splits.push(Split {
            metric,
            names: names.into(),
            slots: Lookup::default(),
            series: Default::default(),
        });
        let place = metric.0 as usize;
        if self.by_metric.len() <= place {
            self.by_metric.resize_with(place + 1, Vec::new);
        }
        self.by_metric[place].push(id);
        id
    }

    pub(super) fn find_slot(&self, split: SplitId, values: &[TextId]) -> Option<SlotId> {
        let has_values = |slot| self.slot_values(SlotId(slot)) == values;
        let slots = &self.split(split).slots;
        slots.find(hash(values), has_values).map(SlotId)
    }

    pub(super) fn add_slot(&mut self, split: SplitId, values: &[TextId]) -> SlotId {
        if let Some(slot) = self.find_slot(split, values) {
            return slot;
        }
        let mut new = Slot {
            split,
            values: values.into(),
            series: Default::default(),
            generation: 0,
            state: State::Taken,
        };
        let id = if let Some(id) = self.free_slots.pop() {
            let slot = &mut self.slots[id.0 as usize];
            new.generation = slot.generation;
            *slot = new;
            id
        } else {
            let id = SlotId(number(self.slots.len()));
            self.slots.push(new);
            id
        };
        let slots = &mut self.splits[split.0 as usize].slots;
        slots.insert(hash(values), id.0);
        id
    }

    /// What a slot's number stands for at present.
    #[inline]
    pub(super) fn generation(&self, slot: SlotId) -> u32 {
        self.slots[slot.0 as usize].generation
    }

    /// From now on, the number of the slot stands for what it does, also when it is empty.
    pub(super) fn pin(&mut self, slot: SlotId) {
        self.slots[slot.0 as usize].state = State::Pinned;
    }

    /// Whoever has the number of a slot of this metric is refused from now on.
    pub(super) fn outdate(&mut self, metric: MetricId) {
        for slot in &mut self.slots {
            if self.splits[slot.split.0 as usize].metric == metric {
                slot.generation = slot.generation.wrapping_add(1);
            }
        }
    }

    /// Gives the numbers of the series that are empty back, and those of the slots that have none left, unless they
    /// are pinned. The total of a metric stays, since it is known by its number everywhere.
    pub(super) fn give_back(&mut self, is_empty: impl Fn(SeriesId) -> bool) {
        let Self {
            splits,
            slots,
            free_slots,
            free_series,
            ..
        } = self;
        for split in splits.iter_mut() {
            for series in &mut split.series {
                let all = series.len();
                series.retain(|&(slot, id)| {
                    let slot = &slots[slot.0 as usize];
                    let stays =
                        slot.state == State::Pinned || slot.values.is_empty() || !is_empty(id);
                    if !stays {
                        free_series.push(id);
                    }
                    stays
                });
                if series.len() < all {
                    series.shrink_to(all / 2);
                }
            }
        }
        for (place, slot) in (0_u32..).zip(slots.iter_mut()) {
            if slot.state == State::Free || slot.state == State::Pinned || slot.values.is_empty() {
                continue;
            }
            for series in &mut slot.series {
                *series = series.filter(|&id| !is_empty(id));
            }
            if slot.series.iter().all(Option::is_none) {
                let split = &mut splits[slot.split.0 as usize];
                split.slots.remove(hash(&slot.values), place);
                slot.values = Box::default();
                slot.state = State::Free;
                slot.generation = slot.generation.wrapping_add(1);
                free_slots.push(SlotId(place));
            }
        }
    }

    /// The texts that names and values of dimensions are, by number.
    pub(super) fn used_texts(&self, len: usize) -> Vec<bool> {
        let mut used = vec![false; len];
        let names = self.splits.iter().flat_map(|split| &split.names);
        let values = self.slots.iter().flat_map(|slot| &slot.values);
        for text in names.chain(values) {
            used[text.0 as usize] = true;
        }
        used
    }

    pub(super) fn slot_split(&self, slot: SlotId) -> SplitId {
        self.slots[slot.0 as usize].split
    }

    pub(super) fn slot_values(&self, slot: SlotId) -> &[TextId] {
        &self.slots[slot.0 as usize].values
    }

    #[inline]
    pub(super) fn find_series(&self, slot: SlotId, period: Period) -> Option<SeriesId> {
        self.slots[slot.0 as usize].series[period.index()]
    }

    pub(super) fn add_series(&mut self, slot: SlotId, period: Period) -> SeriesId {
        let id = if let Some(id) = self.free_series.pop() {
            self.keys[id.0 as usize] = (slot, period);
            id
        } else {
            let id = SeriesId(number(self.keys.len()));
            self.keys.push((slot, period));
            id
        };
        let found = &mut self.slots[slot.0 as usize];
        found.series[period.index()] = Some(id);
        self.splits[found.split.0 as usize].series[period.index()].push((slot, id));
        id
    }

    pub(super) fn series_key(&self, series: SeriesId) -> (SlotId, Period) {
        self.keys[series.0 as usize]
    }

    pub(super) fn keys(&self) -> &[(SlotId, Period)] {
        &self.keys
    }

    pub(super) fn series_of(&self, metric: MetricId) -> Vec<SeriesId> {
        let mut all = Vec::new();
        for (_, split) in self.splits_of(metric) {
            for series in &split.series {
                all.extend(series.iter().map(|&(_, series)| series));
            }
        }
        all
    }
}

fn number(length: usize) -> u32 {
    u32::try_from(length).expect("a store has fewer than 2^32 series")
}

/// Texts are numbered by the store, so that nobody can choose numbers that collide.
fn hash(values: &[TextId]) -> u64 {
    hash_numbers(values.iter().map(|value| value.0))
}
