//! Words that were given up for better ones: none comes back.

use crate::source::{File, files, none};

/// Each with what is said now.
const RETIRED: [(&str, &str); 28] = [
    ("AnyMetric", "AsMetric"),
    ("HoldsFloats", "FloatMetric"),
    ("IntoMoment", "IntoEventTime"),
    ("MemoryMedium", "MemoryBackend"),
    ("Moment", "EventTime"),
    ("SqlRefused", "SqlUnsupported"),
    ("Undated", "TrackerBuilder"),
    ("doubtful", "snapshot_damaged"),
    ("firstInstant", "startOfDay"),
    ("first_instant", "start_of_day"),
    ("hold_changes", "hold_unconfirmed"),
    ("hourStart", "startOfHour"),
    ("hour_start", "start_of_hour"),
    ("keepChanges", "captureChanges"),
    ("keepDays", "retainDays"),
    ("keep_changes", "capture_changes"),
    ("keep_days", "retain_days"),
    ("open_on", "open_with"),
    ("rollingBy", "aggregate"),
    ("bucketBy", "aggregate"),
    ("settle_changes", "confirm_changes"),
    ("sql_refused", "sql_unsupported"),
    ("takeBack", "rollBack"),
    ("takeChanges", "drainChanges"),
    ("take_back", "rollback_to"),
    ("take_changes", "drain_changes"),
    ("trackstats/whole", "trackstats/standalone"),
    ("whole.js", "standalone.js"),
];

fn faults(file: &File) -> Vec<String> {
    let mut faults = Vec::new();
    for (number, line) in (1..).zip(file.text.lines()) {
        for (retired, now) in RETIRED {
            if has_word(line, retired) {
                let path = &file.path;
                faults.push(format!("{path}:{number}: say `{now}` and not `{retired}`"));
            }
        }
    }
    faults
}

/// Whether a word stands in a line with nothing before or behind that would belong to a name.
fn has_word(line: &str, word: &str) -> bool {
    let is_name =
        |sign: Option<char>| sign.is_some_and(|sign| sign.is_alphanumeric() || sign == '_');
    line.match_indices(word).any(|(at, _)| {
        let (before, rest) = line.split_at(at);
        let behind = rest.get(word.len()..).unwrap_or_default();
        !is_name(before.chars().next_back()) && !is_name(behind.chars().next())
    })
}

#[test]
fn retired_words_stay_away() {
    let folders = [
        "core", "examples", "macros", "tests", "wasm", "www", "xtask",
    ];
    let own = "tests/structure/retired.rs";
    let files = files(&folders, &["rs", "ts", "js", "md", "txt", "json", "html"]);
    let others = files.iter().filter(|file| file.path != own);
    none(&others.flat_map(faults).collect::<Vec<_>>());
}

#[test]
fn a_retired_word_is_found_as_a_whole() {
    let found = |text: &str| faults(&crate::source::file("core/src/a.rs", text)).len();
    assert_eq!(found("store.keep_days(1);"), 1);
    assert_eq!(found("// as `keepDays` does\nsql_refused"), 2);
    assert_eq!(found("fn we_keep_days_of_now() {}"), 0);
    assert_eq!(found("import 'trackstats/whole'"), 1);
}
