#![no_main]

#[path = "../../spec/tests/invariants/mod.rs"]
mod invariants;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| invariants::sample_repair(bytes));
