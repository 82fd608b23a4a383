//! Statistics by a filter: listing, the newest, deleting.

use serde::Serialize;
use trackstats::Period;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use super::Engine;
use crate::fault::{OrThrow as _, Thrown};
use crate::filter::JsFilter;
use crate::number::{JsNumber, check, to_js};

/// A series, to be read by its handle.
#[derive(Debug, Serialize)]
struct Listed {
    metric: String,
    period: Period,
    by: Vec<(String, String)>,
    handle: u32,
}

#[derive(Debug, Serialize)]
struct Newest {
    metric: String,
    period: Period,
    by: Vec<(String, String)>,
    day: i32,
    value: Option<JsNumber>,
}

#[wasm_bindgen]
impl Engine {
    /// The series that have statistics among those that a filter chooses.
    ///
    /// # Errors
    ///
    /// `invalid_value` when the filter is none.
    #[wasm_bindgen(js_name = listSeries)]
    pub fn list_series(&mut self, filter: JsValue) -> Thrown<JsValue> {
        let filter = JsFilter::read(filter)?;
        let list = self.store.list_series(&filter).or_throw()?;
        // Handles for this answer only would pile up, so that known series keep theirs.
        let mut listed = Vec::with_capacity(list.len());
        for series in list {
            listed.push(Listed {
                handle: self.number(series.handle),
                metric: series.metric,
                period: series.period,
                by: series.dimensions,
            });
        }
        to_js(&listed, false)
    }

    /// Forgets the handles from a number on, once a list was read.
    #[wasm_bindgen(js_name = forgetHandles)]
    pub fn forget_handles(&mut self, from: u32) {
        self.handles.truncate(from as usize);
    }

    /// The number that the next handle gets.
    #[must_use]
    #[wasm_bindgen(js_name = handleCount)]
    pub fn handle_count(&self) -> u32 {
        u32::try_from(self.handles.len()).unwrap_or(u32::MAX)
    }

    /// The statistic with the newest date; undefined if the filter chooses none.
    ///
    /// # Errors
    ///
    /// `invalid_value` when the filter is none, `unsafe_integer` when the value does not fit a number.
    #[wasm_bindgen(js_name = latestStatistic)]
    pub fn latest_statistic(&self, filter: JsValue) -> Thrown<JsValue> {
        let filter = JsFilter::read(filter)?;
        let Some(newest) = self.store.latest_statistic(&filter).or_throw()? else {
            return Ok(JsValue::UNDEFINED);
        };
        let value = newest.value.map(|value| check(value, self.bigint));
        let newest = Newest {
            metric: newest.metric,
            period: newest.period,
            by: newest.dimensions,
            day: newest.date.days_since_epoch(),
            value: value.transpose()?.map(JsNumber),
        };
        to_js(&newest, self.bigint)
    }

    /// Deletes the statistics that a filter chooses, and answers how many there were.
    ///
    /// # Errors
    ///
    /// `invalid_value` when the filter is none.
    #[expect(clippy::cast_precision_loss, reason = "fewer than 2^53 fit in memory")]
    pub fn delete(&mut self, filter: JsValue) -> Result<f64, JsValue> {
        let filter = JsFilter::read(filter)?;
        self.store
            .delete(&filter)
            .map(|count| count as f64)
            .or_throw()
    }

    /// Deletes the statistics that a filter chooses and that are older than so many days.
    ///
    /// # Errors
    ///
    /// `invalid_value` when the filter is none.
    #[wasm_bindgen(js_name = keepDays)]
    #[expect(clippy::cast_precision_loss, reason = "fewer than 2^53 fit in memory")]
    pub fn keep_days(&mut self, filter: JsValue, days: u32) -> Result<f64, JsValue> {
        let filter = JsFilter::read(filter)?;
        self.store
            .keep_days(&filter, days)
            .map(|count| count as f64)
            .or_throw()
    }
}
