//! The most memory that the module for SQL may have.

use std::env;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    // What a statement holds is estimated; whatever it comes to, the page goes on.
    if env::var_os("CARGO_FEATURE_SQL").is_some()
        && env::var("CARGO_CFG_TARGET_ARCH").as_deref() == Ok("wasm32")
    {
        println!("cargo::rustc-link-arg-cdylib=--max-memory=2147483648");
    }
}
