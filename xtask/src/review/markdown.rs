//! Writes Markdown of a page as HTML. HTML in it is shown as text, images as their alternative text, and only web addresses
//! become links.

use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd};

use super::html::Html;

/// The deepest nesting of elements. Deeper text has no elements of its own.
const MAX_DEPTH: usize = 24;

/// Precedes a text of one line, so that it begins no list or heading.
const GUARD: &str = ";";

/// Adds the text of paragraphs, a list or a cell. A single line is never read as a block.
pub(super) fn write(html: &mut Html, text: &str) {
    let text = text.trim();
    if text.contains('\n') {
        Writer::default().write(html, Parser::new(text));
    } else {
        line(html, text);
    }
}

/// Adds a text of one line.
pub(super) fn line(html: &mut Html, text: &str) {
    let writer = Writer { is_line: true, guard: Some(GUARD), ..Writer::default() };
    writer.write(html, Parser::new(&format!("{GUARD}{text}")));
}

#[derive(Default)]
struct Writer {
    /// The end tag of each open element; empty for elements that are not written.
    ends: Vec<&'static str>,
    /// Whether paragraphs have no element of their own.
    is_line: bool,
    guard: Option<&'static str>,
}

impl Writer {
    fn write(mut self, html: &mut Html, events: Parser<'_>) {
        for event in events {
            match event {
                Event::Start(tag) => self.start(html, &tag),
                Event::End(TagEnd::Paragraph) if self.is_line => {}
                Event::End(_) => drop(self.ends.pop().map(|end| html.markup(end))),
                Event::Text(text) => {
                    let text = match self.guard.take() {
                        Some(guard) => text.strip_prefix(guard).unwrap_or(&text),
                        None => &text,
                    };
                    html.text(text);
                }
                Event::Code(text) => drop(html.markup("<code>").text(&text).markup("</code>")),
                Event::Html(text) | Event::InlineHtml(text) => {
                    html.markup("<span class=tag>").text(&text).markup("</span>");
                }
                Event::SoftBreak => drop(html.markup("\n")),
                Event::HardBreak => drop(html.markup("<br>")),
                Event::Rule => drop(html.markup("<hr>")),
                Event::InlineMath(text) | Event::DisplayMath(text) | Event::FootnoteReference(text) => {
                    html.text(&text);
                }
                Event::TaskListMarker(_) => {}
            }
        }
    }

    fn start(&mut self, html: &mut Html, tag: &Tag<'_>) {
        if matches!(tag, Tag::Paragraph) && self.is_line {
            return;
        }
        if self.ends.len() >= MAX_DEPTH {
            self.ends.push("");
            return;
        }
        let (start, end) = match tag {
            Tag::Paragraph => ("<p>", "</p>"),
            Tag::Heading { .. } => ("<p><strong>", "</strong></p>"),
            Tag::BlockQuote(_) => ("<blockquote>", "</blockquote>"),
            Tag::CodeBlock(CodeBlockKind::Fenced(_) | CodeBlockKind::Indented) => {
                ("<pre><code>", "</code></pre>")
            }
            Tag::List(None) => ("<ul>", "</ul>"),
            Tag::List(Some(_)) => ("<ol>", "</ol>"),
            Tag::Item => ("<li>", "</li>"),
            Tag::Emphasis => ("<em>", "</em>"),
            Tag::Strong => ("<strong>", "</strong>"),
            Tag::Link { dest_url, .. } if is_web_address(dest_url) => {
                html.markup("<a rel=noreferrer").attribute("href", dest_url);
                (">", "</a>")
            }
            _ => ("", ""),
        };
        html.markup(start);
        self.ends.push(end);
    }
}

fn is_web_address(address: &str) -> bool {
    let starts =
        |scheme: &str| address.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme));
    starts("https://") || starts("http://")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(text: &str) -> String {
        let mut html = Html::default();
        write(&mut html, text);
        html.into_text()
    }

    #[test]
    fn words_and_lists_are_elements() {
        assert_eq!(written(r"ON\_SITE **bold** `a`"), "ON_SITE <strong>bold</strong> <code>a</code>");
        assert_eq!(written("One of:\n\n- A\n- B"), "<p>One of:</p><ul><li>A</li><li>B</li></ul>");
    }

    #[test]
    fn one_line_begins_no_block() {
        assert_eq!(written("- 1"), "- 1");
        assert_eq!(written("# 1"), "# 1");
    }

    #[test]
    fn html_is_text() {
        let text = written("a <script>alert(1)</script>\n\n<img src=x onerror=alert(1)>");
        assert!(!text.contains("<script") && !text.contains("<img"), "{text}");
        assert!(text.contains("&lt;img src=x onerror=alert(1)&gt;"), "{text}");
    }

    #[test]
    fn only_web_addresses_are_links() {
        assert_eq!(
            written("[a](https://b.test/?x=1&y=2)"),
            r#"<a rel=noreferrer href="https://b.test/?x=1&amp;y=2">a</a>"#
        );
        for address in
            ["javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "//b.test", "x.md", ""]
        {
            assert_eq!(written(&format!("[a](<{address}>)")), "a");
        }
    }

    #[test]
    fn an_image_is_its_words() {
        assert_eq!(written("![a bell](https://b.test/x.png)"), "a bell");
    }

    #[test]
    fn deep_nesting_has_a_bound() {
        let text = written(&format!("{}a\nb", "> ".repeat(5_000)));
        assert_eq!(text.matches("<blockquote>").count(), text.matches("</blockquote>").count());
        assert!(text.matches("<blockquote>").count() <= MAX_DEPTH, "{text}");
    }
}
