//! Tests of each escape, and of all together, by the Markdown parser that rustdoc uses.

use proptest::prelude::*;
use pulldown_cmark::{Event, LinkType, Options, Parser, Tag, TagEnd};

use super::{code, paragraphs, prose};
use crate::text::visible;

#[test]
fn paragraphs_and_list_items_are_kept_apart() {
    assert_eq!(
        paragraphs("\n座席状态码。包括：\n- OFFLINE（离线）\n- BREAK\n好\n\n\n完\n"),
        ["座席状态码。包括：", "", "- OFFLINE（离线）", "- BREAK", "", "好", "", "完"]
    );
}

#[test]
fn markup_is_shown_not_rendered() {
    assert_eq!(
        prose("[a](b) <c> `d` *e* _f_ \\g h|i ~j~ &lt;"),
        r"\[a\](b) \<c> \`d\` \*e\* \_f\_ \\g h\|i \~j\~ \&lt;"
    );
}

#[test]
fn names_with_underscores_stay_readable() {
    assert_eq!(prose("ON_SITE & a -> b"), "ON_SITE & a -> b");
}

#[test]
fn nothing_opens_a_block_at_the_beginning_of_a_line() {
    assert_eq!(
        paragraphs("# a\n\n1. b\n\n> c\n\n---\n\n+ d\n\n===\n\n    e\n\n- 2) f\n\n- # g"),
        [
            "\\# a",
            "",
            "1\\. b",
            "",
            "\\> c",
            "",
            "\\-\\-\\-",
            "",
            "\\+ d",
            "",
            "\\===",
            "",
            "e",
            "",
            "- 2\\) f",
            "",
            "- \\# g"
        ]
    );
}

#[test]
fn addresses_are_links_without_the_punctuation_after_them() {
    assert_eq!(prose("见https://a.b/c_d?e=f。(http://g.h.)"), "见<https://a.b/c_d?e=f>。(<http://g.h>.)");
}

#[test]
fn text_that_only_begins_like_an_address_stays_text() {
    assert_eq!(prose("http:// a, https x"), r"http\:// a, https x");
}

#[test]
fn controls_are_visible() {
    assert_eq!(prose("a\u{202e}b"), "aU+202Eb");
}

#[test]
fn code_spans_outnumber_the_backticks_inside() {
    assert_eq!([code("a"), code("`"), code("a``b"), code(" ")], ["`a`", "`` ` ``", "```a``b```", "(empty)"]);
}

/// Parses a doc comment as rustdoc does. Returns its text, and everything that is not text, paragraph, list or web address.
fn rendered(lines: &[String]) -> (String, Vec<String>) {
    // The options of rustdoc, except for typographic quotes and dots.
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS;
    let markdown: String = lines.iter().map(|line| format!(" {line}\n")).collect();
    let (mut text, mut markup) = (String::new(), Vec::new());
    for event in Parser::new_ext(&markdown, options) {
        match event {
            Event::Text(piece) => text.push_str(&piece),
            Event::SoftBreak | Event::End(TagEnd::Paragraph | TagEnd::Item) => text.push('\n'),
            Event::Start(
                Tag::Paragraph
                | Tag::Item
                | Tag::List(None)
                | Tag::Link { link_type: LinkType::Autolink, .. },
            )
            | Event::End(TagEnd::List(false) | TagEnd::Link) => {}
            other => markup.push(format!("{other:?}")),
        }
    }
    (text, markup)
}

/// Returns the visible lines of a text, without the marks of list items.
fn lines_of(text: &str) -> Vec<String> {
    let lines = text.lines().map(visible).filter(|line| !line.is_empty() && line != "-");
    lines.map(|line| line.strip_prefix("- ").unwrap_or(&line).to_owned()).collect()
}

proptest! {
    #[test]
    fn rustdoc_shows_the_text_and_nothing_else(
        text in prop::collection::vec(
            prop_oneof![
                2 => "[-#*_`~<>\\[\\]()!|&;:=+.\\\\0-9a-c \n]{1,6}",
                1 => prop::sample::select(vec![
                    "- ", "\n\n", "\n- ", "http://a.b/c", "&amp;", "<b>", "[x]: /y", "[^1]", "- [ ] ", "|-|-|", "    ",
                ]).prop_map(str::to_owned),
                1 => any::<String>(),
            ],
            0..10,
        ).prop_map(|pieces| pieces.concat())
    ) {
        let (shown, markup) = rendered(&paragraphs(&text));
        prop_assert_eq!(markup, Vec::<String>::new());
        let shown: Vec<&str> = shown.lines().filter(|line| !line.is_empty()).collect();
        prop_assert_eq!(shown, lines_of(&text));
    }

    #[test]
    fn rustdoc_shows_code_as_it_is(text in "[`a\\\\ *_<>]{0,12}") {
        let span = code(&text);
        let events: Vec<_> = Parser::new(&span).collect();
        let shown = visible(&text);
        let shown = if shown.is_empty() { Event::Text("(empty)".into()) } else { Event::Code(shown.into()) };
        prop_assert!(events.contains(&shown), "{events:?}");
    }
}
