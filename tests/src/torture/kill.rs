//! Real kills: a program writes into a file and tells what was acknowledged, until it is killed.

use std::fmt;
use std::io::{self, BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use trackstats::{Durability, Error, MetricRef, NewMetric, Period, Store};

use super::random::Random;

/// What was tried.
#[derive(Clone, Copy, Debug, Default)]
pub struct Counts {
    /// Programs that were killed.
    pub kills: usize,
    /// Commits that they had told of.
    pub acknowledged: u64,
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "real kills: {} programs killed, {} commits acknowledged by them: none is missing",
            self.kills, self.acknowledged
        )
    }
}

/// How long a program may take to its first commit.
const PATIENCE: Duration = Duration::from_mins(1);

const METRIC: &str = "shop.orders";
const DAY: &str = "2026-11-23";

/// What the program does that is to be killed: it adds one, again and again, and writes each number to
/// its output when it is acknowledged.
///
/// # Errors
///
/// What the store answers.
pub fn victim(path: &Path, durability: Durability) -> Result<(), Error> {
    let mut store = Store::builder().durability(durability).open(path)?;
    store.register_metric(&NewMetric::new(METRIC))?;
    let metric = MetricRef::new(METRIC);
    let mut output = io::stdout();
    for round in 1_u64.. {
        store.increment(&metric, DAY, 1)?;
        // Now and then much is written anew.
        if round % 64 == 0 {
            store.compact()?;
        }
        if durability == Durability::OnFlush && round % 8 != 0 {
            continue;
        }
        store.flush()?;
        let count = count(&store)?;
        if writeln!(output, "{count}")
            .and_then(|()| output.flush())
            .is_err()
        {
            break;
        }
    }
    Ok(())
}

fn count(store: &Store) -> Result<i64, Error> {
    let value = store.value(&MetricRef::new(METRIC), Period::Day, DAY)?;
    Ok(value
        .flatten()
        .and_then(trackstats::Value::as_i64)
        .unwrap_or(0))
}

/// Kills so many programs, each on the file that the ones before left. `start` gives the command of a
/// [`victim`].
///
/// # Errors
///
/// When something acknowledged is missing, or a lock stays.
pub fn run(
    path: &Path,
    times: usize,
    seed: u64,
    start: impl Fn(Durability) -> Command,
) -> Result<Counts, String> {
    let mut random = Random::new(seed);
    let mut counts = Counts::default();
    let mut held = 0;
    for number in 0..times {
        let durability = if number % 2 == 0 {
            Durability::Immediate
        } else {
            Durability::OnFlush
        };
        let wait = Duration::from_micros(random.below(25_000) as u64);
        let has_told = random.once_in(2);
        let told = kill(start(durability), wait, has_told).map_err(|error| error.to_string())?;
        let store = Store::open(path).map_err(|error| format!("kill {number}: {error}"))?;
        let count = count(&store).unwrap_or(0);
        let known = told.last().copied().unwrap_or(held);
        if count < known {
            return Err(format!(
                "kill {number}: {known} were acknowledged, {count} are there"
            ));
        }
        drop(store);
        counts.kills += 1;
        counts.acknowledged += told.len() as u64;
        held = count;
    }
    Ok(counts)
}

/// Starts a program, kills it after a while, and gives what it told. Every second one has told something
/// before that while begins.
fn kill(mut command: Command, wait: Duration, has_told: bool) -> io::Result<Vec<i64>> {
    let mut child = command.stdout(Stdio::piped()).spawn()?;
    let output = child.stdout.take().ok_or(io::ErrorKind::BrokenPipe)?;
    let (send, told) = mpsc::channel();
    let reader = std::thread::spawn(move || {
        let lines = BufReader::new(output).lines().map_while(Result::ok);
        for number in lines.filter_map(|line| line.parse().ok()) {
            if send.send(number).is_err() {
                break;
            }
        }
    });
    let first: Option<i64> = if has_told {
        told.recv_timeout(PATIENCE).ok()
    } else {
        None
    };
    std::thread::sleep(wait);
    child.kill()?;
    child.wait()?;
    reader.join().map_err(|_| io::ErrorKind::Other)?;
    Ok(first.into_iter().chain(told).collect())
}
