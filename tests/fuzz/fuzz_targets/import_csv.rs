//! Files of CSV.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| trackstats_fuzz::import_csv(bytes));
