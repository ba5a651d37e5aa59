//! Snapshots and tests that cross crates; they live in `tests/tests/`.
