//! Finding the browsers that the tests steer, and installing them where that is possible.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use crate::process;

/// The driver of an installed Chromium or Chrome; otherwise what is missing, in one line.
pub(crate) fn chromedriver() -> Result<PathBuf, String> {
    chromium()?;
    find("chromedriver").ok_or_else(|| "chromedriver is missing".to_owned())
}

/// Has the tests of a wasm module run in the browser of that driver.
pub(crate) fn steer(tests: &mut Command, driver: &Path) {
    tests
        // Without it, tests that do not say where they run are skipped in a browser.
        .env("WASM_BINDGEN_USE_BROWSER", "1")
        .env("CHROMEDRIVER", driver)
        // A busy machine takes a while to start a browser.
        .env("WASM_BINDGEN_TEST_DRIVER_TIMEOUT", "30")
        .env("WASM_BINDGEN_TEST_TIMEOUT", "120");
}

/// An installed Chromium or Chrome that has a driver; otherwise what is missing, in one line.
pub(crate) fn chromium() -> Result<PathBuf, String> {
    let installed = || {
        find("chromedriver")?;
        ["chromium", "google-chrome", "chromium-browser"]
            .iter()
            .find_map(|name| find(name))
    };
    let packages = ["chromium", "chromium-driver"];
    found(installed, "chromium or chromedriver", &packages)
}

/// An installed Firefox; otherwise what is missing, in one line.
pub(crate) fn firefox() -> Result<PathBuf, String> {
    let installed = || {
        ["firefox-esr", "firefox"]
            .iter()
            .find_map(|name| find(name))
    };
    found(installed, "firefox", &["firefox-esr"])
}

/// Tells a script where Chromium is.
pub(crate) fn tell_chromium(script: &mut Command) {
    tell(script, "CHROMIUM", chromium());
}

/// Tells a script where Firefox is.
pub(crate) fn tell_firefox(script: &mut Command) {
    tell(script, "FIREFOX", firefox());
}

/// A browser that is missing is said, and the script is told of none: it counts what needs it as missing.
fn tell(script: &mut Command, name: &str, browser: Result<PathBuf, String>) {
    match browser {
        Ok(path) => script.env(name, path),
        Err(missing) => {
            println!("{missing}");
            script.env_remove(name)
        }
    };
}

fn found(
    installed: impl Fn() -> Option<PathBuf>,
    what: &str,
    packages: &[&str],
) -> Result<PathBuf, String> {
    if let Some(program) = installed() {
        return Ok(program);
    }
    if !(is_root() && Path::new("/etc/debian_version").is_file()) {
        return Err(format!(
            "{what} is missing, and only root on Debian can have it installed"
        ));
    }
    let names = packages.join(" ");
    println!("apt-get install {names}");
    let install = [&["install", "-y", "-qq"], packages].concat();
    for arguments in [&["update", "-qq"][..], &install] {
        let mut command = process::program("apt-get", arguments);
        command.env("DEBIAN_FRONTEND", "noninteractive");
        // A list of packages that is old may still do.
        let _ = process::run(command);
    }
    installed().ok_or_else(|| format!("`apt-get install {names}` failed"))
}

/// The program of that name in the folders of `PATH`.
fn find(name: &str) -> Option<PathBuf> {
    env::split_paths(&env::var_os("PATH")?)
        .map(|folder| folder.join(name))
        .find(|path| path.is_file())
}

/// Read from the kernel, since asking for it in C is not safe code.
fn is_root() -> bool {
    fs::read_to_string("/proc/self/status").is_ok_and(|status| is_root_in(&status))
}

fn is_root_in(status: &str) -> bool {
    status
        .lines()
        .find_map(|line| line.strip_prefix("Uid:"))
        .and_then(|ids| ids.split_whitespace().nth(1))
        == Some("0")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn root_is_told_by_the_effective_user() {
        assert!(is_root_in("Name:\tx\nUid:\t1000\t0\t0\t0\nGid:\t0\n"));
        assert!(!is_root_in("Name:\tx\nUid:\t0\t1000\t0\t0\nGid:\t0\n"));
        assert!(!is_root_in(""));
    }

    #[test]
    fn a_program_is_found_on_the_path() {
        assert!(find("cargo").is_some() || env::var_os("CARGO").is_some());
        assert!(find("no-such-program-here").is_none());
    }
}
