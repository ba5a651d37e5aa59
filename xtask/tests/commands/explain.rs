//! `cargo xtask explain`: the place of a field, and the evidence for it.

use crate::pages::{CLEAN, Pages};

#[test]
fn a_field_has_its_evidence_and_the_runner_up() {
    let run = Pages::with(&[("bells.md", CLEAN)]).run(&["explain", "bells.md", "BellId"]);
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    insta::assert_snapshot!(run.out);
}

#[test]
fn an_unknown_field_exits_with_3_and_names_those_like_it() {
    let run = Pages::with(&[("bells.md", CLEAN)]).run(&["explain", "bells.md", "BelId"]);
    assert_eq!((run.code, run.out.as_str()), (Some(3), ""));
    assert!(run.err.contains("do you mean Bells.Bell[].BellId?"), "{}", run.err);
}

#[test]
fn a_page_that_is_not_there_exits_with_3() {
    let run = Pages::with(&[]).run(&["explain", "gone.md", "BellId"]);
    assert_eq!((run.code, run.out.as_str()), (Some(3), ""));
    assert!(run.err.contains("cannot read gone.md"), "{}", run.err);
}
