//! What the front end has to say about a page: one [`Diagnostic`] per thing found, with its place.
//! [`render()`] shows them to people, [`to_json_lines`] to machines.

mod code;
mod json;
mod render;

pub use code::Code;
pub use json::to_json_lines;
pub use render::{RenderOptions, render};

use std::borrow::Cow;

use crate::source::Span;

/// How much a diagnostic matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Something of the page is lost.
    Error,
    /// The page contradicts itself, or something had to be inferred from weak evidence.
    Warning,
    /// Worth knowing; nothing is lost.
    Note,
}

impl Level {
    /// `error`, `warning` or `note`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }
}

/// One thing to say about a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// What kind of thing.
    pub code: Code,
    /// How much it matters; the code's level.
    pub level: Level,
    /// One sentence without a full stop, naming the field or section it is about.
    pub message: Cow<'static, str>,
    /// Where.
    pub span: Span,
    /// Other places that belong to it, each with a few words; a label on `span` itself comes first.
    pub labels: Vec<(Span, Cow<'static, str>)>,
    /// What was assumed, or what to do about it.
    pub help: Option<Cow<'static, str>>,
}

impl Diagnostic {
    /// A diagnostic at the code's level, without labels and help.
    #[must_use]
    pub fn new(code: Code, span: Span, message: impl Into<Cow<'static, str>>) -> Self {
        let message = message.into();
        Self { code, level: code.level(), message, span, labels: Vec::new(), help: None }
    }

    /// The same with one more labelled place.
    #[must_use]
    pub fn with_label(mut self, span: Span, text: impl Into<Cow<'static, str>>) -> Self {
        self.labels.push((span, text.into()));
        self
    }

    /// The same with help.
    #[must_use]
    pub fn with_help(mut self, text: impl Into<Cow<'static, str>>) -> Self {
        self.help = Some(text.into());
        self
    }
}

/// Puts diagnostics in the order of the page; those of one place by code, then message.
pub fn sort(diagnostics: &mut [Diagnostic]) {
    diagnostics
        .sort_by(|a, b| (a.span, a.code.as_str(), &a.message).cmp(&(b.span, b.code.as_str(), &b.message)));
}
