//! Code blocks as samples: which one is a request, which a response, and in which format.

use std::sync::LazyLock;

use super::sampled::SampleText;
use super::section::Section;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Sample, SampleFormat};
use crate::page::{Block, BlockKind};
use crate::source::{Source, Span};
use crate::words::Lexicon;

/// Role of a code block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Request,
    Response,
    /// The response to a request that failed.
    Failure,
    /// A label or shape this reader does not know.
    Other,
}

/// A code block with its role.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Example {
    pub(super) role: Role,
    pub(super) format: SampleFormat,
    /// Its lines, without empty ones at the ends and, for a response, without HTTP headers.
    pub(super) span: Span,
}

impl Example {
    /// Returns the sample for reading.
    pub(super) fn text<'a>(&self, source: &'a Source) -> SampleText<'a> {
        SampleText { format: self.format, text: source.slice(self.span), span: self.span }
    }

    /// Returns the sample for the spec.
    pub(super) fn sample(&self, source: &Source) -> Sample {
        let text = source.slice(self.span);
        // Copies of Markdown end the lines of JSON with a backslash.
        let ends_lines = self.format == SampleFormat::Json && text.contains("\\\n");
        let text = if ends_lines || memchr::memchr(b'\r', text.as_bytes()).is_some() {
            let lines = text.lines().map(|line| line.trim_end_matches('\r'));
            let lines =
                lines.map(|line| if ends_lines { line.strip_suffix('\\').unwrap_or(line) } else { line });
            lines.collect::<Vec<_>>().join("\n")
        } else {
            text.to_owned()
        };
        Sample { format: self.format, text }
    }
}

/// Reads the code blocks of a section as samples, in order.
pub(super) fn examples(section: &Section<'_>, source: &Source) -> Vec<Example> {
    let mut found = Vec::new();
    if !section.blocks.iter().any(|block| matches!(block.kind, BlockKind::Code { .. })) {
        return found;
    }
    let mut label = Label::default();
    label.read(section.title);
    for block in section.blocks {
        match &block.kind {
            BlockKind::Heading { text, .. } => label.read(text),
            BlockKind::Paragraph => label.read(&source.plain_text(block.span)),
            BlockKind::Code { info, content } => {
                let mut label = label;
                label.read(info);
                found.extend(example(label, *content, source));
            }
            BlockKind::Blank | BlockKind::List | BlockKind::Table(_) => {}
        }
    }
    found
}

/// Reports code blocks among the examples that are not used as samples.
pub(super) fn report_unread(examples: &[Example], diagnostics: &mut Vec<Diagnostic>) {
    for example in examples {
        let message = match example.role {
            Role::Other => "a code block among the examples is neither a request nor a response",
            Role::Failure => "the sample of a failed request is not read",
            Role::Request | Role::Response => continue,
        };
        diagnostics.push(Diagnostic::new(Code::UnreadExample, example.span, message));
    }
}

/// Meaning of a word in a label.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Says {
    Xml,
    Json,
    Response,
    Request,
    Failure,
}

const WORDS: &[(&str, Says)] = &[
    ("xml", Says::Xml),
    ("json", Says::Json),
    ("返回", Says::Response),
    ("响应", Says::Response),
    ("return", Says::Response),
    ("response", Says::Response),
    ("请求", Says::Request),
    ("request", Says::Request),
    ("异常", Says::Failure),
    ("失败", Says::Failure),
    ("错误", Says::Failure),
    ("error", Says::Failure),
    ("fail", Says::Failure),
    ("exception", Says::Failure),
];
static LABELS: LazyLock<Lexicon<Says>> = LazyLock::new(|| Lexicon::new(WORDS.iter().copied()));

/// The label before a code block.
#[derive(Clone, Copy, Debug, Default)]
struct Label {
    format: Option<SampleFormat>,
    is_request: bool,
    is_failure: bool,
}

impl Label {
    /// Reads a further line. A line that only names the format adds to the label before it.
    fn read(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        let found = LABELS.all_in(text).fold(0_u8, |bits, what| bits | 1 << what as u8);
        let says = |what| found & 1 << what as u8 != 0;
        let format = match () {
            () if says(Says::Xml) => Some(SampleFormat::Xml),
            () if says(Says::Json) => Some(SampleFormat::Json),
            () => None,
        };
        let response = says(Says::Response);
        let request = says(Says::Request) && !response;
        let failure = says(Says::Failure);
        if format.is_none() || response || request || failure {
            self.is_request = request;
            self.is_failure = failure;
        }
        self.format = format;
    }
}

fn example(label: Label, content: Span, source: &Source) -> Option<Example> {
    let span = without_empty_lines(source.slice(content), content.start)?;
    let text = source.slice(span);
    let (format, body) = match shape(text) {
        Shape::Request => return Some(Example { role: Role::Request, format: SampleFormat::Http, span }),
        Shape::Json(body) => (Some(SampleFormat::Json), body),
        Shape::Xml(body) => (Some(SampleFormat::Xml), body),
        Shape::Other => (label.format.filter(|_| !label.is_request), 0),
    };
    let response = if label.is_failure { Role::Failure } else { Role::Response };
    let role = match format {
        // A body as the sample of a request belongs to a style this reader does not take apart.
        Some(_) if label.is_request => Role::Other,
        Some(_) => response,
        None => Role::Other,
    };
    let span = Span::new(span.start + body, span.end);
    Some(Example { role, format: format.unwrap_or(SampleFormat::Http), span })
}

enum Shape {
    Request,
    /// JSON, with the offset of the body after HTTP headers.
    Json(usize),
    Xml(usize),
    Other,
}

fn shape(text: &str) -> Shape {
    let start = text.trim_start();
    let body = if start.starts_with("HTTP/") {
        // A status line and headers, then the body.
        let lines = text.split_inclusive('\n');
        let headers = lines.take_while(|line| !line.trim_start().starts_with(['{', '[', '<']));
        headers.map(str::len).sum()
    } else {
        0
    };
    match text.get(body..).unwrap_or_default().trim_start().chars().next() {
        Some('{' | '[') => Shape::Json(body),
        Some('<') => Shape::Xml(body),
        _ if is_request(start) => Shape::Request,
        _ => Shape::Other,
    }
}

/// Returns whether a text is a URL, a request line, or a query.
fn is_request(text: &str) -> bool {
    let first = text.lines().next().unwrap_or_default();
    let method = first.split([' ', '\t']).next().unwrap_or_default();
    ["http://", "https://", "http(s)://", "/?", "?"].iter().any(|start| first.starts_with(start))
        || ["GET", "POST", "PUT", "DELETE", "PATCH", "HEAD"].contains(&method)
        || text.lines().take(8).any(|line| line.contains("Action="))
}

/// Returns the method and path of a request with resources and paths, if the block shows one.
pub(super) fn resource<'a>(block: &Block<'_>, source: &'a Source) -> Option<&'a str> {
    let BlockKind::Code { content, .. } = &block.kind else { return None };
    let line = source.slice(*content).trim_start().lines().next()?;
    let mut words = line.split_whitespace();
    let is_method = ["GET", "POST", "PUT", "DELETE", "PATCH", "HEAD"].contains(&words.next()?);
    let path =
        words.next().filter(|path| path.starts_with('/') && !path.starts_with("/?") && *path != "/")?;
    (is_method && !path.contains("Action=")).then_some(line.trim_end())
}

fn without_empty_lines(text: &str, base: usize) -> Option<Span> {
    let end = text.trim_end().len();
    if end == 0 {
        return None;
    }
    let blank = text.split_inclusive('\n').take_while(|line| line.trim().is_empty());
    let start: usize = blank.map(str::len).sum();
    Some(Span::new(base + start, base + end))
}
