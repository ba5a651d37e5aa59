//! Runs the functions of the fuzz targets on their seeds.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod invariants;

use std::path::Path;

/// Checks every seed of a target.
fn each(target: &str, check: fn(&[u8])) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz/seeds").join(target);
    let mut count = 0;
    for entry in std::fs::read_dir(&folder).unwrap() {
        check(&std::fs::read(entry.unwrap().path()).unwrap());
        count += 1;
    }
    assert!(count > 0, "{} has no seeds", folder.display());
}

#[test]
fn a_body_in_json_is_decoded_or_refused() {
    each("answer_json", invariants::answer_json);
}

#[test]
fn a_body_in_xml_is_decoded_or_refused() {
    each("answer_xml", invariants::answer_xml);
}

#[test]
fn every_error_of_a_call_is_short_and_shows_nothing_sensitive() {
    each("exchange", invariants::exchange);
}

#[test]
fn an_explained_signature_is_short_and_shows_nothing_sensitive() {
    each("signature_mismatch", invariants::signature_mismatch);
}

#[test]
fn an_ini_file_gives_credentials_or_a_short_error() {
    each("credentials_file", invariants::credentials_file);
}

#[test]
fn a_file_of_the_command_line_interface_gives_credentials_or_a_short_error() {
    each("cli_profile", invariants::cli_profile);
}
