//! The list of suites, and running those that are asked for.

use std::time::Instant;

use super::{doc, faults, features, native, package, page, places, size, wasm, wasm32};
use crate::command::{Failure, Outcome};
use crate::tally::Tally;

struct Suite {
    name: &'static str,
    run: fn() -> Tally,
}

const SUITES: [Suite; 10] = [
    Suite {
        name: "native",
        run: native::run,
    },
    Suite {
        name: "doc",
        run: doc::run,
    },
    Suite {
        name: "features",
        run: features::run,
    },
    Suite {
        name: "wasm32",
        run: wasm32::run,
    },
    Suite {
        name: "wasm",
        run: wasm::run,
    },
    Suite {
        name: "package",
        run: package::run,
    },
    Suite {
        name: "faults",
        run: faults::run,
    },
    Suite {
        name: "size",
        run: size::run,
    },
    Suite {
        name: "places",
        run: places::run,
    },
    Suite {
        name: "page",
        run: page::run,
    },
];

pub(crate) fn names() -> Vec<&'static str> {
    SUITES.iter().map(|suite| suite.name).collect()
}

/// The positions of the suites that are named, or of all.
pub(crate) fn chosen(arguments: &[String]) -> Result<Vec<usize>, Failure> {
    if arguments.is_empty() {
        return Ok((0..SUITES.len()).collect());
    }
    let position = |name: &String| {
        SUITES
            .iter()
            .position(|suite| suite.name == name)
            .ok_or_else(|| Failure::Usage(format!("there is no suite `{name}`")))
    };
    arguments.iter().map(position).collect()
}

pub(crate) fn run(arguments: &[String]) -> Outcome {
    let mut total = Tally::default();
    let mut summary = Vec::new();
    for suite in chosen(arguments)?.into_iter().map(|at| &SUITES[at]) {
        println!("suite: {}", suite.name);
        let started = Instant::now();
        let tally = (suite.run)();
        let seconds = started.elapsed().as_secs();
        summary.push(format!("{:<9} {tally} ({seconds} s)", suite.name));
        total += tally;
    }
    println!("\n{}\n\n{total}", summary.join("\n"));
    if total.failed == 0 {
        Ok(())
    } else {
        Err(Failure::Said)
    }
}
