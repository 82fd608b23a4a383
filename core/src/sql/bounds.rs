//! What a condition leaves of a table.

use std::collections::BTreeSet;

use crate::model::MetricInfo;
use crate::time::{Date, Period};

/// The rows that can satisfy a condition, as far as the condition was understood: a scan reads no
/// others, and the condition itself is still applied to what it reads.
#[derive(Clone, Debug)]
pub(super) struct Bounds {
    /// For a column, the texts that it may hold.
    texts: Vec<(String, BTreeSet<String>)>,
    /// The first and the last date; nothing if they are the wrong way round.
    first: Date,
    last: Date,
}

impl Default for Bounds {
    fn default() -> Self {
        Self {
            texts: Vec::new(),
            first: Date::MIN,
            last: Date::MAX,
        }
    }
}

impl Bounds {
    /// The column holds one of these.
    pub(super) fn one_of(&mut self, column: &str, texts: BTreeSet<String>) {
        match self.texts.iter_mut().find(|(name, _)| name == column) {
            Some((_, held)) => held.retain(|text| texts.contains(text)),
            None => self.texts.push((column.to_owned(), texts)),
        }
    }

    pub(super) fn from(&mut self, first: Date) {
        self.first = self.first.max(first);
    }

    pub(super) fn until(&mut self, last: Date) {
        self.last = self.last.min(last);
    }

    /// No row can satisfy the condition.
    pub(super) fn nothing(&mut self) {
        self.first = Date::MAX;
        self.last = Date::MIN;
    }

    pub(super) fn dates(&self) -> (Date, Date) {
        (self.first, self.last)
    }

    pub(super) fn is_nothing(&self) -> bool {
        self.first > self.last || self.texts.iter().any(|(_, texts)| texts.is_empty())
    }

    /// The texts that a column may hold; none if any.
    pub(super) fn texts(&self, column: &str) -> Option<&BTreeSet<String>> {
        let (_, texts) = self.texts.iter().find(|(name, _)| name == column)?;
        Some(texts)
    }

    pub(super) fn allows(&self, column: &str, text: &str) -> bool {
        self.texts(column).is_none_or(|texts| texts.contains(text))
    }

    pub(super) fn allows_metric(&self, metric: &MetricInfo) -> bool {
        self.allows("domain", &metric.domain) && self.allows("metric", &metric.reference)
    }

    pub(super) fn periods(&self) -> impl Iterator<Item = Period> {
        Period::ALL
            .into_iter()
            .filter(|period| self.allows("period", period.as_str()))
    }
}
