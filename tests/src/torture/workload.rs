//! Random work for a store, and what it holds in a form that can be compared.

use std::fmt::Write as _;

use trackstats::journal::StorageBackend;
use trackstats::{
    Date, Durability, Error, Filter, MetricRef, NewMetric, Null, Period, Store, ValueKind,
};

use super::random::Random;

/// One call.
#[derive(Clone, Debug)]
pub enum Step {
    /// Sets a value, or null.
    Record(usize, usize, i32, Option<i64>),
    /// Sets a float.
    Float(usize, i32, f64),
    /// Adds.
    Increment(usize, i32, i64),
    /// Deletes the days of a range.
    Delete(i32, i32),
    /// Titles a metric.
    Title(usize),
    /// Several steps that are one commit.
    Batch(Vec<Step>),
    /// Several steps that are rolled back.
    GivenUp(Vec<Step>),
    /// Writes what is gathered.
    Flush,
    /// Writes a new snapshot.
    Compact,
    /// Closes the store and opens it again.
    Reopen,
    /// Kills the program during the next calls, after so many operations of the backend.
    Kill(usize),
}

/// Steps from a seed.
#[derive(Clone, Debug)]
pub struct Workload {
    /// When changes are durable.
    pub durability: Durability,
    /// The steps.
    pub steps: Vec<Step>,
}

impl Workload {
    /// So many steps. Every second seed is of `Durability::Immediate`.
    #[must_use]
    pub fn new(seed: u64, steps: usize) -> Self {
        let mut random = Random::new(seed);
        let grouped = seed % 2 == 1;
        let steps = (0..steps).map(|_| step(&mut random, grouped)).collect();
        Self {
            durability: if grouped {
                Durability::OnFlush
            } else {
                Durability::Immediate
            },
            steps,
        }
    }
}

fn step(random: &mut Random, grouped: bool) -> Step {
    match random.below(100) {
        0 => Step::Reopen,
        1 => Step::Kill(random.below(8)),
        2 | 3 => Step::Compact,
        4..=8 => Step::Batch(changes(random)),
        9..=11 => Step::GivenUp(changes(random)),
        12..=45 if grouped => Step::Flush,
        _ => change(random),
    }
}

fn changes(random: &mut Random) -> Vec<Step> {
    (0..=random.below(12)).map(|_| change(random)).collect()
}

fn change(random: &mut Random) -> Step {
    let object = random.below(6);
    let day = i32::try_from(random.below(40)).unwrap_or(0);
    match random.below(20) {
        0..=8 => {
            let value = (!random.once_in(10)).then(|| value(random));
            Step::Record(object, random.below(5), day, value)
        }
        9..=10 => Step::Float(object, day, f64::from(day) / 7.0),
        11..=16 => Step::Increment(object, day, value(random)),
        17..=18 => Step::Delete(day, day + 3),
        _ => Step::Title(random.below(300)),
    }
}

fn value(random: &mut Random) -> i64 {
    let bits = random.below(40);
    i64::try_from(random.below(1 << bits)).unwrap_or(0)
}

fn date(day: i32) -> Result<Date, Error> {
    Date::from_days_since_epoch(20_000 + day)
}

fn target(metric: &str, object: usize) -> MetricRef {
    let metric = MetricRef::new(metric);
    match object {
        0 => metric,
        1..=4 => metric.at("country", format!("country {object}")),
        _ => metric.at("country", "NL").at("province", "é ∑ 🙂"),
    }
}

/// Opens a store, with a fixed id.
///
/// # Errors
///
/// What opening answers.
pub fn open(
    backend: impl StorageBackend + 'static,
    durability: Durability,
) -> Result<Store, Error> {
    let builder = Store::builder().durability(durability);
    builder.store_id([7; 16]).open_with(backend)
}

/// Makes what is recorded possible.
///
/// # Errors
///
/// What registering answers.
pub fn register(store: &mut Store) -> Result<(), Error> {
    store.batch(|store| {
        store.register_metric(&NewMetric::new("shop.sales").by(["country", "province"]))?;
        store.register_metric(&NewMetric::new("shop.mass").kind(ValueKind::Float))
    })
}

/// Carries out a step that changes statistics.
///
/// # Errors
///
/// What the call answers.
pub fn carry_out(store: &mut Store, step: &Step) -> Result<(), Error> {
    match step {
        Step::Record(object, period, day, value) => {
            let target = target("shop.sales", *object);
            let period = Period::ALL[*period];
            match value {
                Some(value) => store.record(&target, period, date(*day)?, *value),
                None => store.record(&target, period, date(*day)?, Null),
            }
        }
        Step::Float(object, day, value) => {
            let target = target("shop.mass", *object);
            store.record(&target, Period::Week, date(*day)?, *value)
        }
        Step::Increment(object, day, amount) => {
            store.increment(target("shop.sales", *object), date(*day)?, *amount)
        }
        Step::Delete(first, last) => {
            let filter = Filter::new().range(date(*first)?..=date(*last)?);
            store.delete(&filter).map(drop)
        }
        Step::Title(length) => {
            let title = "a title ".repeat(*length);
            store.register_metric(&NewMetric::new("shop.sales").title(title))
        }
        Step::Batch(steps) => {
            store.batch(|store| steps.iter().try_for_each(|step| carry_out(store, step)))
        }
        Step::GivenUp(steps) => {
            let given_up = store.batch(|store| {
                steps.iter().try_for_each(|step| carry_out(store, step))?;
                Err::<(), _>(Error::aborted("given up"))
            });
            match given_up {
                Err(error) if error.code() == trackstats::ErrorCode::Aborted => Ok(()),
                other => other,
            }
        }
        Step::Flush => store.flush(),
        Step::Compact => store.compact(),
        Step::Reopen | Step::Kill(_) => Ok(()),
    }
}

/// What a store holds, one line a metric or statistic, in an order of their own.
#[must_use]
pub fn content(store: &Store) -> String {
    let mut lines: Vec<String> = store
        .statistics(&Filter::new())
        .unwrap_or_default()
        .into_iter()
        .map(|statistic| format!("{statistic:?}"))
        .collect();
    lines.extend(store.metrics().map(|metric| format!("{metric:?}")));
    lines.sort_unstable();
    let mut text = String::new();
    for line in lines {
        let _ = writeln!(text, "{line}");
    }
    text
}
