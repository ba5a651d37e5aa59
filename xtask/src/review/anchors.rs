//! The lines of a page that have an id, and links to them.

use std::collections::BTreeSet;

use ccc_spec::page::{BlockKind, Page};
use ccc_spec::source::{Source, Span};

use super::html::Html;

/// The lines of a page at which a block, a row or a line of code begins.
#[derive(Clone, Debug)]
pub(super) struct Anchors<'a> {
    /// The prefix of the page's ids; alone, the id of the whole page.
    slug: &'a str,
    lines: BTreeSet<usize>,
}

impl<'a> Anchors<'a> {
    /// Collects the lines of a page.
    pub(super) fn new(slug: &'a str, source: &Source, page: &Page<'_>) -> Self {
        let mut lines = BTreeSet::new();
        for block in &page.blocks {
            if matches!(block.kind, BlockKind::Blank) {
                continue;
            }
            lines.insert(span_lines(source, source.trimmed(block.span)).0);
            match &block.kind {
                BlockKind::Table(table) => {
                    let rows = [&table.header].into_iter().chain(&table.rows);
                    lines.extend(rows.map(|row| span_lines(source, row.span).0));
                }
                BlockKind::Code { content, .. } if !content.is_empty() => {
                    let (first, last) = span_lines(source, *content);
                    lines.extend(first..=last);
                }
                _ => {}
            }
        }
        Self { slug, lines }
    }

    /// Adds a link to the block, row or line of code that holds a line.
    pub(super) fn link(&self, html: &mut Html, line: usize) {
        html.markup("<a");
        match self.lines.range(..=line).next_back() {
            Some(start) => html.attribute("href", format_args!("#{}-{start}", self.slug)),
            None => html.attribute("href", format_args!("#{}", self.slug)),
        };
        html.markup(">line ").value(line).markup("</a>");
    }

    /// Adds the id of a line to the element that is open, if no element has it yet. Several rows of a table in HTML may
    /// stand on one line.
    pub(super) fn id(&mut self, html: &mut Html, line: usize) {
        if self.lines.remove(&line) {
            html.attribute("id", format_args!("{}-{line}", self.slug));
        }
    }
}

/// Returns the first and the last line of a span.
pub(super) fn span_lines(source: &Source, span: Span) -> (usize, usize) {
    let line = |at| source.position(at).line;
    (line(span.start), line(span.end.saturating_sub(1).max(span.start)))
}
