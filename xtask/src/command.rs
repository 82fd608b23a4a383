//! Which commands there are, and which one is asked for.

use std::fmt::Write as _;

use crate::{
    bench, build, check, fuzz, mutants, places, size, start, test, torture, vectors, wasm_pack,
};

/// Why a command did not succeed.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Failure {
    /// The command itself has said what failed.
    Said,
    /// To be said.
    Text(String),
    /// The command was called wrongly.
    Usage(String),
}

pub(crate) type Outcome = Result<(), Failure>;

#[derive(Debug)]
struct Command {
    name: &'static str,
    arguments: &'static str,
    about: &'static str,
    /// Whether the command takes these arguments, without running it.
    accepts: fn(&[String]) -> Outcome,
    run: fn(&[String]) -> Outcome,
}

const COMMANDS: [Command; 12] = [
    Command {
        name: "start",
        arguments: "[folder]",
        about: "Build all, and serve the page with the history of a folder, by default this one",
        accepts: start::one_folder,
        run: start::run,
    },
    Command {
        name: "test",
        arguments: "[suite]…",
        about: "Run every test suite, or those that are named",
        accepts: |arguments| test::chosen(arguments).map(drop),
        run: test::run,
    },
    Command {
        name: "check",
        arguments: "",
        about: "Formatting, lints, documentation, spelling, licences",
        accepts: no_arguments,
        run: check::run,
    },
    Command {
        name: "build",
        arguments: "",
        about: "Build the npm package, target/npm/trackstats.tgz",
        accepts: no_arguments,
        run: build::run,
    },
    Command {
        name: "size",
        arguments: "",
        about: "Measure what a visitor of a page fetches, against the limits",
        accepts: no_arguments,
        run: size::run,
    },
    Command {
        name: "places",
        arguments: "[name]…",
        about: "Try the npm package in every runtime, bundler and browser, or the named ones",
        accepts: |_| Ok(()),
        run: places::run,
    },
    Command {
        name: "wasm-pack",
        arguments: "",
        about: "Run the tests in wasm by wasm-pack, in Node and in Chromium",
        accepts: no_arguments,
        run: wasm_pack::run,
    },
    Command {
        name: "vectors",
        arguments: "native|node",
        about: "Run the conformance vectors alone, from TRACKSTATS_VECTORS if it is set",
        accepts: |arguments| vectors::chosen(arguments).map(drop),
        run: vectors::run,
    },
    Command {
        name: "bench",
        arguments: "native|node|compile|durable|instructions|page",
        about: "Measure against the peers, a declaration's compile time, instructions, or the page",
        accepts: |arguments| bench::chosen(arguments).map(drop),
        run: bench::run,
    },
    Command {
        name: "torture",
        arguments: "[kills rounds count seed]",
        about: "Power cuts, failing disks, damaged files and kills, at their full counts",
        accepts: torture::counts,
        run: torture::run,
    },
    Command {
        name: "mutants",
        arguments: "[group|number|word]…",
        about: "Change the meaning in small places, one at a time, and see whether the tests tell",
        accepts: |_| Ok(()),
        run: mutants::run,
    },
    Command {
        name: "fuzz",
        arguments: "<target> [seconds]",
        about: "Feed a target with generated input, for 60 seconds unless said",
        accepts: |arguments| fuzz::chosen(arguments).map(drop),
        run: fuzz::run,
    },
];

fn no_arguments(arguments: &[String]) -> Outcome {
    match arguments.first() {
        None => Ok(()),
        Some(extra) => Err(Failure::Usage(format!("`{extra}` is not expected here"))),
    }
}

/// Runs the command that the arguments name.
pub(crate) fn dispatch(arguments: &[String]) -> Outcome {
    if let Some("help" | "--help" | "-h") = arguments.first().map(String::as_str) {
        println!("{}", usage());
        return Ok(());
    }
    let (command, rest) = find(arguments)?;
    (command.accepts)(rest)?;
    (command.run)(rest)
}

fn find(arguments: &[String]) -> Result<(&'static Command, &[String]), Failure> {
    let Some((name, rest)) = arguments.split_first() else {
        return Err(Failure::Usage("no command given".to_owned()));
    };
    match COMMANDS.iter().find(|command| command.name == name) {
        Some(command) => Ok((command, rest)),
        None => Err(Failure::Usage(format!("there is no command `{name}`"))),
    }
}

/// The text that tells how xtask is called.
pub(crate) fn usage() -> String {
    let mut text = "usage: cargo xtask <command>\n".to_owned();
    for command in &COMMANDS {
        let call = format!("{} {}", command.name, command.arguments);
        let _ = write!(text, "\n  {call:<24} {}", command.about);
    }
    let _ = write!(text, "\n\nsuites: {}", test::names().join(", "));
    let _ = write!(text, "\nfuzz targets: {}", fuzz::names().join(", "));
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(line: &str) -> Vec<String> {
        line.split_whitespace().map(str::to_owned).collect()
    }

    fn accepts(line: &str) -> Outcome {
        let arguments = words(line);
        let (command, rest) = find(&arguments)?;
        (command.accepts)(rest)
    }

    #[test]
    fn a_wrong_call_is_told_apart_from_a_failure() {
        for line in [
            "",
            "tets",
            "test no-such-suite",
            "check twice",
            "start here there",
            "vectors",
            "vectors deno",
            "bench",
            "bench native extra",
            "fuzz",
            "fuzz no-such-target",
            "fuzz date soon",
        ] {
            let outcome = accepts(line);
            assert!(matches!(outcome, Err(Failure::Usage(_))), "`{line}`");
        }
    }

    #[test]
    fn the_usage_names_every_command() {
        let usage = usage();
        for command in &COMMANDS {
            assert!(usage.contains(command.name), "{}", command.name);
        }
    }

    #[test]
    fn every_call_in_the_readme_and_in_ci_is_one_we_take() {
        for file in ["README.md", ".ci/run", "CHANGELOG.md"] {
            let path = crate::process::root().join(file);
            let text = std::fs::read_to_string(&path).expect("the file is part of the workspace");
            for call in calls(&text) {
                assert_eq!(accepts(call), Ok(()), "{file}: cargo xtask {call}");
            }
        }
    }

    #[test]
    fn calls_are_found_in_code_blocks_and_in_prose() {
        let text =
            "```sh\ncargo xtask start ../other  # a remark\n```\nrun `cargo xtask test` or so\n";
        assert_eq!(calls(text), ["start ../other", "test"]);
    }

    /// What follows each `cargo xtask`, up to the end of its line, a remark or a quotation mark.
    fn calls(text: &str) -> Vec<&str> {
        text.split("cargo xtask ")
            .skip(1)
            .map(|rest| {
                let end = rest.find(['\n', '`', '#', ';', '|', '&', '"', ')']);
                rest[..end.unwrap_or(rest.len())].trim()
            })
            .collect()
    }
}
