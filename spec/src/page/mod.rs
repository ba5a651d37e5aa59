//! Reads a page as blocks with spans: headings, paragraphs, lists, tables, code. The blocks are in page order, without
//! gap or overlap, and cover the whole text.
//!
//! The dialect is CommonMark, except for tables: their cells may hold empty lines, lists and fences (see [`table`]), or
//! they are written in HTML. So this module finds the blocks itself and leaves their content to [`inline`].

mod html;
pub mod inline;
mod line;
pub mod table;

use std::borrow::Cow;

use crate::diagnostic::{Code, Diagnostic};
use crate::source::{Source, Span, trim, trim_start};
use line::{Kind, Lines};
pub use table::{Cell, Table, TableRow};

/// A page's blocks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page<'p> {
    /// The blocks in page order; every byte of the page is in exactly one of them.
    pub blocks: Vec<Block<'p>>,
}

/// A block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block<'p> {
    /// Its lines, line endings included.
    pub span: Span,
    /// Its kind.
    pub kind: BlockKind<'p>,
}

/// Kind of a block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BlockKind<'p> {
    /// Empty lines, or a byte order mark.
    Blank,
    /// A heading.
    Heading {
        /// Level from 1 to 6.
        level: usize,
        /// Plain text, `{#id .class}` attributes removed.
        text: Cow<'p, str>,
    },
    /// Running text.
    Paragraph,
    /// A bullet or numbered list.
    List,
    /// A table.
    Table(Table),
    /// A fenced or indented code block.
    Code {
        /// The text after the opening fence.
        info: &'p str,
        /// The code itself, without the fences.
        content: Span,
    },
}

/// Reads a page's blocks. Takes time linear in the length of the text and never fails: malformed text becomes the most
/// similar kind of block and is reported.
///
/// ```
/// use ccc_spec::page::{self, BlockKind};
/// use ccc_spec::source::Source;
///
/// let source = Source::new("page.md", "# Ring\n\n|Name|Type|\n|--|--|\n|Bell|String|\n");
/// let (page, diagnostics) = page::read(&source);
/// assert!(diagnostics.is_empty());
/// let BlockKind::Table(table) = &page.blocks[2].kind else { panic!("not a table") };
/// assert_eq!(source.slice(table.cells(&table.rows[0])[1].span), "String");
/// ```
#[must_use]
pub fn read(source: &Source) -> (Page<'_>, Vec<Diagnostic>) {
    let lines = Lines::new(source);
    let blocks = Vec::with_capacity(lines.len() / USUAL_LINES);
    let mut reader = Reader { lines, blocks, diagnostics: Vec::new(), at: 0, rowless_until: 0 };
    while let Some(kind) = reader.lines.kind(reader.at) {
        let start = reader.at;
        let block = reader.block(kind);
        debug_assert!(reader.at > start, "every block has a line");
        let span = reader.lines.span(start, reader.at);
        reader.blocks.push(Block { span, kind: block });
    }
    (Page { blocks: reader.blocks }, reader.diagnostics)
}

/// Typical number of lines in a block, to reserve memory.
const USUAL_LINES: usize = 3;

struct Reader<'p> {
    lines: Lines<'p>,
    blocks: Vec<Block<'p>>,
    diagnostics: Vec<Diagnostic>,
    /// The first line that is in no block yet.
    at: usize,
    /// The end of the last HTML table without rows. Lines before it are not tried again.
    rowless_until: usize,
}

impl<'p> Reader<'p> {
    /// Reads the block that starts at the current line and moves past it.
    fn block(&mut self, kind: Kind) -> BlockKind<'p> {
        match kind {
            Kind::Blank => {
                self.skip_while(|kind| kind == Kind::Blank);
                BlockKind::Blank
            }
            Kind::Heading => {
                let text = trim(self.lines.text(self.at));
                self.at += 1;
                let level = text.bytes().take_while(|&byte| byte == b'#').count();
                heading(level, text.trim_matches('#'))
            }
            Kind::Underlined => {
                let level = self.lines.underlined_level(self.at);
                self.at += 2;
                heading(level, self.lines.text(self.at - 2))
            }
            Kind::Fence => self.fence(),
            Kind::Pipe => self.table(),
            Kind::Item => {
                self.skip_while(|kind| matches!(kind, Kind::Item | Kind::Text | Kind::Indented));
                BlockKind::List
            }
            Kind::Indented if !self.is_in_list() => {
                let start = self.at;
                self.skip_while(|kind| kind == Kind::Indented);
                BlockKind::Code { info: "", content: self.lines.content(start, self.at) }
            }
            Kind::Indented => {
                self.skip_while(|kind| matches!(kind, Kind::Item | Kind::Text | Kind::Indented));
                BlockKind::List
            }
            Kind::Text
                if self.at >= self.rowless_until
                    && trim_start(self.lines.text(self.at)).starts_with('<')
                    && let Some(html::Read { table, end }) = html::table(&self.lines, self.at) =>
            {
                match table {
                    Some(table) => {
                        self.at = end;
                        BlockKind::Table(table)
                    }
                    None => {
                        self.rowless_until = end;
                        self.paragraph()
                    }
                }
            }
            Kind::Text => self.paragraph(),
        }
    }

    fn paragraph(&mut self) -> BlockKind<'p> {
        // A line right after a paragraph continues it, indented or not.
        self.skip_while(|kind| matches!(kind, Kind::Text | Kind::Indented));
        BlockKind::Paragraph
    }

    /// Moves past the current line, and past the lines after it as long as `goes_on` accepts their kind.
    fn skip_while(&mut self, goes_on: impl Fn(Kind) -> bool) {
        self.at += 1;
        while self.lines.kind(self.at).is_some_and(&goes_on) {
            self.at += 1;
        }
    }

    /// Returns whether the current line could continue a list: the last block, apart from empty lines and code, is one.
    fn is_in_list(&self) -> bool {
        let before = self.blocks.iter().rev();
        // A look at a few blocks is enough, and keeps this linear.
        let mut before =
            before.take(8).filter(|block| !matches!(block.kind, BlockKind::Blank | BlockKind::Code { .. }));
        before.next().is_some_and(|block| block.kind == BlockKind::List)
    }

    /// Reads a fence up to its closing fence. A fence that is never closed ends at the next heading, so only one
    /// section is lost and not the rest of the page.
    fn fence(&mut self) -> BlockKind<'p> {
        let start = self.at;
        let opening = trim(self.lines.text(start));
        let mark = opening.chars().next().unwrap_or('`');
        let info = opening.trim_start_matches(mark).trim();
        let length = opening.len() - opening.trim_start_matches(mark).len();
        let closes = |line: &str| {
            let line = trim(line);
            line.len() >= length && line.chars().all(|c| c == mark)
        };
        let barrier = self.lines.next_section(start + 1);
        let mut end = start + 1;
        // A line that closes a fence has the same kind as one that opens it.
        while end < barrier && !(self.lines.kind(end) == Some(Kind::Fence) && closes(self.lines.text(end))) {
            end += 1;
        }
        let content = self.lines.content(start + 1, end);
        if end < barrier {
            self.at = end + 1;
        } else {
            self.at = end;
            let opening = self.lines.content(start, start + 1);
            self.diagnostics.push(
                Diagnostic::new(Code::UnclosedFence, opening, "a code block is opened and not closed")
                    .with_label(opening, "opened here")
                    .with_help("it was read up to the next heading, or the end of the page"),
            );
        }
        BlockKind::Code { info, content }
    }

    fn table(&mut self) -> BlockKind<'p> {
        let read = table::read(&self.lines, self.at, &mut self.diagnostics);
        self.at = read.end.max(self.at + 1);
        read.table.map_or(BlockKind::Paragraph, BlockKind::Table)
    }
}

fn heading(level: usize, text: &str) -> BlockKind<'_> {
    let text = trim(text);
    let text = match text.rfind('{') {
        Some(at) if text.ends_with('}') => text.get(..at).unwrap_or_default(),
        _ => text,
    };
    BlockKind::Heading { level, text: inline::line(text) }
}

#[cfg(test)]
mod tests;
