//! The events of a vector, and the trackers that read them.

use std::collections::HashMap;

use serde_json::Value as Json;
use trackstats::{
    Error, EventDimension, EventTime, NamedZone, Null, Period, Store, TrackReport, Tracker,
    TrackerBuilder, Value,
};

use super::text;

#[derive(Default)]
pub(super) struct Sources(HashMap<String, Vec<Json>>);

impl Sources {
    pub(super) fn insert(&mut self, step: &Json) -> Result<(), String> {
        let events = step["events"].as_array().ok_or("no events")?;
        self.0
            .entry(text(step, "stream")?.into())
            .or_default()
            .extend(events.iter().cloned());
        Ok(())
    }

    pub(super) fn delete(&mut self, step: &Json) -> Result<(), String> {
        let ids = step["ids"].as_array().ok_or("no ids")?;
        let stream = self.0.entry(text(step, "stream")?.into()).or_default();
        stream.retain(|event| !ids.contains(&event["id"]));
        Ok(())
    }

    pub(super) fn track(&self, store: &mut Store, step: &Json) -> Result<TrackReport, String> {
        let period: Period = text(step, "period")?
            .to_lowercase()
            .parse()
            .map_err(|error: Error| error.to_string())?;
        let metric = text(step, "metric")?;
        let field = step["aggr"][1].as_str().unwrap_or_default().to_owned();
        let amount = move |event: &Json| number(&event[&field]);
        let builder: TrackerBuilder<'_, Json, Value> = match step["aggr"][0].as_str() {
            None => Tracker::count(metric, period),
            Some("count_distinct") => {
                let field = step["aggr"][1].as_str().unwrap_or_default().to_owned();
                Tracker::count_distinct(metric, period, move |event: &Json| by(&event[&field]))
            }
            Some("sum") => Tracker::sum(metric, period, amount),
            Some("min") => Tracker::minimum(metric, period, amount),
            Some("max") => Tracker::maximum(metric, period, amount),
            Some(other) => return Err(format!("no aggregate '{other}'")),
        };
        let zone = NamedZone::new(text(step, "zone")?).map_err(|error| error.to_string())?;
        let mut tracker = builder.at(at).zone(zone);
        if let (Some(name), Some(field)) = (step["by"][0].as_str(), step["by"][1].as_str()) {
            tracker = tracker.by(name, move |event| by(&event[field]));
        }
        if let (Some(name), Some(id)) = (step["object"][0].as_str(), step["object"][1].as_str()) {
            tracker = tracker.object(name, id);
        }
        if let Some(filter) = step["filter"].as_array() {
            let filter = filter.clone();
            tracker = tracker.filter(move |event| passes(event, &filter));
        }
        let none = Vec::new();
        let events = self.0.get(text(step, "stream")?).unwrap_or(&none);
        tracker
            .track(store, events)
            .map_err(|error| error.to_string())
    }
}

fn at(event: &Json) -> Result<Option<EventTime>, Error> {
    let text = event["day"].as_str().or_else(|| event["at"].as_str());
    text.map(str::parse).transpose()
}

fn by(field: &Json) -> EventDimension<'_> {
    match field {
        Json::Null => None::<String>.into(),
        Json::String(text) => text.into(),
        other => other.to_string().into(),
    }
}

fn number(field: &Json) -> Option<Value> {
    field
        .as_i64()
        .map(Value::Integer)
        .or_else(|| field.as_f64().map(Value::Float))
}

fn passes(event: &Json, filter: &[Json]) -> bool {
    let [Json::String(field), Json::String(operator), value] = filter else {
        return false;
    };
    let (Some(held), Some(value)) = (event[field].as_f64(), value.as_f64()) else {
        return false;
    };
    match operator.as_str() {
        "eq" => held.total_cmp(&value).is_eq(),
        "gt" => held > value,
        "gte" => held >= value,
        "lt" => held < value,
        "lte" => held <= value,
        _ => false,
    }
}

/// Records what a step says; answers what was refused.
pub(super) fn record(store: &mut Store, step: &Json) -> Result<(), Error> {
    let name = step["metric"].as_str().unwrap_or_default();
    let mut target = trackstats::MetricRef::new(name);
    if let (Some(name), Some(id)) = (step["object"][0].as_str(), step["object"][1].as_str()) {
        target = target.at(name, id);
    }
    let period: Period = step["period"]
        .as_str()
        .unwrap_or_default()
        .to_lowercase()
        .parse()?;
    let date = match step["date"].as_str() {
        Some(date) => date.parse()?,
        None => store.today(),
    };
    let large: Option<i128> = step["value"]["$int"]
        .as_str()
        .and_then(|text| text.parse().ok());
    let add = step["increment"] == true;
    match (large, number(&step["value"])) {
        (Some(large), _) if add => store.increment_in(&target, period, date, large),
        (Some(large), _) => store.record(&target, period, date, large),
        (None, Some(value)) if add => store.increment_in(&target, period, date, value),
        (None, Some(value)) => store.record(&target, period, date, value),
        (None, None) => store.record(&target, period, date, Null),
    }
}
