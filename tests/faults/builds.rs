//! The crate builds wherever it is used, as it is.

use std::process::Command;

/// What draws random numbers below SQL does not compile on wasm32 unless it is told that the host is
/// JavaScript; `cargo xtask check` compiles it.
#[test]
fn with_its_usual_features_it_draws_random_numbers_on_wasm32() {
    let output = Command::new(env!("CARGO"))
        .args([
            "tree",
            "--offline",
            "--package",
            "trackstats",
            "--prefix",
            "none",
        ])
        .args([
            "--edges",
            "normal,features",
            "--target",
            "wasm32-unknown-unknown",
        ])
        .current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
        .output()
        .unwrap();
    let tree = String::from_utf8_lossy(&output.stdout).into_owned();
    let old = tree.lines().any(|line| line.starts_with("getrandom v0.2"));
    let told = tree
        .lines()
        .any(|line| line.starts_with("getrandom feature \"js\""));
    assert!(
        old && told,
        "{tree}{}",
        String::from_utf8_lossy(&output.stderr)
    );
}
