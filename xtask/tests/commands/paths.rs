//! `cargo xtask paths`: rows for other programs.

use crate::pages::{CLEAN, Pages};

#[test]
fn every_row_of_every_table_has_a_line() {
    let run = Pages::with(&[("bells.md", CLEAN)]).run(&["paths", "bells.md"]);
    assert_eq!((run.code, run.err.as_str()), (Some(0), "1 page, 1 operation, 8 fields\n"));
    insta::assert_snapshot!(run.out.replace('\t', " "));
}

#[test]
fn pages_come_in_the_order_of_their_paths() {
    let ring = CLEAN.replace("ListBells", "RingBells");
    let pages =
        Pages::with(&[("b/ring.md", &ring), ("a.md", CLEAN), ("b/notes.txt", CLEAN), ("c.md", "# Guide\n")]);
    let run = pages.run(&["paths", "."]);
    let mut actions: Vec<_> = run.out.lines().map(|line| line.split('\t').nth(2).unwrap()).collect();
    actions.dedup();
    assert_eq!(actions, ["ListBells", "RingBells"]);
    assert!(run.err.starts_with("3 pages, 2 operations"), "{}", run.err);
}

#[test]
fn a_page_that_is_not_there_exits_with_3() {
    let run = Pages::with(&[]).run(&["paths", "gone.md"]);
    assert_eq!((run.code, run.out.as_str()), (Some(3), ""));
    assert!(run.err.contains("cannot read gone.md"), "{}", run.err);
}

#[test]
fn no_page_is_a_wrong_command_line() {
    assert_eq!(Pages::with(&[]).run(&["paths"]).code, Some(2));
}
