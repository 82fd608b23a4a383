//! The commands of the workspace: the two of the README, and those of continuous integration.
//!
//! `main` picks a command, each command has a file of its own, and `process` is the only one that
//! starts programs.

mod bench;
mod browser;
mod build;
mod check;
mod command;
mod feature;
mod fuzz;
mod instructions;
mod mutants;
mod page;
mod places;
mod process;
mod size;
mod start;
mod tally;
mod test;
mod torture;
mod vectors;
mod wasm_pack;

use std::process::ExitCode;

use command::Failure;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match command::dispatch(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        // What failed has been said where it failed.
        Err(Failure::Said) => ExitCode::FAILURE,
        Err(Failure::Text(text)) => {
            eprintln!("xtask: {text}");
            ExitCode::FAILURE
        }
        Err(Failure::Usage(text)) => {
            eprintln!("xtask: {text}\n\n{}", command::usage());
            ExitCode::from(2)
        }
    }
}
