//! `cargo xtask demo`: one screen, all of it computed.

use crate::workspace::{PAGE, Run, Workspace, xtask};

fn demo() -> Run {
    xtask().arg("demo").output().unwrap().into()
}

#[test]
fn it_goes_from_the_page_to_a_placed_call_and_a_typed_error() {
    let run = demo();
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    let stations = [
        PAGE,
        "ChannelContexts",
        "diagnostics",
        "RingTone",
        "pub ring_tone",
        "authorization:",
        "job-",
        "UserBusy",
    ];
    let mut rest = run.out.as_str();
    for station in stations {
        let Some((_, after)) = rest.split_once(station) else {
            panic!("{station} does not come, or not in order, in\n{}", run.out);
        };
        rest = after;
    }
}

#[test]
fn it_fits_a_screen_and_shows_no_phone_number_or_secret() {
    let run = demo();
    assert!(run.out.lines().count() <= 100, "{} lines", run.out.lines().count());
    let widest = run.out.lines().map(|line| line.chars().count()).max();
    assert!(widest <= Some(120), "{widest:?} columns");
    for sensitive in ["13188888888", "10000000486", "testsecret"] {
        assert!(!run.out.contains(sensitive), "{}", run.out);
    }
}

#[test]
fn it_writes_nothing() {
    let workspace = Workspace::copied();
    let before = workspace.files();
    let run = workspace.run(&["demo"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert!(before == workspace.files());
}

#[test]
fn what_it_shows_comes_from_the_page() {
    let workspace = Workspace::copied();
    workspace.edit(PAGE, "|Caller|String|否|", "|CallerNumber|String|否|");
    let run = workspace.run(&["demo"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert!(run.out.contains("CallerNumber"), "{}", run.out);
}

#[test]
fn without_its_page_it_says_what_is_missing() {
    let workspace = Workspace::empty();
    let run = workspace.run(&["demo"]);
    assert_eq!(run.code, Some(3));
    assert!(run.err.starts_with("error: cannot read ") && run.err.contains("MakeCall.md"), "{}", run.err);
}
