//! One change of the store.

use crate::model::{MetricId, NewDomain, NewMetric, Value};
use crate::time::Tick;

/// The number of a series, i.e. of one metric, period and set of dimension values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct SeriesId(pub(crate) u32);

/// One change: the only way that anything in the engine changes, and the unit of what is kept.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Entry<'a> {
    /// A domain is called that.
    Domain(&'a NewDomain),
    /// A metric is called that. Its domain is added if it is not there.
    Metric(&'a NewMetric),
    /// This key now holds this value; none is null.
    Set {
        series: SeriesId,
        tick: Tick,
        value: Option<Value>,
    },
    /// Add this much to what the key holds; where it holds nothing or null, it then holds this.
    Add {
        series: SeriesId,
        tick: Tick,
        amount: Value,
    },
    /// Delete all keys of the series from the first tick to the last, both included.
    Delete {
        series: SeriesId,
        first: Tick,
        last: Tick,
    },
}

/// What an entry did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Applied {
    /// The key holds what it held before.
    Unchanged,
    /// The key is new.
    Created,
    /// The key held something else.
    Changed,
    /// So many keys are gone.
    Deleted(usize),
    /// The metric, registered or with new texts.
    Metric(MetricId),
}
