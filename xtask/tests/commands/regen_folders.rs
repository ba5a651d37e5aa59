//! `cargo xtask regen` on real folders: a file that cannot be read or written stops neither the others nor the report.

use std::fs;

use crate::regen::{HOLD, HOLD_PAGE, HOLD_SPEC};
use crate::workspace::{GENERATED, PAGE, SPEC, Workspace};

#[test]
fn a_workspace_without_pages_loses_nothing() {
    let workspace = Workspace::copied();
    fs::remove_file(workspace.path(PAGE)).unwrap();
    let before = workspace.files();
    let run = workspace.run(&["regen"]);
    assert_eq!(run.code, Some(3));
    assert!(run.err.contains("spec/docs: holds no pages: no file in it"), "{}", run.err);
    assert!(before == workspace.files());
}

#[test]
fn two_endings_of_one_name_are_an_error_that_names_both() {
    let workspace = Workspace::copied();
    workspace.write(PAGE.replace(".md", ".markdown").as_str(), HOLD);
    let run = workspace.run(&["regen", "--check"]);
    assert_eq!(run.code, Some(1));
    assert!(run.err.contains("MakeCall.md would have the same spec as spec/docs/"), "{}", run.err);
}

#[cfg(unix)]
#[test]
fn linked_pages_are_read() {
    let workspace = Workspace::copied();
    workspace.write("elsewhere/pages/HoldCall.MD", HOLD);
    fs::create_dir_all(workspace.path("spec/docs/ccc/more")).unwrap();
    let target = workspace.path("elsewhere/pages");
    std::os::unix::fs::symlink(target, workspace.path("spec/docs/ccc/more/linked")).unwrap();
    let run = workspace.run(&["regen"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert!(workspace.path("spec/ir/ccc/more/linked/HoldCall.json").is_file(), "{}", run.out);
}

#[cfg(unix)]
#[test]
fn a_page_that_cannot_be_read_keeps_its_spec_and_stops_no_other() {
    let workspace = Workspace::copied();
    let before = workspace.read(SPEC);
    fs::remove_file(workspace.path(PAGE)).unwrap();
    std::os::unix::fs::symlink("nowhere", workspace.path(PAGE)).unwrap();
    workspace.write(HOLD_PAGE, HOLD);
    let run = workspace.run(&["regen"]);
    assert_eq!(run.code, Some(1), "{}", run.err);
    assert!(run.err.contains("MakeCall.md is unreadable (cannot read "), "{}", run.err);
    assert_eq!(workspace.read(SPEC), before);
    assert!(workspace.path(HOLD_SPEC).is_file());
}

#[test]
fn a_page_without_a_version_takes_that_of_its_siblings() {
    let workspace = Workspace::copied();
    workspace.write(HOLD_PAGE, HOLD.replace("&version=2020-07-01", ""));
    let run = workspace.run(&["regen"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert!(workspace.read(HOLD_SPEC).contains("\"version\": \"2020-07-01\""));
    assert!(run.err.contains("the version `2020-07-01` is taken from 1 page of `CCC`"), "{}", run.err);
}

#[test]
fn source_that_cannot_be_written_leaves_the_changes_to_the_next_run() {
    let workspace = Workspace::copied();
    workspace.write(HOLD_PAGE, HOLD);
    // A folder where a file is to be.
    let obstacle = workspace.path(GENERATED).join("operation/hold_call.rs");
    fs::create_dir(&obstacle).unwrap();
    let failed = workspace.run(&["regen"]);
    assert_eq!(failed.code, Some(3));
    assert!(failed.out.contains("CCC 2020-07-01 HoldCall: new operation"), "{}", failed.out);
    assert!(failed.err.contains("hold_call"), "{}", failed.err);
    assert!(!workspace.path(HOLD_SPEC).exists());

    fs::remove_dir(&obstacle).unwrap();
    let run = workspace.run(&["regen"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert!(run.out.contains("CCC 2020-07-01 HoldCall: new operation"), "{}", run.out);
}

#[test]
fn a_spec_that_cannot_be_written_is_reported_all_the_same() {
    let workspace = Workspace::copied();
    workspace.write("spec/docs/ccc/new/HoldCall.md", HOLD);
    workspace.write("spec/ir/ccc/new", "");
    for format in [["--message-format", "human"], ["--message-format", "json"], ["--report", "md"]] {
        let run = workspace.run(&["regen", format[0], format[1]]);
        assert_eq!(run.code, Some(3), "{format:?}");
        assert!(run.out.contains("HoldCall"), "{format:?}: {}", run.out);
        assert!(run.err.contains("spec/ir/ccc/new"), "{format:?}: {}", run.err);
    }
}
