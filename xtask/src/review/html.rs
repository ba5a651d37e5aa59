//! HTML that cannot contain a page's markup: only literals of this program are written unescaped.

use std::fmt::{Display, Write as _};

use crate::terminal::visible;

/// HTML that is being written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Html(String);

impl Html {
    /// Adds markup of this program.
    pub(super) fn markup(&mut self, markup: &'static str) -> &mut Self {
        self.0.push_str(markup);
        self
    }

    /// Adds text, escaped. Invisible characters, and those that change the direction of writing, become escapes.
    pub(super) fn text(&mut self, text: &str) -> &mut Self {
        for character in visible(text).chars() {
            match character {
                '&' => self.0.push_str("&amp;"),
                '<' => self.0.push_str("&lt;"),
                '>' => self.0.push_str("&gt;"),
                '"' => self.0.push_str("&quot;"),
                '\'' => self.0.push_str("&#39;"),
                _ => self.0.push(character),
            }
        }
        self
    }

    /// Adds a number or another value as text.
    pub(super) fn value(&mut self, value: impl Display) -> &mut Self {
        self.text(&value.to_string())
    }

    /// Adds a sentence in which names stand between backticks, as in messages of this program.
    pub(super) fn sentence(&mut self, sentence: &str) -> &mut Self {
        let is_paired = sentence.matches('`').count().is_multiple_of(2);
        if !is_paired {
            return self.text(sentence);
        }
        for (number, piece) in sentence.split('`').enumerate() {
            if number % 2 == 1 {
                self.markup("<code>").text(piece).markup("</code>");
            } else {
                self.text(piece);
            }
        }
        self
    }

    /// Adds an attribute to the tag that is being written, with its value escaped.
    pub(super) fn attribute(&mut self, name: &'static str, value: impl Display) -> &mut Self {
        // Writing to a string cannot fail.
        let _ = write!(self.0, " {name}=\"");
        self.value(value).markup("\"")
    }

    /// Adds HTML that was written before.
    pub(super) fn append(&mut self, html: &Self) -> &mut Self {
        self.0.push_str(&html.0);
        self
    }

    /// Returns the HTML as text.
    pub(super) fn into_text(self) -> String {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_hold_no_markup() {
        let mut html = Html::default();
        html.text("</script><!-- \"'&\u{202e}\u{0}");
        assert_eq!(html.into_text(), r"&lt;/script&gt;&lt;!-- &quot;&#39;&amp;\u{202e}\u{0}");
    }

    #[test]
    fn names_in_sentences_are_code() {
        let mut html = Html::default();
        html.sentence("`<a>` is `b`").markup("; ").sentence("a ` b");
        assert_eq!(html.into_text(), "<code>&lt;a&gt;</code> is <code>b</code>; a ` b");
    }

    #[test]
    fn attributes_end_where_they_should() {
        let mut html = Html::default();
        html.markup("<a").attribute("title", "\" onclick=\"x").markup(">");
        assert_eq!(html.into_text(), "<a title=\"&quot; onclick=&quot;x\">");
    }
}
