//! The tests inside the wasm modules, one feature at a time, in Node and in a page.
//!
//! The tests do not say where they run: one that does is skipped everywhere else, silently.

use super::chromium;
use super::count::counted;
use crate::build::tool;
use crate::process;
use crate::tally::Tally;

pub(super) fn run() -> Tally {
    if let Err(failure) = tool::present().and_then(|()| tool::install_target()) {
        return super::count::skipped(failure);
    }
    let browser = chromium::driver();
    if let Err(missing) = &browser {
        println!("skipped: {missing}");
    }
    let mut tally = Tally::default();
    for features in [
        &[][..],
        &["--features", "interchange"],
        &["--features", "sql"],
    ] {
        println!("trackstats-wasm {} in Node", features.join(" "));
        tally += counted(test(features));
        if let Ok(driver) = &browser {
            println!("trackstats-wasm {} in Chromium", features.join(" "));
            let mut command = test(features);
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
fn test(features: &[&str]) -> std::process::Command {
    let mut command = process::cargo(&["test", "--package", "trackstats-wasm", "--tests"]);
    command.args(["--target", tool::WASM]).args(features);
    command
}
