//! Writes text from a page into source, as a literal, as rustdoc Markdown or as a comment, where it always stays text.

mod literal;
mod markdown;
mod visible;

pub(crate) use literal::{literal, raw_literal};
pub(crate) use markdown::{code, is_web_address, paragraphs};
pub(crate) use visible::{is_hidden, visible};
