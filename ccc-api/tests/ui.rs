//! What the compiler says to people: about requests that are not complete, and about misuse of the derives.
//!
//! `TRYBUILD=overwrite cargo test -p ccc-api --test ui` writes the expected messages anew.

#[test]
fn messages_of_the_compiler() {
    trybuild::TestCases::new().compile_fail("tests/ui/*.rs");
}
