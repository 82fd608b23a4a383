//! What recording and reading cost in instructions, for a counter around the program.
//!
//! Called with a work and a number: `record 10000` records so many values through a handle, `series
//! 100` reads so many series of 365 days. The difference between two numbers is the cost of the works
//! alone; `cargo xtask bench instructions` takes it.

use std::hint::black_box;
use std::process::ExitCode;

use trackstats::{Date, Error, Period, Store, stats};

stats! { measured { measure } }

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let outcome = match arguments.as_slice() {
        [work, number] if work == "record" => number.parse().map(record),
        [work, number] if work == "series" => number.parse().map(series),
        // What `cargo bench` passes: there is nothing to count without a counter.
        _ => return ExitCode::SUCCESS,
    };
    match outcome {
        Ok(Ok(())) => ExitCode::SUCCESS,
        Ok(Err(error)) => {
            eprintln!("instructions: {error}");
            ExitCode::FAILURE
        }
        Err(error) => {
            eprintln!("instructions: {error}");
            ExitCode::FAILURE
        }
    }
}

fn record(number: i32) -> Result<(), Error> {
    fill(number).map(|store| drop(black_box(store)))
}

/// Values on consecutive days, begun again after a thousand.
fn fill(number: i32) -> Result<Store, Error> {
    let mut store = Store::in_memory();
    let first = Date::new(2023, 1, 1)?;
    let handle = store.handle(measured::MEASURE)?;
    for value in 0..number {
        store.record(handle, Period::Day, first.plus_days(value % 1_000)?, value)?;
    }
    Ok(store)
}

fn series(number: i32) -> Result<(), Error> {
    let store = fill(1_000)?;
    let first = Date::new(2024, 1, 1)?;
    let last = first.plus_days(364)?;
    for _ in 0..number {
        let series = store.series(measured::MEASURE, Period::Day);
        black_box(series.range(first..=last).read()?);
    }
    Ok(())
}
