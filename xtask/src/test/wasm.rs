//! The tests inside the wasm modules, one feature at a time, in Node and in a page.
//!
//! The tests do not say where they run: one that does is skipped everywhere else, silently.

use super::count::counted;
use crate::build::tool;
use crate::tally::Tally;
use crate::{browser, process};

pub(super) fn run() -> Tally {
    if let Err(failure) = tool::present().and_then(|()| tool::install_target()) {
        return super::count::skipped(failure);
    }
    let driver = browser::chromedriver();
    if let Err(missing) = &driver {
        println!("skipped: {missing}");
    }
    let mut tally = Tally::default();
    for (package, features) in [
        ("trackstats-wasm", &[][..]),
        ("trackstats-wasm", &["--features", "interchange"]),
        ("trackstats-wasm", &["--features", "sql"]),
        ("trackstats-example-wasm", &[]),
    ] {
        println!("{package} {} in Node", features.join(" "));
        tally += counted(test(package, features));
        if let Ok(driver) = &driver {
            println!("{package} {} in Chromium", features.join(" "));
            let mut command = test(package, features);
            command
                .env("WASM_BINDGEN_USE_BROWSER", "1")
                .env("CHROMEDRIVER", driver)
                // A busy machine takes a while to start a browser.
                .env("WASM_BINDGEN_TEST_DRIVER_TIMEOUT", "30")
                .env("WASM_BINDGEN_TEST_TIMEOUT", "120");
            tally += counted(command);
        } else {
            tally += Tally::SKIPPED;
        }
    }
    tally
}

/// Not quietly: the runner of the tests is then told so as well, and does not know the flag.
fn test(package: &str, features: &[&str]) -> std::process::Command {
    let mut command = process::cargo(&["test", "--package", package, "--tests"]);
    command.args(["--target", tool::WASM]).args(features);
    command
}
