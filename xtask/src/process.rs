//! Starting other programs.

use std::env;
use std::ffi::OsString;
use std::io::{self, BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};

use crate::command::{Failure, Outcome};

/// The folder of the workspace.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("xtask is a folder of the workspace")
}

/// The folder that cargo builds into.
pub(crate) fn target() -> PathBuf {
    env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}

/// The cargo that runs us, at the root of the workspace.
pub(crate) fn cargo(arguments: &[&str]) -> Command {
    let program = env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo"));
    let mut command = Command::new(program);
    command.current_dir(root()).args(arguments);
    command
}

/// Another program, at the root of the workspace.
pub(crate) fn program(name: &str, arguments: &[&str]) -> Command {
    let mut command = Command::new(name);
    command.current_dir(root()).args(arguments);
    command
}

/// Whether the command can be run at all; what it prints is not shown.
pub(crate) fn answers(mut command: Command) -> bool {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

/// Runs the command with our own input and output.
pub(crate) fn run(mut command: Command) -> Outcome {
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(_) => Err(Failure::Said),
        Err(error) => Err(cannot_run(&command, &error)),
    }
}

/// Runs the command, passing each line of its output on as it comes, to us and to `line`.
pub(crate) fn stream(
    mut command: Command,
    mut line: impl FnMut(&str),
) -> Result<ExitStatus, Failure> {
    let mut child = command
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|error| cannot_run(&command, &error))?;
    let output = child.stdout.take().expect("the output is piped");
    pass_on(BufReader::new(output), &mut line).map_err(|error| cannot_run(&command, &error))?;
    child.wait().map_err(|error| cannot_run(&command, &error))
}

fn pass_on(mut output: BufReader<impl io::Read>, line: &mut impl FnMut(&str)) -> io::Result<()> {
    let mut ours = io::stdout().lock();
    let mut bytes = Vec::new();
    // By bytes: a test may print what is not UTF-8.
    while output.read_until(b'\n', &mut bytes)? > 0 {
        ours.write_all(&bytes)?;
        ours.flush()?;
        line(String::from_utf8_lossy(&bytes).trim_end());
        bytes.clear();
    }
    Ok(())
}

/// What the command prints, where it succeeds.
pub(crate) fn output(mut command: Command) -> Result<String, Failure> {
    match command.stderr(Stdio::inherit()).output() {
        Ok(output) if output.status.success() => {
            Ok(String::from_utf8_lossy(&output.stdout).into_owned())
        }
        Ok(_) => Err(Failure::Said),
        Err(error) => Err(cannot_run(&command, &error)),
    }
}

fn cannot_run(command: &Command, error: &io::Error) -> Failure {
    let program = command.get_program().display();
    Failure::Text(match error.kind() {
        io::ErrorKind::NotFound => format!("`{program}` is not installed"),
        _ => format!("`{program}` cannot be run: {error}"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_that_is_missing_is_named() {
        let missing = || program("no-such-program-here", &[]);
        assert!(!answers(missing()));
        let text = "`no-such-program-here` is not installed".to_owned();
        assert_eq!(run(missing()), Err(Failure::Text(text)));
    }

    #[test]
    fn the_root_holds_the_lock_file() {
        assert!(root().join("Cargo.lock").is_file());
    }
}
