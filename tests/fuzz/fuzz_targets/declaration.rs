//! The text of a declaration.
#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| trackstats_fuzz::declaration(text));
