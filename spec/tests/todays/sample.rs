//! Samples of answers: every field once, in JSON or XML.

use std::fmt::Write as _;

use crate::product::{Field, Kind, Mark};
use crate::random::Random;
use crate::words;

/// Writes an answer as JSON.
pub(crate) fn json(fields: &[Field], random: &mut Random) -> String {
    let mut out = String::new();
    object(fields, 0, random, &mut out);
    out
}

fn object(fields: &[Field], depth: usize, random: &mut Random, out: &mut String) {
    if fields.is_empty() {
        out.push_str("{}");
        return;
    }
    let inner = "  ".repeat(depth + 1);
    out.push('{');
    for (at, field) in fields.iter().enumerate() {
        let comma = if at == 0 { "" } else { "," };
        let _ = write!(out, "{comma}\n{inner}\"{}\": ", field.name);
        value(field, &field.marks, depth + 1, random, out);
    }
    let _ = write!(out, "\n{}}}", "  ".repeat(depth));
}

fn value(field: &Field, marks: &[Mark], depth: usize, random: &mut Random, out: &mut String) {
    let inner = "  ".repeat(depth + 1);
    let outer = "  ".repeat(depth);
    match marks {
        [Mark::List, rest @ ..] => {
            out.push('[');
            for at in 0..=random.below(2) {
                let comma = if at == 0 { "" } else { "," };
                let _ = write!(out, "{comma}\n{inner}");
                value(field, rest, depth + 1, random, out);
            }
            let _ = write!(out, "\n{outer}]");
        }
        [Mark::Map, rest @ ..] => {
            let _ = write!(out, "{{\n{inner}\"key\": ");
            value(field, rest, depth + 1, random, out);
            let _ = write!(out, "\n{outer}}}");
        }
        [] if field.kind == Kind::Structure => object(&field.members, depth, random, out),
        [] => {
            let text = words::example(field);
            match field.kind {
                Kind::String => {
                    let _ = write!(out, "\"{text}\"");
                }
                _ => out.push_str(&text),
            }
        }
    }
}

/// Writes an answer as XML: the elements of a list stand side by side.
pub(crate) fn xml(operation: &str, fields: &[Field], random: &mut Random) -> String {
    let mut out = format!("<{operation}Response>\n");
    for field in fields {
        element(field, &field.marks, 1, random, &mut out);
    }
    let _ = write!(out, "</{operation}Response>");
    out
}

fn element(field: &Field, marks: &[Mark], depth: usize, random: &mut Random, out: &mut String) {
    let indent = "  ".repeat(depth);
    let name = &field.name;
    match marks {
        [Mark::List, rest @ ..] => {
            for _ in 0..=random.below(2) {
                element(field, rest, depth, random, out);
            }
        }
        [Mark::Map, ..] => {
            let _ = writeln!(out, "{indent}<{name}>\n{indent}</{name}>");
        }
        [] if field.kind == Kind::Structure => {
            let _ = writeln!(out, "{indent}<{name}>");
            field.members.iter().for_each(|member| element(member, &member.marks, depth + 1, random, out));
            let _ = writeln!(out, "{indent}</{name}>");
        }
        [] => {
            let text = words::example(field);
            let _ = writeln!(out, "{indent}<{name}>{text}</{name}>");
        }
    }
}
