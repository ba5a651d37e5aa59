//! Diagnostics for machines: one JSON object per line.

use serde::Serialize;

use super::Diagnostic;
use crate::source::{Source, Span};

/// Longest excerpt, in characters.
const EXCERPT: usize = 200;

#[derive(Serialize)]
struct Line<'a> {
    code: &'static str,
    level: &'static str,
    message: &'a str,
    file: &'a str,
    #[serde(flatten)]
    place: Place,
    excerpt: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<&'a str>,
    labels: Vec<Label<'a>>,
}

/// Lines and columns from 1, columns in characters; `start` and `end` in bytes, `end` exclusive.
#[derive(Serialize)]
struct Place {
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    start: usize,
    end: usize,
}

#[derive(Serialize)]
struct Label<'a> {
    text: &'a str,
    #[serde(flatten)]
    place: Place,
    excerpt: String,
}

/// Writes each diagnostic as a JSON object on a line of its own: `code`, `level`, `message`, `file`, `line`, `column`,
/// `end_line`, `end_column` (from 1, columns in characters), `start`, `end` (byte offsets), `excerpt` (at most 200
/// characters), `help` if there is any, and `labels`, each with `text` and a place.
///
/// ```
/// use ccc_spec::diagnostic::{Code, Diagnostic, to_json_lines};
/// use ccc_spec::source::{Source, Span};
///
/// let source = Source::new("page.md", "");
/// let empty = Diagnostic::new(Code::EmptyPage, Span::at(0), "the page is empty");
/// let lines = to_json_lines(&[empty], &source);
/// assert!(lines.starts_with(r#"{"code":"empty-page","level":"error","message":"the page is empty","#));
/// ```
#[must_use]
pub fn to_json_lines(diagnostics: &[Diagnostic], source: &Source) -> String {
    let mut out = String::new();
    for diagnostic in diagnostics {
        let line = Line {
            code: diagnostic.code.as_str(),
            level: diagnostic.level.as_str(),
            message: &diagnostic.message,
            file: source.name(),
            place: place(source, diagnostic.span),
            excerpt: excerpt(source, diagnostic.span),
            help: diagnostic.help.as_deref(),
            labels: diagnostic
                .labels
                .iter()
                .map(|(span, text)| Label {
                    text,
                    place: place(source, *span),
                    excerpt: excerpt(source, *span),
                })
                .collect(),
        };
        // A line has only strings and numbers, which cannot fail to serialise.
        out.push_str(&serde_json::to_string(&line).unwrap_or_default());
        out.push('\n');
    }
    out
}

fn place(source: &Source, span: Span) -> Place {
    let start = source.position(span.start);
    let end = source.position(span.end);
    Place {
        line: start.line,
        column: start.column,
        end_line: end.line,
        end_column: end.column,
        start: span.start,
        end: span.end,
    }
}

fn excerpt(source: &Source, span: Span) -> String {
    source.slice(span).chars().take(EXCERPT).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Code;

    #[test]
    fn places_count_characters_and_bytes() {
        let source = Source::new("p.md", "号码 x\n");
        let diagnostic =
            Diagnostic::new(Code::EmptyPage, Span::new(7, 8), "m").with_label(Span::new(0, 6), "l");
        let value: serde_json::Value = serde_json::from_str(&to_json_lines(&[diagnostic], &source)).unwrap();
        assert_eq!(value["column"], 4);
        assert_eq!(value["start"], 7);
        assert_eq!(value["excerpt"], "x");
        assert_eq!(value["labels"][0]["excerpt"], "号码");
    }

    #[test]
    fn a_huge_excerpt_is_cut() {
        let source = Source::new("p.md", "x".repeat(10_000));
        let diagnostic = Diagnostic::new(Code::EmptyPage, source.span(), "m");
        assert!(to_json_lines(&[diagnostic], &source).len() < 600);
    }
}
