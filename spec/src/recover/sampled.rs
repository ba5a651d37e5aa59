//! Samples of a page with what was understood of them.

use crate::model::SampleFormat;
use crate::sample::{self, Parsed};
use crate::source::Span;

/// A sample's text and where it starts.
#[derive(Clone, Copy, Debug)]
pub struct SampleText<'a> {
    /// What it is written in.
    pub format: SampleFormat,
    /// The text, a slice of the page.
    pub text: &'a str,
    /// Where on the page.
    pub span: Span,
}

/// A sample, read.
#[derive(Clone, Debug)]
pub struct Sampled<'a> {
    /// What was read.
    pub text: SampleText<'a>,
    /// What was understood of it.
    pub parsed: Parsed<'a>,
}

impl<'a> From<SampleText<'a>> for Sampled<'a> {
    fn from(text: SampleText<'a>) -> Self {
        Self { text, parsed: sample::parse(text.format, text.text, text.span.start) }
    }
}

/// The name of a format in messages.
pub(super) fn format_name(format: SampleFormat) -> &'static str {
    match format {
        SampleFormat::Http => "request",
        SampleFormat::Json => "JSON",
        SampleFormat::Xml => "XML",
    }
}
