//! `cargo xtask corpus`: folders of pages, compiled and tried out. The compiled dependencies are kept from test to test.

use std::path::Path;
use std::sync::{Mutex, PoisonError};

use serde_json::Value;

use crate::pages::{CLEAN, Pages};
use crate::workspace::Run;

/// One scratch workspace serves one run at a time.
static SCRATCH: Mutex<()> = Mutex::new(());

fn corpus(pages: &Pages, arguments: &[&str]) -> Run {
    let _alone = SCRATCH.lock().unwrap_or_else(PoisonError::into_inner);
    let scratch = Path::new(env!("CARGO_TARGET_TMPDIR")).join("corpus");
    let fixed = ["corpus", ".", "--scratch", scratch.to_str().unwrap()];
    pages.run(&[&fixed, arguments].concat())
}

/// Returns the lines of JSON with this `reason`.
fn lines(run: &Run, reason: &str) -> Vec<Value> {
    let lines = run.out.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    lines.filter(|line| line["reason"] == reason).collect()
}

/// A page whose sample request has a parameter that its table lacks.
fn undocumented() -> String {
    CLEAN.replace("&TowerId=t-1", "&TowerId=t-1\n&Floor=3")
}

#[test]
fn what_pages_document_compiles_decodes_and_is_sent() {
    let pages = Pages::with(&[
        ("en/bells.md", CLEAN),
        ("en/ring.md", &CLEAN.replace("ListBells", "RingBells")),
        ("zh/bells.md", CLEAN),
        ("overview.md", "# Overview\n\nNothing to call.\n"),
        ("towers.md", &CLEAN.replace("type=RPC", "type=ROA").replace("ListBells", "GetTowers")),
    ]);
    let run = corpus(&pages, &[]);
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    insta::assert_snapshot!(run.out);
}

#[test]
fn a_request_that_is_built_otherwise_is_found() {
    let run = corpus(&Pages::with(&[("bells.md", &undocumented())]), &["--message-format", "json"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    let findings = lines(&run, "finding");
    assert_eq!(findings[0]["message"], "Floor: \"3\" is not sent");
    assert_eq!(lines(&run, "summary")[0]["requests_same"], 0);
}

#[test]
fn a_threshold_that_is_not_reached_exits_with_1() {
    let run = corpus(&Pages::with(&[("bells.md", &undocumented())]), &["--requests-at-least", "99"]);
    assert_eq!(run.code, Some(1));
    assert!(run.err.contains("requests built as documented: 0.00 % are less than 99 %"), "{}", run.err);
}

#[test]
fn a_broken_sample_counts_apart() {
    let broken = CLEAN.replace("\"RequestId\": \"R-1\"\n", "\"RequestId\": \"R-1\",\n");
    let run = corpus(&Pages::with(&[("bells.md", &broken)]), &["--message-format", "json"]);
    let summary = &lines(&run, "summary")[0];
    assert_eq!((&summary["broken_samples"], &summary["samples_whole"]), (&1.into(), &1.into()));
}
