//! Draws an operation as a tree, for people: neighbours of one type share a line.

use std::fmt::Write as _;

use ccc_spec::model::{ErrorCode, Field, Operation, Shape};

use crate::terminal::{BOLD, DIM, paint, visible};

/// Names of fields take up to this many columns of a line.
const WIDTH: usize = 84;

/// Explains the marks beside names.
pub(crate) const LEGEND: &str = "* required, † kept out of logs";

/// Draws the tree of `operation`, with a line break at the end. The [`LEGEND`] explains it.
pub(crate) fn draw(operation: &Operation) -> String {
    let roots = [
        Node { label: paint(BOLD, "request"), children: fields(&operation.request) },
        Node { label: paint(BOLD, "response"), children: fields(&operation.response) },
        Node { label: paint(BOLD, "errors"), children: errors(&operation.errors) },
    ];
    let title = visible(&operation.action);
    let mut text = format!("{} {}\n", paint(BOLD, title), paint(DIM, visible(first_line(operation))));
    hang(&roots, "", &mut text);
    text
}

/// A line and the lines below it.
struct Node {
    label: String,
    children: Vec<Node>,
}

fn first_line(operation: &Operation) -> &str {
    operation.summary.lines().next().unwrap_or_default()
}

/// Makes nodes of fields. A field with members has a line of its own; neighbours of one type share lines.
fn fields(fields: &[Field]) -> Vec<Node> {
    let run = |one: &Field, other: &Field| {
        let plain = members(&one.shape).is_none() && members(&other.shape).is_none();
        plain && shape_name(&one.shape) == shape_name(&other.shape)
    };
    let mut nodes = Vec::new();
    for run in fields.chunk_by(run) {
        let Some(first) = run.first() else { continue };
        let children = members(&first.shape).map_or_else(Vec::new, self::fields);
        let shape = paint(DIM, shape_name(&first.shape));
        for names in lines(run) {
            nodes.push(Node { label: format!("{}  {shape}", visible(&names)), children: Vec::new() });
        }
        if let Some(last) = nodes.last_mut() {
            last.children = children;
        }
    }
    nodes
}

/// Joins names of fields into lines of bounded length.
fn lines(fields: &[Field]) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for field in fields {
        let name = marked(field);
        match lines.last_mut() {
            Some(line) if line.chars().count() + name.chars().count() < WIDTH => {
                line.push_str(", ");
                line.push_str(&name);
            }
            _ => lines.push(name),
        }
    }
    lines
}

fn marked(field: &Field) -> String {
    let required = if field.required { "*" } else { "" };
    let sensitive = if field.sensitive.is_some() { "†" } else { "" };
    format!("{}{required}{sensitive}", field.name)
}

fn errors(errors: &[ErrorCode]) -> Vec<Node> {
    let line = |error: &ErrorCode| {
        let status = error.status.map_or_else(String::new, |status| format!("{status} "));
        let message = paint(DIM, visible(&error.message));
        Node { label: format!("{status}{}  {message}", visible(&error.code)), children: Vec::new() }
    };
    errors.iter().map(line).collect()
}

/// Returns the fields inside a shape, below any lists and maps.
fn members(shape: &Shape) -> Option<&[Field]> {
    match shape {
        Shape::Structure { fields, .. } => Some(fields),
        Shape::List { element, .. } => members(element),
        Shape::Map { value } => members(value),
        _ => None,
    }
}

/// Names a shape in words: `List of ChannelContext`.
fn shape_name(shape: &Shape) -> String {
    match shape {
        Shape::String { values } if !values.is_empty() => format!("String, {} values", values.len()),
        Shape::Structure { name: Some(name), .. } => visible(name).into_owned(),
        Shape::List { element, .. } => format!("List of {}", shape_name(element)),
        Shape::Map { value } => format!("Map to {}", shape_name(value)),
        other => other.kind().to_owned(),
    }
}

fn hang(nodes: &[Node], indent: &str, text: &mut String) {
    let last = nodes.len().saturating_sub(1);
    for (index, node) in nodes.iter().enumerate() {
        let (branch, below) = if index == last { ("└─", "   ") } else { ("├─", "│  ") };
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{indent}{branch} {}", node.label);
        hang(&node.children, &format!("{indent}{below}"), text);
    }
}

#[cfg(test)]
mod tests {
    use anstream::adapter::strip_str;

    use super::*;

    fn operation(response: &str) -> Operation {
        let text = format!(
            r#"{{"product":"P","version":"1","style":"RPC","action":"Act","title":"Act","summary":"Does it.\nWell.",
                "request":[{{"name":"Id","type":"String","required":true}},
                           {{"name":"To","type":"String","sensitive":"phone-number"}}],
                "response":{response},
                "errors":[{{"status":404,"code":"No.Id","message":"No %s."}}],"samples":{{}},"links":{{}}}}"#
        );
        serde_json::from_str(&text).unwrap()
    }

    #[test]
    fn members_hang_below_their_structure() {
        let response = r#"[
            {"name":"A","type":"String"}, {"name":"B","type":"String"}, {"name":"C","type":"Long"},
            {"name":"L","type":"List","element":{"type":"Structure","structure":"Thing","fields":[
                {"name":"M","type":"Map","value":{"type":"String"}}]}},
            {"name":"D","type":"String"}]"#;
        let text = strip_str(&draw(&operation(response))).to_string();
        assert_eq!(
            text,
            "Act Does it.\n\
             ├─ request\n\
             │  └─ Id*, To†  String\n\
             ├─ response\n\
             │  ├─ A, B  String\n\
             │  ├─ C  Long\n\
             │  ├─ L  List of Thing\n\
             │  │  └─ M  Map to String\n\
             │  └─ D  String\n\
             └─ errors\n\
             \u{20}  └─ 404 No.Id  No %s.\n"
        );
    }

    #[test]
    fn long_runs_are_broken_into_lines() {
        let names: Vec<_> =
            (0..20).map(|n| format!(r#"{{"name":"LongishName{n}","type":"String"}}"#)).collect();
        let text = strip_str(&draw(&operation(&format!("[{}]", names.join(","))))).to_string();
        assert!(text.lines().all(|line| line.chars().count() <= WIDTH + 20), "{text}");
        assert_eq!(text.matches("LongishName").count(), 20);
    }
}
