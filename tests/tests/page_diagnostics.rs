//! Snapshots of the diagnostics of MakeCall's page, for people and for machines.

use ccc_spec::diagnostic::{RenderOptions, render, to_json_lines};
use ccc_spec::{Recovery, recover};

const PAGE: &[u8] = include_bytes!("../../spec/docs/ccc/2020-07-01/MakeCall.md");

fn recovery() -> Recovery {
    recover("MakeCall.md", PAGE)
}

#[test]
fn contradictions_of_the_page_as_people_read_them() {
    let recovery = recovery();
    insta::assert_snapshot!(render(&recovery.diagnostics, &recovery.source, RenderOptions::default()));
}

#[test]
fn contradictions_of_the_page_as_machines_read_them() {
    let recovery = recovery();
    insta::assert_snapshot!(to_json_lines(&recovery.diagnostics, &recovery.source));
}

#[test]
fn every_contradiction_is_named_once() {
    let recovery = recovery();
    let said: Vec<String> = recovery
        .diagnostics
        .iter()
        .map(|diagnostic| {
            let line = recovery.source.position(diagnostic.span.start).line;
            let row = recovery.source.slice(recovery.source.line_span(line));
            format!("{} {}", diagnostic.code, row.split('|').nth(1).unwrap_or(row))
        })
        .collect();
    insta::assert_snapshot!(said.join("\n"));
}
