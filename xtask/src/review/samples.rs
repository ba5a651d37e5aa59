//! Finds the fields in the samples of a page.

use std::collections::{HashMap, HashSet};

use ccc_spec::model::SampleFormat;
use ccc_spec::page::{BlockKind, Page};
use ccc_spec::sample::{self, Tree, Value};
use ccc_spec::source::Source;

/// Largest number of lines to name for a field.
const MAX_LINES: usize = 12;

/// Lines of samples by side and path, without the marks of lists and maps.
pub(super) type Shown = HashMap<(&'static str, String), Vec<usize>>;

/// Finds the fields `known`, each given by its side (`request` or `response`) and its path, in the samples of a page.
pub(super) fn find(source: &Source, page: &Page<'_>, known: &HashSet<(&'static str, String)>) -> Shown {
    let mut shown = Shown::new();
    for block in &page.blocks {
        let BlockKind::Code { content, .. } = block.kind else { continue };
        let text = source.slice(content);
        let (side, format) = match text.trim_start().chars().next() {
            Some('{' | '[') => ("response", SampleFormat::Json),
            Some('<') => ("response", SampleFormat::Xml),
            _ => ("request", SampleFormat::Http),
        };
        let parsed = sample::parse(format, text, content.start);
        let Some(tree) = parsed.tree else { continue };
        let is_known = |path: &str| known.contains(&(side, path.to_owned()));
        let roots: Vec<&Tree<'_>> = match tree.entries() {
            // An object around the whole response is no field.
            [around] if !is_known(&around.name) => vec![&around.value],
            _ => vec![&tree],
        };
        for root in roots {
            walk(root, "", &mut |path, at| {
                if is_known(path) {
                    let lines = shown.entry((side, path.to_owned())).or_default();
                    let line = source.position(at).line;
                    if lines.len() < MAX_LINES && !lines.contains(&line) {
                        lines.push(line);
                    }
                }
            });
        }
    }
    shown
}

/// Calls `tell` with the path and the position of each name in a sample. Samples are no deeper than [`sample::MAX_DEPTH`].
fn walk(tree: &Tree<'_>, prefix: &str, tell: &mut dyn FnMut(&str, usize)) {
    match &tree.value {
        Value::Object(entries) => {
            for entry in entries {
                let path = if prefix.is_empty() {
                    entry.name.to_string()
                } else {
                    format!("{prefix}.{}", entry.name)
                };
                tell(&path, entry.name_span.start);
                walk(&entry.value, &path, tell);
            }
        }
        Value::List(elements) => elements.iter().for_each(|element| walk(element, prefix, tell)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_is_found_in_lists_and_below_an_envelope() {
        let text = "```\n{\"Ring\": {\"Bells\": [\n{\"Id\": 1},\n{\"Id\": 2}]}}\n```\n";
        let source = Source::new("Ring.md", text);
        let (page, _) = ccc_spec::page::read(&source);
        let known = ["Bells", "Bells.Id"].map(|path| ("response", path.to_owned())).into();
        let shown = find(&source, &page, &known);
        assert_eq!(shown[&("response", "Bells".to_owned())], [2]);
        assert_eq!(shown[&("response", "Bells.Id".to_owned())], [3, 4]);
    }
}
