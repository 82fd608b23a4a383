//! Running test programs with a mutant and without, and how long they may take.

use std::collections::HashMap;
use std::fs::File;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use super::list::{Mutant, Suite};
use super::run::Count;
use super::tree::{self, SWITCH};
use crate::command::Failure;

/// What runs the suites of a language.
pub(super) trait Program {
    fn command(&self, suite: &Suite) -> Result<Command, Failure>;
}

/// How a suite ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    Passed,
    Failed,
    /// It was ended, since it took too long.
    Hung,
}

/// How long each suite takes without a mutant.
#[derive(Debug)]
pub(super) struct Limits(HashMap<Suite, Duration>);

/// How much longer a suite may take with a mutant: so many times as long, and so much more.
const LONGER: (u32, Duration) = (5, Duration::from_secs(20));

/// A suite that takes longer without a mutant is not one to be run for each.
const LONGEST: Duration = Duration::from_mins(5);

impl Limits {
    /// Runs each suite once without a mutant: it passes, or nothing can be told by it.
    pub(super) fn measure(program: &dyn Program, mutants: &[&Mutant]) -> Result<Self, Failure> {
        let mut limits = HashMap::new();
        for suite in mutants.iter().flat_map(|mutant| &mutant.seen_by) {
            if limits.contains_key(suite) {
                continue;
            }
            let begun = Instant::now();
            let end = end(program.command(suite)?, None, LONGEST)?;
            if end != End::Passed {
                let text = format!(
                    "{} does not pass without a mutant, see {}",
                    told(suite),
                    output()
                );
                return Err(Failure::Text(text));
            }
            let took = begun.elapsed();
            println!("passed {} ({:.1} s)", told(suite), took.as_secs_f32());
            limits.insert(suite.clone(), took * LONGER.0 + LONGER.1);
        }
        Ok(Self(limits))
    }

    /// Runs the suites of a mutant until one of them sees it.
    pub(super) fn judge(&self, program: &dyn Program, mutant: &Mutant) -> Result<Count, Failure> {
        let Mutant {
            number, what, file, ..
        } = mutant;
        for suite in &mutant.seen_by {
            let limit = self.0.get(suite).copied().unwrap_or(LONGEST);
            let by = match end(program.command(suite)?, Some(*number), limit)? {
                End::Passed => continue,
                End::Failed => "by",
                End::Hung => "by the time limit of",
            };
            println!("caught {number} {what} ({by} {})", told(suite));
            return Ok(Count {
                caught: 1,
                ..Count::default()
            });
        }
        if let Some(reason) = &mutant.no_effect {
            println!("no effect {number} {what} ({reason})");
            return Ok(Count {
                idle: 1,
                ..Count::default()
            });
        }
        println!("missed {number} {what} ({file})");
        Ok(Count {
            missed: 1,
            ..Count::default()
        })
    }
}

fn told(suite: &Suite) -> String {
    let mut words = vec![suite.program.as_str()];
    words.extend(suite.names.iter().map(String::as_str));
    words.join(" ")
}

/// Where the output of the last suite is.
fn output() -> String {
    tree::folder().join("output").display().to_string()
}

fn end(mut command: Command, mutant: Option<usize>, limit: Duration) -> Result<End, Failure> {
    let fault = |error| Failure::Text(format!("a test program cannot be run: {error}"));
    let output = File::create(output()).map_err(fault)?;
    command
        .stdin(Stdio::null())
        .stderr(output.try_clone().map_err(fault)?)
        .stdout(output);
    if let Some(number) = mutant {
        command.env(SWITCH, number.to_string());
    }
    let begun = Instant::now();
    let mut child = command.spawn().map_err(fault)?;
    loop {
        if let Some(status) = child.try_wait().map_err(fault)? {
            return Ok(if status.success() {
                End::Passed
            } else {
                End::Failed
            });
        }
        if begun.elapsed() > limit {
            child.kill().map_err(fault)?;
            child.wait().map_err(fault)?;
            return Ok(End::Hung);
        }
        thread::sleep(Duration::from_millis(20));
    }
}
