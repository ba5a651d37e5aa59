//! Samples of a page, with the result of parsing them.

use crate::model::SampleFormat;
use crate::sample::{self, Parsed};
use crate::source::Span;

/// A sample's text and where it starts.
#[derive(Clone, Copy, Debug)]
pub struct SampleText<'a> {
    /// Its format.
    pub format: SampleFormat,
    /// The text, a slice of the page.
    pub text: &'a str,
    /// Its place on the page.
    pub span: Span,
}

/// A sample, read.
#[derive(Clone, Debug)]
pub struct Sampled<'a> {
    /// The text.
    pub text: SampleText<'a>,
    /// The result of parsing it.
    pub parsed: Parsed<'a>,
}

impl<'a> From<SampleText<'a>> for Sampled<'a> {
    fn from(text: SampleText<'a>) -> Self {
        Self { text, parsed: sample::parse(text.format, text.text, text.span.start) }
    }
}

/// Returns the name of a format in messages.
pub(super) fn format_name(format: SampleFormat) -> &'static str {
    match format {
        SampleFormat::Http => "request",
        SampleFormat::Json => "JSON",
        SampleFormat::Xml => "XML",
    }
}
