//! The scripts of `tests/js`, on a package bundled from the copy.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use super::list::{Language, Suite};
use super::tree;
use super::trial::Program;
use crate::build::{self, tool};
use crate::command::Failure;
use crate::test;

/// The folder with the package, and the scripts in `tests`.
#[derive(Debug)]
pub(super) struct Scripts {
    folder: PathBuf,
    owner: PathBuf,
}

/// Bundles the copy. The wasm is that of the tree, which the mutants of TypeScript leave as it is.
pub(super) fn build() -> Result<Scripts, Failure> {
    build::run(&[])?;
    let folder = tool::folder().join("mutants");
    test::install(&folder, "tests/js")?;
    println!("bundle with every mutant in it");
    build::bundle(
        &tree::copy(Language::TypeScript).join("wasm/js"),
        &folder.join("node_modules/trackstats"),
    )?;
    let owner = test::owner()?;
    Ok(Scripts { folder, owner })
}

impl Program for Scripts {
    fn command(&self, suite: &Suite) -> Result<Command, Failure> {
        let file = self.folder.join("tests").join(&suite.program);
        if !fs::exists(&file).unwrap_or(false) {
            return Err(Failure::Text(format!(
                "there is no script {}",
                file.display()
            )));
        }
        // Not `--test`, which runs the script in a process of its own.
        let mut command = test::equipped(&[], &self.folder, &self.owner);
        for name in &suite.names {
            command.arg(format!("--test-name-pattern={}", name.replace('_', " ")));
        }
        command.arg(file);
        Ok(command)
    }
}
