//! What samples show around an answer: an element that names the operation, or what a gateway adds.

use super::super::row::Row;
use super::is_row;
use crate::sample::{Entry, Tree};

/// Fields that a gateway's answer may have, and fields of the answer in it that are looked at.
const MOST_BESIDE: usize = 12;
const GLANCE: usize = 32;
/// Where gateways put an answer.
const CONTENTS: &[&str] = &["data", "body", "result", "response"];
/// What they put beside it.
const BESIDE: &[&str] = &[
    "code",
    "message",
    "msg",
    "success",
    "requestid",
    "traceid",
    "headers",
    "header",
    "status",
    "statuscode",
    "httpcode",
    "httpstatuscode",
    "errorcode",
    "errormessage",
    "errcode",
    "errmsg",
    "timestamp",
    "cost",
];

/// A sample without the element around everything, if that is none of the documented fields, and without what
/// gateways put around it.
pub(super) fn content<'t>(tree: &'t Tree<'t>, rows: &[Row<'_>]) -> &'t Tree<'t> {
    let mut content = envelope(tree, rows).map_or(tree, |envelope| &envelope.value);
    while let Some(inner) = gateway(content.entries(), rows) {
        content = &inner.value;
    }
    content
}

/// The element around everything in a sample, if that is none of the documented fields.
pub(in crate::recover) fn envelope<'t>(tree: &'t Tree<'t>, rows: &[Row<'_>]) -> Option<&'t Entry<'t>> {
    match tree.entries() {
        [only] if !only.value.entries().is_empty() && !is_row(rows, &only.name) => Some(only),
        entries => gateway(entries, rows),
    }
}

/// The answer in what gateways put around it: `{"code": 200, "data": {…}, "requestId": "…", "success": true}`, of which
/// the table documents only what is in `data`.
fn gateway<'t>(entries: &'t [Entry<'t>], rows: &[Row<'_>]) -> Option<&'t Entry<'t>> {
    let is_one_of = |names: &[&str], name: &str| names.iter().any(|known| known.eq_ignore_ascii_case(name));
    if entries.len() > MOST_BESIDE {
        return None;
    }
    let is_content = |entry: &&Entry<'_>| is_one_of(CONTENTS, &entry.name);
    let mut contents = entries.iter().filter(is_content);
    let content = match (contents.next(), contents.next()) {
        (Some(content), None) if !is_row(rows, &content.name) => content,
        _ => return None,
    };
    let beside: Vec<_> = entries.iter().filter(|entry| !is_content(entry)).collect();
    let inside = content.value.entries();
    let is_inside = |name: &str| inside.iter().any(|entry| entry.name.eq_ignore_ascii_case(name));
    // What gateway and answer both have does not speak against it, and every answer has an id.
    let is_own = |entry: &Entry<'_>| {
        !is_row(rows, &entry.name) || entry.name.eq_ignore_ascii_case("RequestId") || is_inside(&entry.name)
    };
    let is_usual = beside.len() > 1 || beside.iter().any(|entry| entry.name.eq_ignore_ascii_case("headers"));
    let is_gateway = is_usual
        && beside.iter().any(|entry| !is_row(rows, &entry.name))
        && beside.iter().all(|entry| is_one_of(BESIDE, &entry.name) && is_own(entry));
    let documented = || inside.iter().take(GLANCE).filter(|entry| is_row(rows, &entry.name)).count();
    let is_answer = || 2 * documented() > inside.len().min(GLANCE) || gateway(inside, rows).is_some();
    (is_gateway && is_answer()).then_some(content)
}
