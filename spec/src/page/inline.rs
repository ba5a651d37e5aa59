//! Markdown inside a cell, a heading or a paragraph as plain text: escapes undone, emphasis and links
//! reduced to their words, list items as lines that begin with `- `.

mod markup;

use std::borrow::Cow;

use markup::Markup;
use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use crate::source::{Source, Span, is_invisible, trim};

/// Keeps a line from starting a block (`- x`, `# x`); removed again. Any inline construct may follow it, as after white
/// space, but it is not trimmed.
const GUARD: &str = ";";

/// Reads Markdown of one line, such as a name or a sample value, in which nothing starts a list or a heading.
///
/// ```
/// use ccc_spec::page::inline;
///
/// assert_eq!(inline::line(r"ON\_SITE"), "ON_SITE");
/// assert_eq!(inline::line(r"\[\] **bold** [text](https://host) `a\b`"), r"[] bold text a\b");
/// assert_eq!(inline::line("- 1"), "- 1");
/// ```
#[must_use]
pub fn line(text: &str) -> Cow<'_, str> {
    cell_line(trim(text))
}

/// Returns whether a text is one line without any Markdown. Most cells are.
pub(crate) fn is_plain(text: &str) -> bool {
    !text.bytes().any(|byte| matches!(byte, ..b' ' | 0x7f | b'\\' | b'`' | b'*' | b'_' | b'[' | b'<' | b'&'))
}

/// Reads a cell of one line as [`line()`] does; the cell has no white space around it.
pub(crate) fn cell_line(text: &str) -> Cow<'_, str> {
    if is_plain(text) {
        return Cow::Borrowed(text);
    }
    let usual = unescaped(text).or_else(|| without_code_marks(text));
    Cow::Owned(usual.unwrap_or_else(|| guarded(text, Writer::new(text))))
}

/// Undoes the escapes of a line such as `ON\_SITE`; `None` if it holds other Markdown. A third of the lines with
/// Markdown have only escapes, and setting up a parser takes longer than reading such a line.
fn unescaped(text: &str) -> Option<String> {
    let (first, escapes) = text.split_once('\\').filter(|(first, _)| is_plain(first))?;
    let mut out = String::with_capacity(text.len());
    out.push_str(first);
    for part in escapes.split('\\') {
        let escaped = part.chars().next().filter(char::is_ascii_punctuation)?;
        part.get(escaped.len_utf8()..).filter(|rest| is_plain(rest))?;
        out.push_str(part);
    }
    Some(out)
}

/// Removes the marks of the only code span of a line such as `` `JSON` format ``; `None` if it holds other Markdown.
fn without_code_marks(text: &str) -> Option<String> {
    let (before, rest) = text.split_once('`')?;
    let (code, after) = rest.split_once('`')?;
    let is_usual =
        !code.is_empty() && !code.starts_with(' ') && [before, code, after].into_iter().all(is_plain);
    is_usual.then(|| [before, code, after].concat())
}

/// Reads Markdown in which nothing starts a block.
fn guarded(text: &str, writer: Writer) -> String {
    let mut plain = writer.written(Parser::new(&[GUARD, text].concat()));
    if plain.starts_with(GUARD) {
        plain.drain(..GUARD.len());
    }
    if trim(&plain).len() < plain.len() { trim(&plain).to_owned() } else { plain }
}

/// Reads Markdown of any number of lines: paragraphs separated by an empty line, list items as lines that begin with
/// `- ` (or their number), two spaces deeper for every list they are in.
///
/// ```
/// use ccc_spec::page::inline;
///
/// let cell = "State. One of:\n\n -   OPEN\\_NOW: open\n-   SHUT: not";
/// assert_eq!(inline::text(cell), "State. One of:\n\n- OPEN_NOW: open\n- SHUT: not");
/// ```
#[must_use]
pub fn text(text: &str) -> Cow<'_, str> {
    cell(trim(text))
}

/// Reads a cell as [`text()`] does; the cell has no white space around it.
pub(crate) fn cell(text: &str) -> Cow<'_, str> {
    if is_plain(text) {
        return Cow::Borrowed(text);
    }
    if memchr::memchr(b'\n', text.as_bytes()).is_none() {
        return cell_line(text);
    }
    Cow::Owned(Writer::new(text).written(Parser::new(&with_lists_apart(text))))
}

/// Reads a sample value in a cell as [`cell`] does, but HTML in it is part of the value.
pub(crate) fn sample(text: &str) -> Cow<'_, str> {
    if is_plain(text) {
        return Cow::Borrowed(text);
    }
    if memchr::memchr(b'<', text.as_bytes()).is_none() {
        return cell(text);
    }
    let writer = Writer { keeps_html: true, ..Writer::new(text) };
    if memchr::memchr(b'\n', text.as_bytes()).is_none() {
        return Cow::Owned(guarded(text, writer));
    }
    Cow::Owned(writer.written(Parser::new(&with_lists_apart(text))))
}

/// Reads a cell that should be one line; further lines are joined by spaces.
pub(crate) fn one_line(cell: &str) -> Cow<'_, str> {
    if memchr::memchr(b'\n', cell.as_bytes()).is_none() {
        return cell_line(cell);
    }
    Cow::Owned(line(&cell.split_whitespace().collect::<Vec<_>>().join(" ")).into_owned())
}

impl Source {
    /// Returns the plain text of a block or cell, as [`text()`] reads it.
    pub(crate) fn plain_text(&self, span: Span) -> Cow<'_, str> {
        text(self.slice(span))
    }

    /// Returns the plain text of a cell as one line.
    pub(crate) fn plain_line(&self, span: Span) -> Cow<'_, str> {
        one_line(self.slice(span))
    }
}

/// Start of an item of a list on pages that were converted from another format.
const ITEM: &str = "-   ";

/// Puts the first item of a list on a line of its own. Some pages write it on the line of the sentence before the list.
fn with_lists_apart(text: &str) -> Cow<'_, str> {
    let mut apart = String::new();
    let (mut done, mut behind) = (0, 0);
    for at in memchr::memmem::find_iter(text.as_bytes(), ITEM) {
        let before = text.get(behind..at).unwrap_or_default();
        let is_first = behind == 0 || before.contains('\n');
        behind = at + ITEM.len();
        let next = || text.get(behind..)?.split_once('\n').map(|(_, next)| next.trim_start_matches(' '));
        if is_first
            && before.ends_with(|c: char| !c.is_whitespace())
            && next().is_some_and(|next| next.starts_with(ITEM))
        {
            apart.push_str(text.get(done..at).unwrap_or_default());
            apart.push_str("\n\n");
            done = at;
        }
    }
    if done == 0 {
        return Cow::Borrowed(text);
    }
    apart.push_str(text.get(done..).unwrap_or_default());
    Cow::Owned(apart)
}

/// Removes tags such as `<props="china">`, which are not HTML, so a Markdown parser treats them as text.
fn without_conditions(text: &mut String) {
    const START: &str = "<props=";
    if !text.contains(START) {
        return;
    }
    let mut parts = text.split(START);
    let mut kept = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        kept.push_str(part.split_once('>').map_or(part, |(_, after)| after));
    }
    *text = kept;
}

#[derive(Default)]
struct Writer {
    out: String,
    /// The open lists: for each, the number of its next item; `None` if it is not numbered.
    lists: Vec<Option<u64>>,
    /// Whether an item has begun and is still empty.
    fresh_item: bool,
    /// Whether there are character references, which may stand for invisible characters.
    has_references: bool,
    /// Whether HTML is part of the text.
    keeps_html: bool,
    /// Whether HTML has just ended a line.
    is_broken: bool,
    /// Whether a cell of a table inside the cell was read in this item.
    has_cell: bool,
}

impl Writer {
    /// Makes a writer for the plain text of some Markdown.
    fn new(markdown: &str) -> Self {
        let has_references = memchr::memchr(b'&', markdown.as_bytes()).is_some();
        Self { out: String::with_capacity(markdown.len()), has_references, ..Self::default() }
    }

    fn written(mut self, events: Parser<'_>) -> String {
        for event in events {
            self.event(event);
        }
        without_conditions(&mut self.out);
        self.out.truncate(self.out.trim_end().len());
        self.out
    }

    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(&tag),
            Event::End(TagEnd::List(_)) => {
                self.lists.pop();
                self.fresh_item = false;
            }
            Event::End(TagEnd::Item) => self.fresh_item = false,
            Event::Text(text) => self.text(&text),
            Event::Code(text) => self.push(&text),
            Event::Html(html) | Event::InlineHtml(html) => self.html(&html),
            Event::SoftBreak | Event::HardBreak => self.line_break(),
            Event::Rule => self.paragraph(),
            _ => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>) {
        match tag {
            Tag::Paragraph | Tag::Heading { .. } | Tag::CodeBlock(_) | Tag::HtmlBlock => self.paragraph(),
            Tag::List(first) => {
                if self.lists.is_empty() {
                    self.paragraph();
                }
                self.lists.push(*first);
            }
            Tag::Item => self.item(),
            _ => {}
        }
    }

    fn paragraph(&mut self) {
        if self.fresh_item || self.out.is_empty() {
            return;
        }
        if self.lists.is_empty() {
            self.out.truncate(self.out.trim_end().len());
            self.out.push_str("\n\n");
        } else {
            self.line_break();
        }
    }

    fn item(&mut self) {
        if !self.out.is_empty() && !self.out.ends_with('\n') {
            self.out.push('\n');
        }
        // Deeper levels are not indented further, so that they cost nothing.
        let depth = self.lists.len().saturating_sub(1).min(16);
        self.out.push_str(&"  ".repeat(depth));
        match self.lists.last_mut() {
            Some(Some(number)) => {
                self.out.push_str(&format!("{number}. "));
                *number = number.saturating_add(1);
            }
            _ => self.out.push_str("- "),
        }
        self.fresh_item = true;
    }

    /// Writes text, which may contain tags that are not HTML.
    fn text(&mut self, text: &str) {
        if self.is_broken {
            // HTML may have put the mark of a quotation (`> `) at the start of a line.
            let text = text.trim_start_matches([' ', '\t']);
            return self.push(text.strip_prefix("> ").unwrap_or(text));
        }
        self.push(text);
    }

    fn html(&mut self, html: &str) {
        let mut rest = html;
        while let Some((before, tagged)) = memchr::memchr(b'<', rest.as_bytes()).map(|at| rest.split_at(at)) {
            self.between_tags(before);
            rest = match markup::tag(tagged) {
                Some((Markup::Break, after)) => {
                    self.markup(Markup::Break);
                    after
                }
                Some((markup, after)) if !self.keeps_html => {
                    self.markup(markup);
                    after
                }
                _ => {
                    let (bracket, after) = tagged.split_at(1);
                    self.push(bracket);
                    after
                }
            };
        }
        self.between_tags(rest);
    }

    fn between_tags(&mut self, text: &str) {
        if !text.trim().is_empty() {
            self.push(text);
        }
    }

    fn markup(&mut self, markup: Markup) {
        match markup {
            Markup::Break => self.line_break(),
            Markup::Paragraph => self.paragraph(),
            Markup::List(is_numbered) => {
                if self.lists.is_empty() {
                    self.paragraph();
                }
                self.lists.push(is_numbered.then_some(1));
            }
            Markup::ListEnd => {
                self.lists.pop();
                self.fresh_item = false;
                if self.lists.is_empty() {
                    self.paragraph();
                }
            }
            Markup::Item => {
                if self.lists.is_empty() {
                    self.paragraph();
                    self.lists.push(None);
                }
                self.item();
                self.has_cell = false;
            }
            Markup::ItemEnd => self.fresh_item = false,
            Markup::Cell if self.has_cell => self.push(": "),
            Markup::Cell => self.has_cell = true,
            Markup::Raised => self.push("^"),
            Markup::Look => return,
        }
        self.is_broken = self.out.ends_with('\n') || self.fresh_item;
    }

    fn line_break(&mut self) {
        self.out.truncate(self.out.trim_end_matches([' ', '\t']).len());
        self.out.push('\n');
        if !self.lists.is_empty() {
            self.out.push_str(&"  ".repeat(self.lists.len().min(16)));
        }
    }

    fn push(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        self.fresh_item = false;
        self.is_broken = false;
        if self.has_references {
            self.out.extend(text.chars().filter(|c| !is_invisible(*c)));
        } else {
            self.out.push_str(text);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_line_is_what_the_parser_makes_of_it(text in r"[a-c号， 1`*_\\\[\]()<&;\-~…]{0,12}|(a|`b`|\\_|\\| |号){0,8}") {
            let text = trim(&text);
            prop_assert_eq!(cell_line(text), guarded(text, Writer::new(text)), "{:?}", text);
        }
    }

    #[test]
    fn values_that_look_like_blocks_are_kept() {
        for value in ["*", "-", "# 1", "1. a", "+", ";", "- - -", "> x", "==="] {
            assert_eq!(line(value), value);
        }
    }

    #[test]
    fn names_in_angle_brackets_are_text() {
        assert_eq!(line("queue/<name>"), "queue/<name>");
    }

    #[test]
    fn html_of_layout_is_text_without_tags() {
        for (html, plain) in [
            (
                "A state. Valid values:<ul><li>ON: on</li><li>OFF: off</li></ul>Or none.",
                "A state. Valid values:\n\n- ON: on\n- OFF: off\n\nOr none.",
            ),
            ("<p>One.</p><p>Two <b>and</b> three.</p>", "One.\n\nTwo and three."),
            ("One.<br>> Notice: two.", "One.\nNotice: two."),
            ("One.<notice>Two.</notice>", "One.\n\nTwo."),
            ("<props=\"china\">One.</props>", "One."),
            ("a:<ol><li>b</li><li>c<ul><li>d</li></ul></li></ol>", "a:\n\n1. b\n2. c\n  - d"),
            ("10<sup>3</sup> <code>x</code>", "10^3 x"),
            (
                "k:<table><tr><td>ON</td><td>on</td></tr><tr><td>OFF</td><td>off</td></tr></table>",
                "k:\n\n- ON: on\n- OFF: off",
            ),
        ] {
            assert_eq!(line(html), plain, "{html}");
        }
        assert_eq!(text("a:\n\n<ul>\n<li>b</li>\n<li>c</li>\n</ul>\n\nd"), "a:\n\n- b\n- c\n\nd");
    }

    #[test]
    fn html_in_a_sample_value_is_kept() {
        assert_eq!(sample("<p>hi</p>"), "<p>hi</p>");
        assert_eq!(sample("a<br>b"), "a\nb");
    }

    #[test]
    fn what_nobody_sees_is_left_out() {
        assert_eq!(line("Id&#8203; &ZeroWidthSpace;"), "Id");
    }

    #[test]
    fn nested_items_are_indented() {
        assert_eq!(text("a:\n\n-   b\n    -   c\n-   d"), "a:\n\n- b\n  - c\n- d");
    }

    #[test]
    fn text_after_a_list_is_a_paragraph() {
        assert_eq!(text("a:\n\n -   b\n-   c\n\n **Note:** d"), "a:\n\n- b\n- c\n\nNote: d");
    }

    #[test]
    fn a_first_item_behind_its_sentence_is_one() {
        assert_eq!(text("a：-   b\n-   c\n\nd"), "a：\n\n- b\n- c\n\nd");
        assert_eq!(text("a -   b\n\n-   c"), "a -   b\n\n- c");
    }

    #[test]
    fn numbered_items_keep_their_numbers() {
        assert_eq!(text("a\n\n2.  b\n3.  c"), "a\n\n2. b\n3. c");
    }
}
