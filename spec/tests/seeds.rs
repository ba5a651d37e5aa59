//! The seeds of the fuzz targets, through the same functions.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod invariants;

use std::path::Path;

/// Every file of some folders.
fn each(folders: &[&str], check: fn(&[u8])) {
    for folder in folders {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
        let mut count = 0;
        for entry in std::fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_file() {
                check(&std::fs::read(&path).unwrap());
                count += 1;
            }
        }
        assert!(count > 0, "{} has no seeds", folder.display());
    }
}

const PAGES: &[&str] = &["docs/ccc/2020-07-01", "tests/pages/ok", "tests/pages/err", "../fuzz/seeds/page"];

#[test]
fn pages_are_read_whole() {
    each(PAGES, invariants::page_reader);
}

#[test]
fn whatever_is_said_of_a_page_points_into_it() {
    each(PAGES, invariants::front_end);
}

#[test]
fn whatever_is_said_of_a_sample_points_into_it() {
    each(&["../fuzz/seeds/sample_repair"], invariants::sample_repair);
}
