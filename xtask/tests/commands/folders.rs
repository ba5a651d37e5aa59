//! Commands on real folders: pages that cannot be read, links, extensions, and pages that take their version from their
//! siblings.

use std::fs;

use crate::pages::{CLEAN, Pages};
use crate::workspace::Run;

/// `CLEAN` of another operation.
fn page(action: &str) -> String {
    CLEAN.replace("ListBells", action)
}

/// A page of the operation whose link has no version.
fn older(action: &str) -> String {
    page(action).replace("&type=RPC&version=2021-01-02", "&type=RPC")
}

/// Versions and actions of the rows that `paths` prints.
fn operations(run: &Run) -> Vec<String> {
    let cells = run.out.lines().map(|line| line.split('\t').collect::<Vec<_>>());
    let mut operations: Vec<_> = cells.map(|cells| format!("{} {}", cells[1], cells[2])).collect();
    operations.dedup();
    operations
}

#[test]
fn pages_are_known_by_either_ending_in_any_case() {
    let pages = Pages::with(&[("a.MD", &page("A")), ("b.markdown", &page("B")), ("c.txt", &page("C"))]);
    let run = pages.run(&["paths", "."]);
    assert_eq!((run.code, operations(&run)), (Some(0), vec!["2021-01-02 A".into(), "2021-01-02 B".into()]));
}

#[test]
fn a_folder_without_pages_is_named_with_the_way_out() {
    let pages = Pages::with(&[("guides/a.txt", "")]);
    for command in ["lint", "paths", "corpus"] {
        let run = pages.run(&[command, "guides"]);
        assert_eq!((run.code, run.out.as_str()), (Some(3), ""), "{command}");
        assert!(
            run.err.starts_with("error: guides: holds no pages: no file in it"),
            "{command}: {}",
            run.err
        );
    }
}

#[test]
fn a_folder_without_pages_stops_no_other() {
    let pages = Pages::with(&[("guides/a.txt", ""), ("b/b.md", CLEAN)]);
    let run = pages.run(&["lint", "guides", "b"]);
    assert_eq!(run.code, Some(3));
    assert!(
        run.err.contains("guides: holds no pages") && run.err.contains("1 page, 1 operation"),
        "{}",
        run.err
    );
}

#[cfg(unix)]
#[test]
fn a_page_that_cannot_be_read_fails_alone() {
    let pages = Pages::with(&[("a.md", CLEAN), ("c.md", &page("C"))]);
    std::os::unix::fs::symlink("nowhere", pages.path("b.md")).unwrap();
    for command in ["lint", "paths"] {
        let run = pages.run(&[command, "."]);
        assert_eq!(run.code, Some(3), "{command}");
        assert!(run.err.starts_with("error: cannot read ./b.md: "), "{command}: {}", run.err);
        assert!(run.err.contains("2 pages, 2 operations"), "{command}: {}", run.err);
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_name_that_is_not_utf_8_fails_alone() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt as _;
    let pages = Pages::with(&[("a.md", CLEAN)]);
    fs::write(pages.path(OsStr::from_bytes(b"b\xff.md")), CLEAN).unwrap();
    for command in ["lint", "paths"] {
        let run = pages.run(&[command, "."]);
        assert_eq!(run.code, Some(3), "{command}");
        assert!(run.err.contains("the name is not UTF-8; rename it"), "{command}: {}", run.err);
        assert!(run.err.contains("1 page, 1 operation"), "{command}: {}", run.err);
    }
}

#[cfg(unix)]
#[test]
fn links_are_followed_and_end() {
    use std::os::unix::fs::symlink;
    let elsewhere = Pages::with(&[("x/a.md", &page("A")), ("b.md", &page("B"))]);
    let pages = Pages::with(&[("c.md", &page("C"))]);
    symlink(elsewhere.path("x"), pages.path("linked")).unwrap();
    symlink(elsewhere.path("b.md"), pages.path("b.md")).unwrap();
    symlink(pages.path(""), pages.path("again")).unwrap();
    let run = pages.run(&["paths", "."]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert_eq!(operations(&run), ["2021-01-02 B", "2021-01-02 C", "2021-01-02 A"]);
}

#[test]
fn a_page_without_a_version_takes_that_of_its_siblings() {
    let pages = Pages::with(&[("a.md", &older("A")), ("b.md", CLEAN), ("sub/c.md", &older("C"))]);
    let run = pages.run(&["paths", "."]);
    assert_eq!(operations(&run), ["2021-01-02 A", "2021-01-02 ListBells", "2021-01-02 C"]);
    let run = pages.run(&["lint", "."]);
    assert_eq!(run.code, Some(0));
    assert!(run.out.contains("the version `2021-01-02` is taken from 1 page of `Bell`"), "{}", run.out);
}

#[test]
fn a_page_that_is_named_alone_has_its_siblings_still() {
    let pages = Pages::with(&[("x/a.md", &older("A")), ("x/b.md", CLEAN)]);
    assert_eq!(operations(&pages.run(&["paths", "x/a.md"])), ["2021-01-02 A"]);
}

#[test]
fn siblings_that_disagree_give_no_version() {
    let later = page("B").replace("2021-01-02", "2022-03-04");
    let pages = Pages::with(&[("a.md", &older("A")), ("b.md", &later), ("c.md", CLEAN)]);
    assert_eq!(operations(&pages.run(&["paths", "."]))[0], " A");
    let run = pages.run(&["lint", "."]);
    assert!(run.out.contains("`2021-01-02` (1 page), `2022-03-04` (1 page)"), "{}", run.out);
}
