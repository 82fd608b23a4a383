//! `cargo xtask size`: what a visitor fetches, against what it may be.
//!
//! The limits are those of brotli at its best, since that is what servers of packages send. They are a
//! suite of the tests too, so that nothing grows back unseen.

use crate::command::{Failure, Outcome};
use crate::tally::Tally;
use crate::{build, process};

/// Files that are fetched together.
struct Measure {
    name: &'static str,
    files: &'static [&'static str],
    /// The most bytes, behind brotli; `None` where nothing is promised.
    limit: Option<u64>,
}

const MEASURES: [Measure; 9] = [
    Measure {
        name: "import",
        files: &["index.js"],
        limit: Some(64_000),
    },
    Measure {
        name: "require",
        files: &["index.cjs"],
        limit: Some(64_000),
    },
    // More than the first import: of wasm as it is, a compressor makes less than of what is inside
    // `index.js`, sorted.
    Measure {
        name: "slim",
        files: &["slim.js", "core.wasm"],
        limit: Some(70_000),
    },
    Measure {
        name: "react",
        files: &["react.js"],
        limit: None,
    },
    Measure {
        name: "first-snapshot",
        files: &["later.js"],
        limit: None,
    },
    Measure {
        name: "first-tracker",
        files: &["work.js", "later.js"],
        limit: None,
    },
    Measure {
        name: "first-file",
        files: &["exchange.js", "work.js", "later.js"],
        limit: None,
    },
    Measure {
        name: "first-sql",
        files: &["sql.js", "work.js", "later.js"],
        limit: Some(800_000),
    },
    Measure {
        name: "slim-sql",
        files: &["sql-given.js", "sql.wasm", "work.js", "later.js"],
        limit: Some(800_000),
    },
];

pub(crate) fn run(_: &[String]) -> Outcome {
    match measure()?.failed {
        0 => Ok(()),
        _ => Err(Failure::Said),
    }
}

/// Builds the package and prints its sizes; a limit that is met is a test that passed.
pub(crate) fn measure() -> Result<Tally, Failure> {
    build::run(&[])?;
    println!();
    let mut tally = Tally::default();
    for measure in &MEASURES {
        let [raw, gzip, brotli] = sizes(measure)?;
        for (form, ours) in [("raw", raw), ("gzip", gzip)] {
            println!("{}", line(measure.name, form, ours, None));
        }
        println!("{}", line(measure.name, "brotli", brotli, measure.limit));
        tally += match measure.limit {
            Some(limit) if brotli > limit => Tally::FAILED,
            Some(_) => Tally::PASSED,
            None => Tally::default(),
        };
    }
    Ok(tally)
}

fn line(name: &str, form: &str, ours: u64, limit: Option<u64>) -> String {
    let name = format!("{name}-{form}");
    match limit {
        Some(limit) => {
            let verdict = if ours > limit { "short" } else { "met" };
            format!("{name:<21} {ours:>9} {limit:>9}  {verdict}")
        }
        None => format!("{name:<21} {ours:>9} {:>9}  -", "-"),
    }
}

fn sizes(measure: &Measure) -> Result<[u64; 3], Failure> {
    let mut command = build::tool::script(&process::root().join("wasm/build/size.js"));
    command.args(measure.files.iter().map(|file| build::package().join(file)));
    let printed = process::output(command)?;
    read(&printed).ok_or_else(|| Failure::Text(format!("`{}` is not three sizes", printed.trim())))
}

fn read(printed: &str) -> Option<[u64; 3]> {
    let numbers: Vec<u64> = printed
        .split_whitespace()
        .map(|word| word.parse().ok())
        .collect::<Option<_>>()?;
    numbers.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_size_above_its_limit_is_short() {
        assert!(line("sql", "brotli", 801, Some(800)).ends_with("short"));
        assert!(line("sql", "brotli", 800, Some(800)).ends_with("met"));
        assert!(line("sql", "raw", 801, None).ends_with('-'));
    }

    #[test]
    fn three_sizes_are_read_and_nothing_else() {
        assert_eq!(read("3 2 1\n"), Some([3, 2, 1]));
        assert_eq!(read("3 2\n"), None);
        assert_eq!(read("3 2 many\n"), None);
    }
}
