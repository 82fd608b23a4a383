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
    /// More flags for rustc.
    rustc: &'static [&'static str],
    /// What becomes a module of its own.
    split: Option<Split>,
    /// How wasm-opt optimizes.
    optimize: &'static [&'static str],
}

/// What is fetched later.
#[derive(Debug)]
struct Split {
    name: &'static str,
    /// The code that only it may call.
    path: &'static str,
    exports: &'static [&'static str],
}

impl Module {
    /// The module, and what is split off from it.
    pub(super) fn names(&self) -> impl Iterator<Item = &'static str> {
        std::iter::once(self.name).chain(self.split.as_ref().map(|split| split.name))
    }
}

pub(super) const MODULES: [Module; 4] = [
    Module {
        name: "core",
        features: &[],
        profile: "wasm-core",
        // No text is made with `Debug` here; in its errors GlueSQL does so. What is small is inlined before it
        // is generated.
        rustc: &["-Zfmt-debug=none", "-Zinline-mir=yes"],
        split: Some(Split {
            name: "later",
            path: "trackstats::track",
            exports: &["askLater"],
        }),
        // Not `-Oz`: what that saves, a tenth, makes what is left harder to compress, so that the core is
        // larger behind brotli. These passes alone make it smaller, by two hundredths.
        optimize: &[
            "--dealign",
            "--duplicate-function-elimination",
            "--precompute-propagate",
            "--merge-blocks",
            "--remove-unused-brs",
            "--duplicate-function-elimination",
            "--coalesce-locals",
            "--vacuum",
            "--remove-unused-module-elements",
            "--reorder-locals",
        ],
    },
    Module {
        name: "sql",
        features: &["--features", "sql"],
        profile: "wasm-sql",
        rustc: &[],
        split: None,
        // What is called from one place only is not moved there: what calls itself would get frames of 12 KB on the
        // stack, for what it seldom needs. The module is smaller behind brotli, too.
        optimize: &[
            "-Os",
            "--dealign",
            "--one-caller-inline-max-function-size=100",
        ],
    },
    Module {
        name: "exchange",
        features: &["--features", "interchange"],
        profile: "wasm",
        rustc: &[],
        split: None,
        optimize: &["-Oz", "--dealign"],
    },
    Module {
        name: "journal",
        features: &["--features", "journal"],
        profile: "wasm-core",
        rustc: &["-Zfmt-debug=none"],
        split: None,
        optimize: &["-Oz", "--dealign"],
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
    split(module)?;
    for name in module.names() {
        optimize(module, name)?;
        embed(module, name)?;
    }
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
    small_std::compile_with(&mut command, module.profile, module.rustc);
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

/// Takes the part that is fetched later out of the module, while functions have names.
fn split(module: &Module) -> Outcome {
    let Some(Split {
        name,
        path,
        exports,
    }) = &module.split
    else {
        return Ok(());
    };
    let file = |name: &str| bound(module).join(format!("{name}_bg.wasm"));
    let mut command = Command::new(process::target().join("bind/split"));
    command
        .args([file(module.name), file(name)])
        .arg(path)
        .args(*exports);
    process::run(command)
}

fn optimize(module: &Module, name: &str) -> Outcome {
    let folder = bound(module);
    let mut command = tool::packaged("binaryen/bin/wasm-opt");
    command
        .arg(folder.join(format!("{name}_bg.wasm")))
        .args(module.optimize)
        .args(["--strip-debug", "--strip-producers"])
        // Last: the passes before read it.
        .arg("--strip-target-features")
        .arg("--output")
        .arg(folder.join(format!("{name}.wasm")));
    process::run(command)
}

fn embed(module: &Module, name: &str) -> Outcome {
    let generated = folder::npm().join("generated");
    folder::make(&generated)?;
    let mut command = tool::script(&folder::sources().join("build/embed.js"));
    command.arg(bound(module)).arg(generated).arg(name);
    process::run(command)
}
