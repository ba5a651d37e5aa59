#![no_main]

#[path = "../../spec/tests/invariants/mod.rs"]
mod invariants;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| invariants::front_end(bytes));
