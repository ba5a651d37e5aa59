//! HTML inside a cell: the tags that pages use for layout. Anything else in angle brackets, such as `<instance>`, is text.

/// Effect of a tag on the text around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Markup {
    /// The line ends.
    Break,
    /// A paragraph starts or ends.
    Paragraph,
    /// A list starts; whether its items are numbered.
    List(bool),
    ListEnd,
    Item,
    ItemEnd,
    /// A cell of a table inside the cell. The first cell of a row is its subject; the others describe that.
    Cell,
    /// Superscript begins, as in 10³.
    Raised,
    /// Only the look changes.
    Look,
}

/// Bytes of the longest tag's name.
const LONGEST: usize = "blockquote".len();

/// Returns the layout tag that a text begins with, and the text after it.
pub(super) fn tag(text: &str) -> Option<(Markup, &str)> {
    let (tag, after) = text.strip_prefix('<')?.split_once('>')?;
    let (is_end, tag) = tag.strip_prefix('/').map_or((false, tag), |tag| (true, tag));
    let end = tag.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(tag.len());
    let (name, attributes) = tag.split_at_checked(end)?;
    if !attributes.starts_with([' ', '/', '\n']) && !attributes.is_empty() {
        return None;
    }
    let mut lower = [0; LONGEST];
    let lower = lower.get_mut(..name.len())?;
    lower.copy_from_slice(name.as_bytes());
    lower.make_ascii_lowercase();
    let markup = match (std::str::from_utf8(lower).unwrap_or_default(), is_end) {
        ("br", _) => Markup::Break,
        (
            "p" | "div" | "blockquote" | "pre" | "props" | "notice" | "note" | "warning" | "section" | "dl",
            _,
        ) => Markup::Paragraph,
        ("ul" | "table", false) => Markup::List(false),
        ("ol", false) => Markup::List(true),
        ("ul" | "ol" | "table", true) => Markup::ListEnd,
        ("li" | "tr" | "dt", false) => Markup::Item,
        ("li" | "tr" | "dd", true) => Markup::ItemEnd,
        ("td" | "th" | "dd", false) => Markup::Cell,
        ("sup", false) => Markup::Raised,
        (
            "b" | "strong" | "i" | "em" | "u" | "s" | "del" | "code" | "tt" | "span" | "font" | "a" | "img"
            | "sub" | "sup" | "small" | "big" | "center" | "thead" | "tbody" | "tfoot" | "td" | "th" | "dt"
            | "colgroup" | "col" | "ph" | "codeph" | "uicontrol" | "xref" | "term" | "label",
            _,
        ) => Markup::Look,
        _ => return None,
    };
    Some((markup, after))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_of_layout_are_known_in_any_case() {
        assert_eq!(tag("<BR/>x"), Some((Markup::Break, "x")));
        assert_eq!(tag("<ul class=\"a\">"), Some((Markup::List(false), "")));
        assert_eq!(tag("</props>"), Some((Markup::Paragraph, "")));
    }

    #[test]
    fn other_words_in_angle_brackets_are_text() {
        for text in ["<instance>", "<object>", "<b-name>", "<p_1>", "<", "< b>", "<b", "<br_x>"] {
            assert_eq!(tag(text), None, "{text}");
        }
    }
}
