//! The package: declarations, bundles, manifest and the files that come along.

use std::path::Path;

use super::folder;
use super::module;
use super::stamp::Stamp;
use super::tool;
use crate::command::{Failure, Outcome};
use crate::process;

/// What is part of the package as it is in the sources.
const ALONG: [&str; 5] = [
    "CHANGELOG.md",
    "LICENSE-APACHE",
    "LICENSE-MIT",
    "NOTICE",
    "wasm/README.md",
];

pub(super) fn build() -> Outcome {
    let (npm, sources) = (folder::npm(), folder::sources());
    let mut inputs = ["js", "build", "tsconfig.json"]
        .map(|name| sources.join(name))
        .to_vec();
    inputs.extend(ALONG.map(|name| process::root().join(name)));
    inputs.extend(
        module::MODULES
            .iter()
            .map(|module| npm.join(format!("{}.stamp", module.name))),
    );
    inputs.push(process::root().join("Cargo.toml"));
    let stamp = Stamp::new(npm.join("package.stamp"), &inputs)?;
    if stamp.is_current() && super::tarball().is_file() {
        return Ok(());
    }
    println!("check the types, bundle and pack");
    folder::empty(&super::package())?;
    declare()?;
    bundle(&folder::sources().join("js"), &super::package())?;
    manifest()?;
    come_along()?;
    pack()?;
    stamp.set()
}

/// Checks the TypeScript and writes the declarations.
fn declare() -> Outcome {
    let (npm, sources) = (folder::npm(), folder::sources());
    let declarations = npm.join("types");
    folder::empty(&declarations)?;
    let mut command = tool::packaged("typescript/bin/tsc");
    command
        .arg("--project")
        .arg(sources.join("tsconfig.json"))
        .arg("--outDir")
        .arg(&declarations);
    process::run(command)?;
    let mut command = tool::script(&sources.join("build/types.js"));
    command
        .arg(declarations.join("wasm/js"))
        .arg(super::package());
    process::run(command)
}

/// Bundles the TypeScript of a folder into that of a package.
pub(crate) fn bundle(js: &Path, package: &Path) -> Outcome {
    let mut command = tool::script(&folder::sources().join("build/bundle.js"));
    command
        .arg(js)
        .arg(folder::npm().join("generated"))
        .arg(package);
    process::run(command)
}

fn manifest() -> Outcome {
    let mut command = tool::script(&folder::sources().join("build/manifest.js"));
    command.arg(super::package()).arg(env!("CARGO_PKG_VERSION"));
    process::run(command)
}

fn come_along() -> Outcome {
    let package = super::package();
    for file in ALONG {
        let from = process::root().join(file);
        let name = from.file_name().unwrap_or_default();
        folder::copy(&from, &package.join(name))?;
    }
    for module in &module::MODULES {
        for name in module.names() {
            let file = format!("{name}.wasm");
            let from = folder::npm().join("bound").join(module.name).join(&file);
            folder::copy(&from, &package.join(file))?;
        }
    }
    Ok(())
}

/// npm names the tarball for the version; ours has one name, so that the tests find it.
fn pack() -> Outcome {
    let npm = folder::npm();
    let mut command = tool::npm(&["pack", "--silent", "--pack-destination"]);
    command.arg(&npm).current_dir(super::package());
    let printed = process::output(command)?;
    let name = printed
        .lines()
        .last()
        .ok_or_else(|| Failure::Text("npm pack did not say what it wrote".to_owned()))?;
    std::fs::rename(npm.join(name), super::tarball())
        .map_err(|error| Failure::Text(format!("{name}: {error}")))
}
