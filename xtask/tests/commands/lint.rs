//! `cargo xtask lint`: diagnostics for writers of pages, and exit codes for checks.

use serde_json::Value;

use crate::pages::{CLEAN, Pages};

/// A sample with a comma too many: a warning.
fn mended() -> String {
    CLEAN.replace("\"RequestId\": \"R-1\"\n", "\"RequestId\": \"R-1\",\n")
}

/// A row that ends early: an error.
fn torn() -> String {
    CLEAN.replace("|RequestId|String|R-1|The request.|", "|RequestId|String|")
}

#[test]
fn a_clean_page_says_nothing() {
    let run = Pages::with(&[("bells.md", CLEAN)]).run(&["lint", "bells.md"]);
    assert_eq!((run.code, run.out.as_str()), (Some(0), ""));
    assert_eq!(run.err, "1 page, 1 operation: 0 errors, 0 warnings, 0 notes\n");
}

#[test]
fn diagnostics_show_the_place() {
    let run = Pages::with(&[("bells.md", &mended())]).run(&["lint", "bells.md"]);
    assert_eq!(run.code, Some(0));
    insta::assert_snapshot!(run.out);
}

#[test]
fn errors_are_denied() {
    let run = Pages::with(&[("bells.md", &torn())]).run(&["lint", "bells.md"]);
    assert_eq!(run.code, Some(1));
    assert!(run.err.contains("torn-row") && run.err.contains("denied"), "{}", run.err);
}

#[test]
fn a_level_or_a_code_can_be_denied() {
    let pages = Pages::with(&[("bells.md", &mended())]);
    for (deny, code) in [("warning", 1), ("mended-sample", 1), ("torn-row", 0), ("error", 0)] {
        assert_eq!(pages.run(&["lint", "bells.md", "--deny", deny]).code, Some(code), "{deny}");
    }
}

#[test]
fn only_what_is_asked_for_is_shown() {
    let pages = Pages::with(&[("mended.md", &mended()), ("torn.md", &torn())]);
    let run = pages.run(&["lint", ".", "--only", "mended-sample"]);
    assert_eq!(run.code, Some(0));
    assert!(run.out.contains("mended-sample") && !run.out.contains("torn-row"), "{}", run.out);
}

#[test]
fn the_summary_counts_by_code_the_worst_first() {
    let pages = Pages::with(&[("a.md", &mended()), ("b.md", &mended()), ("c.md", "# Guide\n\nText.\n")]);
    let run = pages.run(&["lint", ".", "--summary"]);
    assert_eq!(run.err, "");
    insta::assert_snapshot!(run.out);
}

#[test]
fn machines_get_one_object_per_line() {
    let run = Pages::with(&[("bells.md", &mended())]).run(&["lint", "bells.md", "--message-format", "json"]);
    let lines: Vec<Value> = run.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let reasons: Vec<_> = lines.iter().map(|line| line["reason"].as_str().unwrap()).collect();
    assert_eq!(reasons, ["diagnostic", "code", "summary"]);
    assert_eq!(lines[0]["diagnostic"]["code"], "mended-sample");
    assert_eq!(lines[1]["count"], 1);
    assert_eq!(lines[2]["warnings"], 1);
}

#[test]
fn a_code_is_explained() {
    let run = Pages::with(&[]).run(&["lint", "--explain", "torn-row"]);
    assert_eq!(run.code, Some(0));
    assert!(run.out.starts_with("torn-row (error)\n\n"), "{}", run.out);
}

#[test]
fn a_misspelt_code_names_its_neighbours() {
    let run = Pages::with(&[]).run(&["lint", "--explain", "torn-rows"]);
    assert_eq!(run.code, Some(2));
    assert!(run.err.contains("torn-row"), "{}", run.err);
}

#[test]
fn codes_are_listed_with_their_levels() {
    let run = Pages::with(&[]).run(&["lint", "--codes"]);
    assert!(
        run.out.contains("error    torn-row\n") && run.out.contains("note     extra-pipe\n"),
        "{}",
        run.out
    );
}
