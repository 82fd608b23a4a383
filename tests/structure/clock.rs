//! Who reads the clock and the machine's zone: `time/clock.rs` the one, nobody the other.

use crate::source::{File, each_level, files, is_ident, is_path_sign, none, place};

/// The only file of the library that may ask for the time.
const CLOCK: &str = "core/src/time/clock.rs";

fn faults(file: &File) -> Vec<String> {
    let mut faults = Vec::new();
    each_level(&file.tokens(), &mut |tokens| {
        for (at, token) in tokens.iter().enumerate() {
            let named = |name| is_ident(Some(token), name);
            if named("Local") {
                let place = place(&file.path, token);
                faults.push(format!("{place}: `Local` is the machine's zone"));
            }
            let clock = ["SystemTime", "Instant", "Utc"].into_iter().any(named);
            let now = is_path_sign(tokens, at + 1) && is_ident(tokens.get(at + 3), "now");
            if clock && now && file.path != CLOCK {
                let place = place(&file.path, token);
                faults.push(format!("{place}: only {CLOCK} asks for the time"));
            }
        }
    });
    faults
}

#[test]
fn the_clock_is_read_in_one_place_and_the_machines_zone_nowhere() {
    let faults: Vec<_> = files(&["core/src", "macros/src"], &["rs"])
        .iter()
        .flat_map(faults)
        .collect();
    none(&faults);
}

#[test]
fn the_clock_read_elsewhere_is_found() {
    let file = crate::source::file;
    for text in [
        "fn f() { std::time::SystemTime::now(); }",
        "fn f() { Instant::now(); }",
        "fn f() { chrono::Utc::now(); }",
        "use chrono::Local;",
        "fn f() { chrono::Local::now(); }",
    ] {
        assert_eq!(
            faults(&file("core/src/store/mod.rs", text)).len(),
            1,
            "{text}"
        );
    }
    none(&faults(&file(CLOCK, "fn f() { SystemTime::now(); }")));
    none(&faults(&file(
        "core/src/store/mod.rs",
        "fn f() { self.clock.now(); }",
    )));
}
