//! The short way: Markdown that most cells are made of, read without a parser for all of it, which takes longer to set
//! up than a cell to read. Words, escapes, `*emphasis*`, `` `code` ``, links and one level of bullets are known here.
//! A text that holds, or may hold, anything else has no short way.

use std::borrow::Cow;

use crate::source::lines;

/// A text of one line, without white space around it.
pub(super) fn line(text: &str) -> Option<Cow<'_, str>> {
    if is_plain(text) {
        return Some(Cow::Borrowed(text));
    }
    let mut out = String::with_capacity(text.len());
    words(text, true, &mut out)?;
    Some(Cow::Owned(if out.trim().len() == out.len() { out } else { out.trim().to_owned() }))
}

/// Whether Markdown has nothing to say about a text of one line.
pub(super) fn is_plain(text: &str) -> bool {
    !text.bytes().any(is_mark)
}

/// What the line before was.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Before {
    Blank,
    Words,
    Item,
}

/// A text of any number of lines.
pub(super) fn text(text: &str) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    let (mut before, mut in_list) = (Before::Blank, false);
    let mut lines = lines(text).peekable();
    while let Some(line) = lines.next() {
        let unindented = line.trim_start_matches(' ');
        let indent = line.len() - unindented.len();
        let content = unindented.trim_end_matches(' ');
        if content.is_empty() {
            before = Before::Blank;
            continue;
        }
        let item = content.strip_prefix("- ").map(|item| item.trim_start_matches(' '));
        // Deeper than this it may belong to the item before it, or be code.
        if indent > if in_list || item.is_some() { 1 } else { 3 } {
            return None;
        }
        let content = match item {
            // More white space than this makes code of an item.
            Some(item) if content.len() - item.len() > "-    ".len() => return None,
            Some(item) => item,
            None if before == Before::Item || content.ends_with('\\') => return None,
            None => content,
        };
        match (item, before) {
            (Some(_), _) if in_list => out.push('\n'),
            (None, Before::Words) => out.push('\n'),
            _ if out.is_empty() => {}
            _ => {
                out.truncate(out.trim_end().len());
                out.push_str("\n\n");
            }
        }
        if item.is_some() {
            out.push_str("- ");
        }
        let goes_on =
            item.is_none() && lines.peek().is_some_and(|next| !next.trim_start_matches(' ').is_empty());
        let is_alone = !(goes_on || item.is_none() && before == Before::Words);
        if !starts_with_words(content) {
            return None;
        }
        words(content, is_alone, &mut out)?;
        in_list = item.is_some();
        before = if in_list { Before::Item } else { Before::Words };
    }
    out.truncate(out.trim_end().len());
    Some(out)
}

/// Bytes at which Markdown may have something to say.
fn is_mark(byte: u8) -> bool {
    #[expect(clippy::indexing_slicing, reason = "worked out when this is compiled")]
    const MARKS: [bool; 256] = {
        let mut marks = [false; 256];
        let mut rest: &[u8] = b"\\`*_[<&\x7f";
        while let [mark, after @ ..] = rest {
            marks[*mark as usize] = true;
            rest = after;
        }
        let (controls, _) = marks.split_at_mut(b' ' as usize);
        let mut at = 0;
        while at < controls.len() {
            controls[at] = true;
            at += 1;
        }
        marks
    };
    MARKS.get(usize::from(byte)) == Some(&true)
}

fn is_control(byte: u8) -> bool {
    byte < b' ' || byte == 0x7f
}

/// Whether a line starts nothing but a paragraph.
fn starts_with_words(line: &str) -> bool {
    match line.as_bytes() {
        [b'#' | b'>' | b'+' | b'-' | b'=' | b'~', ..] => false,
        [b'*', ..] => !matches!(line.trim_start_matches('*').bytes().next(), None | Some(b' ')),
        [b'0'..=b'9', ..] => !line.trim_start_matches(|c: char| c.is_ascii_digit()).starts_with(['.', ')']),
        _ => true,
    }
}

/// Writes a line of a paragraph; `is_alone` if it is all of it.
fn words(text: &str, is_alone: bool, out: &mut String) -> Option<()> {
    // How many asterisks the emphasis began with that is open.
    let mut open = None;
    let mut before = ' ';
    let mut rest = text;
    loop {
        let plain = rest.bytes().position(is_mark).unwrap_or(rest.len());
        let (words, marked) = rest.split_at_checked(plain)?;
        out.push_str(words);
        before = words.chars().next_back().unwrap_or(before);
        let mut characters = marked.chars();
        let Some(mark) = characters.next() else { return open.is_none().then_some(()) };
        rest = characters.as_str();
        match mark {
            '\\' => {
                let escaped = rest.chars().next().filter(char::is_ascii_punctuation);
                out.push(escaped.unwrap_or(mark));
                rest = rest.get(escaped.map_or(0, char::len_utf8)..)?;
            }
            '*' => {
                let after = rest.trim_start_matches('*');
                let run = 1 + rest.len() - after.len();
                let side = Sides::of(before, after.chars().next());
                match open {
                    Some(length) if length == run && side?.may_close() => open = None,
                    // The last of them closes nothing, and nothing closes it.
                    None if is_alone && !after.contains('*') => out.extend(std::iter::repeat_n('*', run)),
                    None if run <= 2 && side?.may_open() => open = Some(run),
                    _ => return None,
                }
                rest = after;
            }
            // Inside of a word it is text.
            '_' if is_word(before) && rest.starts_with(is_word) => out.push(mark),
            '`' => {
                let (code, after) = rest.split_once('`').filter(|(code, after)| {
                    !code.is_empty() && !code.bytes().any(is_control) && !after.starts_with('`')
                })?;
                let inner = code.strip_prefix(' ').and_then(|code| code.strip_suffix(' '));
                out.push_str(inner.filter(|_| !code.trim_matches(' ').is_empty()).unwrap_or(code));
                rest = after;
            }
            '[' if before != '!' => {
                let (label, after) =
                    rest.split_once(']').filter(|(label, _)| !label.contains(['\\', '`']))?;
                let target = target(after)?;
                self::words(label, false, out)?;
                rest = after.get(target.len() + "()".len()..)?;
            }
            _ => return None,
        }
        before = mark;
    }
}

/// The target of a link whose label has just ended.
fn target(rest: &str) -> Option<&str> {
    let (target, _) = rest.strip_prefix('(')?.split_once(')')?;
    let is_usual = |byte: u8| byte.is_ascii_graphic() && !matches!(byte, b'(' | b'<' | b'>' | b'\\');
    (!target.is_empty() && target.bytes().all(is_usual)).then_some(target)
}

/// What stands on a side of a run of asterisks.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Space,
    Punctuation,
    Word,
}

impl Side {
    /// None for what this module cannot tell.
    fn of(c: char) -> Option<Self> {
        match c {
            _ if is_word(c) => Some(Self::Word),
            _ if c.is_ascii_punctuation() => Some(Self::Punctuation),
            ' ' => Some(Self::Space),
            '，' | '。' | '、' | '；' | '：' | '？' | '！' | '（' | '）' | '【' | '】' | '《' | '》'
            | '“' | '”' | '…' => Some(Self::Punctuation),
            _ => None,
        }
    }
}

/// Letters and digits of which there is no doubt.
fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || ('\u{4e00}'..='\u{9fa5}').contains(&c)
}

/// Both sides of a run of asterisks: whether it may open and close emphasis, as CommonMark has it.
#[derive(Clone, Copy)]
struct Sides {
    before: Side,
    after: Side,
}

impl Sides {
    fn of(before: char, after: Option<char>) -> Option<Self> {
        Some(Self { before: Side::of(before)?, after: after.map_or(Some(Side::Space), Side::of)? })
    }

    fn may_open(self) -> bool {
        self.after == Side::Word || self.after == Side::Punctuation && self.before != Side::Word
    }

    fn may_close(self) -> bool {
        self.before == Side::Word || self.before == Side::Punctuation && self.after != Side::Word
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::{long_line, long_text};
    use super::*;

    /// What Markdown is made of, and what surrounds it.
    fn markdown() -> impl Strategy<Value = String> {
        let pieces = [
            "a",
            "b1",
            "号",
            "号码",
            " ",
            " ",
            "  ",
            "\n",
            "\n",
            "\n\n",
            "\n\n ",
            "\n-   ",
            "\n - ",
            "-   ",
            "- ",
            "-",
            "   ",
            "*",
            "**",
            "**",
            "****",
            "_",
            "__",
            "`",
            "``",
            "[",
            "]",
            "](",
            ")",
            "(",
            "[a](~~1~~)",
            "[b](https://x/y#z=1&w=2)",
            "\\",
            "\\_",
            "\\*",
            "\\[",
            "：",
            "，",
            "。",
            "（",
            "）",
            "…",
            ":",
            ".",
            "1",
            "1. ",
            "#",
            "# ",
            ">",
            "~",
            "~~~",
            "=",
            "===",
            "+ ",
            "<",
            "<b>",
            "&",
            "&amp;",
            "!",
            "|",
            "\t",
            "\r",
            "\u{a0}",
            "\u{3000}",
            "é",
            "～",
            ";",
            "**a**",
            "`c`",
        ];
        proptest::collection::vec(proptest::sample::select(pieces.to_vec()), 0..14)
            .prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #[test]
        fn the_short_way_says_the_same_of_a_line(text in markdown()) {
            let text = text.trim();
            prop_assert!(line(text).is_none_or(|short| short == long_line(text)), "{text:?}: {:?}", line(text));
        }

        #[test]
        fn the_short_way_says_the_same_of_lines(markdown in markdown()) {
            let markdown = markdown.trim();
            let short = text(markdown);
            prop_assert!(short.as_ref().is_none_or(|short| *short == long_text(markdown)), "{markdown:?}: {short:?}");
        }
    }

    #[test]
    fn usual_lines_have_a_short_way() {
        for (markdown, plain) in [
            (r"ON\_SITE", "ON_SITE"),
            ("7f****", "7f****"),
            ("取值：**on**或**off**。", "取值：on或off。"),
            ("调用[List](~~123~~)查看`a\\b`。", "调用List查看a\\b。"),
        ] {
            assert_eq!(line(markdown).as_deref(), Some(plain));
        }
    }

    #[test]
    fn usual_cells_have_a_short_way() {
        let cell = "State:\n\n -   **OPEN**: open\n-   SHUT\n\n **Note:** Once\nonly.";
        assert_eq!(text(cell).as_deref(), Some("State:\n\n- OPEN: open\n- SHUT\n\nNote: Once\nonly."));
    }
}
