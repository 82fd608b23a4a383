//! `cargo xtask size`: what a visitor fetches, against what it may be.
//!
//! The limits are those of brotli at its best, since that is what servers of packages send.

use crate::command::{Failure, Outcome};
use crate::{build, process};

/// Files that are fetched together.
struct Measure {
    name: &'static str,
    files: &'static [&'static str],
    /// The most bytes, behind brotli; `None` where nothing is promised.
    limit: Option<u64>,
}

const MEASURES: [Measure; 7] = [
    Measure {
        name: "import",
        files: &["index.js"],
        limit: Some(60_000),
    },
    Measure {
        name: "require",
        files: &["index.cjs"],
        limit: Some(60_000),
    },
    Measure {
        name: "slim",
        files: &["slim.js", "core.wasm"],
        limit: Some(60_000),
    },
    Measure {
        name: "react",
        files: &["react.js"],
        limit: None,
    },
    Measure {
        name: "first-file",
        files: &["exchange.js"],
        limit: None,
    },
    Measure {
        name: "first-sql",
        files: &["sql.js"],
        limit: Some(800_000),
    },
    Measure {
        name: "slim-sql",
        files: &["sql-given.js", "sql.wasm"],
        limit: Some(800_000),
    },
];

pub(crate) fn run(_: &[String]) -> Outcome {
    build::run(&[])?;
    println!();
    let mut short = false;
    for measure in &MEASURES {
        let [raw, gzip, brotli] = sizes(measure)?;
        for (form, ours) in [("raw", raw), ("gzip", gzip)] {
            println!("{}", line(measure.name, form, ours, None));
        }
        println!("{}", line(measure.name, "brotli", brotli, measure.limit));
        short |= measure.limit.is_some_and(|limit| brotli > limit);
    }
    if short { Err(Failure::Said) } else { Ok(()) }
}

fn line(name: &str, form: &str, ours: u64, limit: Option<u64>) -> String {
    let name = format!("{name}-{form}");
    match limit {
        Some(limit) => {
            let verdict = if ours > limit { "short" } else { "met" };
            format!("{name:<18} {ours:>9} {limit:>9}  {verdict}")
        }
        None => format!("{name:<18} {ours:>9} {:>9}  -", "-"),
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
