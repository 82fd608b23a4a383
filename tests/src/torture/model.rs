//! A store in a file beside a model that knows what was acknowledged.

use std::fmt;

use trackstats::{Durability, Store};

use super::disk::Disk;
use super::image::Form;
use super::program::{Call, Model, apply, calls, register, text};
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
            "model: {} runs of random calls, {} calls, {} crashes: each value as the model has it",
            self.runs, self.calls, self.crashes
        )
    }
}

/// Days of a call that records many: as many commits where each call is durable.
const MANY: i32 = 40;

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

fn one(seed: u64, number: usize, counts: &mut Counts) -> Result<(), String> {
    let mut random = Random::new(seed);
    let durability = if seed.is_multiple_of(2) {
        Durability::Immediate
    } else {
        Durability::OnFlush
    };
    let open = |disk: &Disk| {
        let builder = Store::builder().durability(durability).store_id([9; 16]);
        builder.open_with(disk.clone()).map_err(text)
    };
    let mut disk = Disk::new(None, seed);
    let mut store = open(&disk)?;
    register(&mut store).map_err(text)?;
    store.flush().map_err(text)?;
    let (mut model, mut acknowledged) = (Model::new(MANY), Model::new(MANY));
    for (place, call) in calls(&mut random, number).into_iter().enumerate() {
        counts.calls += 1;
        apply(&mut store, &mut model, &call).map_err(text)?;
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
                model.clone_from(&acknowledged);
            }
            _ if durable => {}
            _ => continue,
        }
        acknowledged.clone_from(&model);
        model.compare(&store, place, &call)?;
    }
    disk.freeze();
    Ok(())
}
