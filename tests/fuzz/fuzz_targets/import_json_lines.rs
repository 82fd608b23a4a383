//! Files of JSON Lines.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| trackstats_fuzz::import_json_lines(bytes));
