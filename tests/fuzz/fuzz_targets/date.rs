//! Dates and times as text.
#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| trackstats_fuzz::date(text));
