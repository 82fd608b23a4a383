//! The calendar cases: instants in many zones, gathered by spans of the calendar.

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};
use trackstats::{
    Bucket, Error, Maximum, Minimum, NamedZone, NewMetric, Period, Store, Sum, Timestamp, Tracker,
    TrackerBuilder, Value, Weekday, start_of_day, start_of_hour,
};

use super::state::same;
use super::{Outcome, text};

struct Event {
    at: Timestamp,
    amount: i64,
}

pub(super) fn run(file: &Json, outcome: &mut Outcome) -> Result<(), String> {
    let cases = file["cases"].as_array().ok_or("no calendar cases")?;
    for (number, case) in cases.iter().enumerate() {
        let start = case["week_start"].as_str().unwrap_or("");
        let name = format!(
            "calendar_buckets[{number}] {} {} {start}",
            text(case, "tz")?,
            text(case, "unit")?
        );
        outcome.add(name.trim_end(), check(case));
    }
    Ok(())
}

fn check(case: &Json) -> Result<(), String> {
    let zone = NamedZone::new(text(case, "tz")?).map_err(|error| error.to_string())?;
    let events = case["events"].as_array().ok_or("no events")?;
    let events: Vec<Event> = events
        .iter()
        .map(|event| {
            let at = text(event, "at")?
                .parse()
                .map_err(|error: Error| error.to_string())?;
            Ok(Event {
                at,
                amount: event["amount"].as_i64().ok_or("no amount")?,
            })
        })
        .collect::<Result<_, String>>()?;
    let found = match text(case, "unit")? {
        "hour" => by_hour(zone, &events),
        unit => {
            let bucket = match case["week_start"].as_str() {
                Some(day) => {
                    Bucket::Week(day.parse::<Weekday>().map_err(|error| error.to_string())?)
                }
                None => unit.parse().map_err(|error: Error| error.to_string())?,
            };
            by_bucket(zone, &events, bucket).map_err(|error| error.to_string())?
        }
    };
    same("buckets", &Json::Array(found), &case["buckets"])
}

/// Tracks the events by day and reads the buckets of the four series.
fn by_bucket(zone: NamedZone, events: &[Event], bucket: Bucket) -> Result<Vec<Json>, Error> {
    let mut store = Store::builder().zone(zone).build();
    let trackers: [(&str, TrackerBuilder<'_, Event, Value>); 4] = [
        ("t.count", Tracker::count("t.count", Period::Day)),
        (
            "t.sum",
            Tracker::sum("t.sum", Period::Day, |event: &Event| event.amount),
        ),
        (
            "t.min",
            Tracker::minimum("t.min", Period::Day, |event: &Event| event.amount),
        ),
        (
            "t.max",
            Tracker::maximum("t.max", Period::Day, |event: &Event| event.amount),
        ),
    ];
    for (name, tracker) in trackers {
        store.register_metric(&NewMetric::new(name))?;
        tracker.at(|event| event.at).track(&mut store, events)?;
    }
    let series = |name| store.series(name, Period::Day);
    let counts = series("t.count").bucket(bucket, Sum).read()?;
    let sums = series("t.sum").bucket(bucket, Sum).read()?;
    let least = series("t.min").bucket(bucket, Minimum).read()?;
    let most = series("t.max").bucket(bucket, Maximum).read()?;
    let rows = counts
        .points()
        .iter()
        .zip(sums.values())
        .zip(least.values())
        .zip(most.values());
    Ok(rows
        .map(|(((count, sum), min), max)| {
            json!({
                "start": count.date.to_string(),
                "start_utc": start_of_day(&zone, count.date).map(|start| start.to_string()),
                "count": integer(count.value),
                "sum": integer(sum),
                "min": integer(min),
                "max": integer(max),
            })
        })
        .collect())
}

fn integer(value: Option<Value>) -> Option<i64> {
    value.and_then(Value::as_i64)
}

fn by_hour(zone: NamedZone, events: &[Event]) -> Vec<Json> {
    let mut hours: BTreeMap<_, Vec<i64>> = BTreeMap::new();
    for event in events {
        let hour = start_of_hour(&zone, event.at);
        hours.entry(hour).or_default().push(event.amount);
    }
    let rows = hours.into_iter().map(|(start, amounts)| {
        json!({
            "start": format!("{}T{:02}:00", start.date_in(&zone), start.hour_in(&zone)),
            "start_utc": start.to_string(),
            "count": amounts.len(),
            "sum": amounts.iter().sum::<i64>(),
            "min": amounts.iter().min(),
            "max": amounts.iter().max(),
        })
    });
    rows.collect()
}
