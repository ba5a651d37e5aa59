//! Envelopes around the response in samples: an element named after the operation, or the fields that a gateway adds.

use super::super::row::Row;
use super::is_row;
use crate::sample::{Entry, Tree};

/// Fields that a gateway's response may have, and fields of the inner response that are looked at.
const MOST_BESIDE: usize = 12;
const GLANCE: usize = 32;
/// Names of the field in which gateways put a response.
const CONTENTS: &[&str] = &["data", "body", "result", "response"];
/// Names of fields that they put beside it.
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

/// Returns a sample without the element around everything, unless it is documented, and without the envelopes of
/// gateways.
pub(super) fn content<'t>(tree: &'t Tree<'t>, rows: &[Row<'_>]) -> &'t Tree<'t> {
    let mut content = envelope(tree, rows).map_or(tree, |envelope| &envelope.value);
    while let Some(inner) = gateway(content.entries(), rows) {
        content = &inner.value;
    }
    content
}

/// Returns the element around everything in a sample, unless it is documented.
pub(in crate::recover) fn envelope<'t>(tree: &'t Tree<'t>, rows: &[Row<'_>]) -> Option<&'t Entry<'t>> {
    match tree.entries() {
        [only] if !only.value.entries().is_empty() && !is_row(rows, &only.name) => Some(only),
        entries => gateway(entries, rows),
    }
}

/// Returns the response inside a gateway's envelope: `{"code": 200, "data": {…}, "requestId": "…", "success": true}`,
/// where the table documents only the content of `data`.
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
    // A field that is both in the envelope and in the response does not count against it, and every response has an
    // id.
    let is_own = |entry: &Entry<'_>| {
        !is_row(rows, &entry.name) || entry.name.eq_ignore_ascii_case("RequestId") || is_inside(&entry.name)
    };
    let is_usual = beside.len() > 1 || beside.iter().any(|entry| entry.name.eq_ignore_ascii_case("headers"));
    let is_gateway = is_usual
        && beside.iter().any(|entry| !is_row(rows, &entry.name))
        && beside.iter().all(|entry| is_one_of(BESIDE, &entry.name) && is_own(entry));
    let documented = || inside.iter().take(GLANCE).filter(|entry| is_row(rows, &entry.name)).count();
    let is_response = || 2 * documented() > inside.len().min(GLANCE) || gateway(inside, rows).is_some();
    (is_gateway && is_response()).then_some(content)
}
