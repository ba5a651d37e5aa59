//! No modules of the crate use each other in a circle, in whatever folder they stand side by side.

#![expect(clippy::unwrap_used, reason = "a test that cannot read the sources has failed")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

#[test]
fn no_modules_use_each_other_in_a_circle() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut folders = vec![source.clone()];
    let mut circles = Vec::new();
    while let Some(folder) = folders.pop() {
        folders.extend(entries(&folder).into_iter().filter(|entry| entry.is_dir()));
        let in_circle = in_circle(uses(&folder, &source));
        if !in_circle.is_empty() {
            circles.push(format!("{}: {in_circle:?}", folder.display()));
        }
    }
    assert!(circles.is_empty(), "in a circle, or above one:\n{}", circles.join("\n"));
}

/// Leaves the modules that are in a circle, or use one that is.
fn in_circle(mut uses: BTreeMap<String, BTreeSet<String>>) -> Vec<String> {
    loop {
        let left: BTreeSet<String> = uses.keys().cloned().collect();
        uses.retain(|module, used| used.iter().any(|other| other != module && left.contains(other)));
        if uses.len() == left.len() {
            return left.into_iter().collect();
        }
    }
}

/// Returns the modules of a folder, and which others of the same folder each uses.
fn uses(folder: &Path, source: &Path) -> BTreeMap<String, BTreeSet<String>> {
    let mut uses: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let inside: String = folder
        .strip_prefix(source)
        .unwrap()
        .iter()
        .map(|part| format!("{}::", part.to_str().unwrap()))
        .collect();
    for entry in entries(folder) {
        let module = entry.file_stem().unwrap().to_str().unwrap().to_owned();
        if ["mod", "lib", "tests", "fixtures"].contains(&module.as_str()) {
            continue;
        }
        for file in files(&entry) {
            let below = file.strip_prefix(folder).unwrap().iter().count();
            let is_root = file.file_name().is_some_and(|name| name == "mod.rs");
            let text = fs::read_to_string(&file).unwrap();
            let code = text.split("\n#[cfg(test)]\nmod tests").next().unwrap_or_default();
            let used = uses.entry(module.clone()).or_default();
            for prefix in ["super::".repeat(below - usize::from(is_root)), format!("crate::{inside}")] {
                used.extend(named_after(&prefix, code));
            }
        }
    }
    uses
}

/// Returns the first words of all paths that begin with a prefix: `a` and `b` of `super::a::X` and of `super::{a, b::Y}`.
fn named_after(prefix: &str, code: &str) -> Vec<String> {
    let mut names = Vec::new();
    let mut before = ' ';
    for part in code.split(prefix) {
        let is_path = !before.is_alphanumeric() && !matches!(before, ':' | '_');
        before = part.chars().next_back().unwrap_or(before);
        if !is_path {
            continue;
        }
        let list =
            part.strip_prefix('{').and_then(|list| list.split_once("};")).map_or(part, |(list, _)| list);
        let paths = if list.len() < part.len() { list.split(',').collect() } else { vec![list] };
        let word = |path: &str| {
            path.trim().split(|c: char| !c.is_alphanumeric() && c != '_').next().map(str::to_owned)
        };
        names.extend(paths.into_iter().filter_map(word));
    }
    names
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let mut entries: Vec<PathBuf> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    entries
}

/// Returns a file, or the files of a folder, those of tests aside.
fn files(path: &Path) -> Vec<PathBuf> {
    if path.is_dir() {
        return entries(path)
            .iter()
            .filter(|entry| !entry.ends_with("tests"))
            .flat_map(|entry| files(entry))
            .collect();
    }
    let is_source =
        path.extension().is_some_and(|extension| extension == "rs") && !path.ends_with("tests.rs");
    is_source.then(|| path.to_owned()).into_iter().collect()
}
