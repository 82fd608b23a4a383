//! `cargo xtask bench instructions`: what recording and reading cost, counted by valgrind.
//!
//! A count does not depend on what else the machine does, so that two of them can be compared.

use std::process::Command;

use crate::command::{Failure, Outcome};
use crate::process;

/// A work, and the two numbers of times that it is done.
const WORKS: [(&str, u64, u64); 2] = [("record", 10_000, 20_000), ("series", 100, 200)];

pub(crate) fn run() -> Outcome {
    if !process::answers(process::program("valgrind", &["--version"])) {
        let text = "valgrind is not installed, which counts the instructions";
        return Err(Failure::Text(text.to_owned()));
    }
    let mut build = process::cargo(&["bench", "--quiet", "--package", "trackstats"]);
    build.args([
        "--bench",
        "instructions",
        "--no-run",
        "--message-format",
        "json",
    ]);
    let program = executable(&process::output(build)?)
        .ok_or_else(|| Failure::Text("cargo does not tell what it built".to_owned()))?;
    for (work, few, many) in WORKS {
        let each = (count(&program, work, many)?.saturating_sub(count(&program, work, few)?))
            / (many - few);
        println!("{work}  {each} instructions");
    }
    Ok(())
}

/// The path of the program in what cargo prints.
fn executable(messages: &str) -> Option<String> {
    let (_, rest) = messages.rsplit_once("\"executable\":\"")?;
    let (path, _) = rest.split_once('"')?;
    // In JSON a backslash is written twice.
    Some(path.replace("\\\\", "\\"))
}

fn count(program: &str, work: &str, number: u64) -> Result<u64, Failure> {
    let number = number.to_string();
    let mut command = Command::new("valgrind");
    command
        .args([
            "--tool=callgrind",
            "--callgrind-out-file=/dev/null",
            program,
        ])
        .args([work, &number]);
    let output = command
        .output()
        .map_err(|error| Failure::Text(format!("valgrind cannot be run: {error}")))?;
    let text = String::from_utf8_lossy(&output.stderr);
    let found = if output.status.success() {
        collected(&text)
    } else {
        None
    };
    found.ok_or_else(|| Failure::Text(format!("valgrind counts nothing:\n{text}")))
}

/// Reads `==1== Collected : 12345`.
fn collected(text: &str) -> Option<u64> {
    let (_, rest) = text.split_once("Collected :")?;
    rest.split_whitespace().next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::{collected, executable};

    #[test]
    fn the_count_is_read_from_what_valgrind_prints() {
        let text = "==7== Events    : Ir\n==7== Collected : 123456\n==7==\n";
        assert_eq!(collected(text), Some(123_456));
        assert_eq!(collected("==7== Events    : Ir\n"), None);
    }

    #[test]
    fn the_program_is_the_last_that_cargo_names() {
        let text = "{\"executable\":null}\n{\"executable\":\"/a/b-1\",\"fresh\":true}\n{}";
        assert_eq!(executable(text).as_deref(), Some("/a/b-1"));
    }
}
