//! Power cuts: whatever the disk had by then, a store opens with all that was acknowledged.

use std::fmt;

use trackstats::{Durability, MetricRef, Period, Store};

use super::disk::{Crash, Disk};
use super::image::Form;
use super::random::Random;
use super::workload::{Step, Workload, carry_out, content, open, register};

/// What was tried.
#[derive(Clone, Copy, Debug, Default)]
pub struct Counts {
    /// Sequences of calls.
    pub workloads: usize,
    /// Calls.
    pub calls: usize,
    /// What power cuts left, in each form.
    pub images: usize,
    /// What power cuts left during the recovery from one.
    pub second: usize,
    /// Those of both that were opened, since no other form left the same.
    pub different: usize,
    /// Images that held a commit that was not whole.
    pub torn: usize,
}

impl std::ops::AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.workloads += other.workloads;
        self.calls += other.calls;
        self.images += other.images;
        self.second += other.second;
        self.different += other.different;
        self.torn += other.torn;
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "power loss: {} crash images ({} in a first crash, {} in a second one inside the recovery; {} of \
             them different, {} with a torn commit), {} workloads, {} calls: every image opens to a prefix of \
             the commits that holds every acknowledged one",
            self.images + self.second,
            self.images,
            self.second,
            self.different,
            self.torn,
            self.workloads,
            self.calls
        )
    }
}

/// What a store holds: as bytes, which are quickly compared, and in an order of its own.
#[derive(Clone, Debug)]
struct Held {
    snapshot: Vec<u8>,
    content: String,
}

impl Held {
    fn by(store: &Store) -> Self {
        Self {
            snapshot: store.snapshot(),
            content: content(store),
        }
    }

    fn is_in(&self, store: &Store) -> bool {
        // The order of series may differ, so that other bytes may say the same.
        store.snapshot() == self.snapshot || content(store) == self.content
    }
}

/// Runs so many workloads of so many calls.
///
/// # Errors
///
/// The first image that does not hold what it has to.
pub fn run(seeds: std::ops::Range<u64>, steps: usize) -> Result<Counts, String> {
    let mut counts = Counts::default();
    for seed in seeds {
        counts += one(seed, steps).map_err(|error| format!("seed {seed}: {error}"))?;
    }
    Ok(counts)
}

fn one(seed: u64, steps: usize) -> Result<Counts, String> {
    let workload = Workload::new(seed, steps);
    let disk = Disk::new(None, seed);
    disk.watch();
    let mut run = Run {
        judge: Judge {
            counts: Counts {
                workloads: 1,
                ..Counts::default()
            },
            random: Random::new(!seed),
        },
        disk,
        durability: workload.durability,
        allowed: Vec::new(),
    };
    let mut store = run.open()?;
    run.writes(&store)?;
    for (number, step) in [None]
        .into_iter()
        .chain(workload.steps.iter().map(Some))
        .enumerate()
    {
        store = run
            .step(store, step)
            .map_err(|error| format!("call {number}, {step:?}: {error}"))?;
    }
    run.disk.freeze();
    Ok(run.judge.counts)
}

#[expect(clippy::needless_pass_by_value, reason = "it stands in `map_err`")]
fn text(error: trackstats::Error) -> String {
    error.to_string()
}

struct Run {
    judge: Judge,
    disk: Disk,
    durability: Durability,
    /// What a power cut may leave. What was acknowledged is alone; nothing at the very start.
    allowed: Vec<Held>,
}

impl Run {
    fn open(&self) -> Result<Store, String> {
        open(self.disk.clone(), self.durability).map_err(text)
    }

    fn step(&mut self, mut store: Store, step: Option<&Step>) -> Result<Store, String> {
        self.judge.counts.calls += 1;
        match step {
            Some(Step::Reopen) => {
                let now = Held::by(&store);
                let closed = store.close();
                if closed.is_err() {
                    return self.restart(None, now);
                }
                self.acknowledge(now)?;
                return self.open();
            }
            Some(Step::Kill(operations)) => {
                self.disk.kill_after(*operations);
                return Ok(store);
            }
            _ => {}
        }
        let called = match step {
            None => register(&mut store),
            Some(step) => carry_out(&mut store, step),
        };
        if called.is_err() {
            // Killed. What was on its way may be there: what the call would have done.
            let mut model = Store::builder().restore(&store.snapshot()).map_err(text)?;
            match step {
                None => register(&mut model),
                Some(step) => carry_out(&mut model, step),
            }
            .map_err(text)?;
            return self.restart(Some(store), Held::by(&model));
        }
        let writes = self.durability == Durability::Immediate
            || matches!(step, Some(Step::Flush | Step::Compact));
        if writes {
            self.writes(&store)?;
        }
        Ok(store)
    }

    /// After a call that acknowledges all that the store holds.
    fn writes(&mut self, store: &Store) -> Result<(), String> {
        self.acknowledge(Held::by(store))
    }

    fn acknowledge(&mut self, now: Held) -> Result<(), String> {
        self.crashes(now.clone())?;
        self.allowed = vec![now];
        // From here on, no power cut may take it away.
        let file = self.disk.after(Form::Lost);
        let crash = Crash {
            form: Form::Lost,
            is_repeated: false,
            file,
        };
        self.judge.image(&crash, &self.allowed)
    }

    /// The power cuts of a call leave what was allowed before it, or what it writes.
    fn crashes(&mut self, written: Held) -> Result<(), String> {
        let is_first = self.allowed.is_empty();
        self.allowed.push(written);
        for crash in self.disk.crashes() {
            if is_first && crash.file.is_none() {
                continue;
            }
            let form = crash.form;
            self.judge
                .image(&crash, &self.allowed)
                .map_err(|error| format!("{form:?}: {error}"))?;
        }
        Ok(())
    }

    /// The next program opens what a killed one left, without a power cut.
    fn restart(&mut self, killed: Option<Store>, written: Held) -> Result<Store, String> {
        let next = self.disk.next_program();
        drop(killed);
        self.disk = next;
        self.crashes(written)?;
        let store = self.open()?;
        let opened = Held::by(&store);
        if !self.allowed.iter().any(|held| held.is_in(&store)) {
            return Err("the next program finds other statistics".to_owned());
        }
        self.crashes(opened)?;
        Ok(store)
    }
}

struct Judge {
    counts: Counts,
    random: Random,
}

impl Judge {
    fn image(&mut self, crash: &Crash, allowed: &[Held]) -> Result<(), String> {
        self.counts.images += 1;
        if crash.is_repeated {
            return Ok(());
        }
        self.counts.different += 1;
        let Some(file) = &crash.file else {
            return Err("the file is not there".to_owned());
        };
        let (disk, store) = self.open(file)?;
        let Some(held) = allowed.iter().rev().find(|held| held.is_in(&store)) else {
            return Err("the store is not what was acknowledged, nor what was written".to_owned());
        };
        let is_torn = store.truncated_tail().is_some();
        self.counts.torn += usize::from(is_torn);
        let recovered = die(&disk, store);
        for crash in disk.crashes() {
            self.counts.second += 1;
            if crash.is_repeated {
                continue;
            }
            self.counts.different += 1;
            let (disk, store) = self.open(&crash.file.unwrap_or_default())?;
            if !held.is_in(&store) {
                return Err("a second crash loses what the first one left".to_owned());
            }
            if die(&disk, store) != recovered {
                return Err("recovering twice gives other bytes".to_owned());
            }
        }
        if is_torn || self.random.once_in(8) {
            self.go_on(&recovered)?;
        }
        Ok(())
    }

    fn open(&mut self, file: &[u8]) -> Result<(Disk, Store), String> {
        let disk = Disk::new(Some(file.to_vec()), self.random.next());
        disk.watch();
        match open(disk.clone(), Durability::Immediate) {
            Ok(store) => Ok((disk, store)),
            Err(error) => Err(format!("{:?}: {error}", error.code())),
        }
    }

    /// After a recovery, the store is as any other.
    fn go_on(&mut self, recovered: &[u8]) -> Result<(), String> {
        let text = |error: trackstats::Error| format!("after a recovery, {error}");
        let (disk, mut store) = self.open(recovered)?;
        let marker = MetricRef::new("shop.marker");
        store
            .register_metric(&trackstats::NewMetric::new("shop.marker"))
            .map_err(text)?;
        store
            .record(&marker, Period::Day, "2026-11-23", 1)
            .map_err(text)?;
        let held = Held::by(&store);
        let lost = disk.after(Form::Lost).unwrap_or_default();
        let (_, again) = self.open(&lost)?;
        if !held.is_in(&again) {
            return Err("what was acknowledged after a recovery is lost".to_owned());
        }
        store.close().map_err(text)?;
        let closed = disk.after(Form::Lost).unwrap_or_default();
        let (_, again) = self.open(&closed)?;
        if !held.is_in(&again) {
            return Err("what was closed after a recovery is lost".to_owned());
        }
        Ok(())
    }
}

/// Ends a program without its knowledge, and gives the file as it was then.
fn die(disk: &Disk, store: Store) -> Vec<u8> {
    let file = disk.after(Form::Kept).unwrap_or_default();
    disk.freeze();
    drop(store);
    file
}
