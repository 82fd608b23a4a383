//! Finding statistics by a filter.

use super::{Filter, Store};
use crate::Error;
use crate::engine::{SeriesId, Split, TextId};
use crate::model::{MetricId, SlotId, Statistic, Value};
use crate::time::{Date, Period, Tick};

/// A series that a filter chose, with what its statistics have in common.
#[derive(Debug)]
pub(crate) struct Found {
    pub(crate) metric: MetricId,
    pub(crate) period: Period,
    pub(crate) slot: SlotId,
    pub(crate) series: SeriesId,
}

impl Store {
    /// The statistics that a filter chooses, sorted by metric, period, dimensions and date.
    ///
    /// # Example: everything of one user
    ///
    /// ```
    /// use trackstats::{Filter, Period, Store, stats};
    ///
    /// stats! { users { comment_count by user } }
    ///
    /// let mut store = Store::in_memory();
    /// store.increment(users::comment_count(42), "2026-11-22", 2)?;
    /// store.increment(users::comment_count(7), "2026-11-22", 1)?;
    /// let of_42 = store.statistics(&Filter::new().object("user", 42))?;
    /// assert_eq!((of_42.len(), of_42[0].value), (1, Some(2.into())));
    /// # Ok::<(), trackstats::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// `invalid_date` when the filter was given a text that is no date.
    pub fn statistics(&self, filter: &Filter) -> Result<Vec<Statistic>, Error> {
        let (first, last) = filter.check()?.ticks();
        let mut statistics = Vec::new();
        for found in self.find(filter) {
            let slice = self.engine.column(found.series).slice(first, last);
            statistics.reserve(slice.len());
            statistics.extend(
                slice
                    .iter()
                    .map(|(tick, value)| self.statistic(&found, tick, value)),
            );
        }
        Ok(statistics)
    }

    /// The statistic with the newest date among those that a filter chooses; of several, the first in
    /// the order of [`statistics`](Store::statistics).
    ///
    /// # Errors
    ///
    /// `invalid_date` when the filter was given a text that is no date.
    pub fn latest_statistic(&self, filter: &Filter) -> Result<Option<Statistic>, Error> {
        let (first, last) = filter.check()?.ticks();
        let mut newest: Option<(Tick, Option<Value>, Found)> = None;
        for found in self.find(filter) {
            let slice = self.engine.column(found.series).slice(first, last);
            if let Some((tick, value)) = slice.last()
                && newest.as_ref().is_none_or(|(other, ..)| tick > *other)
            {
                newest = Some((tick, value, found));
            }
        }
        Ok(newest.map(|(tick, value, found)| self.statistic(&found, tick, value)))
    }

    /// The number of statistics that a filter chooses.
    ///
    /// # Errors
    ///
    /// `invalid_date` when the filter was given a text that is no date.
    pub fn count(&self, filter: &Filter) -> Result<usize, Error> {
        let (first, last) = filter.check()?.ticks();
        let count = |found: Found| self.engine.column(found.series).slice(first, last).len();
        Ok(self.find(filter).into_iter().map(count).sum())
    }

    /// The series that a filter chooses, sorted by metric, period and dimensions.
    pub(crate) fn find(&self, filter: &Filter) -> Vec<Found> {
        let mut found = Vec::new();
        for metric in self.find_metrics(filter) {
            found.append(&mut self.find_in_metric(filter, metric));
        }
        found
    }

    /// The metrics that a filter names, all of them if it names none, sorted by name.
    pub(super) fn find_metrics(&self, filter: &Filter) -> Vec<MetricId> {
        let catalog = self.engine.catalog();
        let mut metrics: Vec<MetricId> = Vec::new();
        match &filter.metrics {
            Some(names) => {
                for name in names {
                    metrics.extend(catalog.find(name));
                }
            }
            None => {
                for (id, _) in catalog.metrics() {
                    metrics.push(id);
                }
            }
        }
        metrics.sort_unstable_by_key(|&id| catalog.name(id));
        metrics.dedup();
        metrics
    }

    /// The series of one metric that a filter chooses, sorted by period and dimensions.
    pub(super) fn find_in_metric(&self, filter: &Filter, metric: MetricId) -> Vec<Found> {
        let mut found = Vec::new();
        for (_, split) in self.engine.splits_of(metric) {
            self.find_in_split(filter, metric, split, &mut found);
        }
        found.sort_unstable_by(|left, right| {
            let dimensions = || self.pairs(left.slot).cmp(self.pairs(right.slot));
            left.period.cmp(&right.period).then_with(dimensions)
        });
        found
    }

    fn find_in_split(
        &self,
        filter: &Filter,
        metric: MetricId,
        split: &Split,
        all: &mut Vec<Found>,
    ) {
        let mut names = Vec::with_capacity(split.names().len());
        for &name in split.names() {
            names.push(self.engine.text(name));
        }
        let Some(conditions) = self.conditions(filter, &names) else {
            return;
        };
        for period in Period::ALL {
            if filter
                .periods
                .as_ref()
                .is_some_and(|periods| !periods.contains(&period))
            {
                continue;
            }
            for &(slot, series) in split.series(period) {
                let values = self.engine.slot_values(slot);
                if conditions.iter().all(|condition| condition.holds(values)) {
                    all.push(Found {
                        metric,
                        period,
                        slot,
                        series,
                    });
                }
            }
        }
    }

    /// What the values of a split have to be; none if nothing in the split can be chosen.
    fn conditions(&self, filter: &Filter, names: &[&str]) -> Option<Vec<Condition>> {
        if filter.names.as_ref().is_some_and(|wanted| *wanted != names) {
            return None;
        }
        let of_one_type = filter.object_type.is_some() || filter.objects.is_some();
        let object_type = match names {
            [only] => Some(*only),
            _ => None,
        };
        if of_one_type && object_type.is_none() {
            return None;
        }
        if filter
            .object_type
            .as_deref()
            .is_some_and(|wanted| Some(wanted) != object_type)
        {
            return None;
        }
        let mut conditions = Vec::new();
        if let Some(objects) = &filter.objects {
            let mut values = Vec::new();
            for (wanted, id) in objects {
                if Some(wanted.as_str()) == object_type {
                    values.extend(self.engine.find_text(id));
                }
            }
            values.sort_unstable();
            conditions.push(Condition { place: 0, values });
        }
        for (name, value) in &filter.dimensions {
            let place = names.iter().position(|other| other == name)?;
            conditions.push(Condition {
                place,
                values: vec![self.engine.find_text(value)?],
            });
        }
        Some(conditions)
    }

    /// Names and values of the dimensions of a slot, sorted by name.
    pub(crate) fn pairs(&self, slot: SlotId) -> impl Iterator<Item = (&str, &str)> {
        let names = self.engine.split(self.engine.slot_split(slot)).names();
        let pairs = names.iter().zip(self.engine.slot_values(slot));
        pairs.map(|(&name, &value)| (self.engine.text(name), self.engine.text(value)))
    }

    /// The same, as texts of their own.
    pub(crate) fn dimensions(&self, slot: SlotId) -> Vec<(String, String)> {
        let mut dimensions = Vec::new();
        for (name, value) in self.pairs(slot) {
            dimensions.push((name.to_owned(), value.to_owned()));
        }
        dimensions
    }

    pub(crate) fn statistic(&self, found: &Found, tick: Tick, value: Option<Value>) -> Statistic {
        Statistic {
            metric: self.engine.catalog().name(found.metric).to_owned(),
            period: found.period,
            date: Date::from_tick(tick),
            dimensions: self.dimensions(found.slot),
            value,
        }
    }
}

/// The value at a place has to be one of these, which are sorted.
#[derive(Debug)]
struct Condition {
    place: usize,
    values: Vec<TextId>,
}

impl Condition {
    fn holds(&self, values: &[TextId]) -> bool {
        values
            .get(self.place)
            .is_some_and(|value| self.values.binary_search(value).is_ok())
    }
}
