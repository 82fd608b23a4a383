//! The page: its packages, its files, and the history that it shows first.
//!
//! The sources are in `www`; everything is written under the target folder: `www/tools` the packages of
//! the lock file with the npm package beside them, `www/site` what is served.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::build::{self, tool};
use crate::command::{Failure, Outcome};
use crate::{browser, process, test};

/// The folder of the sources.
fn sources() -> PathBuf {
    process::root().join("www")
}

/// All that is written.
pub(crate) fn folder() -> PathBuf {
    process::target().join("www")
}

/// What is served.
pub(crate) fn site() -> PathBuf {
    folder().join("site")
}

/// Where the npm package is installed for the page.
fn packages() -> PathBuf {
    folder().join("tools/page")
}

/// Builds the npm package, and the page with it, as its users do: from the tarball.
pub(crate) fn build() -> Outcome {
    build::run(&[])?;
    let tools = folder().join("tools");
    tool::install_locked(&sources(), &tools, &["--ignore-scripts"])?;
    // Below the tools, so that both are found from there.
    let packages = packages();
    test::install_alone(&packages)?;
    let mut command = script("build.js");
    command.arg(&packages).arg(site());
    process::run(command)
}

/// Writes what the history of a folder says. A folder without one is said, and is no failure.
pub(crate) fn read_history(of: &Path) -> Outcome {
    let mut command = script("history.js");
    command.arg(of).arg(site().join("data/history.json"));
    process::run(command)
}

/// Serves the page until the program is ended.
pub(crate) fn serve() -> Outcome {
    let mut command = script("serve.js");
    command.arg(site());
    process::run(command)
}

/// A program in Node that steers the page in a browser, with what it needs in its environment. Without a
/// browser it is told of none.
pub(crate) fn steering(arguments: &[&str]) -> Result<Command, Failure> {
    build()?;
    let driver = folder().join("driver");
    let tests = process::root().join("tests/page");
    tool::install_locked(&tests, &driver, &["--ignore-scripts"])?;
    let mut command = process::program("node", arguments);
    command
        .current_dir(tests)
        .env("TRACKSTATS_ROOT", process::root())
        .env("TRACKSTATS_SITE", site())
        .env("TRACKSTATS_PACKAGES", packages())
        .env("TRACKSTATS_DRIVER", driver);
    browser::tell_chromium(&mut command);
    Ok(command)
}

fn script(name: &str) -> Command {
    let mut command = process::program("node", &[]);
    command.arg(sources().join("build").join(name));
    command
}
