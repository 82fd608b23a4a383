//! Every test there is.

use crate::suite::{self, Count};

/// `cargo xtask test`. Its last line counts over all suites.
pub(crate) fn run() -> bool {
    let mut all = Count::default();
    all += suite::run(
        "workspace",
        "cargo",
        &["test", "--workspace", "--no-fail-fast"],
    );
    for features in ["", "serde", "chrono", "zones", "interchange", "sql"] {
        let arguments = [
            "check",
            "--quiet",
            "-p",
            "trackstats",
            "--no-default-features",
            "--features",
            features,
        ];
        all += suite::step(&format!("features '{features}'"), "cargo", &arguments);
    }
    all += wasm();
    let Count {
        passed,
        failed,
        ignored,
    } = all;
    println!();
    if ignored > 0 {
        println!("{passed} passed, {failed} failed, {ignored} skipped");
    } else {
        println!("{passed} passed, {failed} failed");
    }
    failed == 0
}

/// The core has to compile for the browser.
fn wasm() -> Count {
    let target = "wasm32-unknown-unknown";
    let mut count = suite::step("wasm target", "rustup", &["target", "add", target]);
    let check = ["check", "--quiet", "-p", "trackstats", "--target", target];
    let features = ["--no-default-features", "--features", "serde"];
    count += suite::step("wasm", "cargo", &[check.as_slice(), &features].concat());
    count
}
