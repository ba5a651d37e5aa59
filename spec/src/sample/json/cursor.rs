//! A position in the text. It looks ahead, skips text without meaning, and records repairs.

use super::super::{Repair, RepairKind};
use crate::source::Span;

pub(super) struct Cursor<'t> {
    text: &'t str,
    /// The text still to read.
    rest: &'t str,
    base: usize,
    repairs: Vec<Repair>,
}

impl<'t> Cursor<'t> {
    pub(super) fn new(text: &'t str, base: usize) -> Self {
        Self { text, rest: text, base, repairs: Vec::new() }
    }

    pub(super) fn into_repairs(self) -> Vec<Repair> {
        self.repairs
    }

    /// Returns the offset in the text, not on the page.
    pub(super) fn at(&self) -> usize {
        self.text.len() - self.rest.len()
    }

    pub(super) fn rest(&self) -> &'t str {
        self.rest
    }

    pub(super) fn slice(&self, start: usize, end: usize) -> &'t str {
        self.text.get(start..end).unwrap_or_default()
    }

    /// Returns the next character; full-width punctuation in its plain form.
    pub(super) fn peek(&self) -> Option<char> {
        self.rest().chars().next().map(|c| half_width(c).unwrap_or(c))
    }

    /// Moves past the next character, and notes it if it is full-width punctuation.
    pub(super) fn next(&mut self) {
        let start = self.at();
        let mut rest = self.rest.chars();
        let Some(c) = rest.next() else { return };
        self.rest = rest.as_str();
        if half_width(c).is_some() {
            self.repair_from(RepairKind::FullWidth, start);
        }
    }

    /// Moves `bytes` forward, which must end on a character boundary.
    pub(super) fn advance(&mut self, bytes: usize) {
        self.rest = self.rest.get(bytes..).unwrap_or_default();
    }

    pub(super) fn skip_all(&mut self) {
        self.rest = "";
    }

    pub(super) fn span_from(&self, start: usize) -> Span {
        Span::new(self.base + start, self.base + self.at())
    }

    pub(super) fn repair(&mut self, kind: RepairKind, span: Span) {
        self.repairs.push(Repair { kind, span });
    }

    pub(super) fn repair_from(&mut self, kind: RepairKind, start: usize) {
        self.repair(kind, self.span_from(start));
    }

    pub(super) fn repair_here(&mut self, kind: RepairKind) {
        self.repair(kind, Span::at(self.base + self.at()));
    }

    /// Skips white space and comments; comments are noted.
    pub(super) fn trivia(&mut self) {
        let is_space = |byte: &&u8| matches!(byte, b' ' | b'\n' | b'\r' | b'\t');
        loop {
            self.advance(self.rest.as_bytes().iter().take_while(is_space).count());
            let rest = self.rest;
            // Nearly always something else follows.
            if rest
                .bytes()
                .next()
                .is_some_and(|byte| byte.is_ascii_graphic() && !matches!(byte, b'/' | b'#' | b'\\'))
            {
                return;
            }
            let trimmed = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
            self.rest = trimmed;
            let length = if trimmed.starts_with("//") || trimmed.starts_with('#') {
                trimmed.find('\n').unwrap_or(trimmed.len())
            } else if trimmed.starts_with("/*") {
                trimmed.find("*/").map_or(trimmed.len(), |end| end + 2)
            } else if let Some(after) = behind_stray(trimmed) {
                let start = self.at();
                self.rest = after;
                self.repair_from(RepairKind::StrayBackslash, start);
                continue;
            } else {
                return;
            };
            let start = self.at();
            self.advance(length);
            self.repair_from(RepairKind::Comment, start);
        }
    }

    /// Skips an ellipsis, if one is next.
    pub(super) fn ellipsis(&mut self) -> bool {
        let rest = self.rest();
        if !rest.starts_with(['.', '…', '⋯']) {
            return false;
        }
        let after = rest.trim_start_matches(['…', '⋯']);
        let after = if rest.starts_with("..") { rest.trim_start_matches('.') } else { after };
        if after.len() == rest.len() {
            return false;
        }
        let start = self.at();
        self.rest = after;
        self.repair_from(RepairKind::Ellipsis, start);
        true
    }

    /// Returns whether a colon stands on the rest of this line.
    pub(super) fn line_has_colon(&self) -> bool {
        self.rest().lines().next().is_some_and(|line| line.contains([':', '：']))
    }

    /// Skips a container whole, whatever is in it, without descending.
    pub(super) fn skip_container(&mut self) {
        let mut depth = 0_usize;
        let mut quoted = false;
        let mut escaped = false;
        let rest = self.rest();
        let mut length = rest.len();
        for (at, byte) in rest.bytes().enumerate() {
            match byte {
                _ if escaped => escaped = false,
                b'\\' if quoted => escaped = true,
                b'"' => quoted = !quoted,
                b'{' | b'[' if !quoted => depth += 1,
                b'}' | b']' if !quoted => {
                    depth = depth.saturating_sub(1);
                    if depth == 0 {
                        length = at + 1;
                        break;
                    }
                }
                _ => {}
            }
        }
        // A full-width opening brace is not among the bytes above; it still has to be passed.
        let first = rest.chars().next().map_or(0, char::len_utf8);
        self.advance(length.max(first));
    }
}

/// Returns the text after a stray backslash, which copies of Markdown leave at the ends of lines and before brackets.
pub(super) fn behind_stray(text: &str) -> Option<&str> {
    let after = text.strip_prefix('\\')?;
    let at_end = after.trim_start_matches([' ', '\t', '\r']);
    (at_end.is_empty() || at_end.starts_with('\n') || after.starts_with(['[', ']', '{', '}']))
        .then_some(after)
}

/// Returns the plain form of full-width punctuation.
fn half_width(c: char) -> Option<char> {
    Some(match c {
        '，' | '、' => ',',
        '：' => ':',
        '｛' => '{',
        '｝' => '}',
        '［' | '【' => '[',
        '］' | '】' => ']',
        _ => return None,
    })
}
