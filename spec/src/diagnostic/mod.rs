//! Diagnostics: each reports one problem of a page, with its place. [`render()`] writes them for people,
//! [`to_json_lines`] for machines.

mod code;
mod json;
mod render;

pub use code::Code;
pub use json::to_json_lines;
pub use render::{RenderOptions, render};

use std::borrow::Cow;

use crate::source::Span;

/// Severity of a diagnostic.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Part of the page is lost.
    Error,
    /// The page contradicts itself, or something had to be inferred from weak evidence.
    Warning,
    /// Worth knowing; nothing is lost.
    Note,
}

impl Level {
    /// Returns `error`, `warning` or `note`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }
}

/// One remark about a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Its kind.
    pub code: Code,
    /// Its severity, which the code decides.
    pub level: Level,
    /// One sentence without a full stop, which names the field or section.
    pub message: Cow<'static, str>,
    /// Place of the problem.
    pub span: Span,
    /// Further places, each with a short text; a label on `span` itself comes first.
    pub labels: Vec<(Span, Cow<'static, str>)>,
    /// The assumption that was made, or the solution.
    pub help: Option<Cow<'static, str>>,
}

impl Diagnostic {
    /// Returns a diagnostic at the code's level, without labels and help.
    #[must_use]
    pub fn new(code: Code, span: Span, message: impl Into<Cow<'static, str>>) -> Self {
        let message = message.into();
        Self { code, level: code.level(), message, span, labels: Vec::new(), help: None }
    }

    /// Adds a labelled place.
    #[must_use]
    pub fn with_label(mut self, span: Span, text: impl Into<Cow<'static, str>>) -> Self {
        self.labels.push((span, text.into()));
        self
    }

    /// Adds help.
    #[must_use]
    pub fn with_help(mut self, text: impl Into<Cow<'static, str>>) -> Self {
        self.help = Some(text.into());
        self
    }
}

/// Sorts diagnostics by their place on the page, then by code, then by message.
pub fn sort(diagnostics: &mut [Diagnostic]) {
    diagnostics
        .sort_by(|a, b| (a.span, a.code.as_str(), &a.message).cmp(&(b.span, b.code.as_str(), &b.message)));
}
