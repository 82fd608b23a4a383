//! Which statistics are meant.

use crate::model::{AsMetric, DimensionValue, MetricKey};
use crate::time::{DateRange, IntoDateRange, Period};
use crate::{Error, ErrorCode};

use super::resolve::declared_name;

/// Chooses statistics by metric, period, date and dimensions; all conditions have to hold, and
/// without any, every statistic is chosen.
///
/// # Example: what happened to two users last week
///
/// ```
/// use trackstats::{Filter, Period, Store, stats};
///
/// stats! { users { comment_count by user } }
///
/// let mut store = Store::in_memory();
/// store.record(users::comment_count(1), Period::Day, "2026-11-20", 3)?;
/// store.record(users::comment_count(2), Period::Day, "2026-11-21", 5)?;
/// store.record(users::comment_count(3), Period::Day, "2026-11-22", 7)?;
/// let filter = Filter::new()
///     .metric(users::COMMENT_COUNT)
///     .period(Period::Day)
///     .range("2026-11-16"..="2026-11-22")
///     .objects([("user", 1), ("user", 2)]);
/// let values: Vec<_> = store.statistics(&filter)?.iter().map(|found| found.value).collect();
/// assert_eq!(values, [Some(3.into()), Some(5.into())]);
/// # Ok::<(), trackstats::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use = "give it to a method of the store"]
pub struct Filter {
    pub(super) metrics: Option<Vec<String>>,
    pub(super) periods: Option<Vec<Period>>,
    pub(super) range: DateRange,
    pub(super) objects: Option<Vec<(String, String)>>,
    pub(super) object_type: Option<String>,
    pub(super) dimensions: Vec<(String, String)>,
    pub(super) names: Option<Vec<String>>,
    /// The first thing that was wrong; reported when the filter is used.
    fault: Option<(ErrorCode, String)>,
}

impl Default for Filter {
    fn default() -> Self {
        Self::new()
    }
}

impl Filter {
    /// Chooses everything.
    pub const fn new() -> Self {
        Self {
            metrics: None,
            periods: None,
            range: DateRange::ALL,
            objects: None,
            object_type: None,
            dimensions: Vec::new(),
            names: None,
            fault: None,
        }
    }

    /// Only this metric, whatever it is split by.
    pub fn metric(self, metric: impl AsMetric) -> Self {
        self.metrics([metric])
    }

    /// Only these metrics; none of them if the list is empty.
    pub fn metrics<M: AsMetric>(mut self, metrics: impl IntoIterator<Item = M>) -> Self {
        let mut names = Vec::new();
        for metric in metrics {
            names.push(match metric.metric_key() {
                MetricKey::Declared(declaration) => declared_name(declaration.metric()),
                MetricKey::Named(name) => name.to_owned(),
            });
        }
        self.metrics = Some(both(self.metrics, names));
        self
    }

    /// Only this period.
    pub fn period(self, period: Period) -> Self {
        self.periods([period])
    }

    /// Only these periods; none if the list is empty.
    pub fn periods(mut self, periods: impl IntoIterator<Item = Period>) -> Self {
        let mut given = Vec::new();
        for period in periods {
            given.push(period);
        }
        self.periods = Some(both(self.periods, given));
        self
    }

    /// Only these dates. Called again, only the dates that are in both.
    pub fn range(mut self, range: impl IntoDateRange) -> Self {
        match range.into_date_range() {
            Ok(range) => self.range = self.range.intersection(range),
            Err(error) => self.refuse(&error),
        }
        self
    }

    /// Only this date.
    pub fn on<D: TryInto<crate::Date, Error: Into<Error>>>(mut self, date: D) -> Self {
        match date.try_into() {
            Ok(date) => self.range(date),
            Err(error) => {
                self.refuse(&error.into());
                self
            }
        }
    }

    /// Only what is split by this one dimension, at this value.
    pub fn object<'a>(
        self,
        object_type: impl Into<String>,
        id: impl Into<DimensionValue<'a>>,
    ) -> Self {
        self.objects([(object_type.into(), id)])
    }

    /// Only what is split by one dimension, at one of these values; none if the list is empty. The
    /// objects may be of several types.
    pub fn objects<'a, T: Into<String>, I: Into<DimensionValue<'a>>>(
        mut self,
        objects: impl IntoIterator<Item = (T, I)>,
    ) -> Self {
        let mut given = Vec::new();
        for (object_type, id) in objects {
            given.push((object_type.into(), id.into().to_string()));
        }
        self.objects = Some(both(self.objects, given));
        self
    }

    /// Only what is split by this one dimension, at any value.
    pub fn object_type(mut self, object_type: impl Into<String>) -> Self {
        let object_type = object_type.into();
        if self
            .object_type
            .as_ref()
            .is_some_and(|other| *other != object_type)
        {
            self.objects = Some(Vec::new());
        }
        self.object_type = Some(object_type);
        self
    }

    /// Only what has this dimension at this value, beside any others.
    pub fn dimension<'a>(
        mut self,
        name: impl Into<String>,
        value: impl Into<DimensionValue<'a>>,
    ) -> Self {
        self.dimensions
            .push((name.into(), value.into().to_string()));
        self
    }

    /// Only totals: what is not split at all.
    pub fn totals(self) -> Self {
        self.split_by::<String>([])
    }

    /// Only what is split by exactly these dimensions, in any order.
    pub fn split_by<T: Into<String>>(mut self, names: impl IntoIterator<Item = T>) -> Self {
        let mut sorted: Vec<String> = Vec::new();
        for name in names {
            sorted.push(name.into());
        }
        sorted.sort_unstable();
        if self.names.as_ref().is_some_and(|other| *other != sorted) {
            self.objects = Some(Vec::new());
        }
        self.names = Some(sorted);
        self
    }

    /// Remembers what is wrong, unless something was before.
    fn refuse(&mut self, error: &Error) {
        self.fault
            .get_or_insert_with(|| (error.code(), error.to_string()));
    }

    #[cfg(feature = "interchange")]
    pub(super) const fn is_for_all_metrics(&self) -> bool {
        self.metrics.is_none()
    }

    /// The dates, or what was wrong with the filter.
    pub(super) fn check(&self) -> Result<DateRange, Error> {
        match &self.fault {
            None => Ok(self.range),
            Some((code, text)) => Err(Error::new(*code, text.clone())),
        }
    }
}

/// What is in both lists; all of the new one where there is no list yet.
fn both<T: PartialEq>(earlier: Option<Vec<T>>, mut new: Vec<T>) -> Vec<T> {
    if let Some(earlier) = earlier {
        new.retain(|item| earlier.contains(item));
    }
    new
}
