//! What the build needs beside cargo: Node, the packages of `wasm/package-lock.json`, and the
//! target of rustc for WebAssembly.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::folder;
use super::stamp::Stamp;
use crate::command::{Failure, Outcome};
use crate::process;

/// The target of rustc.
pub(crate) const WASM: &str = "wasm32-unknown-unknown";

/// The oldest Node that runs the tools and the package.
const NODE: u32 = 20;

/// The folder of the installed packages.
pub(crate) fn folder() -> PathBuf {
    process::target().join("node")
}

/// Installs the tools. They are not beside their manifest: the folders of the sources hold nothing that
/// a tool wrote.
pub(crate) fn install() -> Outcome {
    // No scripts: none of the packages needs one here.
    install_locked(&folder::sources(), &folder(), &["--ignore-scripts"])
}

/// Installs what the lock file in one folder says into another, unless it is there.
pub(crate) fn install_locked(from: &Path, into: &Path, more: &[&str]) -> Outcome {
    present()?;
    folder::make(into)?;
    let manifests = ["package.json", "package-lock.json"].map(|name| from.join(name));
    let stamp = Stamp::new(into.join("installed"), &manifests)?;
    if stamp.is_current() {
        return Ok(());
    }
    println!("npm ci");
    for manifest in &manifests {
        let name = manifest.file_name().unwrap_or_default();
        folder::copy(manifest, &into.join(name))?;
    }
    let mut command = npm(&["ci", "--no-audit", "--no-fund"]);
    command.args(more).current_dir(into);
    process::run(command)?;
    stamp.set()
}

/// Whether Node and npm are there, and Node is not too old.
pub(crate) fn present() -> Outcome {
    let missing = |what: &str| Failure::Text(format!("{what}: install Node {NODE} or later"));
    let mut asked = process::program("node", &["--version"]);
    let output = asked
        .stderr(Stdio::null())
        .output()
        .map_err(|_| missing("node is missing"))?;
    let version = String::from_utf8_lossy(&output.stdout);
    if major(&version).is_none_or(|major| major < NODE) {
        return Err(missing(&format!("node {} is too old", version.trim())));
    }
    if process::answers(npm(&["--version"])) {
        Ok(())
    } else {
        Err(missing("npm is missing"))
    }
}

/// The first number of `v20.1.0`.
fn major(version: &str) -> Option<u32> {
    version
        .trim()
        .strip_prefix('v')?
        .split('.')
        .next()?
        .parse()
        .ok()
}

pub(crate) fn npm(arguments: &[&str]) -> Command {
    // A script with an ending of its own there.
    process::program(if cfg!(windows) { "npm.cmd" } else { "npm" }, arguments)
}

/// A script of ours, which finds the packages.
pub(crate) fn script(path: &Path) -> Command {
    let mut command = process::program("node", &[]);
    command.arg(path).env("TRACKSTATS_TOOLS", folder());
    command
}

/// A program of an installed package.
pub(crate) fn packaged(path: &str) -> Command {
    script(&folder().join("node_modules").join(path))
}

/// Adds the target to the toolchain, where it is not part of it.
pub(crate) fn install_target() -> Outcome {
    let asked = process::program("rustc", &["--print", "target-libdir", "--target", WASM]);
    if process::output(asked).is_ok_and(|path| Path::new(path.trim()).is_dir()) {
        return Ok(());
    }
    let adding = || process::program("rustup", &["target", "add", WASM]);
    process::run(adding()).map_err(|_| {
        Failure::Text(format!(
            "rustc has no target {WASM}, and `rustup target add {WASM}` failed"
        ))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_of_node_is_its_first_number() {
        assert_eq!(major("v20.20.2\n"), Some(20));
        assert_eq!(major(""), None);
        assert_eq!(major("20"), None);
    }
}
