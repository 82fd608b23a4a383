//! Programs of random calls, beside a model of what the store is to hold. Rust and Node run them alike:
//! `tests/js/durable/model.js` makes the same calls of the same seed, and the files are compared byte for byte.

use std::collections::BTreeMap;

use trackstats::journal::MemoryBackend;
use trackstats::{
    Date, Error, ErrorCode, Filter, MetricInfo, MetricRef, NewMetric, Null, Period, Statistic,
    Store, Value, ValueKind,
};

use super::random::Random;

/// Objects, and the days of each.
const OBJECTS: usize = 5;
const DAYS: i32 = 30;
/// Days of a call that makes the journal of a file long.
const LONG: i32 = 30_000;
const FIRST_DAY: i32 = 20_000;
/// Metrics that are met on the way, and sets of dimensions that one is declared by.
const METRICS: usize = 3;
const SETS: [&[&str]; 3] = [&["area"], &["branch"], &["area", "branch"]];

/// One call, as a program in any language makes it.
#[derive(Clone, Debug)]
pub(super) enum Call {
    Set(usize, i32, Option<i64>),
    Float(usize, i32, i32),
    Add(usize, i32, i64),
    Delete(i32),
    Title(usize),
    /// As `Set`, through a handle.
    Handled(usize, i32, i64),
    /// Registers a metric, which may be new, and records it.
    Met(usize, i32, i64),
    /// Declares other dimensions.
    Declare(usize),
    /// Records by dimensions, which are refused unless they are declared by now.
    Split(usize, i32, i64),
    Many(i64),
    Batch(Vec<Call>),
    GivenUp(Vec<Call>),
    Flush,
    Reopen,
    Crash,
}

/// So many calls. What is drawn, and in which order, is the same in JavaScript.
pub(super) fn calls(random: &mut Random, number: usize) -> Vec<Call> {
    (0..number).map(|_| call(random)).collect()
}

fn call(random: &mut Random) -> Call {
    match random.below(100) {
        0..=1 => Call::Reopen,
        2..=3 => Call::Crash,
        4..=20 => Call::Flush,
        21..=24 => Call::Batch(changes(random)),
        25..=27 => Call::GivenUp(changes(random)),
        28..=29 => Call::Many(number(random, 1 << 40)),
        _ => change(random),
    }
}

fn changes(random: &mut Random) -> Vec<Call> {
    let count = random.below(6) + 1;
    (0..count).map(|_| change(random)).collect()
}

fn change(random: &mut Random) -> Call {
    let object = random.below(OBJECTS);
    let day = i32::try_from(random.below(30)).unwrap_or(0);
    let amount = number(random, 1 << 40);
    match random.below(26) {
        0..=6 => Call::Set(object, day, Some(amount)),
        7 => Call::Set(object, day, None),
        8..=9 => Call::Float(object, day, day - 15),
        10..=17 => Call::Add(object, day, amount % 1_000),
        18 => Call::Delete(day),
        19 => Call::Title(random.below(300)),
        20 => Call::Handled(object, day, amount),
        21 => Call::Met(object % METRICS, day, amount),
        22 => Call::Declare(object % SETS.len()),
        _ => Call::Split(object % SETS.len(), day, amount),
    }
}

fn number(random: &mut Random, below: usize) -> i64 {
    i64::try_from(random.below(below)).unwrap_or(0)
}

/// The values that a store is to have: none, null, or a number. Floats are kept as how many sevenths they are.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Model {
    values: BTreeMap<(usize, i32), Option<i64>>,
    sevenths: BTreeMap<(usize, i32), i32>,
    /// By the number of a metric that was met, if it is there, and by day.
    met: BTreeMap<usize, BTreeMap<i32, i64>>,
    /// Which set is declared, and the values by set and day.
    declared: usize,
    split: BTreeMap<(usize, i32), i64>,
    /// The value of the first day of the metric of many days, which tells those of the others.
    many: Option<i64>,
    /// How many days that are.
    days: i32,
}

impl Model {
    pub(super) const fn new(days: i32) -> Self {
        Self {
            values: BTreeMap::new(),
            sevenths: BTreeMap::new(),
            met: BTreeMap::new(),
            declared: 0,
            split: BTreeMap::new(),
            many: None,
            days,
        }
    }

    /// An error if the store has anything else, of what the model can have.
    pub(super) fn compare(&self, store: &Store, place: usize, call: &Call) -> Result<(), String> {
        let found = found(store, self.days).map_err(text)?;
        if found == *self {
            return Ok(());
        }
        Err(format!(
            "call {place}, {call:?}: the store has {found:?} and the model {self:?}"
        ))
    }
}

fn date(day: i32) -> Result<Date, Error> {
    Date::from_days_since_epoch(FIRST_DAY + day)
}

fn sales(object: usize) -> MetricRef {
    MetricRef::new("shop.sales").at("shop", object.to_string())
}

fn mass(object: usize) -> MetricRef {
    MetricRef::new("shop.mass").at("shop", object.to_string())
}

fn met(number: usize) -> MetricRef {
    MetricRef::new(format!("met.m{number}"))
}

fn split(set: usize) -> MetricRef {
    let names = SETS[set].iter();
    names.fold(MetricRef::new("shop.split"), |at, name| at.at(*name, "1"))
}

fn declared(set: usize) -> NewMetric {
    NewMetric::new("shop.split").by(SETS[set].iter().copied())
}

fn many(day: i32, salt: i64) -> i64 {
    (i64::from(day) * 7_919 + salt) % 1_000_003
}

/// Registers what the calls record.
pub(super) fn register(store: &mut Store) -> Result<(), Error> {
    let mass = NewMetric::new("shop.mass").kind(ValueKind::Float);
    [
        NewMetric::new("shop.sales"),
        mass,
        NewMetric::new("shop.many"),
        declared(0),
    ]
    .iter()
    .try_for_each(|metric| store.register_metric(metric).map(drop))
}

/// Makes a call; closing the store or killing its program is up to the caller.
pub(super) fn apply(store: &mut Store, model: &mut Model, call: &Call) -> Result<(), Error> {
    match call {
        Call::Set(object, day, value) => {
            model.values.insert((*object, *day), *value);
            match value {
                Some(value) => store.record(sales(*object), Period::Day, date(*day)?, *value),
                None => store.record(sales(*object), Period::Day, date(*day)?, Null),
            }
        }
        Call::Float(object, day, sevenths) => {
            model.sevenths.insert((*object, *day), *sevenths);
            let value = f64::from(*sevenths) / 7.0;
            store.record(mass(*object), Period::Day, date(*day)?, value)
        }
        Call::Add(object, day, amount) => {
            let value = model.values.entry((*object, *day)).or_default();
            *value = Some(value.unwrap_or(0) + amount);
            store.increment(sales(*object), date(*day)?, *amount)
        }
        Call::Delete(day) => {
            model.values.retain(|(_, of), _| of != day);
            model.sevenths.retain(|(_, of), _| of != day);
            model.split.retain(|(_, of), _| of != day);
            let filter = Filter::new()
                .metrics(["shop.sales", "shop.mass", "shop.split"])
                .range(date(*day)?..=date(*day)?);
            store.delete(&filter).map(drop)
        }
        Call::Title(length) => {
            store.register_metric(&NewMetric::new("shop.sales").title("a title ".repeat(*length)))
        }
        Call::Handled(object, day, value) => {
            model.values.insert((*object, *day), Some(*value));
            let handle = store.handle(sales(*object))?;
            store.record(handle, Period::Day, date(*day)?, *value)
        }
        Call::Met(number, day, value) => {
            model.met.entry(*number).or_default().insert(*day, *value);
            store.register_metric(&NewMetric::new(format!("met.m{number}")))?;
            store.record(met(*number), Period::Day, date(*day)?, *value)
        }
        Call::Declare(set) => {
            model.declared = *set;
            store.register_metric(&declared(*set))
        }
        Call::Split(set, day, value) => {
            let recorded = store.record(split(*set), Period::Day, date(*day)?, *value);
            let names = SETS[model.declared];
            if SETS[*set].iter().all(|name| names.contains(name)) {
                model.split.insert((*set, *day), *value);
                return recorded;
            }
            match recorded {
                Err(error) if error.code() == ErrorCode::UnknownDimension => Ok(()),
                Err(error) => Err(error),
                Ok(()) => Err(Error::aborted("what is not declared was recorded")),
            }
        }
        Call::Many(salt) => {
            model.many = Some(many(0, *salt));
            (0..model.days).try_for_each(|day| {
                let metric = MetricRef::new("shop.many");
                store.record(metric, Period::Day, date(day)?, many(day, *salt))
            })
        }
        Call::Batch(calls) => store.batch(|store| apply_all(store, model, calls)),
        Call::GivenUp(calls) => {
            let given_up = store.batch(|store| {
                apply_all(store, &mut model.clone(), calls)?;
                Err::<(), _>(Error::aborted("given up"))
            });
            match given_up {
                Err(error) if error.code() == ErrorCode::Aborted => Ok(()),
                other => other,
            }
        }
        Call::Flush => store.flush(),
        Call::Reopen | Call::Crash => Ok(()),
    }
}

fn apply_all(store: &mut Store, model: &mut Model, calls: &[Call]) -> Result<(), Error> {
    calls.iter().try_for_each(|call| apply(store, model, call))
}

/// What the store has, of what the model can have.
fn found(store: &Store, days: i32) -> Result<Model, Error> {
    let mut found = Model::new(days);
    for object in 0..OBJECTS {
        for day in 0..DAYS {
            if let Some(value) = store.value(sales(object), Period::Day, date(day)?)? {
                let value = value.map(|value| value.as_i64().unwrap_or(-1));
                found.values.insert((object, day), value);
            }
            if let Some(Some(Value::Float(value))) =
                store.value(mass(object), Period::Day, date(day)?)?
            {
                #[expect(clippy::cast_possible_truncation, reason = "a few sevenths")]
                let sevenths = (value * 7.0).round() as i32;
                found.sevenths.insert((object, day), sevenths);
            }
        }
    }
    for number in 0..METRICS {
        let name = format!("met.m{number}");
        if store.metrics().any(|metric| metric.name() == name) {
            let held = listed(store, &name)?;
            let values = held.into_iter().map(|(_, day, value)| (day, value));
            found.met.insert(number, values.collect());
        }
    }
    for (names, day, value) in listed(store, "shop.split")? {
        let set = SETS.iter().position(|set| *set == names);
        found.split.insert((set.unwrap_or(SETS.len()), day), value);
    }
    let metric = store.metrics().find(|metric| metric.name() == "shop.split");
    let names = metric.map_or(&[][..], |metric: &MetricInfo| &metric.dimensions);
    let declared = SETS.iter().position(|set| *set == names);
    found.declared = declared.unwrap_or(SETS.len());
    let at = |day| -> Result<Option<i64>, Error> {
        let value = store.value(MetricRef::new("shop.many"), Period::Day, date(day)?)?;
        Ok(value.flatten().and_then(Value::as_i64))
    };
    found.many = match (at(0)?, at(days - 1)?) {
        (Some(first), Some(last)) if many(days - 1, first) == last => Some(first),
        (None, None) => None,
        _ => Some(-1),
    };
    Ok(found)
}

/// The statistics of a metric, each with its dimensions, its day and its value.
fn listed(store: &Store, name: &str) -> Result<Vec<(Vec<String>, i32, i64)>, Error> {
    let read = |statistic: Statistic| {
        let names = statistic.dimensions.into_iter().map(|(name, _)| name);
        let day = statistic.date.days_since_epoch() - FIRST_DAY;
        let value = statistic.value.and_then(Value::as_i64);
        (names.collect(), day, value.unwrap_or(-1))
    };
    let statistics = store.statistics(&Filter::new().metrics([name]))?;
    Ok(statistics.into_iter().map(read).collect())
}

fn open(backend: &MemoryBackend) -> Result<Store, Error> {
    Store::builder()
        .store_id([7; 16])
        .open_with(backend.clone())
}

/// The file that the program of a seed leaves, once the store is closed.
///
/// # Errors
///
/// The first difference between the store and a model that knows what was acknowledged.
pub fn file(seed: u64, number: usize) -> Result<Vec<u8>, String> {
    let mut backend = MemoryBackend::new();
    let mut store = open(&backend).map_err(text)?;
    register(&mut store).map_err(text)?;
    store.flush().map_err(text)?;
    let (mut model, mut acknowledged) = (Model::new(LONG), Model::new(LONG));
    let calls = calls(&mut Random::new(seed), number);
    for (place, call) in calls.iter().enumerate() {
        apply(&mut store, &mut model, call).map_err(text)?;
        match call {
            Call::Flush => {}
            Call::Reopen => {
                store.close().map_err(text)?;
                store = open(&backend).map_err(text)?;
            }
            Call::Crash => {
                // What a program that is killed now leaves.
                let left = MemoryBackend::holding(backend.bytes());
                drop(store);
                backend = left;
                store = open(&backend).map_err(text)?;
                model.clone_from(&acknowledged);
            }
            _ => continue,
        }
        model.compare(&store, place, call)?;
        acknowledged.clone_from(&model);
    }
    store.close().map_err(text)?;
    Ok(backend.bytes())
}

#[expect(clippy::needless_pass_by_value, reason = "it stands in `map_err`")]
pub(super) fn text(error: Error) -> String {
    error.to_string()
}
