//! Text from a page on its way into source: as a literal, as rustdoc Markdown, as a comment.
//! Whatever it holds, it stays text there.

mod literal;
mod markdown;
mod visible;

pub(crate) use literal::{literal, raw_literal};
pub(crate) use markdown::{code, is_web_address, paragraphs};
pub(crate) use visible::{is_hidden, visible};
