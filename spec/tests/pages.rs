//! Pages in `pages/ok` are read without loss, those in `pages/err` are malformed in one way each. Beside
//! every page stands what was recovered of it and what was said about it.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::fmt::Write as _;
use std::path::Path;

use ccc_spec::diagnostic::{Level, RenderOptions, render};
use ccc_spec::model::{Encoding, Field, Operation, Position, Shape};
use ccc_spec::{Recovery, recover};

/// Every page of a folder by name, in order.
fn pages(folder: &str) -> Vec<(String, Recovery)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages").join(folder);
    let mut paths: Vec<_> = std::fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "md"));
    paths.sort();
    let read = |path: &std::path::PathBuf| {
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let recovery = recover(&format!("{name}.md"), &std::fs::read(path).unwrap());
        (name, recovery)
    };
    paths.iter().map(read).collect()
}

fn render_recovery(recovery: &Recovery) -> String {
    let mut out = match &recovery.operation {
        Some(operation) => outline(operation),
        None => "no operation\n".to_owned(),
    };
    let diagnostics = render(&recovery.diagnostics, &recovery.source, RenderOptions::default());
    if !diagnostics.is_empty() {
        write!(out, "\n{diagnostics}").unwrap();
    }
    out
}

fn outline(operation: &Operation) -> String {
    let mut out = format!(
        "{} {} {} {:?}: {:?}\n{:?}\n",
        operation.product,
        operation.version,
        operation.action,
        operation.style,
        operation.title,
        operation.summary
    );
    fields(&mut out, "request", &operation.request, 1);
    fields(&mut out, "response", &operation.response, 1);
    for error in &operation.errors {
        let status = error.status.map_or("-".to_owned(), |status| status.to_string());
        writeln!(out, "error {status} {} {:?} {:?}", error.code, error.message, error.description).unwrap();
    }
    for sample in operation.samples.requests.iter().chain(&operation.samples.responses) {
        writeln!(out, "sample {:?}, {} lines", sample.format, sample.text.lines().count()).unwrap();
    }
    for link in operation.links.explorer.iter().chain(&operation.links.error_center) {
        writeln!(out, "link {link}").unwrap();
    }
    out
}

fn fields(out: &mut String, title: &str, fields: &[Field], depth: usize) {
    if depth == 1 {
        writeln!(out, "{title}").unwrap();
    }
    for field in fields {
        let required = if field.required { " required" } else { "" };
        let body = if field.position == Position::Body { " body" } else { "" };
        let json = if field.encoding == Encoding::Json { " json" } else { "" };
        let sensitive = field.sensitive.map_or(String::new(), |why| format!(" {why:?}"));
        let sample = field.sample.as_ref().map_or(String::new(), |sample| format!(" = {sample}"));
        let indent = "  ".repeat(depth);
        let marks = format!("{required}{body}{json}{sensitive}{sample}");
        writeln!(out, "{indent}{}: {}{marks}", field.name, type_of(&field.shape)).unwrap();
        if !field.description.is_empty() {
            writeln!(out, "{indent}    {:?}", field.description).unwrap();
        }
        self::fields(out, "", members(&field.shape), depth + 1);
    }
}

fn members(shape: &Shape) -> &[Field] {
    match shape {
        Shape::Structure { fields, .. } => fields,
        Shape::List { element: inner, .. } | Shape::Map { value: inner } => members(inner),
        _ => &[],
    }
}

fn type_of(shape: &Shape) -> String {
    match shape {
        Shape::String { values } if !values.is_empty() => {
            let values = values.iter().map(|value| format!("{} {:?}", value.value, value.meaning));
            format!("String of {}", values.collect::<Vec<_>>().join(", "))
        }
        Shape::Structure { name: Some(name), .. } => name.clone(),
        Shape::Structure { name: None, .. } => "Structure".to_owned(),
        Shape::List { element, wrapper, .. } => {
            let wrapper = wrapper.as_ref().map_or(String::new(), |wrapper| format!("{wrapper}: "));
            format!("[{wrapper}{}]", type_of(element))
        }
        Shape::Map { value } => format!("{{{}}}", type_of(value)),
        scalar => format!("{scalar:?}").trim_end_matches(" { values: [] }").to_owned(),
    }
}

fn assert_snapshots(folder: &str, pages: &[(String, Recovery)]) {
    for (name, recovery) in pages {
        insta::with_settings!({
            snapshot_path => format!("pages/{folder}"),
            prepend_module_to_snapshot => false,
            omit_expression => true,
        }, {
            insta::assert_snapshot!(name.clone(), render_recovery(recovery));
        });
    }
}

#[test]
fn good_pages_are_read_without_loss() {
    let pages = pages("ok");
    for (name, recovery) in &pages {
        assert!(recovery.operation.is_some(), "{name}");
        assert!(recovery.diagnostics.iter().all(|diagnostic| diagnostic.level != Level::Error), "{name}");
    }
    assert_snapshots("ok", &pages);
}

#[test]
fn malformed_pages_are_named_and_read_as_far_as_they_go() {
    let pages = pages("err");
    for (name, recovery) in &pages {
        assert!(recovery.diagnostics.iter().any(|diagnostic| diagnostic.level != Level::Note), "{name}");
    }
    assert_snapshots("err", &pages);
}
