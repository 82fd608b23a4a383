//! A naive model over the public calls: handles, declarations that change, metrics and dimensions first met in
//! batches that are rolled back, refused calls, imports, SQL, a second store; and after each reopening, everything
//! is there, and every series can be read, exported, restored and deleted.

mod act;
mod check;
mod model;

use std::fmt;

use trackstats::journal::MemoryBackend;
use trackstats::{Durability, Error, Handle, Savepoint, Store, Timestamp, Value};

use super::random::Random;
use model::{Model, Place};

/// What was tried.
#[derive(Clone, Copy, Debug, Default)]
pub struct Counts {
    /// Sequences of calls.
    pub runs: usize,
    /// Calls.
    pub calls: usize,
    /// Calls that were refused, as they had to be.
    pub refused: usize,
    /// Reopenings, after crashes too.
    pub reopened: usize,
}

impl std::ops::AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.runs += other.runs;
        self.calls += other.calls;
        self.refused += other.refused;
        self.reopened += other.reopened;
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "naive model: {} runs, {} calls ({} of them refused), {} reopenings: each store as the model has it, each \
             series readable, exportable, deletable",
            self.runs, self.calls, self.refused, self.reopened
        )
    }
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
        let mut run = Run::new(seed).map_err(text)?;
        for call in 0..number {
            run.call()
                .map_err(|error| format!("seed {seed}, call {call}: {error}"))?;
        }
        run.reopen(false)
            .map_err(|error| format!("seed {seed}, at the end: {error}"))?;
        counts += run.counts;
    }
    Ok(counts)
}

#[expect(clippy::needless_pass_by_value, reason = "it stands in `map_err`")]
fn text(error: Error) -> String {
    format!("{:?}: {error}", error.code())
}

/// A handle, and what it stands for.
#[derive(Clone, Debug)]
struct Held {
    handle: Handle<Value>,
    place: Place,
    /// How often its metric was unregistered by then.
    rolled_back: usize,
    /// How often the store was opened by then.
    opened: usize,
}

/// One sequence of calls.
struct Run {
    random: Random,
    durability: Durability,
    backend: MemoryBackend,
    store: Store,
    /// A second store, which is sent each change.
    copy: Store,
    model: Model,
    /// What a crash leaves.
    durable: Model,
    handles: Vec<Held>,
    /// Savepoints that were ended with an outer one.
    stale: Vec<Savepoint>,
    opened: usize,
    counts: Counts,
}

impl Run {
    fn new(seed: u64) -> Result<Self, Error> {
        let durability = if seed.is_multiple_of(3) {
            Durability::Immediate
        } else {
            Durability::OnFlush
        };
        let backend = MemoryBackend::new();
        let mut store = open(&backend, durability)?;
        store.capture_changes();
        Ok(Self {
            random: Random::new(seed),
            durability,
            backend,
            store,
            copy: Store::in_memory(),
            model: Model::default(),
            durable: Model::default(),
            handles: Vec::new(),
            stale: Vec::new(),
            opened: 0,
            counts: Counts::default(),
        })
    }

    /// Closes the store and opens it again, or kills its program first.
    fn reopen(&mut self, crash: bool) -> Result<(), String> {
        self.counts.reopened += 1;
        self.opened += 1;
        self.send()?;
        let left = self.backend.bytes();
        let closed = std::mem::replace(&mut self.store, Store::in_memory());
        if crash {
            drop(closed);
            self.backend = MemoryBackend::holding(left);
            self.model.roll_back_to(&self.durable);
        } else {
            closed.close().map_err(text)?;
        }
        self.store = open(&self.backend, self.durability)
            .map_err(|error| format!("it does not open: {}", text(error)))?;
        self.durable = self.model.clone();
        if crash {
            let snapshot = self.store.snapshot();
            self.copy = Store::builder().restore(&snapshot).map_err(text)?;
        }
        self.store.capture_changes();
        self.check()
    }

    /// Sends the second store what changed.
    fn send(&mut self) -> Result<(), String> {
        let changes = self.store.drain_changes().map_err(text)?;
        let applied = self.copy.apply_changes(&changes);
        applied.map_err(|error| format!("the second store refuses changes: {}", text(error)))
    }
}

fn open(backend: &MemoryBackend, durability: Durability) -> Result<Store, Error> {
    // Monday 2026-11-23, noon.
    let noon = Timestamp::from_seconds(1_795_435_200)?;
    let builder = Store::builder().clock(noon).durability(durability);
    builder.store_id([5; 16]).open_with(backend.clone())
}
