//! Strings, numbers, words and names.

use std::borrow::Cow;

use super::super::{RepairKind, Value};
use super::cursor::behind_stray;
use super::{Reader, is_quote};

impl<'t> Reader<'t> {
    /// Reads a string. A quote ends it if the text after the quote may follow a string; any other quote is text.
    pub(super) fn string(&mut self) -> Cow<'t, str> {
        let start = self.cursor.at();
        let open = self.cursor.rest().chars().next().unwrap_or('"');
        self.cursor.advance(open.len_utf8());
        if open != '"' {
            self.cursor.repair_from(RepairKind::OddQuotes, start);
        }
        if let Some(embedded) = self.embedded() {
            return Cow::Borrowed(embedded);
        }
        if let Some(text) = self.unescaped(open) {
            return Cow::Borrowed(text);
        }
        Cow::Owned(self.written(open))
    }

    /// Reads a string up to its closing quote, if nothing in it is escaped or broken.
    fn unescaped(&mut self, open: char) -> Option<&'t str> {
        let rest = self.cursor.rest();
        let end = memchr::memchr3(b'"', b'\\', b'\n', rest.as_bytes()).filter(|_| open == '"')?;
        let (text, after) = rest.split_at_checked(end)?;
        let after = after.strip_prefix('"').filter(|after| may_follow_a_string(after))?;
        self.cursor.advance(rest.len() - after.len());
        Some(text)
    }

    /// Reads the rest of a string, with escapes.
    fn written(&mut self, open: char) -> String {
        let mut out = String::new();
        loop {
            let rest = self.cursor.rest();
            let plain = rest.find(|c: char| is_quote(c) || c == '\\' || c == '\n').unwrap_or(rest.len());
            let (text, rest) = rest.split_at_checked(plain).unwrap_or((rest, ""));
            out.push_str(text);
            self.cursor.advance(plain);
            let Some(c) = rest.chars().next() else {
                self.cursor.repair_here(RepairKind::MissingQuote);
                return out;
            };
            if c == '\\' {
                self.escape(&mut out);
            } else if c == '\n' {
                if self.line_break(&mut out) {
                    return out;
                }
            } else {
                let at = self.cursor.at();
                self.cursor.advance(c.len_utf8());
                if closes(open, c) {
                    if may_follow_a_string(self.cursor.rest()) {
                        return out;
                    }
                    self.cursor.repair_from(RepairKind::Unescaped, at);
                }
                out.push(c);
            }
        }
    }

    /// Reads unescaped JSON in a string: `"{"Version": "1"}"`.
    fn embedded(&mut self) -> Option<&'t str> {
        let rest = self.cursor.rest();
        let inner = ["{\"", "[\"", "[{\""].iter().find_map(|start| rest.strip_prefix(start))?;
        inner.chars().next().filter(|c| c.is_alphanumeric())?;
        let start = self.cursor.at();
        self.value();
        let text = self.cursor.slice(start, self.cursor.at());
        self.cursor.repair_from(RepairKind::Unescaped, start);
        if self.cursor.rest().starts_with(is_quote) {
            let quote = self.cursor.rest().chars().next().map_or(0, char::len_utf8);
            self.cursor.advance(quote);
        }
        Some(text)
    }

    /// Reads a line break in a string. Returns true if it ends the string, because the text after it reads like the
    /// next entry.
    fn line_break(&mut self, out: &mut String) -> bool {
        let start = self.cursor.at();
        let rest = self.cursor.rest();
        let after = rest.trim_start();
        let ends = after.chars().next().is_none_or(|c| is_quote(c) || matches!(c, '}' | ']'));
        if ends {
            let kept = out.trim_end().len();
            out.truncate(kept);
            if out.ends_with([',', '，']) {
                out.pop();
            }
            if out.ends_with(is_quote) {
                out.pop();
            }
            self.cursor.repair_here(RepairKind::MissingQuote);
            return true;
        }
        let blank = rest.len() - after.len();
        out.push_str(rest.get(..blank).unwrap_or_default());
        self.cursor.advance(blank);
        self.cursor.repair_from(RepairKind::Unescaped, start);
        false
    }

    fn escape(&mut self, out: &mut String) {
        let start = self.cursor.at();
        self.cursor.advance(1);
        let Some(c) = self.cursor.rest().chars().next() else { return };
        self.cursor.advance(c.len_utf8());
        let meant = match c {
            '"' | '\\' | '/' => c,
            'b' => '\u{8}',
            'f' => '\u{c}',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'u' => match self.unicode() {
                Some(c) => c,
                None => {
                    self.cursor.repair_from(RepairKind::OddEscape, start);
                    char::REPLACEMENT_CHARACTER
                }
            },
            _ => {
                self.cursor.repair_from(RepairKind::OddEscape, start);
                out.push('\\');
                c
            }
        };
        out.push(meant);
    }

    /// Reads the character of `\uXXXX`, or of two of them.
    fn unicode(&mut self) -> Option<char> {
        let first = self.four_digits()?;
        if !(0xd800..0xdc00).contains(&first) {
            return char::from_u32(first);
        }
        if !self.cursor.rest().starts_with("\\u") {
            return None;
        }
        self.cursor.advance(2);
        let second = self.four_digits()?;
        let low = second.checked_sub(0xdc00).filter(|low| *low < 0x400)?;
        char::from_u32(0x1_0000 + ((first - 0xd800) << 10) + low)
    }

    fn four_digits(&mut self) -> Option<u32> {
        let digits = self.cursor.rest().get(..4)?;
        if !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
            return None;
        }
        self.cursor.advance(4);
        u32::from_str_radix(digits, 16).ok()
    }

    /// Reads a number, a word, or text without quotes, up to the end of the value.
    pub(super) fn bare_value(&mut self) -> Value<'t> {
        let start = self.cursor.at();
        let text = self.bare(&[',', '，', '}', ']', '｝', '］', '\n']);
        match text {
            "" => {
                self.cursor.repair_here(RepairKind::MissingValue);
                Value::Null
            }
            "null" => Value::Null,
            "true" => Value::Bool(true),
            "false" => Value::Bool(false),
            _ if is_number(text) => Value::Number(text),
            _ if text.chars().all(|c| matches!(c, '.' | '…' | '⋯')) => {
                self.cursor.repair_from(RepairKind::Ellipsis, start);
                Value::Null
            }
            _ => {
                self.cursor.repair_from(RepairKind::Unquoted, start);
                Value::String(Cow::Borrowed(text.trim_end_matches(is_quote)))
            }
        }
    }

    /// Reads a name without quotes, up to the colon.
    pub(super) fn bare_name(&mut self) -> Cow<'t, str> {
        let start = self.cursor.at();
        let name = self.bare(&[':', '：', '=', ',', '，', '}', ']', '{', '[', '｛', '［', '\n']);
        self.cursor.repair_from(RepairKind::Unquoted, start);
        if name.is_empty() {
            // This character cannot start a name. Skip it, so that the caller makes progress.
            self.cursor.next();
        }
        Cow::Borrowed(name.trim_end_matches(is_quote))
    }

    /// Reads text up to one of `ends` or a comment, without the white space at its end.
    fn bare(&mut self, ends: &[char]) -> &'t str {
        let start = self.cursor.at();
        let rest = self.cursor.rest();
        let length = rest.find(ends).unwrap_or(rest.len());
        let text = rest.get(..length).unwrap_or_default();
        let text = text.split_once(" //").map_or(text, |(before, _)| before).trim_end();
        // A backslash that ends a line is no part of its last value. Alone it is a value: a list that passed
        // nothing would never end.
        let text = text.strip_suffix('\\').map(str::trim_end).filter(|text| !text.is_empty()).unwrap_or(text);
        self.cursor.advance(text.len());
        self.cursor.slice(start, start + text.len())
    }
}

/// Returns whether a quote of kind `c` may end a string that started with `open`.
fn closes(open: char, c: char) -> bool {
    match open {
        '\'' | '‘' | '’' => matches!(c, '\'' | '‘' | '’'),
        '"' => c == '"',
        _ => matches!(c, '"' | '“' | '”' | '＂'),
    }
}

/// Returns whether a text may follow a string: punctuation, the next string, a comment or the end.
fn may_follow_a_string(rest: &str) -> bool {
    let after = rest.trim_start();
    let after = behind_stray(after).map_or(after, str::trim_start);
    after.chars().next().is_none_or(|c| {
        matches!(c, ',' | ':' | '}' | ']' | '，' | '：' | '｝' | '］' | '=' | '#')
            || is_quote(c)
            || (c == '/' && (after.starts_with("//") || after.starts_with("/*")))
    })
}

/// Returns whether a text is a number as JSON writes it.
fn is_number(text: &str) -> bool {
    let text = text.strip_prefix('-').unwrap_or(text);
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent.strip_prefix(['+', '-']).unwrap_or(exponent))),
        None => (text, None),
    };
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let (whole, fraction) = match mantissa.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (mantissa, None),
    };
    digits(whole) && fraction.is_none_or(digits) && exponent.is_none_or(digits)
}
