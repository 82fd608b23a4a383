//! Measures the library against SQLite and against what an expert writes by hand, on the same data in
//! the same run.
//!
//! The answers of all are compared before anything is timed. A line tells how many times as long a
//! peer takes, in medians of runs that take turns; the program fails if one is short of its target.

mod contender;
mod maps;
mod measure;
mod memory;
mod ours;
mod sql;
mod sqlite;
mod table;
mod workload;
mod works;

use std::error::Error;
use std::process::ExitCode;

use table::Line;
use workload::Size;
use works::{Scale, Task};

type Outcome<T> = Result<T, Box<dyn Error>>;

const SCALE: Scale = Scale {
    series: Size {
        metrics: 10,
        objects: 10,
        days: 1_000,
    },
    parts: Size {
        metrics: 1,
        objects: 1_000,
        days: 100,
    },
    happening: Size {
        metrics: 1,
        objects: 1_000,
        days: 730,
    },
    longest: 365,
    reads: 10_000,
    breakdowns: 1_000,
    events: 1_000_000,
};

fn main() -> ExitCode {
    match run() {
        Ok((met, lines)) => {
            println!("{met} of {lines} met");
            if met == lines {
                ExitCode::SUCCESS
            } else {
                ExitCode::FAILURE
            }
        }
        Err(error) => {
            eprintln!("bench_native: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Measures and prints all, and tells how many lines were met, and of how many.
fn run() -> Outcome<(usize, usize)> {
    let task = Task::new(SCALE)?;
    task.compare()?;
    println!("{}", Line::heading());
    let (mut met, mut lines) = (0, 0);
    let mut print = |line: &Line| {
        println!("{line}");
        lines += 1;
        met += usize::from(line.met);
    };
    task.race(|lines| lines.iter().for_each(&mut print))?;
    print(&sql::line()?);
    print(&memory::line()?);
    Ok((met, lines))
}
