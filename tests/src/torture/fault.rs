//! Operations that fail: each in its turn, once and for good, in every way.

use std::fmt;

use trackstats::{Durability, Error, ErrorCode, Store};

use super::disk::{Disk, Failing, Fault};
use super::image::Form;
use super::workload::{Step, Workload, carry_out, content, open, register};

/// What was tried.
#[derive(Clone, Copy, Debug, Default)]
pub struct Counts {
    /// Runs in which an operation failed.
    pub failures: usize,
    /// Runs after which the store refused to write until it was opened anew.
    pub refused: usize,
    /// Calls that succeeded when they were made again.
    pub retried: usize,
}

impl std::ops::AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.failures += other.failures;
        self.refused += other.refused;
        self.retried += other.retried;
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "I/O errors: {} operations failed in turn, once and for good, {} calls made again, {} stores \
             refused writing until opened anew: each error typed, memory intact, nothing counted twice",
            self.failures, self.retried, self.refused
        )
    }
}

/// Lets each operation of each workload fail.
///
/// # Errors
///
/// The first thing that went wrong.
pub fn run(seeds: std::ops::Range<u64>, steps: usize) -> Result<Counts, String> {
    let mut counts = Counts::default();
    for seed in seeds {
        let workload = Workload::new(seed, steps);
        for failing in Failing::ALL {
            for for_good in [false, true] {
                for at in 0.. {
                    let fault = Fault {
                        at,
                        failing,
                        for_good,
                    };
                    let has_failed = one(&workload, seed, fault, &mut counts)
                        .map_err(|error| format!("seed {seed}, {fault:?}: {error}"))?;
                    if !has_failed {
                        break;
                    }
                    counts.failures += 1;
                }
            }
        }
    }
    Ok(counts)
}

/// Runs a workload, and tells whether the fault came to pass.
fn one(workload: &Workload, seed: u64, fault: Fault, counts: &mut Counts) -> Result<bool, String> {
    let disk = Disk::new(None, seed);
    disk.fail(Some(fault));
    let mut run = Run {
        disk: disk.clone(),
        durability: workload.durability,
        fault,
        acknowledged: None,
    };
    let end = run.workload(workload, counts);
    disk.freeze();
    end?;
    Ok(disk.has_failed())
}

struct Run {
    disk: Disk,
    durability: Durability,
    fault: Fault,
    /// What has to be there after a power cut.
    acknowledged: Option<String>,
}

/// The store that a workload goes on with; none if it is over.
type Next = Option<Store>;

impl Run {
    fn workload(&mut self, workload: &Workload, counts: &mut Counts) -> Result<(), String> {
        // The same calls in memory tell what has to be.
        let mut model = Store::in_memory();
        let Some(mut store) = self.open(counts)? else {
            return Ok(());
        };
        for step in [None].into_iter().chain(workload.steps.iter().map(Some)) {
            let call = |store: &mut Store| match step {
                None => register(store),
                Some(step) => carry_out(store, step),
            };
            call(&mut model).map_err(|error| error.to_string())?;
            let expected = content(&model);
            let place = |error: String| format!("{step:?}: {error}");
            let next = if let Some(Step::Reopen) = step {
                self.reopen(store, &expected, counts)
            } else {
                self.call(store, call, &expected, counts)
            };
            store = match next.map_err(place)? {
                Some(store) => store,
                None => return Ok(()),
            };
            let writes = self.durability == Durability::Immediate
                || matches!(step, Some(Step::Flush | Step::Compact | Step::Reopen));
            if writes {
                self.acknowledged = Some(expected);
                if self.disk.has_failed() {
                    self.check_power_cut(None).map_err(place)?;
                }
            }
        }
        let expected = content(&model);
        self.reopen(store, &expected, counts).map(drop)
    }

    fn open(&self, counts: &mut Counts) -> Result<Next, String> {
        match open(self.disk.clone(), self.durability) {
            Ok(store) => Ok(Some(store)),
            Err(error) => {
                self.check_code(&error)?;
                if self.fault.for_good {
                    return Ok(None);
                }
                counts.retried += 1;
                let again = open(self.disk.clone(), self.durability);
                again
                    .map(Some)
                    .map_err(|error| format!("opening again: {error}"))
            }
        }
    }

    fn call(
        &self,
        mut store: Store,
        call: impl Fn(&mut Store) -> Result<(), Error>,
        expected: &str,
        counts: &mut Counts,
    ) -> Result<Next, String> {
        let before = content(&store);
        let Err(error) = call(&mut store) else {
            return equal(&store, expected, "a call that succeeded").map(|()| Some(store));
        };
        self.check_code(&error)?;
        equal(&store, &before, "a call that failed")?;
        let refused = store.flush().is_err();
        if self.disk.has_failed_to_sync() && !refused {
            return Err("the store goes on after a failed wait for the disk".to_owned());
        }
        if self.fault.for_good || refused {
            let again = call(&mut store);
            if again.is_ok() && self.durability == Durability::Immediate {
                return Err("a call succeeded on a disk that fails for good".to_owned());
            }
            counts.refused += usize::from(refused && !self.fault.for_good);
            let now = content(&store);
            self.check_power_cut(Some(if now == before { expected } else { &now }))?;
            return Ok(None);
        }
        counts.retried += 1;
        call(&mut store).map_err(|error| format!("the call made again: {error}"))?;
        equal(&store, expected, "a call that was made again")?;
        Ok(Some(store))
    }

    fn reopen(
        &mut self,
        store: Store,
        expected: &str,
        counts: &mut Counts,
    ) -> Result<Next, String> {
        equal(&store, expected, "the store before it is closed")?;
        if let Err(error) = store.close() {
            self.check_code(&error)?;
            self.check_power_cut(Some(expected))?;
            return Ok(None);
        }
        self.acknowledged = Some(expected.to_owned());
        let next = self.open(counts)?;
        if let Some(store) = &next {
            equal(store, expected, "the store opened again")?;
        }
        Ok(next)
    }

    fn check_code(&self, error: &Error) -> Result<(), String> {
        let full = self.fault.failing == Failing::Full;
        let expected: &[ErrorCode] = if full {
            &[ErrorCode::StorageFull, ErrorCode::Io]
        } else {
            &[ErrorCode::Io]
        };
        if expected.contains(&error.code()) && self.disk.has_failed() {
            Ok(())
        } else {
            Err(format!(
                "an error of another kind: {:?}: {error}",
                error.code()
            ))
        }
    }

    /// A power cut leaves what was acknowledged, or what was being written.
    fn check_power_cut(&self, written: Option<&str>) -> Result<(), String> {
        for form in Form::ALL {
            let Some(file) = self.disk.after(form) else {
                if self.acknowledged.is_some() {
                    return Err("the file is not there".to_owned());
                }
                continue;
            };
            let after = Disk::new(Some(file), 0);
            let store = open(after.clone(), self.durability)
                .map_err(|error| format!("after a power cut: {error}"))?;
            let held = content(&store);
            after.freeze();
            let known = self.acknowledged.as_deref().unwrap_or_default();
            if held != known && Some(held.as_str()) != written {
                return Err(format!(
                    "after a power cut ({form:?}), the store is not what was acknowledged"
                ));
            }
        }
        Ok(())
    }
}

fn equal(store: &Store, expected: &str, what: &str) -> Result<(), String> {
    if content(store) == expected {
        Ok(())
    } else {
        Err(format!("{what} left other statistics than it should"))
    }
}
