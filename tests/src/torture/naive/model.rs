//! What the store is to hold, as maps.

use std::collections::BTreeMap;

use trackstats::{Date, MetricRef, Period, Statistic, Value, ValueKind};

use crate::torture::random::Random;

/// A place that a value can be recorded at.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    pub(super) metric: usize,
    /// Names and values, sorted by name.
    pub(super) dimensions: Vec<(String, String)>,
}

impl Place {
    pub(super) fn target(&self) -> MetricRef {
        let mut target = MetricRef::new(name(self.metric));
        for (name, value) in &self.dimensions {
            target = target.at(name.as_str(), value.as_str());
        }
        target
    }

    pub(super) fn names(&self) -> Vec<String> {
        let names = self.dimensions.iter().map(|(name, _)| name.clone());
        names.collect()
    }
}

pub(super) const METRICS: usize = 5;

pub(super) fn name(metric: usize) -> String {
    format!("m.m{metric}")
}

/// A metric that is registered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Metric {
    pub(super) kind: ValueKind,
    pub(super) names: Vec<String>,
    pub(super) title: String,
}

pub(super) type Key = (Place, Period, Date);

#[derive(Clone, Debug, Default)]
pub(super) struct Model {
    pub(super) metrics: BTreeMap<usize, Metric>,
    /// The order of their registration.
    pub(super) order: Vec<usize>,
    pub(super) values: BTreeMap<Key, Option<Value>>,
    /// How often each was unregistered, by a batch that was rolled back.
    pub(super) rolled_back: BTreeMap<usize, usize>,
}

impl Model {
    /// Becomes what it was, and knows which metrics are not there any more.
    pub(super) fn roll_back_to(&mut self, before: &Self) {
        let mut rolled_back = std::mem::take(&mut self.rolled_back);
        for metric in self.metrics.keys() {
            if !before.metrics.contains_key(metric) {
                *rolled_back.entry(*metric).or_default() += 1;
            }
        }
        *self = Self {
            rolled_back,
            ..before.clone()
        };
    }

    pub(super) fn times_rolled_back(&self, metric: usize) -> usize {
        self.rolled_back.get(&metric).copied().unwrap_or(0)
    }

    /// Whether the metric may be recorded by these names.
    pub(super) fn declares(&self, place: &Place) -> bool {
        self.metrics.get(&place.metric).is_some_and(|metric| {
            let mut names = place.dimensions.iter();
            metric.names.is_empty() || names.all(|(name, _)| metric.names.contains(name))
        })
    }

    /// The statistics as the store lists them.
    pub(super) fn statistics(&self) -> Vec<Statistic> {
        let mut all: Vec<(&Key, Option<Value>)> = self
            .values
            .iter()
            .map(|(key, &value)| (key, value))
            .collect();
        all.sort_by_key(|((place, period, date), _)| {
            (name(place.metric), *period, place.dimensions.clone(), *date)
        });
        all.into_iter()
            .map(|((place, period, date), value)| Statistic {
                metric: name(place.metric),
                period: *period,
                date: *date,
                dimensions: place.dimensions.clone(),
                value,
            })
            .collect()
    }

    /// The split that is read for these names on a date: by the fewest that are all of them and hold something.
    pub(super) fn split(
        &self,
        metric: usize,
        period: Period,
        names: &[String],
        date: Option<Date>,
    ) -> Option<Vec<String>> {
        let held = self.values.keys().filter(|(place, held_in, held_on)| {
            place.metric == metric && *held_in == period && date.is_none_or(|date| date == *held_on)
        });
        let splits = held.map(|(place, ..)| place.names());
        splits
            .filter(|split| names.iter().all(|name| split.contains(name)))
            .min_by_key(|split| (split.len(), split.clone()))
    }
}

pub(super) fn kind(random: &mut Random) -> ValueKind {
    if random.once_in(3) {
        ValueKind::Float
    } else {
        ValueKind::Integer
    }
}

pub(super) fn value(random: &mut Random) -> Option<Value> {
    match random.below(12) {
        0 => None,
        1 => Some(Value::Float(0.5)),
        2 => Some(Value::Integer(i64::MAX - 1)),
        _ => Some(Value::Integer(
            i64::try_from(random.below(1_000)).unwrap_or(0),
        )),
    }
}
