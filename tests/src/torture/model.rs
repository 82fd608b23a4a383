//! A store in a file beside a map that knows what was acknowledged.

use std::collections::BTreeMap;
use std::fmt;

use trackstats::{Date, Durability, Error, MetricRef, NewMetric, Period, Store};

use super::disk::Disk;
use super::image::Form;
use super::random::Random;

/// What was tried.
#[derive(Clone, Copy, Debug, Default)]
pub struct Counts {
    /// Sequences of calls.
    pub runs: usize,
    /// Calls.
    pub calls: usize,
    /// Power cuts.
    pub crashes: usize,
}

impl std::ops::AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.runs += other.runs;
        self.calls += other.calls;
        self.crashes += other.crashes;
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "model: {} runs of random calls, {} calls, {} crashes: each value as the map has it",
            self.runs, self.calls, self.crashes
        )
    }
}

type Map = BTreeMap<(usize, i32), i64>;

/// One call, as a program in any language makes it.
#[derive(Clone, Copy, Debug)]
enum Call {
    Set(usize, i32, i64),
    Add(usize, i32, i64),
    Flush,
    Reopen,
    Crash,
}

fn calls(random: &mut Random, number: usize) -> Vec<Call> {
    let call = |random: &mut Random| {
        let object = random.below(5);
        let day = i32::try_from(random.below(30)).unwrap_or(0);
        let amount = i64::try_from(random.below(1_000)).unwrap_or(0);
        match random.below(40) {
            0 => Call::Reopen,
            1 => Call::Crash,
            2..=7 => Call::Flush,
            8..=20 => Call::Set(object, day, amount),
            _ => Call::Add(object, day, amount),
        }
    };
    (0..number).map(|_| call(random)).collect()
}

fn target(object: usize) -> MetricRef {
    MetricRef::new("shop.sales").at("shop", object.to_string())
}

fn date(day: i32) -> Result<Date, Error> {
    Date::from_days_since_epoch(20_000 + day)
}

fn apply(store: &mut Store, map: &mut Map, call: Call) -> Result<(), Error> {
    match call {
        Call::Set(object, day, value) => {
            map.insert((object, day), value);
            store.record(target(object), Period::Day, date(day)?, value)
        }
        Call::Add(object, day, amount) => {
            *map.entry((object, day)).or_default() += amount;
            store.increment(target(object), date(day)?, amount)
        }
        Call::Flush => store.flush(),
        Call::Reopen | Call::Crash => Ok(()),
    }
}

fn equals(store: &Store, map: &Map) -> Result<bool, Error> {
    let mut found = Map::new();
    for object in 0..5 {
        for day in 0..30 {
            if let Some(value) = store.value(&target(object), Period::Day, date(day)?)? {
                found.insert(
                    (object, day),
                    value.and_then(trackstats::Value::as_i64).unwrap_or(-1),
                );
            }
        }
    }
    Ok(found == *map)
}

/// Runs so many sequences of so many calls.
///
/// # Errors
///
/// The first difference.
pub fn run(seeds: std::ops::Range<u64>, number: usize) -> Result<Counts, String> {
    let mut counts = Counts::default();
    for seed in seeds {
        counts.runs += 1;
        one(seed, number, &mut counts).map_err(|error| format!("seed {seed}: {error}"))?;
    }
    Ok(counts)
}

#[expect(clippy::needless_pass_by_value, reason = "it stands in `map_err`")]
fn text(error: Error) -> String {
    error.to_string()
}

fn one(seed: u64, number: usize, counts: &mut Counts) -> Result<(), String> {
    let mut random = Random::new(seed);
    let durability = if seed.is_multiple_of(2) {
        Durability::Immediate
    } else {
        Durability::Grouped
    };
    let open = |disk: &Disk| {
        let builder = Store::builder().durability(durability).store_id([9; 16]);
        builder.open_on(disk.clone()).map_err(text)
    };
    let mut disk = Disk::new(None, seed);
    let mut store = open(&disk)?;
    store
        .register_metric(&NewMetric::new("shop.sales"))
        .map_err(text)?;
    store.flush().map_err(text)?;
    let (mut map, mut acknowledged) = (Map::new(), Map::new());
    for (place, call) in calls(&mut random, number).into_iter().enumerate() {
        counts.calls += 1;
        apply(&mut store, &mut map, call).map_err(text)?;
        let durable = durability == Durability::Immediate || matches!(call, Call::Flush);
        match call {
            Call::Reopen => {
                store.close().map_err(text)?;
                store = open(&disk)?;
            }
            Call::Crash => {
                counts.crashes += 1;
                let form = Form::ALL[random.below(4)];
                let file = disk.after(form);
                disk.freeze();
                drop(store);
                disk = Disk::new(file, random.next());
                store = open(&disk)?;
                map.clone_from(&acknowledged);
            }
            _ if durable => {}
            _ => continue,
        }
        acknowledged.clone_from(&map);
        if !equals(&store, &map).map_err(text)? {
            return Err(format!(
                "call {place}, {call:?}: the store differs from the map"
            ));
        }
    }
    disk.freeze();
    Ok(())
}
