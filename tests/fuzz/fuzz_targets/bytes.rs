//! Snapshots and changes.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| trackstats_fuzz::bytes(bytes));
