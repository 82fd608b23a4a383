//! Power cuts, failing disks, damaged files, kills and planted bugs, at their full counts.

use std::error::Error;
use std::ops::Range;
use std::path::Path;
use std::process::{Command, ExitCode};
use std::thread;
use std::time::Instant;

use trackstats::Durability;
use trackstats_tests::torture::damage::{self, Sample};
use trackstats_tests::torture::{fault, kill, model, naive, planted, power};

type Outcome<T> = Result<T, Box<dyn Error>>;

/// Workloads, and the calls in each.
const POWER: (u64, usize) = (64, 200);
const FAULT: (u64, usize) = (10, 30);
const MODEL: (u64, usize) = (2_000, 200);
const NAIVE: (u64, usize) = (2_000, 200);
/// The bytes of the damaged store, and how often it is damaged apart from each bit.
const DAMAGE: (usize, usize) = (64 << 10, 100_000);
const KILLS: usize = 300;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let outcome = match arguments.as_slice() {
        [] => all(),
        [victim, durability, path] if victim == "victim" => write(durability, Path::new(path)),
        _ => Err("torture takes no arguments".into()),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("torture: {error}");
            ExitCode::FAILURE
        }
    }
}

/// What a program does that is to be killed.
fn write(durability: &str, path: &Path) -> Outcome<()> {
    let durability = match durability {
        "immediate" => Durability::Immediate,
        _ => Durability::OnFlush,
    };
    Ok(kill::victim(path, durability)?)
}

fn all() -> Outcome<()> {
    timed(|| {
        let mut total = power::Counts::default();
        for counts in side_by_side(POWER.0, |seeds| power::run(seeds, POWER.1))? {
            total += counts;
        }
        Ok(total.to_string())
    })?;
    timed(|| {
        let mut total = fault::Counts::default();
        for counts in side_by_side(FAULT.0, |seeds| fault::run(seeds, FAULT.1))? {
            total += counts;
        }
        Ok(total.to_string())
    })?;
    timed(damage)?;
    timed(|| {
        let mut total = model::Counts::default();
        for counts in side_by_side(MODEL.0, |seeds| model::run(seeds, MODEL.1))? {
            total += counts;
        }
        Ok(total.to_string())
    })?;
    timed(|| {
        let mut total = naive::Counts::default();
        for counts in side_by_side(NAIVE.0, |seeds| naive::run(seeds, NAIVE.1))? {
            total += counts;
        }
        Ok(total.to_string())
    })?;
    timed(kills)?;
    timed(|| {
        let found = planted::run()?;
        if found.missed.is_empty() {
            Ok(found.to_string())
        } else {
            Err(found.to_string().into())
        }
    })
}

/// Prints what was counted, and how long it took.
fn timed(work: impl FnOnce() -> Outcome<String>) -> Outcome<()> {
    let started = Instant::now();
    let text = work()?;
    println!("{text} ({:.0} s)", started.elapsed().as_secs_f64());
    Ok(())
}

/// Splits seeds among the processors.
fn side_by_side<T: Send>(
    seeds: u64,
    run: impl Fn(Range<u64>) -> Result<T, String> + Sync,
) -> Outcome<Vec<T>> {
    let threads = thread::available_parallelism().map_or(1, |count| count.get() as u64);
    let part = seeds.div_ceil(threads);
    let parts = thread::scope(|scope| {
        let run = &run;
        let parts: Vec<_> = (0..threads)
            .map(|number| {
                let seeds = number * part..((number + 1) * part).min(seeds);
                scope.spawn(move || run(seeds))
            })
            .collect();
        let joined = parts.into_iter().map(thread::ScopedJoinHandle::join);
        joined.collect::<Vec<_>>()
    });
    let mut counts = Vec::new();
    for part in parts {
        counts.push(part.map_err(|_| "a thread panicked")??);
    }
    Ok(counts)
}

fn damage() -> Outcome<String> {
    let sample = Sample::new(1, DAMAGE.0)?;
    let mut total = damage::flip(&sample, 1)?;
    for counts in side_by_side(DAMAGE.1 as u64, |range| {
        let times = usize::try_from(range.end - range.start).unwrap_or(0);
        damage::mutate(&sample, range.start, times)
    })? {
        total += counts;
    }
    Ok(format!(
        "{total}, of a store of {} bytes",
        sample.file.len()
    ))
}

fn kills() -> Outcome<String> {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("killed.stats");
    let program = std::env::current_exe()?;
    let counts = kill::run(&path, KILLS, 1, |durability| {
        let mut command = Command::new(&program);
        let durability = match durability {
            Durability::Immediate => "immediate",
            _ => "on-flush",
        };
        command.args(["victim", durability]).arg(&path);
        command
    })?;
    Ok(counts.to_string())
}
