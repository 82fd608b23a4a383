//! Measures stores in files against SQLite on the same disk in the same run.
//!
//! Both wait for the disk, so that times are those of the clock on the wall: medians of runs that take
//! turns. The program fails if a line is short of its target.

mod commits;
mod large;
mod sqlite;
mod table;

use std::error::Error;
use std::path::Path;
use std::process::ExitCode;

use table::Line;

type Outcome<T> = Result<T, Box<dyn Error>>;

fn main() -> ExitCode {
    match run() {
        Ok(lines) => {
            let met = lines.iter().filter(|line| line.met).count();
            println!("{met} of {} met", lines.len());
            if met == lines.len() {
                ExitCode::SUCCESS
            } else {
                ExitCode::FAILURE
            }
        }
        Err(error) => {
            eprintln!("bench_durable: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Outcome<Vec<Line>> {
    // Beside the program: a folder for temporary files may be in memory.
    let program = std::env::current_exe()?;
    let folder = tempfile::tempdir_in(program.parent().unwrap_or(Path::new(".")))?;
    println!("{}", Line::heading());
    let mut lines = Vec::new();
    for measure in [commits::lines, large::lines] {
        for line in measure(folder.path())? {
            println!("{line}");
            lines.push(line);
        }
    }
    Ok(lines)
}

/// Runs both in turn, and gives the median seconds of each.
fn in_turn(
    turns: usize,
    mut ours: impl FnMut() -> Outcome<f64>,
    mut peer: impl FnMut() -> Outcome<f64>,
) -> Outcome<(f64, f64)> {
    let (mut our_times, mut peer_times) = (Vec::new(), Vec::new());
    for _ in 0..turns {
        our_times.push(ours()?);
        peer_times.push(peer()?);
    }
    Ok((median(our_times), median(peer_times)))
}

fn median(mut seconds: Vec<f64>) -> f64 {
    seconds.sort_by(f64::total_cmp);
    seconds.get(seconds.len() / 2).copied().unwrap_or(f64::NAN)
}
