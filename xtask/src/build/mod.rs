//! `cargo xtask build`: the npm package, from the crates and the TypeScript to the tarball.
//!
//! Everything is written under the target folder: `wasm/` what cargo builds, `node/` the tools,
//! `npm/bound` what the binder writes, `npm/generated` what the TypeScript imports of it, and
//! `npm/trackstats`, which is packed to `npm/trackstats.tgz`. What did not change is not done again.

mod folder;
mod module;
mod package;
mod small_std;
mod stamp;
pub(crate) mod tool;

pub(crate) use folder::{package, tarball};
pub(crate) use module::build_binder;
pub(crate) use package::bundle;

use crate::command::Outcome;

pub(crate) fn run(_: &[String]) -> Outcome {
    tool::install()?;
    tool::install_target()?;
    build_binder()?;
    module::build_all()?;
    package::build()?;
    println!("{}", tarball().display());
    Ok(())
}
