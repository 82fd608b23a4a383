//! Statements.
#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| trackstats_fuzz::sql(text));
