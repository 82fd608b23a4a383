//! Dumps of django-trackstats.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| trackstats_fuzz::import_django(bytes));
