//! Writes the files of a new crate that a person completes: all but its pages, its spec and its generated source.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use ccc_codegen::{Usage, product_type};
use ccc_spec::manifest::{Endpoints, Manifest};
use serde_json::Value;

/// Drafts a product's manifest. It states the defaults.
pub(crate) fn draft(manifest: &Manifest) -> String {
    let Endpoints { default_region, public, vpc, .. } = manifest.endpoints();
    let values = [
        ("CODE", quoted(&manifest.code)),
        ("VERSION", quoted(&manifest.version)),
        ("CRATE", quoted(&manifest.crate_name)),
        ("TITLE", quoted(&manifest.title)),
        ("REGION", quoted(&default_region)),
        ("PUBLIC", quoted(&public)),
        ("VPC", quoted(&vpc)),
    ];
    filled(include_str!("template/manifest.toml.txt"), &values)
}

/// Writes the files around the generated source of a crate, by path below the crate's folder.
pub(crate) fn library(manifest: &Manifest) -> BTreeMap<String, String> {
    let values = names(manifest);
    [
        ("src/lib.rs", include_str!("template/lib.rs.txt")),
        ("src/mock.rs", include_str!("template/mock.rs.txt")),
    ]
    .into_iter()
    .map(|(path, template)| (path.to_owned(), filled(template, &values)))
    .collect()
}

/// Writes the workspace of a new crate, by path below its folder. `generator` is the workspace of this program.
pub(crate) fn workspace(
    manifest: &Manifest,
    usage: &Usage,
    actions: &[&str],
    generator: &Path,
) -> BTreeMap<String, String> {
    let name = &manifest.crate_name;
    let path = |below: &str| quoted(&generator.join(below).to_string_lossy());
    let mut values = names(manifest);
    values.extend([
        ("DESCRIPTION", quoted(&format!("Client for {} {}", manifest.code, manifest.version))),
        ("RUNTIME", path("runtime")),
        ("MOCK", path("mock")),
        ("FILE", manifest_file(manifest)),
        ("READS", reads(usage, actions, &library_name(manifest))),
        ("REGEN", format!("cargo run --manifest-path {} -- regen --root .", path("xtask/Cargo.toml"))),
    ]);
    let mut files: BTreeMap<String, String> =
        library(manifest).into_iter().map(|(path, text)| (format!("{name}/{path}"), text)).collect();
    files.insert("Cargo.toml".to_owned(), format!("[workspace]\nresolver = \"3\"\nmembers = [\"{name}\"]\n"));
    for (path, template) in [
        ("README.md".to_owned(), include_str!("template/README.md.txt")),
        (format!("{name}/Cargo.toml"), include_str!("template/crate.toml.txt")),
        (format!("{name}/tests/samples.rs"), include_str!("template/samples.rs.txt")),
    ] {
        files.insert(path, filled(template, &values));
    }
    files
}

/// Names the file of a product's manifest.
pub(crate) fn manifest_file(manifest: &Manifest) -> String {
    format!("{}.toml", manifest.crate_name)
}

/// Writes a line for each operation that is tested.
fn reads(usage: &Usage, actions: &[&str], library: &str) -> String {
    let mut lines = String::new();
    for action in actions {
        if let Some(response) = usage.response(action) {
            let _ = writeln!(lines, "    read::<{library}::{response}>({action:?});");
        }
    }
    lines
}

fn library_name(manifest: &Manifest) -> String {
    manifest.crate_name.replace('-', "_")
}

fn names(manifest: &Manifest) -> Vec<(&'static str, String)> {
    // The text goes into a line of a doc comment.
    let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    vec![
        ("TITLE", plain(&manifest.title)),
        ("CODE", plain(&manifest.code)),
        ("VERSION", plain(&manifest.version)),
        ("CRATE", manifest.crate_name.clone()),
        ("LIBRARY", library_name(manifest)),
        ("PRODUCT", product_type(manifest)),
    ]
}

/// Fills in a template.
fn filled(template: &str, values: &[(&str, String)]) -> String {
    let place = |(name, value): &(&str, String)| (format!("@{name}@"), value.clone());
    values.iter().map(place).fold(template.to_owned(), |text, (place, value)| text.replace(&place, &value))
}

/// Writes a text as TOML and JSON do.
fn quoted(text: &str) -> String {
    Value::from(text).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draft_is_a_manifest_without_a_flaw_and_changes_nothing() {
        for code in ["Bell", "R-kvstore", "waf_openapi"] {
            let undescribed = Manifest::undescribed(code, "2021-01-02");
            let reading = Manifest::read("draft.toml", draft(&undescribed).as_bytes());
            assert!(reading.diagnostics.is_empty(), "{:?}", reading.diagnostics);
            let endpoints = Some(undescribed.endpoints());
            assert_eq!(reading.manifest, Manifest { endpoints, ..undescribed });
        }
    }
}
