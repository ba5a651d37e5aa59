//! Compares the pages of Call Center with a table of every parameter and field of the service, which is not part of the
//! project.

#![expect(clippy::expect_used, reason = "a test that cannot go on fails")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use ccc_spec::manifest::Manifest;
use ccc_spec::model::{Encoding, Field, Operation, Position, Shape};
use ccc_spec::overlay::Overlay;
use ccc_spec::{paths, recover};

const FACTS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/facts/ccc-2020-07-01.tsv");
const PAGES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../spec/docs/ccc/2020-07-01");
const OVERLAY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../spec/overlays/ccc/2020-07-01/MakeCall.toml");
/// The only operation with an official page, which an overlay completes.
const OFFICIAL: &str = "MakeCall";

/// A row of the table, without the operation: direction, path, kind, required, position, whether sent as JSON.
type Row = [String; 6];

/// Reads the rows of each operation; `None` means that there is no table.
#[expect(clippy::print_stderr, reason = "a skipped test says so")]
fn facts() -> Option<BTreeMap<String, BTreeSet<Row>>> {
    let Ok(table) = fs::read_to_string(FACTS) else {
        eprintln!("skipped: {FACTS} is not here");
        return None;
    };
    let mut facts: BTreeMap<String, BTreeSet<Row>> = BTreeMap::new();
    for line in table.lines() {
        let mut columns = line.split('\t').map(str::to_owned);
        let action = columns.next().expect("the action comes first");
        let row = std::array::from_fn(|_| columns.next().unwrap_or_default());
        facts.entry(action).or_default().insert(row);
    }
    Some(facts)
}

/// Reads the page of an operation, completed by its overlay.
fn operation(action: &str) -> Operation {
    let path = Path::new(PAGES).join(format!("{action}.md"));
    let page = fs::read(&path).expect("every operation of the table has a page");
    let operation = recover(&path.to_string_lossy(), &page).operation.expect("the page documents one");
    if action != OFFICIAL {
        return operation;
    }
    let (overlay, complaints) = Overlay::read(OVERLAY, &fs::read(OVERLAY).expect("it has an overlay"));
    assert_eq!(complaints, []);
    overlay.apply(&operation, &Manifest::default()).0
}

/// Returns the rows of a spec.
fn rows(operation: &Operation) -> BTreeSet<Row> {
    let mut rows = BTreeSet::new();
    add("request", "", &operation.request, None, &mut rows);
    add("response", "", &operation.response, None, &mut rows);
    rows
}

/// Adds the rows of fields. `above` is the position of the parameter that they are in.
fn add(direction: &str, prefix: &str, fields: &[Field], above: Option<Position>, rows: &mut BTreeSet<Row>) {
    for field in fields {
        let mut path = format!("{prefix}{}", field.name);
        let mut shape = &field.shape;
        loop {
            match shape {
                Shape::List { element, .. } => (path, shape) = (format!("{path}[]"), element),
                Shape::Map { value } => (path, shape) = (format!("{path}{{}}"), value),
                _ => break,
            }
        }
        let kind = match shape {
            Shape::String { .. } => "string",
            Shape::Integer | Shape::Long => "integer",
            Shape::Float => "float",
            Shape::Boolean => "boolean",
            Shape::Structure { .. } => "struct",
            Shape::Json | Shape::Shared { .. } | Shape::List { .. } | Shape::Map { .. } => "any",
        };
        let is_request = direction == "request";
        let position = above.unwrap_or(field.position);
        let position = match position {
            _ if !is_request => "",
            Position::Query => "query",
            Position::Body => "form",
        };
        let required = if field.required { "required" } else { "" };
        let json = if field.encoding == Encoding::Json && is_request { "json" } else { "" };
        let row = [direction, &path, kind, required, position, json].map(str::to_owned);
        rows.insert(row);
        if let Shape::Structure { fields, .. } = shape {
            add(direction, &format!("{path}."), fields, Some(above.unwrap_or(field.position)), rows);
        }
    }
}

fn without_required(rows: BTreeSet<Row>) -> BTreeSet<Row> {
    let blank = |[direction, path, kind, _, position, json]: Row| {
        [direction, path, kind, String::new(), position, json]
    };
    rows.into_iter().map(blank).collect()
}

#[test]
fn every_operation_of_the_table_has_a_page_and_no_other() {
    let Some(facts) = facts() else { return };
    let pages: BTreeSet<String> = fs::read_dir(PAGES)
        .expect("the pages are there")
        .filter_map(|page| page.ok()?.file_name().to_str()?.strip_suffix(".md").map(str::to_owned))
        .collect();
    assert_eq!(pages, facts.into_keys().collect());
}

#[test]
fn pages_say_exactly_what_the_table_does() {
    let Some(facts) = facts() else { return };
    let mut differences = Vec::new();
    for (action, mut facts) in facts {
        let mut found = rows(&operation(&action));
        if action == OFFICIAL {
            // The official page requires `DeviceId`, which the service no longer requires. Requests stay valid.
            (facts, found) = (without_required(facts), without_required(found));
        }
        differences.extend(facts.difference(&found).map(|row| format!("{action} lacks {row:?}")));
        differences.extend(found.difference(&facts).map(|row| format!("{action} has {row:?}")));
    }
    assert_eq!(differences, Vec::<String>::new());
}

#[test]
fn paths_prints_the_rows_of_the_table() {
    let Some(facts) = facts() else { return };
    for (action, facts) in facts.into_iter().filter(|(action, _)| action != OFFICIAL) {
        let path = Path::new(PAGES).join(format!("{action}.md"));
        let recovery = recover(&path.to_string_lossy(), &fs::read(&path).expect("a page"));
        let printed: BTreeSet<[String; 2]> = paths::rows(&recovery)
            .iter()
            .map(|row| [row.direction.to_owned(), row.path.to_owned()])
            .collect();
        let known = facts.into_iter().map(|[direction, path, ..]| [direction, path]).collect();
        assert_eq!(printed, known, "{action}");
    }
}

#[test]
fn own_pages_of_the_project_have_no_warnings() {
    let mut pages: Vec<_> = fs::read_dir(PAGES).expect("the pages are there").flatten().collect();
    pages.sort_by_key(fs::DirEntry::path);
    for page in pages.iter().map(fs::DirEntry::path) {
        if page.file_stem().is_some_and(|name| name != OFFICIAL) {
            let recovery = recover(&page.to_string_lossy(), &fs::read(&page).expect("a page"));
            assert_eq!(recovery.diagnostics, [], "{}", page.display());
        }
    }
}
