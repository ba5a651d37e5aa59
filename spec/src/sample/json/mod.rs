//! A tolerant JSON reader: recursive descent, bounded in depth, each byte read a bounded number of times.

mod cursor;
mod text;

use std::borrow::Cow;

use cursor::Cursor;

use super::{Entry, MAX_DEPTH, Parsed, RepairKind, Tree, Value};
use crate::source::Span;

/// Reads JSON, however broken. `base` is the text's offset on its page.
pub(super) fn parse(text: &str, base: usize) -> Parsed<'_> {
    let mut reader = Reader { cursor: Cursor::new(text, base), depth: 0, lists: 0, objects: 0 };
    let tree = reader.document();
    Parsed { tree, repairs: reader.cursor.into_repairs() }
}

struct Reader<'t> {
    cursor: Cursor<'t>,
    depth: usize,
    /// Open lists and objects. They show whether an end that does not fit belongs to one further out.
    lists: usize,
    objects: usize,
}

impl<'t> Reader<'t> {
    fn document(&mut self) -> Option<Tree<'t>> {
        self.cursor.trivia();
        let start = self.cursor.at();
        let mut tree = match self.cursor.peek()? {
            '{' | '[' => self.value(),
            // The body of an object, without its braces.
            c if is_quote(c) && self.cursor.line_has_colon() => {
                self.cursor.repair_here(RepairKind::OddStart);
                let mut entries = Vec::new();
                self.body(&mut entries, Root::Implicit);
                Tree { value: Value::Object(entries), span: self.cursor.span_from(start) }
            }
            _ => return None,
        };
        self.rest(&mut tree);
        Some(tree)
    }

    /// Reads what follows the outermost value: too many closing brackets, or the rest of an object that was closed too
    /// early.
    fn rest(&mut self, tree: &mut Tree<'t>) {
        loop {
            self.cursor.trivia();
            let Some(next) = self.cursor.peek() else { return };
            let start = self.cursor.at();
            match (next, &mut tree.value) {
                ('}' | ']', _) => {
                    self.cursor.next();
                    self.cursor.repair_from(RepairKind::ExtraEnd, start);
                }
                (',', Value::Object(entries)) => {
                    self.cursor.next();
                    self.cursor.repair_from(RepairKind::ExtraEnd, start);
                    self.body(entries, Root::Implicit);
                    tree.span = tree.span.to(self.cursor.span_from(start));
                }
                _ => {
                    self.cursor.skip_all();
                    self.cursor.repair_from(RepairKind::TrailingText, start);
                    return;
                }
            }
        }
    }

    fn value(&mut self) -> Tree<'t> {
        self.cursor.trivia();
        let start = self.cursor.at();
        let value = match self.cursor.peek() {
            Some('{') => self.container(Self::object),
            Some('[') => self.container(Self::list),
            Some(c) if is_quote(c) => Value::String(self.string()),
            _ => self.bare_value(),
        };
        Tree { value, span: self.cursor.span_from(start) }
    }

    /// Reads a container one level further in, or skips it if it is too deep.
    fn container(&mut self, read: fn(&mut Self) -> Value<'t>) -> Value<'t> {
        if self.depth >= MAX_DEPTH {
            let start = self.cursor.at();
            self.cursor.skip_container();
            self.cursor.repair_from(RepairKind::TooDeep, start);
            return Value::Null;
        }
        self.depth += 1;
        self.cursor.next();
        let value = read(self);
        self.depth -= 1;
        value
    }

    fn object(&mut self) -> Value<'t> {
        let mut entries = Vec::new();
        self.objects += 1;
        self.body(&mut entries, Root::Braced);
        self.objects -= 1;
        Value::Object(entries)
    }

    /// Reads entries up to the closing brace, or to the end for an object without braces.
    fn body(&mut self, entries: &mut Vec<Entry<'t>>, root: Root) {
        let mut separator = Separator::Start;
        loop {
            self.cursor.trivia();
            let start = self.cursor.at();
            match self.cursor.peek() {
                None => {
                    if root == Root::Braced {
                        self.cursor.repair_here(RepairKind::MissingEnd);
                    }
                    return;
                }
                Some('}') => {
                    self.end(separator, start);
                    return;
                }
                Some(']') if self.lists > 0 => {
                    self.cursor.repair_here(RepairKind::MissingEnd);
                    return;
                }
                Some(',') => separator = self.comma(separator),
                Some(_) if self.cursor.ellipsis() => separator = Separator::Start,
                Some('{') => {
                    let inner = self.value();
                    self.unnamed(entries, inner, separator);
                    separator = Separator::None;
                }
                Some(']' | ':') => {
                    self.cursor.next();
                    self.cursor.repair_from(RepairKind::ExtraEnd, start);
                }
                Some('[') => {
                    self.value();
                    self.cursor.repair_from(RepairKind::MissingName, start);
                    separator = Separator::None;
                }
                Some(_) => {
                    self.expect_comma(separator);
                    entries.push(self.entry());
                    separator = Separator::None;
                }
            }
        }
    }

    /// Reads an object in place of a name: a doubled brace, or the next element of a list without brackets.
    fn unnamed(&mut self, entries: &mut Vec<Entry<'t>>, inner: Tree<'t>, separator: Separator) {
        match entries.last_mut() {
            Some(last) if separator == Separator::Comma => {
                self.cursor.repair(RepairKind::MissingBrackets, inner.span);
                let span = last.value.span.to(inner.span);
                if let Value::List(elements) = &mut last.value.value {
                    elements.push(inner);
                } else {
                    let first = std::mem::replace(&mut last.value.value, Value::Null);
                    let first = Tree { value: first, span: last.value.span };
                    last.value.value = Value::List(vec![first, inner]);
                }
                last.value.span = span;
            }
            _ => {
                self.cursor.repair(RepairKind::OddStart, Span::at(inner.span.start));
                if let Value::Object(inner) = inner.value {
                    entries.extend(inner);
                }
            }
        }
    }

    fn entry(&mut self) -> Entry<'t> {
        let start = self.cursor.at();
        let name = match self.cursor.peek() {
            Some(c) if is_quote(c) => self.string(),
            _ => self.bare_name(),
        };
        let name_span = self.cursor.span_from(start);
        let trimmed = name.trim();
        let name = if trimmed.len() == name.len() {
            name
        } else {
            self.cursor.repair(RepairKind::SpacedName, name_span);
            Cow::Owned(trimmed.to_owned())
        };
        self.cursor.trivia();
        let value = match self.cursor.peek() {
            Some(':' | '=') => {
                self.cursor.next();
                self.value()
            }
            Some('{' | '[') => {
                self.cursor.repair_here(RepairKind::MissingColon);
                self.value()
            }
            _ => {
                self.cursor.repair(RepairKind::MissingValue, name_span);
                Tree { value: Value::Null, span: name_span }
            }
        };
        Entry { name, name_span, value }
    }

    fn list(&mut self) -> Value<'t> {
        let mut elements = Vec::new();
        let mut separator = Separator::Start;
        self.lists += 1;
        loop {
            self.cursor.trivia();
            let start = self.cursor.at();
            match self.cursor.peek() {
                None => {
                    self.cursor.repair_here(RepairKind::MissingEnd);
                    break;
                }
                Some(']') => {
                    self.end(separator, start);
                    break;
                }
                Some('}') if self.objects > 0 => {
                    self.cursor.repair_here(RepairKind::MissingEnd);
                    break;
                }
                Some(',') => separator = self.comma(separator),
                Some(_) if self.cursor.ellipsis() => separator = Separator::Start,
                Some('}' | ':') => {
                    self.cursor.next();
                    self.cursor.repair_from(RepairKind::ExtraEnd, start);
                }
                Some(_) => {
                    self.expect_comma(separator);
                    elements.push(self.value());
                    separator = Separator::None;
                }
            }
        }
        self.lists -= 1;
        Value::List(elements)
    }

    fn comma(&mut self, separator: Separator) -> Separator {
        let start = self.cursor.at();
        self.cursor.next();
        if separator == Separator::Comma {
            self.cursor.repair_from(RepairKind::ExtraComma, start);
        }
        Separator::Comma
    }

    fn expect_comma(&mut self, separator: Separator) {
        if separator == Separator::None {
            self.cursor.repair_here(RepairKind::MissingComma);
        }
    }

    fn end(&mut self, separator: Separator, start: usize) {
        if separator == Separator::Comma {
            self.cursor.repair_here(RepairKind::ExtraComma);
        }
        debug_assert_eq!(self.cursor.at(), start);
        self.cursor.next();
    }
}

/// Whether an object has its braces.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Root {
    Braced,
    Implicit,
}

/// The mark before the next value.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Separator {
    /// The container's start, or an ellipsis.
    Start,
    Comma,
    None,
}

/// Returns whether a string may start with it.
fn is_quote(c: char) -> bool {
    matches!(c, '"' | '\'' | '“' | '”' | '‘' | '’' | '＂')
}
