//! What the compiler says to people: about requests that are not complete, and about misuse of the derives.
//!
//! Compilers word and draw their messages anew with every release, so they are compared with those of [`RELEASE`] alone.
//! `TRYBUILD=overwrite cargo test -p ccc-api --test ui` writes them anew.

use std::process::Command;

/// The compiler whose words stand in `tests/ui/*.stderr`.
const RELEASE: &str = "rustc 1.95.";

#[test]
#[expect(clippy::print_stdout, reason = "a test that was skipped says so")]
fn messages_of_the_compiler() {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let version = Command::new(rustc).arg("--version").output().expect("rustc runs");
    let version = String::from_utf8_lossy(&version.stdout).into_owned();
    if version.starts_with(RELEASE) {
        trybuild::TestCases::new().compile_fail("tests/ui/*.rs");
    } else {
        println!("skipped: the messages are those of {RELEASE}x, this is {version}");
    }
}
