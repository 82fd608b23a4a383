//! Files of stores.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| trackstats_fuzz::journal(bytes));
