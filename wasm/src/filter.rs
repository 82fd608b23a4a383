//! A filter on its way from JavaScript.

use trackstats::{Date, DateRange, Filter, Period};

/// A filter as JavaScript writes it; what is not given is not looked at.
#[derive(Debug, Default)]
#[cfg_attr(
    feature = "interchange",
    derive(serde::Deserialize),
    serde(rename_all = "camelCase")
)]
pub(crate) struct JsFilter {
    pub(crate) metrics: Option<Vec<String>>,
    pub(crate) periods: Option<Vec<Period>>,
    pub(crate) first: Option<i32>,
    pub(crate) last: Option<i32>,
    pub(crate) objects: Option<Vec<(String, String)>>,
    pub(crate) object_type: Option<String>,
    #[cfg_attr(feature = "interchange", serde(default))]
    pub(crate) at: Vec<(String, String)>,
    pub(crate) split_by: Option<Vec<String>>,
}

impl JsFilter {
    pub(crate) fn chosen(self) -> Filter {
        let all = DateRange::ALL;
        let first = self.first.map_or(all.first(), Date::nearest_to_days);
        let last = self.last.map_or(all.last(), Date::nearest_to_days);
        let mut filter = Filter::new().range(DateRange::new(first, last));
        if let Some(metrics) = self.metrics {
            filter = filter.metrics(metrics);
        }
        if let Some(periods) = self.periods {
            filter = filter.periods(periods);
        }
        if let Some(objects) = self.objects {
            filter = filter.objects(objects);
        }
        if let Some(object_type) = self.object_type {
            filter = filter.object_type(object_type);
        }
        for (name, value) in self.at {
            filter = filter.dimension(name, value);
        }
        if let Some(names) = self.split_by {
            filter = filter.split_by(names);
        }
        filter
    }
}
