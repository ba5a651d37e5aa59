//! The place in a response that is being decoded. Collects notes and unknown fields.

use std::fmt;

use serde_json::value::RawValue;

use super::finding::{Note, Reason, UnknownField};
use super::{Decode, Envelope, Unfit};

/// The place in a response that is being decoded. Each value gets its own.
pub struct Context<'p> {
    sink: &'p mut Sink,
    path: Path<'p>,
    wrapper: Option<&'static str>,
    is_response: bool,
}

/// The findings of decoding.
#[derive(Default)]
pub(super) struct Sink {
    pub(super) envelope: Envelope,
    pub(super) notes: Vec<Note>,
    pub(super) unknown: Vec<UnknownField>,
    noted: usize,
    elements: usize,
}

/// A path on the stack. It becomes a text only when a note needs it.
#[derive(Clone, Copy)]
struct Path<'p> {
    parent: Option<&'p Path<'p>>,
    segment: Segment<'p>,
}

#[derive(Clone, Copy)]
enum Segment<'p> {
    Root,
    Field(&'p str),
    Index(usize),
}

/// How many notes and unknown fields are kept. A hostile response must not cost more memory than it has bytes.
const MOST_FINDINGS: usize = 256;
/// How many elements the lists and maps of a response may have.
const MOST_ELEMENTS: usize = 1 << 16;
/// How much of a name is kept in a path, in characters.
const LONGEST_NAME: usize = 128;

impl Sink {
    /// Notes something about the body as a whole.
    pub(super) fn note_body(&mut self, reason: &'static str) {
        self.note(String::new, Reason::Other(reason));
    }

    fn note(&mut self, path: impl FnOnce() -> String, reason: Reason) {
        self.noted = self.noted.saturating_add(1);
        if self.notes.len() < MOST_FINDINGS {
            self.notes.push(Note::new(path(), reason));
        }
    }

    /// Returns the context of the whole response.
    pub(super) fn response(&mut self) -> Context<'_> {
        Context { is_response: true, ..self.value() }
    }

    /// Returns the context of a value that is no response.
    pub(super) fn value(&mut self) -> Context<'_> {
        let path = Path { parent: None, segment: Segment::Root };
        Context { sink: self, path, wrapper: None, is_response: false }
    }
}

impl Context<'_> {
    pub(super) fn field<'c>(&'c mut self, name: &'c str) -> Context<'c> {
        self.below(Segment::Field(name))
    }

    pub(super) fn element(&mut self, index: usize) -> Context<'_> {
        self.below(Segment::Index(index))
    }

    fn below<'c>(&'c mut self, segment: Segment<'c>) -> Context<'c> {
        let path = Path { parent: Some(&self.path), segment };
        Context { sink: self.sink, path, wrapper: None, is_response: false }
    }

    /// Returns a context for the same place.
    pub(super) fn again(&mut self) -> Context<'_> {
        Context { sink: self.sink, path: self.path, wrapper: self.wrapper, is_response: self.is_response }
    }

    pub(super) fn with_wrapper(self, wrapper: &'static str) -> Self {
        Self { wrapper: Some(wrapper), ..self }
    }

    pub(super) fn wrapper(&self) -> Option<&'static str> {
        self.wrapper
    }

    /// Tells whether this is the top level of a response, where the envelope is.
    pub(super) fn is_response(&self) -> bool {
        self.is_response
    }

    pub(super) fn envelope(&mut self) -> &mut Envelope {
        &mut self.sink.envelope
    }

    /// Reads the envelope of a response that is read as a whole.
    pub(crate) fn read_envelope(&mut self, response: &RawValue) {
        let mut sink = Sink::default();
        let mut json = serde_json::Deserializer::from_str(response.get());
        if self.is_response && <()>::decode(&mut json, sink.response()).is_ok() {
            self.sink.envelope = sink.envelope;
        }
    }

    /// Returns how many notes were made, including those that were not kept.
    pub(super) fn noted(&self) -> usize {
        self.sink.noted
    }

    /// Notes that the value at this place does not fit.
    pub(super) fn unfit(&mut self, found: Unfit, expected: &'static str) {
        self.note_because(Reason::Unfit { found, expected });
    }

    /// Notes why the value at this place is absent.
    pub(super) fn note(&mut self, reason: &'static str) {
        self.note_because(Reason::Other(reason));
    }

    fn note_because(&mut self, reason: Reason) {
        let path = self.path;
        self.sink.note(|| path.text(), reason);
    }

    /// Keeps a field that the type at this place does not have.
    pub(super) fn unknown(&mut self, name: &str, json: &str) {
        if self.sink.unknown.len() < MOST_FINDINGS {
            let path = Path { parent: Some(&self.path), segment: Segment::Field(name) }.text();
            self.sink.unknown.push(UnknownField::new(path, json));
        }
    }

    /// Counts one element of a list or map.
    ///
    /// # Errors
    ///
    /// If there are too many.
    pub(super) fn count_element<E: serde::de::Error>(&mut self) -> Result<(), E> {
        self.sink.elements = self.sink.elements.saturating_add(1);
        if self.sink.elements > MOST_ELEMENTS {
            return Err(E::custom(format_args!("more than {MOST_ELEMENTS} elements")));
        }
        Ok(())
    }
}

impl fmt::Debug for Context<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Context").field("path", &self.path.text()).finish_non_exhaustive()
    }
}

impl Path<'_> {
    fn text(&self) -> String {
        // Real paths are shorter.
        let mut text = String::with_capacity(64);
        self.write(&mut text);
        text
    }

    fn write(&self, text: &mut String) {
        if let Some(parent) = self.parent {
            parent.write(text);
        }
        match self.segment {
            Segment::Root => {}
            Segment::Field(name) => {
                if !text.is_empty() {
                    text.push('.');
                }
                if name.len() <= LONGEST_NAME {
                    text.push_str(name);
                } else {
                    text.extend(name.chars().take(LONGEST_NAME));
                }
            }
            Segment::Index(index) => {
                text.push('[');
                text.push_str(&index.to_string());
                text.push(']');
            }
        }
    }
}
