//! Writes the program of the README, which the test `readme` includes.

#[path = "readme/block.rs"]
mod block;
#[path = "readme/program.rs"]
mod program;

use std::path::Path;

fn main() -> std::io::Result<()> {
    let readme = "../README.md";
    println!("cargo::rerun-if-changed={readme}");
    let text = std::fs::read_to_string(readme)?;
    let folder = std::env::var_os("OUT_DIR").expect("cargo sets it for build scripts");
    std::fs::write(
        Path::new(&folder).join("readme.rs"),
        program::write(&block::read(&text)),
    )
}
