//! Writes a page as it reads: each block and row with its line, and diagnostics in their places.

use std::collections::{HashMap, btree_map};
use std::iter::Peekable;
use std::slice;

use ccc_spec::page::{Block, BlockKind, Page, Table, TableRow, inline};
use ccc_spec::recover::without_notes;
use ccc_spec::source::{Source, Span};

use super::anchors::{Anchors, span_lines};
use super::html::Html;
use super::markdown;
use super::subject::{Note, Subject};

/// Largest number of cells to show of a row.
const MAX_CELLS: usize = 64;
/// The rank of a page's first heading. Higher ranks belong to the review and the operation.
const FIRST_RANK: usize = 4;

/// Adds the page of a subject.
pub(super) fn write(html: &mut Html, subject: &Subject<'_>, page: &Page<'_>, anchors: &Anchors<'_>) {
    let mut writer = Writer {
        html,
        source: subject.source(),
        subject,
        gone: subject.lines.gone.iter().peekable(),
        notes: subject.notes.iter().peekable(),
        anchors,
        ids: anchors.clone(),
        rank: FIRST_RANK - 1,
    };
    for block in &page.blocks {
        writer.block(block);
    }
    writer.before(usize::MAX, Around::Flow);
    writer.after(usize::MAX, Around::Flow);
}

/// Adds a diagnostic as inline text.
pub(super) fn note(html: &mut Html, anchors: &Anchors<'_>, source: &Source, note: &Note<'_>) {
    let Note { diagnostic, is_new } = note;
    html.markup("<strong>").text(diagnostic.level.as_str()).markup("</strong> ");
    if *is_new {
        html.markup("<span class=\"chip added\">new</span> ");
    }
    html.sentence(&diagnostic.message);
    html.markup(" <span class=code>").text(diagnostic.code.as_str()).markup("</span>");
    let own = source.position(diagnostic.span.start).line;
    let mut linked = Vec::new();
    for (span, text) in &diagnostic.labels {
        let line = source.position(span.start).line;
        if line != own && !linked.contains(&line) {
            linked.push(line);
            html.markup("<span class=more>");
            anchors.link(html, line);
            html.markup(": ").sentence(text).markup("</span>");
        }
    }
    if let Some(help) = &diagnostic.help {
        html.markup("<span class=more>").sentence(help).markup("</span>");
    }
}

/// The surroundings of a removed line or a diagnostic.
#[derive(Clone, Copy)]
enum Around {
    Flow,
    /// A table with this number of columns.
    Table(usize),
    Code,
}

impl Around {
    fn start(self, html: &mut Html, class: &str) {
        match self {
            Self::Flow => html.markup("<p").attribute("class", class).markup(">"),
            Self::Table(columns) => html
                .markup("<tr")
                .attribute("class", class)
                .markup("><td")
                .attribute("colspan", columns.max(1))
                .markup("><span class=wide>"),
            Self::Code => html.markup("<span").attribute("class", class).markup(">"),
        };
    }

    fn end(self, html: &mut Html) {
        html.markup(match self {
            Self::Flow => "</p>",
            Self::Table(_) => "</span></td></tr>",
            Self::Code => "</span>",
        });
    }
}

struct Writer<'a, 's> {
    html: &'a mut Html,
    source: &'a Source,
    subject: &'a Subject<'s>,
    gone: Peekable<btree_map::Iter<'a, usize, Vec<String>>>,
    notes: Peekable<slice::Iter<'a, Note<'s>>>,
    anchors: &'a Anchors<'a>,
    /// The ids that no element has yet.
    ids: Anchors<'a>,
    /// The rank of the last heading.
    rank: usize,
}

impl Writer<'_, '_> {
    fn block(&mut self, block: &Block<'_>) {
        let (first, last) = self.lines(self.source.trimmed(block.span));
        match &block.kind {
            BlockKind::Blank => {}
            BlockKind::Heading { level, .. } => {
                // No rank is skipped, whatever the page does.
                self.rank = (level + FIRST_RANK - 1).clamp(FIRST_RANK, self.rank + 1).min(6);
                let (start, end) = match self.rank {
                    4 => ("<h4", "</h4>"),
                    5 => ("<h5", "</h5>"),
                    _ => ("<h6", "</h6>"),
                };
                self.element(start, end, (first, last), |html, source| {
                    let text = source.slice(block.span).trim().trim_matches('#');
                    markdown::line(html, text.lines().next().unwrap_or_default().trim());
                });
            }
            BlockKind::Paragraph | BlockKind::List => {
                self.element("<div", "</div>", (first, last), |html, source| {
                    markdown::write(html, source.slice(block.span));
                });
            }
            BlockKind::Table(table) => self.table(table, last),
            BlockKind::Code { content, .. } => self.code(*content, (first, last)),
        }
    }

    fn element(
        &mut self,
        start: &'static str,
        end: &'static str,
        (first, last): (usize, usize),
        write: impl FnOnce(&mut Html, &Source),
    ) {
        self.before(last, Around::Flow);
        self.html.markup(start);
        self.place(first, last);
        self.html.markup(">");
        write(self.html, self.source);
        self.html.markup(end);
        self.after(last, Around::Flow);
    }

    fn table(&mut self, table: &Table, last: usize) {
        let columns = table.cells(&table.header).len();
        let around = Around::Table(columns.min(MAX_CELLS + 1) + 1);
        self.before(self.lines(table.header.span).1, Around::Flow);
        self.html.markup("<div class=scroll><table>");
        self.row(table, &table.header, around, true);
        for row in &table.rows {
            self.row(table, row, around, false);
        }
        self.before(last + 1, around);
        self.after(last, around);
        self.html.markup("</table></div>");
    }

    fn row(&mut self, table: &Table, row: &TableRow, around: Around, is_header: bool) {
        let (first, last) = self.lines(row.span);
        self.before(last, around);
        self.html.markup("<tr");
        self.place(first, last);
        self.html.markup("><td class=line>").value(first).markup("</td>");
        let (start, end) = if is_header { ("<th scope=col>", "</th>") } else { ("<td>", "</td>") };
        let cells = table.cells(row);
        for cell in cells.iter().take(MAX_CELLS) {
            self.html.markup(start);
            markdown::write(self.html, self.source.slice(cell.span));
            self.html.markup(end);
        }
        if let Some(more) = cells.len().checked_sub(MAX_CELLS).filter(|more| *more > 0) {
            self.html.markup(start).text("… and ").value(more).text(" more columns").markup(end);
        }
        self.html.markup("</tr>");
        self.after(last, around);
    }

    fn code(&mut self, content: Span, (first, last): (usize, usize)) {
        self.before(first, Around::Flow);
        self.html.markup("<pre");
        self.ids.id(self.html, first);
        self.html.markup(">");
        if !content.is_empty() {
            let (first, last) = self.lines(content);
            for line in first..=last {
                self.before(line, Around::Code);
                self.html.markup("<code");
                self.place(line, line);
                self.html
                    .markup(">")
                    .text(self.source.slice(self.source.line_span(line)))
                    .markup("\n</code>");
                self.after(line, Around::Code);
            }
        }
        self.before(last, Around::Code);
        self.html.markup("</pre>");
        self.after(last, Around::Flow);
    }

    /// Returns the first and the last line of a span.
    fn lines(&self, span: Span) -> (usize, usize) {
        span_lines(self.source, span)
    }

    /// Adds the attributes with the lines of an element.
    fn place(&mut self, first: usize, last: usize) {
        self.ids.id(self.html, first);
        self.html.attribute("data-l", first);
        if last > first {
            self.html.attribute("data-e", last);
        }
        if self.subject.lines.is_new(first, last) {
            self.html.attribute("class", "new");
        }
    }

    /// Adds the removed lines that stood before line `last` or an earlier one.
    fn before(&mut self, last: usize, around: Around) {
        while let Some((_, lines)) = self.gone.next_if(|(at, _)| **at <= last) {
            around.start(self.html, "gone");
            self.html.markup("<del>");
            for (number, line) in lines.iter().enumerate() {
                self.html.markup(if number > 0 { "\n" } else { "" }).text(line);
            }
            self.html.markup("</del>");
            around.end(self.html);
        }
    }

    /// Adds the diagnostics of the lines up to `last`.
    fn after(&mut self, last: usize, around: Around) {
        let source = self.source;
        while let Some(found) =
            self.notes.next_if(|note| source.position(note.diagnostic.span.start).line <= last)
        {
            around.start(self.html, &format!("finding {}", found.diagnostic.level.as_str()));
            note(self.html, self.anchors, source, found);
            around.end(self.html);
        }
    }
}

/// Maps the text of each cell, without marks of footnotes, to the lines of its rows, the last first.
pub(super) fn rows_of_texts(source: &Source, page: &Page<'_>) -> HashMap<String, Vec<usize>> {
    let mut rows: HashMap<String, Vec<usize>> = HashMap::new();
    for block in page.blocks.iter().rev() {
        let BlockKind::Table(table) = &block.kind else { continue };
        for row in table.rows.iter().rev() {
            let line = source.position(row.span.start).line;
            for cell in table.cells(row) {
                let text = inline::line(source.slice(cell.span));
                let lines = rows.entry(without_notes(&text).to_owned()).or_default();
                if lines.last() != Some(&line) {
                    lines.push(line);
                }
            }
        }
    }
    rows
}
