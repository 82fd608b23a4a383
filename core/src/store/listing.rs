//! Which series there are.

use super::{Filter, Store};
use crate::Error;
use crate::model::{Handle, Value};
use crate::time::Period;

/// A series that holds statistics, and what they have in common.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct SeriesInfo {
    /// The references of domain and metric with a dot between them.
    pub metric: String,
    /// The length of the windows.
    pub period: Period,
    /// Names and values of the dimensions, sorted by name; empty for a total.
    pub dimensions: Vec<(String, String)>,
    /// The number of statistics in the range of the filter; at least 1.
    pub len: usize,
    /// Where to read it, whatever the kind of its values; refused with `invalid_state` once its statistics were
    /// deleted and its number given to others.
    pub handle: Handle<Value>,
}

impl Store {
    /// The series that have statistics among those that a filter chooses, sorted by metric, period and
    /// dimensions.
    ///
    /// # Example: which objects a metric has
    ///
    /// ```
    /// use trackstats::{Filter, Period, Store, stats};
    ///
    /// stats! { shopping { sales by country } }
    ///
    /// let mut store = Store::in_memory();
    /// store.record(shopping::sales("NL"), Period::Day, "2026-11-22", 3)?;
    /// store.record(shopping::sales("NL"), Period::Day, "2026-11-23", 4)?;
    /// store.record(shopping::sales("BE"), Period::Day, "2026-11-23", 1)?;
    ///
    /// let series = store.list_series(&Filter::new().metric(shopping::SALES))?;
    /// let found: Vec<_> = series.iter().map(|one| (one.dimensions[0].1.as_str(), one.len)).collect();
    /// assert_eq!(found, [("BE", 1), ("NL", 2)]);
    /// # Ok::<(), trackstats::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// `invalid_date` when the filter was given a text that is no date.
    pub fn list_series(&self, filter: &Filter) -> Result<Vec<SeriesInfo>, Error> {
        let (first, last) = filter.check()?.ticks();
        let mut all = Vec::new();
        for found in self.find(filter) {
            let len = self.engine.column(found.series).slice(first, last).len();
            if len == 0 {
                continue;
            }
            all.push(SeriesInfo {
                metric: self.engine.catalog().name(found.metric).to_owned(),
                period: found.period,
                dimensions: self.dimensions(found.slot),
                len,
                handle: Handle::new(self.id, self.engine.slot_at(found.slot)),
            });
        }
        Ok(all)
    }
}
