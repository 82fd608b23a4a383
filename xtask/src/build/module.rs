//! The wasm modules: from the crate to what the TypeScript imports.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::folder;
use super::small_std;
use super::stamp::Stamp;
use super::tool;
use crate::command::{Failure, Outcome};
use crate::process;

/// One build of the crate `wasm`.
#[derive(Debug)]
pub(super) struct Module {
    pub(super) name: &'static str,
    features: &'static [&'static str],
    profile: &'static str,
    /// Whether texts are made with `Debug`: GlueSQL does so in its errors, the core nowhere.
    has_debug: bool,
    /// How wasm-opt optimizes. What it saves in the core, a tenth, makes what is left harder to compress:
    /// behind brotli the core is larger by 2 % after it.
    level: &'static str,
}

pub(super) const MODULES: [Module; 4] = [
    Module {
        name: "core",
        features: &[],
        profile: "wasm-core",
        has_debug: false,
        level: "-O0",
    },
    Module {
        name: "sql",
        features: &["--features", "sql"],
        profile: "wasm-sql",
        has_debug: true,
        level: "-Os",
    },
    Module {
        name: "exchange",
        features: &["--features", "interchange"],
        profile: "wasm",
        has_debug: true,
        level: "-Oz",
    },
    Module {
        name: "journal",
        features: &["--features", "journal"],
        profile: "wasm-core",
        has_debug: false,
        level: "-O0",
    },
];

/// Builds what [`bind`] runs. Apart, because the first time it takes some minutes and shows them.
pub(crate) fn build_binder() -> Outcome {
    process::run(process::cargo(&[
        "build",
        "--quiet",
        "--profile",
        "bind",
        "--package",
        "trackstats-bind",
    ]))
}

pub(super) fn build_all() -> Outcome {
    MODULES.iter().try_for_each(build)
}

fn build(module: &Module) -> Outcome {
    let wasm = compile(module)?;
    let scripts = folder::sources().join("build");
    let lock = process::root().join("Cargo.lock");
    let stamp = Stamp::new(
        folder::npm().join(format!("{}.stamp", module.name)),
        &[
            wasm.clone(),
            scripts,
            lock,
            tool::folder().join("package-lock.json"),
            process::root().join("xtask/src/build/module.rs"),
        ],
    )?;
    if stamp.is_current() {
        return Ok(());
    }
    println!("bind, optimize and embed the module {}", module.name);
    bind(module, &wasm)?;
    optimize(module)?;
    embed(module)?;
    stamp.set()
}

/// Each module has a target folder of its own: in one, each would be linked again after the other.
fn compile(module: &Module) -> Result<PathBuf, Failure> {
    let target = process::target().join("wasm").join(module.name);
    println!("cargo build trackstats-wasm {}", module.features.join(" "));
    let mut command = process::cargo(&["build", "--quiet", "--package", "trackstats-wasm"]);
    command
        .args([
            "--lib",
            "--profile",
            module.profile,
            "--target",
            tool::WASM,
            "--target-dir",
        ])
        .arg(&target)
        .args(module.features);
    small_std::install_source()?;
    small_std::compile_with(&mut command, module.profile, module.has_debug);
    process::run(command)?;
    Ok(target
        .join(tool::WASM)
        .join(module.profile)
        .join("trackstats_wasm.wasm"))
}

fn bound(module: &Module) -> PathBuf {
    folder::npm().join("bound").join(module.name)
}

/// The form `bundler`: glue without a loader, since `js/module.ts` is the loader.
fn bind(module: &Module, wasm: &Path) -> Outcome {
    folder::empty(&bound(module))?;
    let mut command = Command::new(process::target().join("bind/bind"));
    command
        .arg(wasm)
        .args([
            "--target",
            "bundler",
            "--out-name",
            module.name,
            "--out-dir",
        ])
        .arg(bound(module));
    process::run(command)
}

fn optimize(module: &Module) -> Outcome {
    let folder = bound(module);
    let mut command = tool::packaged("binaryen/bin/wasm-opt");
    command
        .arg(folder.join(format!("{}_bg.wasm", module.name)))
        .args([module.level, "--strip-debug", "--strip-producers"])
        // Last: the passes before read it.
        .arg("--strip-target-features")
        .arg("--output")
        .arg(folder.join(format!("{}.wasm", module.name)));
    process::run(command)
}

fn embed(module: &Module) -> Outcome {
    let generated = folder::npm().join("generated");
    folder::make(&generated)?;
    let mut command = tool::script(&folder::sources().join("build/embed.js"));
    command.arg(bound(module)).arg(generated).arg(module.name);
    process::run(command)
}
