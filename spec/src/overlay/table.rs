//! A table of the file, read key by key; whatever is wrong with a key becomes a diagnostic at its place.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::entry::At;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;

/// A table, what messages call it, and where to say what is wrong with it.
pub(super) struct Table<'t, 'l> {
    what: String,
    table: &'t DeTable<'t>,
    span: Span,
    log: &'l mut Vec<Diagnostic>,
}

impl<'t, 'l> Table<'t, 'l> {
    /// The table that `value` is; `what` is what messages call it, `form` how it is written.
    pub(super) fn new(
        what: String,
        form: &str,
        value: &'t Spanned<DeValue<'t>>,
        log: &'l mut Vec<Diagnostic>,
    ) -> Option<Self> {
        let span = Span::from(value.span());
        match value.get_ref() {
            DeValue::Table(table) => Some(Self { what, table, span, log }),
            other => {
                let message = format!("{what} is a {}, not a table", other.type_str());
                log.push(Diagnostic::new(Code::OverlayKey, span, message).with_help(format!("write {form}")));
                None
            }
        }
    }

    pub(super) fn span(&self) -> Span {
        self.span
    }

    pub(super) fn log(&mut self) -> &mut Vec<Diagnostic> {
        self.log
    }

    /// Complains about every key that is not `known`.
    pub(super) fn only(&mut self, known: &[&str]) {
        for key in self.table.keys().filter(|key| !known.contains(&key.get_ref().as_ref())) {
            let (name, what) = (key.get_ref(), &self.what);
            let diagnostic = Diagnostic::new(
                Code::OverlayKey,
                Span::from(key.span()),
                format!("{what} has no key `{name}`"),
            );
            self.log.push(diagnostic.with_help(format!("its keys are {}", listed(known))));
        }
    }

    /// The value of a key.
    pub(super) fn value(&self, key: &str) -> Option<&'t Spanned<DeValue<'t>>> {
        self.table.get(key)
    }

    /// Every key with its value, in the order of the file.
    pub(super) fn entries(&self) -> Vec<(At<String>, &'t Spanned<DeValue<'t>>)> {
        entries(self.table)
    }

    /// A text; `None` if the key is missing, or is something else, which is complained about.
    pub(super) fn text(&mut self, key: &str) -> Option<At<String>> {
        let value = self.value(key)?;
        let span = Span::from(value.span());
        match value.get_ref() {
            DeValue::String(text) => Some(At { value: text.clone().into_owned(), span }),
            other => {
                self.wrong(key, span, other, "text");
                None
            }
        }
    }

    /// A text that must be there and not be blank.
    pub(super) fn needed(&mut self, key: &str) -> Option<At<String>> {
        if self.value(key).is_none() {
            let message = format!("{} lacks the key `{key}`", self.what);
            self.log.push(Diagnostic::new(Code::OverlayKey, self.span, message));
        }
        let text = self.text(key)?;
        if text.value.trim().is_empty() {
            let message = format!("`{key}` of {} is empty", self.what);
            self.log.push(Diagnostic::new(Code::OverlayKey, text.span, message));
            return None;
        }
        Some(text)
    }

    /// True or false; false if the key is missing.
    pub(super) fn flag(&mut self, key: &str) -> bool {
        let Some(value) = self.value(key) else { return false };
        if let DeValue::Boolean(flag) = value.get_ref() {
            return *flag;
        }
        self.wrong(key, Span::from(value.span()), value.get_ref(), "`true` or `false`");
        false
    }

    /// A whole number; `None` if the key is missing, or is something else, which is complained about.
    pub(super) fn number(&mut self, key: &str) -> Option<i64> {
        let value = self.value(key)?;
        let number = value.get_ref().as_integer();
        let number = number.and_then(|number| i64::from_str_radix(number.as_str(), number.radix()).ok());
        if number.is_none() {
            self.wrong(key, Span::from(value.span()), value.get_ref(), "a whole number of 64 bits");
        }
        number
    }

    /// The items of an array; `None` if the key is missing.
    pub(super) fn array(&mut self, key: &str) -> Option<&'t [Spanned<DeValue<'t>>]> {
        let value = self.value(key)?;
        match value.get_ref() {
            DeValue::Array(items) => Some(items),
            other => {
                self.wrong(key, Span::from(value.span()), other, "an array");
                None
            }
        }
    }

    /// One of a few words, as what it stands for.
    pub(super) fn choice<T: Copy>(&mut self, key: &str, words: &[(&str, T)]) -> Option<T> {
        let text = self.text(key)?;
        self.meant(key, &text, words)
    }

    /// An array of such words.
    pub(super) fn choices<T: Copy>(&mut self, key: &str, words: &[(&str, T)]) -> Vec<At<T>> {
        let mut chosen = Vec::new();
        for item in self.array(key).unwrap_or_default() {
            let span = Span::from(item.span());
            let DeValue::String(text) = item.get_ref() else {
                self.wrong(key, span, item.get_ref(), "an array of texts");
                continue;
            };
            let text = At { value: text.clone().into_owned(), span };
            chosen.extend(self.meant(key, &text, words).map(|value| At { value, span }));
        }
        chosen
    }

    fn meant<T: Copy>(&mut self, key: &str, text: &At<String>, words: &[(&str, T)]) -> Option<T> {
        let meant = words.iter().find(|(word, _)| *word == text.value);
        if meant.is_none() {
            let words: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
            let message = format!("`{key}` of {} cannot be `{}`", self.what, text.value);
            let diagnostic = Diagnostic::new(Code::OverlayKey, text.span, message);
            self.log.push(diagnostic.with_help(format!("it is one of {}", listed(&words))));
        }
        meant.map(|(_, meaning)| *meaning)
    }

    /// Complains that a key fits nothing here.
    pub(super) fn misplaced(&mut self, key: &str, why: &str) {
        if let Some(value) = self.value(key) {
            let message = format!("`{key}` of {} does not go with its type: {why}", self.what);
            self.log.push(Diagnostic::new(Code::OverlayKey, Span::from(value.span()), message));
        }
    }

    fn wrong(&mut self, key: &str, span: Span, found: &DeValue<'_>, expected: &str) {
        let article = if found.is_integer() || found.is_array() { "an" } else { "a" };
        let message = format!("`{key}` of {} is {article} {}, not {expected}", self.what, found.type_str());
        let diagnostic = Diagnostic::new(Code::OverlayKey, span, message);
        // What unquoted dots in a key come to.
        let help = found.is_table().then_some("a key that holds dots, as paths do, is written in quotes");
        self.log.push(Diagnostic { help: help.map(Into::into), ..diagnostic });
    }
}

/// Every key of a table with its value, in the order of the file.
pub(super) fn entries<'t>(table: &'t DeTable<'t>) -> Vec<(At<String>, &'t Spanned<DeValue<'t>>)> {
    let key = |key: &Spanned<toml::de::DeString<'_>>| At {
        value: key.get_ref().clone().into_owned(),
        span: Span::from(key.span()),
    };
    let mut entries: Vec<_> = table.iter().map(|(name, value)| (key(name), value)).collect();
    entries.sort_by_key(|(key, _)| key.span);
    entries
}

/// `` `a`, `b`, `c` ``.
pub(super) fn listed(words: &[&str]) -> String {
    words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}
