//! Which of the splits of a metric a question for its parts reads.

use super::{Store, StoreFault};
use crate::Error;
use crate::engine::{Split, TextId};
use crate::model::{Key, MetricId, MetricKey, SlotId, ValueKind};
use crate::time::{DateRange, Period};

/// What a question names: the dimensions that the parts are by, and those that have to have a value.
#[derive(Clone, Copy)]
pub(super) struct Names<'q> {
    pub(super) by: &'q [String],
    pub(super) at: &'q [(String, String)],
}

/// The split that is read, and where in its values the named dimensions are.
pub(super) struct Chosen<'s> {
    pub(super) split: &'s Split,
    by: Vec<usize>,
    at: Vec<(usize, TextId)>,
}

impl Chosen<'_> {
    /// Whether the series at these values is meant.
    pub(super) fn takes(&self, values: &[TextId]) -> bool {
        let mut at = self.at.iter();
        at.all(|&(place, value)| values.get(place) == Some(&value))
    }

    /// The part that it belongs to.
    pub(super) fn part(&self, values: &[TextId]) -> Vec<TextId> {
        let mut part = Vec::with_capacity(self.by.len());
        for &place in &self.by {
            part.extend(values.get(place));
        }
        part
    }
}

impl Store {
    /// Whether the names of a question are dimensions of the metric; if it names none to break down by, all that are
    /// declared and have no value in it.
    pub(super) fn check_names(
        &self,
        metric: MetricId,
        by: &mut Vec<String>,
        at: &[(String, String)],
    ) -> Result<(), Error> {
        let catalog = self.engine.catalog();
        if by.is_empty() {
            for name in &catalog.metric(metric).dimensions {
                if at.iter().all(|(at, _)| at != name) {
                    by.push(name.clone());
                }
            }
        }
        if by.is_empty() {
            return Err(StoreFault::NoDimension {
                metric: catalog.name(metric).to_owned(),
            }
            .into());
        }
        for name in by.iter().chain(at.iter().map(|(name, _)| name)) {
            self.check_dimension(metric, name)?;
        }
        Ok(())
    }

    /// Of the splits by all that is named, the one by the fewest dimensions that holds something in the range; of
    /// equal ones, the first by its names. If none holds anything, one of them, of which there is nothing to read.
    pub(super) fn choose(
        &self,
        metric: MetricId,
        period: Period,
        names: Names<'_>,
        range: DateRange,
    ) -> Option<Chosen<'_>> {
        let mut best: Option<(bool, Chosen<'_>)> = None;
        for (_, split) in self.engine.splits_of(metric) {
            let Some(chosen) = self.as_named(split, names) else {
                continue;
            };
            let holds = self.holds(&chosen, period, range);
            let is_better = best.as_ref().is_none_or(|(best_holds, best)| {
                (holds && !*best_holds)
                    || (holds == *best_holds && self.is_before(split, best.split))
            });
            if is_better {
                best = Some((holds, chosen));
            }
        }
        best.map(|(_, chosen)| chosen)
    }

    /// Whether a split is by fewer dimensions than another, or of as many by earlier names.
    fn is_before(&self, split: &Split, other: &Split) -> bool {
        let (own, other) = (split.names(), other.names());
        if own.len() != other.len() {
            return own.len() < other.len();
        }
        for (&name, &other) in own.iter().zip(other) {
            if name != other {
                return self.engine.text(name) < self.engine.text(other);
            }
        }
        false
    }

    /// Whether there is something to read on the dates of a range.
    fn holds(&self, chosen: &Chosen<'_>, period: Period, range: DateRange) -> bool {
        let (first, last) = range.ticks();
        let mut series = chosen.split.series(period).iter();
        series.any(|&(slot, series)| {
            chosen.takes(self.engine.slot_values(slot))
                && self.engine.column(series).slice(first, last).len() > 0
        })
    }

    /// The slot of a target to read, as [`find_slot`](Store::find_slot) has it. Where nothing was ever recorded by its
    /// dimensions in the period, but by more of them, the sum of those may be what is meant, and is said how to ask
    /// for.
    #[inline]
    pub(super) fn slot_to_read(
        &self,
        key: &Key<'_>,
        kind: Option<ValueKind>,
        period: Period,
    ) -> Result<Option<SlotId>, Error> {
        let slot = self.find_slot(key, kind)?;
        let series = slot.and_then(|slot| self.engine.find_series(slot, period));
        if series.is_none_or(|series| self.engine.column(series).len() == 0) {
            self.check_recorded(key, slot, period)?;
        }
        Ok(slot)
    }

    #[cold]
    fn check_recorded(
        &self,
        key: &Key<'_>,
        slot: Option<SlotId>,
        period: Period,
    ) -> Result<(), Error> {
        let engine = &self.engine;
        let mut asked: Vec<&str> = Vec::new();
        let metric = match (*key, slot) {
            (_, Some(slot)) => {
                let split = engine.split(engine.slot_split(slot));
                asked.extend(split.names().iter().map(|&name| engine.text(name)));
                Some(split.metric())
            }
            (Key::Numbered { .. }, None) => None,
            (Key::Declared { metric, values }, None) => {
                if !values.is_empty() {
                    asked.extend(metric.metric().dimensions);
                }
                self.find_metric(MetricKey::Declared(metric))?
            }
            (Key::Named { name, dimensions }, None) => {
                asked.extend(dimensions.iter().map(|(name, _)| name.as_str()));
                self.find_metric(MetricKey::Named(name))?
            }
        };
        let Some(metric) = metric else {
            return Ok(());
        };
        let mut names = Vec::new();
        for name in asked {
            // By what has no number, nothing was recorded, nor by more.
            let Some(name) = engine.find_text(name) else {
                return Ok(());
            };
            names.push(name);
        }
        let mut finer: Option<&Split> = None;
        for (_, split) in engine.splits_of(metric) {
            let is_by_all = names.iter().all(|name| split.names().contains(name));
            if !is_by_all || !engine.is_used_in(split, period) {
                continue;
            }
            if split.names().len() == names.len() {
                return Ok(());
            }
            if finer.is_none_or(|finer| self.is_before(split, finer)) {
                finer = Some(split);
            }
        }
        match finer {
            None => Ok(()),
            Some(finer) => Err(StoreFault::OnlyParts {
                metric: engine.catalog().name(metric).to_owned(),
                period,
                asked: engine.texts(&names),
                recorded: engine.texts(finer.names()),
            }
            .into()),
        }
    }

    /// None if not all that is named is in the split.
    fn as_named<'s>(&self, split: &'s Split, names: Names<'_>) -> Option<Chosen<'s>> {
        let place = |name: &str| {
            let name = self.engine.find_text(name)?;
            split.names().iter().position(|&other| other == name)
        };
        let mut chosen = Chosen {
            split,
            by: Vec::new(),
            at: Vec::new(),
        };
        for name in names.by {
            chosen.by.push(place(name)?);
        }
        for (name, value) in names.at {
            chosen
                .at
                .push((place(name)?, self.engine.find_text(value)?));
        }
        Some(chosen)
    }
}
