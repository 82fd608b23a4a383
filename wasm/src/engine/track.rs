//! Trackers, over events that TypeScript has made columns of.

use serde::{Deserialize, Serialize};
use trackstats::{
    Aggregation, ColumnTracker, ColumnValues, DateRange, EventColumns, Handle, Report, Value,
};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use super::Engine;
use crate::fault::{OrThrow as _, Thrown};
use crate::number::{nearest, period, to_js};

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Options {
    metric: String,
    period: u8,
    aggregation: String,
    /// Whether each handle is an object that is left alone without events, or the only one.
    each: bool,
    today: i32,
    look_back: Option<u32>,
    first: Option<i32>,
    last: Option<i32>,
    #[serde(default)]
    recompute: bool,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct JsReport {
    events: f64,
    created: f64,
    changed: f64,
    unchanged: f64,
    written: f64,
    undated: f64,
    future: f64,
    late: f64,
    oldest_late: Option<i32>,
    no_object: f64,
}

#[wasm_bindgen]
impl Engine {
    /// Runs a tracker. An empty column of objects, values, exact values or items stands for none.
    ///
    /// # Errors
    ///
    /// As the tracker of the library; nothing is written then.
    pub fn track(
        &mut self,
        options: JsValue,
        handles: &[u32],
        days: &[i32],
        objects: &[u32],
        values: &[f64],
        exact: &[i64],
        items: &[u32],
    ) -> Thrown<JsValue> {
        let options: Options = serde_wasm_bindgen::from_value(options).or_throw()?;
        let aggregation = options.aggregation.parse::<Aggregation>().or_throw()?;
        let handles: Vec<Handle<Value>> = handles
            .iter()
            .map(|&number| self.known_handle(number))
            .collect::<Thrown<_>>()?;
        let mut events = EventColumns::new(days);
        if !objects.is_empty() {
            events = events.objects(objects);
        }
        if !exact.is_empty() {
            events = events.values(ColumnValues::Integers(exact));
        } else if !values.is_empty() {
            events = events.values(ColumnValues::Floats(values));
        }
        if !items.is_empty() {
            events = events.items(items);
        }
        let mut tracker =
            ColumnTracker::new(options.metric.as_str(), period(options.period), aggregation)
                .today(nearest(options.today));
        if let Some(days) = options.look_back {
            tracker = tracker.look_back(days);
        }
        if options.first.is_some() || options.last.is_some() {
            let all = DateRange::ALL;
            let first = options.first.map_or(all.first(), nearest);
            let last = options.last.map_or(all.last(), nearest);
            tracker = tracker.range(DateRange::new(first, last));
        }
        if options.recompute {
            tracker = tracker.recompute();
        }
        let report = match handles.as_slice() {
            &[only] if !options.each => tracker.track_one(&mut self.store, only, &events),
            each => tracker.track_each(&mut self.store, each, &events),
        };
        to_js(&written_down(&report.or_throw()?), false)
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "fewer than 2^53 events fit in memory"
)]
fn written_down(report: &Report) -> JsReport {
    JsReport {
        events: report.events as f64,
        created: report.created as f64,
        changed: report.changed as f64,
        unchanged: report.unchanged as f64,
        written: report.written() as f64,
        undated: report.undated as f64,
        future: report.future as f64,
        late: report.late as f64,
        oldest_late: report.oldest_late.map(trackstats::Date::days_since_epoch),
        no_object: report.no_object as f64,
    }
}
