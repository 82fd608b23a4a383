//! One vector: its steps in order, and the state at the end.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use serde_json::{Value as Json, json};
use trackstats::{
    Filter, NamedZone, NewDomain, NewMetric, Period, Statistic, Store, Timestamp, TrackReport,
};

use super::source::{Sources, record};
use super::state::{Table, dump, row, rows, same, sorted};
use super::text;

/// 2024-06-15T12:00:00Z, the time before the first `clock` step.
const START: i64 = 1_718_452_800;

pub(super) fn run(vector: &Json) -> Result<(), String> {
    let now = Arc::new(AtomicI64::new(START));
    let zone = text(&vector["settings"], "time_zone")?;
    let seconds = Arc::clone(&now);
    let clock =
        move || Timestamp::from_seconds(seconds.load(Ordering::Relaxed)).unwrap_or(Timestamp::MIN);
    let zone = NamedZone::new(zone).map_err(|error| error.to_string())?;
    let mut store = Store::builder().zone(zone).clock(clock).build();
    let mut sources = Sources::default();
    let steps = vector["steps"].as_array().ok_or("no steps")?;
    for (number, step) in steps.iter().enumerate() {
        take(&mut store, &mut sources, &now, step)
            .map_err(|reason| format!("step {number}, {}: {reason}", step["op"]))?;
    }
    let state = dump(&store)?;
    for part in ["domains", "metrics", "by_date", "by_date_and_object"] {
        same(
            &format!("at the end, {part}"),
            &state[part],
            &vector["final"][part],
        )?;
    }
    Ok(())
}

fn take(
    store: &mut Store,
    sources: &mut Sources,
    now: &AtomicI64,
    step: &Json,
) -> Result<(), String> {
    match text(step, "op")? {
        "clock" => {
            let time: Timestamp = text(step, "utc")?
                .parse()
                .map_err(|error: trackstats::Error| error.to_string())?;
            now.store(time.as_seconds(), Ordering::Relaxed);
            Ok(())
        }
        "register_domain" => register_domain(store, step),
        "register_metric" => register_metric(store, step),
        "insert" => sources.insert(step),
        "delete" => sources.delete(step),
        "record" => take_record(store, step),
        "track" => take_track(store, sources, step),
        "narrow" => {
            let found = narrow(store, step)?;
            let found = sorted(found.iter().map(row).collect());
            same("result", &Json::Array(found), &step["result"])
        }
        "most_recent" => {
            let found = narrow(store, step)?;
            let newest = found.iter().max_by_key(|statistic| statistic.date).map(row);
            let latest = latest(store, step)?;
            same("result", &newest.unwrap_or(Json::Null), &step["result"])?;
            same("latest", &latest, &step["result"])
        }
        "dump" => same("result", &dump(store)?, &step["result"]),
        other => Err(format!("no operation '{other}'")),
    }
}

fn register_domain(store: &mut Store, step: &Json) -> Result<(), String> {
    let mut domain = NewDomain::new(text(step, "ref")?);
    if let Some(name) = step["name"].as_str() {
        domain = domain.title(name);
    }
    store
        .register_domain(&domain)
        .map_err(|error| error.to_string())
}

fn register_metric(store: &mut Store, step: &Json) -> Result<(), String> {
    let mut metric = NewMetric::new(format!("{}.{}", text(step, "domain")?, text(step, "ref")?));
    if let Some(name) = step["name"].as_str() {
        metric = metric.title(name);
    }
    if let Some(description) = step["description"].as_str() {
        metric = metric.description(description);
    }
    store
        .register_metric(&metric)
        .map_err(|error| error.to_string())
}

fn take_record(store: &mut Store, step: &Json) -> Result<(), String> {
    let before = dump(store)?;
    let result = record(store, step);
    if step.get("error").is_some() {
        return match result {
            Ok(()) => Err(format!(
                "{} was stored and should be refused",
                step["value"]
            )),
            Err(_) => same("after a refusal", &dump(store)?, &before),
        };
    }
    result.map_err(|error| error.to_string())?;
    let expected = &step["result"];
    let held = rows(store, Table::of(text(step, "store")?)?)?;
    if held.contains(expected) {
        Ok(())
    } else {
        Err(format!("no row {expected}"))
    }
}

fn take_track(store: &mut Store, sources: &Sources, step: &Json) -> Result<(), String> {
    let zone = NamedZone::new(text(step, "zone")?).map_err(|error| error.to_string())?;
    same(
        "today",
        &json!(store.now().date_in(&zone).to_string()),
        &step["today"],
    )?;
    let before = all_rows(store)?;
    let report = sources.track(store, step)?;
    let after = all_rows(store)?;
    let wrote: Vec<Json> = after
        .iter()
        .filter(|row| !before.contains(row))
        .cloned()
        .collect();
    same(
        "wrote",
        &Json::Array(sorted(wrote.clone())),
        &Json::Array(sorted_of(&step["wrote"])),
    )?;
    same("skipped", &skipped(&report), &step["skipped"])?;
    let written = usize::try_from(report.written()).unwrap_or(usize::MAX);
    if written == wrote.len() {
        Ok(())
    } else {
        Err(format!(
            "the report says {written} rows, and {} changed",
            wrote.len()
        ))
    }
}

fn sorted_of(rows: &Json) -> Vec<Json> {
    sorted(rows.as_array().cloned().unwrap_or_default())
}

fn all_rows(store: &Store) -> Result<Vec<Json>, String> {
    let mut all = rows(store, Table::ByDate)?;
    all.extend(rows(store, Table::ByDateAndObject)?);
    Ok(all)
}

fn skipped(report: &TrackReport) -> Json {
    let counts = [
        ("undated", report.undated),
        ("future", report.future),
        ("no_object", report.no_object),
        ("late", report.earlier),
    ];
    let counts = counts.into_iter().filter(|&(_, count)| count > 0);
    Json::Object(
        counts
            .map(|(name, count)| (name.to_owned(), json!(count)))
            .collect(),
    )
}

fn filter(step: &Json) -> Result<Filter, String> {
    let args = &step["args"];
    let mut filter = Filter::new();
    if let Some(metric) = args["metric"].as_str() {
        filter = filter.metric(metric);
    }
    if let Some(metrics) = args["metrics"].as_array() {
        filter = filter.metrics(metrics.iter().filter_map(Json::as_str));
    }
    if let Some(period) = args["period"].as_str() {
        let period: Period = period
            .to_lowercase()
            .parse()
            .map_err(|error: trackstats::Error| error.to_string())?;
        filter = filter.period(period);
    }
    if let Some(date) = args["date"].as_str() {
        filter = filter.on(date);
    }
    if let Some(from) = args["from_date"].as_str() {
        filter = filter.range(from..);
    }
    if let Some(to) = args["to_date"].as_str() {
        filter = filter.range(..=to);
    }
    let pair = |object: &Json| -> Option<(String, String)> {
        Some((
            object[0].as_str()?.to_owned(),
            object[1].as_str()?.to_owned(),
        ))
    };
    if let Some((object_type, id)) = pair(&args["object"]) {
        filter = filter.object(object_type, id);
    }
    if let Some(objects) = args["objects"].as_array() {
        filter = filter.objects(objects.iter().filter_map(pair));
    }
    if let Some(object_type) = args["object_type"].as_str() {
        filter = filter.object_type(object_type);
    }
    if Table::of(text(step, "store")?)? == Table::ByDate {
        filter = filter.totals();
    }
    Ok(filter)
}

fn narrow(store: &Store, step: &Json) -> Result<Vec<Statistic>, String> {
    let table = Table::of(text(step, "store")?)?;
    let found = store
        .statistics(&filter(step)?)
        .map_err(|error| error.to_string())?;
    Ok(found
        .into_iter()
        .filter(|statistic| table.holds(statistic))
        .collect())
}

fn latest(store: &Store, step: &Json) -> Result<Json, String> {
    let latest = store
        .latest_statistic(&filter(step)?)
        .map_err(|error| error.to_string())?;
    Ok(latest.as_ref().map_or(Json::Null, row))
}
