//! Snapshots and tests that cross crates; they live in `tests/tests/`.

/// The README's examples compile.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct Readme;
