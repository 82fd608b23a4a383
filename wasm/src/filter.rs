//! A filter on its way from JavaScript.

use serde::Deserialize;
use trackstats::{DateRange, Filter, Period};
use wasm_bindgen::JsValue;

use crate::fault::{OrThrow as _, Thrown};
use crate::number::nearest;

/// A filter as JavaScript writes it; what is not given is not looked at.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct JsFilter {
    metrics: Option<Vec<String>>,
    periods: Option<Vec<Period>>,
    first: Option<i32>,
    last: Option<i32>,
    objects: Option<Vec<(String, String)>>,
    object_type: Option<String>,
    #[serde(default)]
    at: Vec<(String, String)>,
    split_by: Option<Vec<String>>,
}

impl JsFilter {
    pub(crate) fn read(filter: JsValue) -> Thrown<Filter> {
        let given: Self = serde_wasm_bindgen::from_value(filter).or_throw()?;
        let all = DateRange::ALL;
        let first = given.first.map_or(all.first(), nearest);
        let last = given.last.map_or(all.last(), nearest);
        let mut filter = Filter::new().range(DateRange::new(first, last));
        if let Some(metrics) = given.metrics {
            filter = filter.metrics(metrics);
        }
        if let Some(periods) = given.periods {
            filter = filter.periods(periods);
        }
        if let Some(objects) = given.objects {
            filter = filter.objects(objects);
        }
        if let Some(object_type) = given.object_type {
            filter = filter.object_type(object_type);
        }
        for (name, value) in given.at {
            filter = filter.dimension(name, value);
        }
        if let Some(names) = given.split_by {
            filter = filter.split_by(names);
        }
        Ok(filter)
    }
}
