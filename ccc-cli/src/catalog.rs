//! Finds operations by name, and lists them by area.

use ccc_api::description::{OperationDescription, operations};
use serde_json::json;

use crate::cli::Common;
use crate::exit::Failure;
use crate::output;
use crate::text::{WIDTH, columns, name_or, nearest, same_name, wrapped};

/// Returns the operation of this name, in whatever case and with or without dashes.
pub(crate) fn find(name: &str) -> Option<&'static OperationDescription> {
    let exact = ccc_api::description::operation(name);
    exact.or_else(|| operations().iter().copied().find(|operation| same_name(operation.action, name)))
}

/// Returns the operation of this name. The error lists similar names.
pub(crate) fn operation(name: &str) -> Result<&'static OperationDescription, Failure> {
    find(name).ok_or_else(|| {
        let nearest = nearest(name, operations().iter().map(|operation| operation.action));
        let name = name_or(name, "of this name");
        Failure::usage(format!(
            "there is no operation {name}{nearest}; `ccc operations` lists the documented ones, --unchecked sends a \
             newer one"
        ))
    })
}

/// Lists operations.
pub(crate) fn run(word: Option<&str>, common: &Common) -> Result<(), Failure> {
    let found: Vec<_> = operations().iter().copied().filter(|operation| has(operation, word)).collect();
    if found.is_empty() {
        let word = name_or(word.unwrap_or_default(), "this word");
        return Err(Failure::usage(format!(
            "no operation has {word} in its name or documentation; try another word"
        )));
    }
    match output::form(common) {
        crate::cli::Output::Json => output::print_json(&json(&found)),
        crate::cli::Output::Table => output::print(&listing(&found, output::width().unwrap_or(WIDTH))),
    }
}

/// Whether the name, area or documentation of an operation contains the word, in whatever case.
fn has(operation: &OperationDescription, word: Option<&str>) -> bool {
    let Some(word) = word.map(str::to_lowercase) else { return true };
    let OperationDescription { action, summary, documentation, area, .. } = *operation;
    [action, summary, documentation, area.unwrap_or_default()]
        .iter()
        .any(|text| text.to_lowercase().contains(&word))
}

fn listing(found: &[&OperationDescription], width: usize) -> String {
    let longest = found.iter().map(|operation| columns(operation.action)).max().unwrap_or_default();
    let mut text = String::new();
    let mut areas = found.chunk_by(|one, other| one.area == other.area).peekable();
    while let Some(area) = areas.next() {
        if let Some(title) = area.first().and_then(|operation| operation.area) {
            text.push_str(&format!("{title}\n"));
        }
        for operation in area {
            let summary = wrapped(operation.summary, width.saturating_sub(longest + 4));
            let mut lines = summary.lines();
            let first = format!("  {:longest$}  {}", operation.action, lines.next().unwrap_or_default());
            text.push_str(&format!("{}\n", first.trim_end()));
            lines.for_each(|line| text.push_str(&format!("  {:longest$}  {line}\n", "")));
        }
        if areas.peek().is_some() {
            text.push('\n');
        }
    }
    text
}

fn json(found: &[&OperationDescription]) -> serde_json::Value {
    found
        .iter()
        .map(|OperationDescription { action, summary, area, idempotent, .. }| {
            json!({ "Operation": action, "Summary": summary, "Area": area, "Idempotent": idempotent })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use ccc_api::description::{Kind, check};

    use super::*;

    #[test]
    fn operation_is_found_in_every_spelling() {
        for name in ["ListUsers", "list-users", "listusers"] {
            assert_eq!(find(name).map(|operation| operation.action), Some("ListUsers"), "{name}");
        }
        assert!(find("ListUser").is_none());
    }

    #[test]
    fn listing_has_each_operation_once_below_its_area() {
        let text = listing(operations(), 200);
        let line = |start: &str| text.lines().position(|line| line.starts_with(start)).unwrap();
        assert!(line("Calls") < line("  MakeCall ") && line("  MakeCall ") < line("Agents at work"));
        assert_eq!(text.lines().filter(|line| line.starts_with("  ")).count(), operations().len());
    }

    #[test]
    fn word_is_looked_for_in_names_and_documentation() {
        let rings = |word| operations().iter().filter(|operation| has(operation, Some(word))).count();
        assert!(rings("real PHONE") > 0 && rings("makecall") > 0);
        assert_eq!(rings("no such word"), 0);
    }

    #[test]
    fn every_documented_sample_is_a_value_of_its_field() {
        for operation in operations() {
            for field in operation.parameters {
                let Some(sample) = field.sample else { continue };
                let given = BTreeMap::from([(field.name.to_owned(), sample.to_owned())]);
                let begins = |name: &str| {
                    name.strip_prefix(field.name)
                        .is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
                };
                let problems: Vec<_> =
                    check(operation, &given).into_iter().filter(|found| begins(&found.parameter)).collect();
                // A list or structure that is no JSON has a sample as JSON, but is sent in parts.
                let in_parts = !field.json
                    && matches!(field.kind, Kind::List { .. } | Kind::Structure { .. } | Kind::Map { .. });
                assert!(in_parts || problems.is_empty(), "{}: {problems:?}", operation.action);
            }
        }
    }
}
