//! Tests of compiler messages about incomplete requests and misuse of the derives.
//!
//! Each release of the compiler changes its messages, so they are compared with [`RELEASE`] alone.
//! `TRYBUILD=overwrite cargo test -p ccc-api --test ui` updates them.

use std::process::Command;

/// The compiler whose messages are in `tests/ui/*.stderr`.
const RELEASE: &str = "rustc 1.95.";

#[test]
#[expect(clippy::print_stdout, reason = "a test that was skipped says so")]
fn compiler_explains_misuse() {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let version = Command::new(rustc).arg("--version").output().expect("rustc runs");
    let version = String::from_utf8_lossy(&version.stdout).into_owned();
    if version.starts_with(RELEASE) {
        trybuild::TestCases::new().compile_fail("tests/ui/*.rs");
    } else {
        println!("skipped: the messages are those of {RELEASE}x, this is {version}");
    }
}
