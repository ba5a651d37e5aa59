//! Tests that a product grows page by page: its client changes only where the change report says so, and no name changes.

#![expect(clippy::expect_used, reason = "a test that cannot go on fails")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use ccc_codegen::report::{Report, Subject};
use ccc_spec::link::link;
use ccc_spec::model::{Operation, ProductSpec, Style};
use ccc_spec::recover;

/// Real pages; not every checkout has them.
const CORPUS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/corpus/ccc");

/// Reads the operations of Call Center 2020-07-01, each once.
fn operations() -> Vec<Operation> {
    let mut pages = Vec::new();
    find(Path::new(CORPUS), &mut pages);
    pages.sort();
    let mut operations: BTreeMap<String, Operation> = BTreeMap::new();
    for page in pages {
        let Ok(text) = fs::read(&page) else { continue };
        let recovery = recover(&page.to_string_lossy(), &text);
        if let Some(operation) = recovery.operation
            && operation.style == Style::Rpc
            && (operation.product.as_str(), operation.version.as_str()) == ("CCC", "2020-07-01")
        {
            operations.entry(operation.action.clone()).or_insert(operation);
        }
    }
    operations.into_values().collect()
}

fn find(folder: &Path, pages: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            find(&path, pages);
        } else if path.extension().is_some_and(|ending| ending == "md") {
            pages.push(path);
        }
    }
}

/// Generated files by path, without doc comments after the first line: examples show what most pages show.
type Files = BTreeMap<String, String>;

fn generated(spec: &ProductSpec) -> Files {
    let files = ccc_codegen::generate(spec).expect("a client");
    let code = |text: String| {
        let (first, rest) = text.split_once('\n').unwrap_or((&text, ""));
        let rest = rest.lines().filter(|line| !line.trim_start().starts_with("//"));
        [first].into_iter().chain(rest).collect::<Vec<_>>().join("\n")
    };
    files.into_iter().map(|file| (file.path, code(file.text))).collect()
}

/// Returns the operation or type that a file is generated from, as its first line says; `None` for files that list all.
fn subject(text: &str) -> Option<&str> {
    let source = text.lines().next()?.split(" from ").nth(1)?.trim_end_matches('.');
    source.strip_suffix(".json")?.rsplit('/').next()
}

/// Returns the files that differ between two states although the report does not mention what they are generated from.
fn unreported(before: (&ProductSpec, &Files), after: (&ProductSpec, &Files)) -> Vec<String> {
    let report = Report::between(std::slice::from_ref(before.0), std::slice::from_ref(after.0));
    let reported: BTreeSet<&str> = report
        .entries()
        .iter()
        .map(|entry| match &entry.subject {
            Subject::Operation(name) | Subject::Type(name) => name.as_str(),
        })
        .collect();
    let changed = before.1.iter().filter(|(path, text)| after.1.get(*path) != Some(text));
    let unsaid = changed.filter(|(_, text)| subject(text).is_some_and(|subject| !reported.contains(subject)));
    unsaid.map(|(path, _)| path.clone()).collect()
}

/// Adds the operations one by one. At each step, existing names stay.
fn grows(operations: &[Operation]) {
    let mut spec = ProductSpec::default();
    let mut files = generated(&spec);
    for count in 1..=operations.len() {
        let some = operations.get(..count).unwrap_or_default().to_vec();
        let added = some.last().map(|operation| operation.action.clone()).unwrap_or_default();
        let grown = link(some, &spec).spec;
        let now = generated(&grown);
        assert_eq!(unreported((&spec, &files), (&grown, &now)), Vec::<String>::new(), "{added} was added");
        for shared in &spec.types {
            assert!(grown.shared(&shared.name).is_some(), "{} is gone: {added} was added", shared.name);
        }
        (spec, files) = (grown, now);
    }
}

#[test]
fn pages_added_in_any_order_change_only_what_the_report_says() {
    let mut operations = operations();
    if operations.is_empty() {
        assert!(!Path::new(CORPUS).exists(), "the corpus has no pages of the product");
        return;
    }
    operations.sort_by_key(|operation| operation.action.bytes().rev().collect::<Vec<_>>());
    grows(&operations);
    operations.reverse();
    grows(&operations);
}

#[test]
fn pages_removed_one_at_a_time_change_only_what_the_report_says() {
    let operations = operations();
    let all = link(operations.clone(), &ProductSpec::default()).spec;
    let files = generated(&all);
    // Only some of them, because all would take minutes.
    for at in (0..operations.len()).step_by(6) {
        let mut fewer = operations.clone();
        let gone = fewer.remove(at);
        let fewer = link(fewer, &all).spec;
        let now = generated(&fewer);
        let unsaid = unreported((&all, &files), (&fewer, &now));
        assert_eq!(unsaid, Vec::<String>::new(), "{} was taken away", gone.action);
    }
}
