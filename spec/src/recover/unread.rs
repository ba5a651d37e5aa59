//! Sections of parameters, fields or errors from which no row was read. Some say that there are none. Others have
//! unreadable rows, which is the worst defect of a page.

use std::sync::LazyLock;

use super::example::{self, Role};
use super::form;
use super::section::{Kind, Section};
use crate::diagnostic::{Code, Diagnostic};
use crate::page::{Block, BlockKind};
use crate::source::{Source, Span};
use crate::words::Words;

/// Texts of sections that list nothing, or only what all operations have.
const NONE: &[&str] = &[
    "no request",
    "no response",
    "no param",
    "no input",
    "no output",
    "no return",
    "no specific",
    "no special",
    "no additional",
    "no business",
    "no other",
    "no data",
    "no field",
    "no element",
    "no content",
    "no body",
    "no error",
    "not require",
    "not have",
    "not need",
    "not contain",
    "not return",
    "not involve",
    "not applicable",
    "without",
    "none",
    "n/a",
    "nothing",
    "empty",
    "common param",
    "common request",
    "common response",
    "common error",
    "public param",
    "无",
    "没有",
    "不需要",
    "不返回",
    "不涉及",
    "为空",
    "公共",
];

static NONE_SAID: LazyLock<Words> = LazyLock::new(|| Words::new(NONE.iter().copied()));

/// Bytes of the longest text that only says so.
const LONGEST: usize = 400;

/// Bytes of the longest text that introduces a sample.
const LONGEST_LABEL: usize = 120;

/// Reports sections that are missing, empty, unreadable or unknown. `read` are the kinds of sections with a table that
/// was read.
pub(super) fn report(
    sections: &[Section<'_>],
    read: &[Kind],
    title: Span,
    source: &Source,
    diagnostics: &mut Vec<Diagnostic>,
) {
    for (kind, what) in [(Kind::Request, "request parameters"), (Kind::Response, "response fields")] {
        let mut of_kind = sections.iter().filter(|section| section.kind == kind);
        let Some(first) = of_kind.clone().next() else {
            let message = format!("the page has no section of {what}");
            diagnostics.push(Diagnostic::new(Code::NoTable, title, message));
            continue;
        };
        if read.contains(&kind) {
            continue;
        }
        if let Some((section, lost)) =
            of_kind.clone().find_map(|section| Some((section, lost_row(section, source)?)))
        {
            let message = format!("the section of {what} cannot be read");
            let help = "write it as a table with a header, or say that there are none; until then nothing is generated \
                        from the page";
            diagnostics.push(unreadable(Code::UnreadableSection, section, lost, message, help));
        } else if !of_kind.any(|section| section.blocks.iter().any(|block| says_none(block, source))) {
            let message = format!("the section of {what} has no table");
            diagnostics.push(Diagnostic::new(Code::NoTable, first.heading, message));
        }
    }
    if !read.contains(&Kind::Errors) {
        let mut errors = sections.iter().filter(|section| section.kind == Kind::Errors);
        if let Some((section, lost)) =
            errors.find_map(|section| Some((section, lost_error(section, source)?)))
        {
            let message = "the table of error codes cannot be read".to_owned();
            let help = "write it as a table with a header; until then the error codes stay as they are";
            diagnostics.push(unreadable(Code::UnreadableErrors, section, lost, message, help));
        }
    }
    for section in sections.iter().filter(|section| section.kind == Kind::Unknown) {
        let message = format!("the section {:?} is not read", section.title);
        diagnostics.push(Diagnostic::new(Code::UnknownSection, section.heading, message));
    }
}

fn unreadable(
    code: Code,
    section: &Section<'_>,
    lost: Span,
    message: String,
    help: &'static str,
) -> Diagnostic {
    Diagnostic::new(code, section.heading, message)
        .with_label(section.heading, "nothing below it is read")
        .with_label(lost, "this text is lost")
        .with_help(help)
}

/// Returns the first block of a section that could hold parameters or fields.
fn lost_row(section: &Section<'_>, source: &Source) -> Option<Span> {
    let says_none = section.blocks.iter().any(|block| says_none(block, source));
    let samples = example::examples(section, source);
    let is_sample = |code: Span| {
        let mut of_code = samples.iter().filter(|sample| code.contains(sample.span));
        of_code.any(|sample| section.kind == Kind::Response || sample.role == Role::Request)
    };
    let is_understood = |at: usize, block: &Block<'_>| match block.kind {
        BlockKind::Blank | BlockKind::Heading { .. } => true,
        BlockKind::Table(_) => false,
        BlockKind::Code { content, .. } => content.is_empty() || is_sample(content),
        BlockKind::Paragraph | BlockKind::List => {
            self::says_none(block, source)
                || is_label(section, at, source)
                || says_none && is_sentence(block, source)
        }
    };
    let mut blocks = section.blocks.iter().enumerate();
    blocks.find(|(at, block)| !is_understood(*at, block)).map(|(_, block)| first_line(block, source))
}

/// Returns the first block of a section that could hold error codes.
fn lost_error(section: &Section<'_>, source: &Source) -> Option<Span> {
    let is_understood = |block: &Block<'_>| match block.kind {
        BlockKind::Blank | BlockKind::Heading { .. } | BlockKind::Code { .. } => true,
        BlockKind::Table(_) => false,
        BlockKind::Paragraph | BlockKind::List => {
            let text = source.slice(block.span);
            says_none(block, source) || text.contains("](") || is_sentence(block, source)
        }
    };
    section.blocks.iter().find(|block| !is_understood(block)).map(|block| first_line(block, source))
}

fn first_line(block: &Block<'_>, source: &Source) -> Span {
    let span = source.trimmed(block.span);
    let line = source.slice(span).lines().next().unwrap_or_default();
    Span::new(span.start, span.start + line.len())
}

/// Returns whether a block says that there is nothing to list.
fn says_none(block: &Block<'_>, source: &Source) -> bool {
    if !matches!(block.kind, BlockKind::Paragraph | BlockKind::List) || block.span.len() > LONGEST {
        return false;
    }
    let text = source.plain_text(block.span);
    let is_dash = || matches!(text.trim(), "-" | "--" | "/");
    (NONE_SAID.are_in(&text) || is_dash()) && !has_rows(&text)
}

/// Returns whether a paragraph is only prose: sentences, and no rows that have lost their table.
fn is_sentence(block: &Block<'_>, source: &Source) -> bool {
    let text = source.plain_text(block.span);
    text.lines().filter(|line| !line.trim().is_empty()).all(form::is_prose) && !has_rows(&text)
}

/// Returns whether a text has lines that begin as rows do, with a name and a type or with a status and a code.
fn has_rows(text: &str) -> bool {
    text.lines().any(|line| {
        let is_apart =
            |c: char| c.is_whitespace() || matches!(c, '|' | '｜' | ',' | '，' | ':' | '：' | '(' | '（');
        let line = line.trim_start_matches(|c: char| !c.is_alphanumeric());
        let mut words = line.split(is_apart).filter(|word| !word.is_empty());
        let (Some(first), Some(second)) = (words.next(), words.next()) else { return false };
        form::is_name(first) && form::type_word(second).is_some()
            || form::is_status(first) && form::is_error_code(second)
    })
}

/// Returns whether a paragraph introduces the code below it.
fn is_label(section: &Section<'_>, at: usize, source: &Source) -> bool {
    let is_code = |block: &Block<'_>| matches!(block.kind, BlockKind::Code { .. });
    let Some([block, below @ ..]) = section.blocks.get(at..) else { return false };
    let mut below = below.iter().filter(|block| block.kind != BlockKind::Blank);
    let is_short =
        |block: &Block<'_>| block.kind == BlockKind::Paragraph && block.span.len() <= LONGEST_LABEL;
    // `JSON` below "Success response" is a label, too.
    let next = below.next().and_then(|next| if is_short(next) { below.next() } else { Some(next) });
    is_short(block) && !has_rows(source.slice(block.span)) && next.is_some_and(is_code)
}
