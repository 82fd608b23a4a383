//! What the questions for the parts of a metric have in common: what they name, and the parts they meet.

use std::cmp::Ordering;

use super::Store;
use super::chosen::{Chosen, Names};
use crate::Error;
use crate::engine::{Engine, TextId};
use crate::model::{AsMetric, DimensionValue, Lookup, MetricId, hash_numbers};
use crate::time::{DateRange, Period};

/// What a question for parts names.
#[derive(Debug)]
pub(super) struct Asked<'s> {
    pub(super) store: &'s Store,
    metric: Result<Option<MetricId>, Error>,
    pub(super) period: Period,
    pub(super) by: Vec<String>,
    pub(super) at: Vec<(String, String)>,
    pub(super) range: Result<DateRange, Error>,
    pub(super) limit: usize,
}

impl Store {
    /// All parts of a metric, over all dates.
    pub(super) fn ask_for_parts<M: AsMetric>(&self, metric: M, period: Period) -> Asked<'_> {
        Asked {
            store: self,
            metric: self.find_metric(metric.metric_key()),
            period,
            by: Vec::new(),
            at: Vec::new(),
            range: Ok(DateRange::ALL),
            limit: usize::MAX,
        }
    }
}

impl<'s> Asked<'s> {
    pub(super) fn by(&mut self, dimension: impl Into<String>) {
        self.by.push(dimension.into());
    }

    pub(super) fn at<'a>(
        &mut self,
        dimension: impl Into<String>,
        value: impl Into<DimensionValue<'a>>,
    ) {
        self.at.push((dimension.into(), value.into().to_string()));
    }

    /// The metric, the dates and the split to read; none if there is nothing to read.
    pub(super) fn choose(&mut self) -> Result<Option<(MetricId, DateRange, Chosen<'s>)>, Error> {
        let range = std::mem::replace(&mut self.range, Ok(DateRange::ALL))?;
        let Some(metric) = std::mem::replace(&mut self.metric, Ok(None))? else {
            return Ok(None);
        };
        self.store.check_names(metric, &mut self.by, &self.at)?;
        let names = Names {
            by: &self.by,
            at: &self.at,
        };
        let chosen = self.store.choose(metric, self.period, names, range);
        Ok(chosen.map(|chosen| (metric, range, chosen)))
    }
}

/// Parts, numbered in the order in which they were met.
#[derive(Debug, Default)]
pub(super) struct Parts {
    numbers: Lookup,
    parts: Vec<Vec<TextId>>,
}

impl Parts {
    /// The number of a part, which is new if it is that of none before.
    pub(super) fn number(&mut self, part: Vec<TextId>) -> usize {
        let next = u32::try_from(self.parts.len()).expect("a store has fewer than 2^32 slots");
        let hash = hash_numbers(part.iter().map(|value| value.0));
        let is_it = |number: u32| self.parts[number as usize] == part;
        if let Some(number) = self.numbers.find(hash, is_it) {
            return number as usize;
        }
        self.numbers.insert(hash, next);
        self.parts.push(part);
        next as usize
    }

    /// The values of a part.
    pub(super) fn values(&self, number: u32) -> &[TextId] {
        &self.parts[number as usize]
    }

    /// Which of two parts comes first by the texts of their values.
    pub(super) fn by_text(&self, engine: &Engine, left: u32, right: u32) -> Ordering {
        for (&left, &right) in self.values(left).iter().zip(self.values(right)) {
            let order = engine.text(left).cmp(engine.text(right));
            if order.is_ne() {
                return order;
            }
        }
        Ordering::Equal
    }
}
