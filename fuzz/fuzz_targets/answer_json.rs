#![no_main]

#[path = "../../ccc-api/tests/invariants/mod.rs"]
mod invariants;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| invariants::answer_json(bytes));
