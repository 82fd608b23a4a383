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
            browser::steer(&mut command, driver);
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
