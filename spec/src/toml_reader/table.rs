//! A table of the file, read key by key; whatever is wrong with a key becomes a diagnostic at its place.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{At, Log};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;

/// A table, with its name in messages, and the log for its problems.
pub(crate) struct Table<'t, 'l> {
    what: String,
    table: &'t DeTable<'t>,
    span: Span,
    log: &'l mut Log,
}

impl<'t, 'l> Table<'t, 'l> {
    /// Takes a value as a table; `what` is its name in messages, `form` how it is written.
    pub(crate) fn new(
        what: String,
        form: &str,
        value: &'t Spanned<DeValue<'t>>,
        log: &'l mut Log,
    ) -> Option<Self> {
        let span = Span::from(value.span());
        match value.get_ref() {
            DeValue::Table(table) => Some(Self { what, table, span, log }),
            other => {
                let message = format!("{what} is {}, not a table", kind(other));
                log.push(log.about_key(span, message).with_help(format!("write {form}")));
                None
            }
        }
    }

    /// Takes a whole file as a table.
    pub(crate) fn root(what: &str, table: &'t DeTable<'t>, log: &'l mut Log) -> Self {
        Self { what: what.to_owned(), table, span: Span::at(0), log }
    }

    pub(crate) fn span(&self) -> Span {
        self.span
    }

    pub(crate) fn log(&mut self) -> &mut Log {
        self.log
    }

    /// Reports every key that is not `known`.
    pub(crate) fn only(&mut self, known: &[&str]) {
        for key in self.table.keys().filter(|key| !known.contains(&key.get_ref().as_ref())) {
            let (name, what) = (key.get_ref(), &self.what);
            let diagnostic =
                self.log.about_key(Span::from(key.span()), format!("{what} has no key `{name}`"));
            self.log.push(diagnostic.with_help(format!("its keys are {}", listed(known))));
        }
    }

    /// Returns the value of a key.
    pub(crate) fn value(&self, key: &str) -> Option<&'t Spanned<DeValue<'t>>> {
        self.table.get(key)
    }

    /// Returns every key with its value, in the order of the file.
    pub(crate) fn entries(&self) -> Vec<(At<String>, &'t Spanned<DeValue<'t>>)> {
        entries(self.table)
    }

    /// Reads a string; `None` if the key is missing. Reports any other value.
    pub(crate) fn text(&mut self, key: &str) -> Option<At<String>> {
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

    /// Reads a string that must be there and not be blank.
    pub(crate) fn needed(&mut self, key: &str) -> Option<At<String>> {
        if self.value(key).is_none() {
            let message = format!("{} lacks the key `{key}`", self.what);
            self.log.push(self.log.about_key(self.span, message));
        }
        let text = self.text(key)?;
        if text.value.trim().is_empty() {
            let message = format!("`{key}` of {} is empty", self.what);
            self.log.push(self.log.about_key(text.span, message));
            return None;
        }
        Some(text)
    }

    /// Reads true or false; false if the key is missing.
    pub(crate) fn flag(&mut self, key: &str) -> bool {
        let Some(value) = self.value(key) else { return false };
        if let DeValue::Boolean(flag) = value.get_ref() {
            return *flag;
        }
        self.wrong(key, Span::from(value.span()), value.get_ref(), "`true` or `false`");
        false
    }

    /// Reads a whole number; `None` if the key is missing. Reports any other value.
    pub(crate) fn number(&mut self, key: &str) -> Option<i64> {
        let value = self.value(key)?;
        let number = value.get_ref().as_integer();
        let number = number.and_then(|number| i64::from_str_radix(number.as_str(), number.radix()).ok());
        if number.is_none() {
            self.wrong(key, Span::from(value.span()), value.get_ref(), "a whole number of 64 bits");
        }
        number
    }

    /// Returns the items of an array; `None` if the key is missing.
    pub(crate) fn array(&mut self, key: &str) -> Option<&'t [Spanned<DeValue<'t>>]> {
        let value = self.value(key)?;
        match value.get_ref() {
            DeValue::Array(items) => Some(items),
            other => {
                self.wrong(key, Span::from(value.span()), other, "an array");
                None
            }
        }
    }

    /// Reads one of a few words; returns its meaning.
    pub(crate) fn choice<T: Copy>(&mut self, key: &str, words: &[(&str, T)]) -> Option<T> {
        let text = self.text(key)?;
        self.meant(key, &text, words)
    }

    /// Reads an array of such words.
    pub(crate) fn choices<T: Copy>(&mut self, key: &str, words: &[(&str, T)]) -> Vec<At<T>> {
        let texts = self.texts(key);
        let meant = texts.into_iter().map(|text| (text.span, self.meant(key, &text, words)));
        meant.filter_map(|(span, value)| Some(At { value: value?, span })).collect()
    }

    /// Reads an array of strings; empty if the key is missing.
    pub(crate) fn texts(&mut self, key: &str) -> Vec<At<String>> {
        let mut texts = Vec::new();
        for item in self.array(key).unwrap_or_default() {
            let span = Span::from(item.span());
            match item.get_ref() {
                DeValue::String(text) => texts.push(At { value: text.clone().into_owned(), span }),
                other => self.wrong(key, span, other, "an array of texts"),
            }
        }
        texts
    }

    /// Reads the table below a key, written in the given form; `None` if the key is missing. Reports any other
    /// value.
    pub(crate) fn inner<'a>(&'a mut self, key: &str, form: &str) -> Option<Table<'t, 'a>> {
        let value = self.value(key)?;
        Table::new(format!("`{key}`"), form, value, self.log)
    }

    /// Reads the reason; reports `code` if none is given.
    pub(crate) fn reason(&mut self, code: Code, help: &'static str) -> Option<At<String>> {
        let is_there = self.value("reason").is_some();
        let reason = self.text("reason");
        let is_said = reason.as_ref().is_some_and(|reason| !reason.value.trim().is_empty());
        // A reason that is not a text has been reported already.
        if !is_said && (reason.is_some() || !is_there) {
            let span = reason.as_ref().map_or(self.span, |reason| reason.span);
            let message = format!("{} gives no reason", self.what);
            self.log.push(Diagnostic::new(code, span, message).with_help(help));
        }
        reason.filter(|_| is_said)
    }

    fn meant<T: Copy>(&mut self, key: &str, text: &At<String>, words: &[(&str, T)]) -> Option<T> {
        let meant = words.iter().find(|(word, _)| *word == text.value);
        if meant.is_none() {
            let words: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
            let message = format!("`{key}` of {} cannot be `{}`", self.what, text.value);
            let diagnostic = self.log.about_key(text.span, message);
            self.log.push(diagnostic.with_help(format!("it is one of {}", listed(&words))));
        }
        meant.map(|(_, meaning)| *meaning)
    }

    /// Reports a key that does not belong here.
    pub(crate) fn misplaced(&mut self, key: &str, why: &str) {
        if let Some(value) = self.value(key) {
            let message = format!("`{key}` of {} is out of place: {why}", self.what);
            self.log.push(self.log.about_key(Span::from(value.span()), message));
        }
    }

    fn wrong(&mut self, key: &str, span: Span, found: &DeValue<'_>, expected: &str) {
        let message = format!("`{key}` of {} is {}, not {expected}", self.what, kind(found));
        let diagnostic = self.log.about_key(span, message);
        // Unquoted dots in a key make tables.
        let help = found.is_table().then_some("write a key with dots, such as a path, in quotes");
        self.log.push(Diagnostic { help: help.map(Into::into), ..diagnostic });
    }
}

/// Returns the kind of a value with its article: `a string`, `an array`.
fn kind(value: &DeValue<'_>) -> String {
    let article = if value.is_integer() || value.is_array() { "an" } else { "a" };
    format!("{article} {}", value.type_str())
}

/// Returns every key of a table with its value, in the order of the file.
pub(crate) fn entries<'t>(table: &'t DeTable<'t>) -> Vec<(At<String>, &'t Spanned<DeValue<'t>>)> {
    let key = |key: &Spanned<toml::de::DeString<'_>>| At {
        value: key.get_ref().clone().into_owned(),
        span: Span::from(key.span()),
    };
    let mut entries: Vec<_> = table.iter().map(|(name, value)| (key(name), value)).collect();
    entries.sort_by_key(|(key, _)| key.span);
    entries
}

/// Reads the strings of a table, each under a key of its own, whose place complaints name.
pub(crate) fn texts(table: &mut Table<'_, '_>) -> Vec<(String, At<String>)> {
    let keys: Vec<At<String>> = table.entries().into_iter().map(|(key, _)| key).collect();
    keys.into_iter()
        .filter_map(|key| {
            let text = table.needed(&key.value)?;
            Some((key.value, At { value: text.value, span: key.span }))
        })
        .collect()
}

/// Lists words: `` `a`, `b`, `c` ``.
pub(crate) fn listed(words: &[&str]) -> String {
    words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}
