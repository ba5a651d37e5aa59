//! An XML reader that takes fragments: several elements without a root, end tags missing or wrong.
//!
//! An element with elements in it is an object, siblings of one name are a list, everything else is text. The only
//! attribute with a meaning is `class="array"`: the elements inside are those of a list.

use std::borrow::Cow;
use std::collections::HashMap;

use foldhash::fast::RandomState;
use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};

use super::{Entry, MAX_DEPTH, Parsed, Repair, RepairKind, Tree, Value};
use crate::source::{BYTE_ORDER_MARK, Span, trim, trim_start};

/// Number of times that reading starts again after markup that is not XML. The limit bounds the time on hostile text.
const RESTARTS: usize = 16;
/// Most entries that are searched one by one.
const FEW: usize = 16;

/// Reads XML, however broken. `base` is the text's offset on its page.
pub(super) fn parse(text: &str, base: usize) -> Parsed<'_> {
    let mut builder = Builder::new(text, base);
    let mut from = 0;
    for _ in 0..RESTARTS {
        match read(text, from, &mut builder) {
            None => break,
            Some(at) => {
                builder.repair(RepairKind::OddMarkup, Span::at(base + at));
                from = at + 1;
            }
        }
    }
    builder.finish(base + text.len())
}

/// Reads from `from` on. Returns the offset at which it had to stop; `None` at the end.
fn read<'t>(text: &'t str, from: usize, builder: &mut Builder<'t>) -> Option<usize> {
    // Past a single byte of broken markup, `<`, so always on a character boundary.
    let rest = text.get(from..)?;
    let body = rest.trim_start_matches(BYTE_ORDER_MARK);
    // The reader takes a mark off as well, but does not count it.
    let from = from + (rest.len() - body.len());
    let mut reader = Reader::from_str(body);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    let offset = |position: u64| from + usize::try_from(position).unwrap_or(usize::MAX - from);
    loop {
        let start = offset(reader.buffer_position());
        let Ok(event) = reader.read_event() else {
            return Some(offset(reader.error_position()).max(from));
        };
        let span = Span::new(builder.base + start, builder.base + offset(reader.buffer_position()));
        match event {
            Event::Start(tag) => builder.start(&tag, span),
            Event::Empty(tag) => {
                builder.start(&tag, span);
                builder.close(span.end, span.end);
            }
            Event::End(tag) => builder.end(trim(tag.name().as_ref()), span),
            Event::Text(text) => builder.text(text.xml10_content(), span),
            Event::CData(text) => builder.text(text.xml10_content(), span),
            Event::GeneralRef(reference) => builder.text(resolve(&reference), span),
            Event::Comment(_) => builder.comment(span),
            Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
            Event::Eof => return None,
        }
    }
}

/// Resolves one of the five predefined entities or a character reference; others stay as they are.
fn resolve(reference: &BytesRef<'_>) -> Cow<'static, str> {
    if let Ok(Some(c)) = reference.resolve_char_ref() {
        return Cow::Owned(c.to_string());
    }
    match &**reference {
        "lt" => Cow::Borrowed("<"),
        "gt" => Cow::Borrowed(">"),
        "amp" => Cow::Borrowed("&"),
        "quot" => Cow::Borrowed("\""),
        "apos" => Cow::Borrowed("'"),
        other => Cow::Owned(format!("&{other};")),
    }
}

/// Returns a text without white space around it.
fn trimmed(text: Cow<'_, str>) -> Cow<'_, str> {
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(trim(text)),
        Cow::Owned(text) => Cow::Owned(text.trim().to_owned()),
    }
}

struct Builder<'t> {
    source: &'t str,
    base: usize,
    /// Open elements; the first is the whole fragment.
    open: Vec<Element<'t>>,
    /// Elements that are open but too deep to be read.
    skipped: usize,
    repairs: Vec<Repair>,
}

struct Element<'t> {
    name: &'t str,
    name_span: Span,
    /// Start of its content.
    start: usize,
    text: Cow<'t, str>,
    text_span: Option<Span>,
    is_array: bool,
    entries: Vec<Entry<'t>>,
    /// Place of an entry by name; this keeps the search for siblings fast where there are many.
    index: Option<Box<Index<'t>>>,
}

type Index<'t> = HashMap<Cow<'t, str>, usize, RandomState>;

impl<'t> Element<'t> {
    fn new(name: &'t str, name_span: Span, start: usize) -> Self {
        Self {
            name,
            name_span,
            start,
            text: Cow::default(),
            text_span: None,
            is_array: false,
            entries: Vec::new(),
            index: None,
        }
    }

    fn add(&mut self, entry: Entry<'t>) {
        let Some(first) = self.position(&entry.name).and_then(|at| self.entries.get_mut(at)) else {
            self.entries.push(entry);
            return;
        };
        let span = first.value.span.to(entry.value.span);
        if let Value::List(elements) = &mut first.value.value {
            elements.push(entry.value);
        } else {
            let one = Tree { value: std::mem::replace(&mut first.value.value, Value::Null), ..first.value };
            first.value.value = Value::List(vec![one, entry.value]);
        }
        first.value.span = span;
    }

    fn position(&mut self, name: &str) -> Option<usize> {
        if self.entries.len() <= FEW {
            return self.entries.iter().position(|entry| entry.name == name);
        }
        let index = self.index.get_or_insert_default();
        let new = self.entries.iter().enumerate().skip(index.len());
        index.extend(new.map(|(at, entry)| (entry.name.clone(), at)));
        index.get(name).copied()
    }

    fn into_entry(self, end: usize) -> Entry<'t> {
        let value = if self.is_array {
            let elements = self.entries.into_iter().flat_map(|entry| match entry.value.value {
                Value::List(elements) => elements,
                _ => vec![entry.value],
            });
            Tree { value: Value::List(elements.collect()), span: Span::new(self.start, end) }
        } else if !self.entries.is_empty() {
            Tree { value: Value::Object(self.entries), span: Span::new(self.start, end) }
        } else if let Some(span) = self.text_span {
            Tree { value: Value::String(trimmed(self.text)), span }
        } else {
            Tree { value: Value::Null, span: Span::new(self.start, end) }
        };
        Entry { name: Cow::Borrowed(self.name), name_span: self.name_span, value }
    }
}

impl<'t> Builder<'t> {
    fn new(source: &'t str, base: usize) -> Self {
        let root = Element::new("", Span::at(base), base);
        Self { source, base, open: vec![root], skipped: 0, repairs: Vec::new() }
    }

    fn repair(&mut self, kind: RepairKind, span: Span) {
        self.repairs.push(Repair { kind, span });
    }

    fn start(&mut self, tag: &BytesStart<'_>, span: Span) {
        if self.open.len() > MAX_DEPTH {
            self.skipped += 1;
            self.repair(RepairKind::TooDeep, span);
            return;
        }
        let name_span = Span::new(span.start + 1, span.start + 1 + tag.name().as_ref().len());
        let name =
            self.source.get(name_span.start - self.base..name_span.end - self.base).unwrap_or_default();
        let mut element = Element::new(name, name_span, span.end);
        element.is_array = tag.attributes_raw().split_whitespace().any(|pair| pair == r#"class="array""#);
        self.open.push(element);
    }

    /// Closes the innermost element with the name of an end tag, else the innermost element. If nothing is open, a
    /// second end of the first element means that the text after it repeats its tail.
    fn end(&mut self, name: &str, span: Span) {
        if self.skipped > 0 {
            self.skipped -= 1;
            return;
        }
        let fits = |element: &Element| element.name == name;
        let Some(depth) = self.open.iter().skip(1).rposition(fits) else {
            self.repair(RepairKind::ExtraEnd, span);
            if self.open.len() > 1 {
                self.close(span.start, span.end);
            } else if let Some(root) = self.open.last_mut()
                && root.entries.first().is_some_and(|first| first.name == name)
            {
                root.entries.truncate(1);
                root.index = None;
                self.repair(RepairKind::TrailingText, span);
            }
            return;
        };
        while self.open.len() > depth + 2 {
            self.repair(RepairKind::MissingEnd, Span::at(span.start));
            self.close(span.start, span.start);
        }
        self.close(span.start, span.end);
    }

    /// Closes the innermost element, whose content ends at `end`.
    fn close(&mut self, end: usize, after: usize) {
        if self.skipped > 0 {
            self.skipped -= 1;
            return;
        }
        debug_assert!(end <= after);
        if let Some(element) = self.open.pop()
            && let Some(parent) = self.open.last_mut()
        {
            parent.add(element.into_entry(end));
        }
    }

    fn text(&mut self, text: Cow<'t, str>, span: Span) {
        let Some(element) = self.open.last_mut() else { return };
        let is_blank = trim_start(&text).is_empty();
        if element.text.is_empty() && is_blank {
            return;
        }
        if element.text.is_empty() {
            element.text = text;
        } else {
            element.text.to_mut().push_str(&text);
        }
        if !is_blank {
            // Measured as it stands on the page: the reader makes one character of some line ends.
            let raw = self.source.get(span.start - self.base..span.end - self.base).unwrap_or_default();
            let start = span.start + raw.len() - trim_start(raw).len();
            let inner = Span::new(start, start + trim(raw).len());
            element.text_span = Some(element.text_span.map_or(inner, |before| before.to(inner)));
        }
    }

    fn comment(&mut self, span: Span) {
        self.repair(RepairKind::Comment, span);
    }

    fn finish(mut self, end: usize) -> Parsed<'t> {
        self.skipped = 0;
        while self.open.len() > 1 {
            self.repair(RepairKind::MissingEnd, Span::at(end));
            self.close(end, end);
        }
        let tree = self
            .open
            .pop()
            .filter(|root| !root.entries.is_empty())
            .map(|root| Tree { span: Span::new(root.start, end), value: Value::Object(root.entries) });
        Parsed { tree, repairs: self.repairs }
    }
}
