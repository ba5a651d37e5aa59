//! Tables for tests, a row a line: `Name: Type` or `Name: Type = sample`, `└` before a name for its marker.

use super::super::declared::Declared;
use super::super::row::{Row, Signs};
use super::super::sampled::SampleText;
use crate::model::{Position, SampleFormat};
use crate::source::Span;

/// Rows whose spans are those of their names in `table`.
pub(in crate::recover) fn rows(table: &str) -> Vec<Row<'_>> {
    let mut rows = Vec::new();
    let mut start = 0;
    for line in table.split_inclusive('\n') {
        rows.extend(row(line, start));
        start += line.len();
    }
    rows
}

fn row(line: &str, start: usize) -> Option<Row<'_>> {
    let (name, kind) = line.split_once(':')?;
    let (kind, sample) = kind.split_once('=').unwrap_or((kind, ""));
    let within = |part: &str, from: usize| {
        let lead = part.len() - part.trim_start().len();
        Span::new(start + from + lead, start + from + lead + part.trim().len())
    };
    let bare = name.trim().trim_start_matches('└');
    let depth = (name.trim().len() - bare.len()) / '└'.len_utf8();
    let kind_start = name.len() + 1;
    Some(Row {
        span: Span::new(start, start + line.trim_end().len()),
        name: bare.into(),
        name_span: within(name, 0),
        depth: (depth > 0).then_some(depth),
        begins_table: false,
        table: None,
        members: None,
        elements: Vec::new(),
        type_text: kind.trim().into(),
        type_span: within(kind, kind_start),
        declared: Declared::parse(kind),
        required: false,
        position: Position::Query,
        sample: (!sample.trim().is_empty()).then(|| sample.trim().into()),
        sample_span: within(sample, kind_start + kind.len() + 1),
        description: "".into(),
        description_span: Span::at(start),
        signs: Signs::default(),
        values: Vec::new(),
        sensitive: None,
    })
}

/// Returns a sample that stands after `before` bytes of its page.
pub(in crate::recover) fn sample(text: &str, before: usize) -> Option<SampleText<'_>> {
    let format = match text.chars().next()? {
        '<' => SampleFormat::Xml,
        'h' => SampleFormat::Http,
        _ => SampleFormat::Json,
    };
    Some(SampleText { format, text, span: Span::new(before, before + text.len()) })
}
