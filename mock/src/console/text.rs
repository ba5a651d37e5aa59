//! Prepares texts of any length and format for the page.

use quick_xml::events::Event;
use quick_xml::{Reader, Writer};
use serde_json::Value;

/// The most characters of one text that are shown.
const MOST: usize = 32 << 10;
/// The most characters of one text in the list of requests.
const MOST_IN_LIST: usize = 500;

/// Cuts a text that is too long to be shown, and says how much is missing.
pub(super) fn cut(text: &str) -> String {
    cut_after(MOST, text)
}

/// Cuts a text for the list of requests, where a few hundred characters are enough.
pub(super) fn cut_for_list(text: &str) -> String {
    cut_after(MOST_IN_LIST, text)
}

fn cut_after(most: usize, text: &str) -> String {
    match text.char_indices().nth(most) {
        None => text.to_owned(),
        Some((end, _)) => {
            let (shown, rest) = text.split_at(end);
            format!("{shown}… ({} more characters)", rest.chars().count())
        }
    }
}

/// Indents JSON and XML; anything else stays as it is.
pub(super) fn indented(text: &str) -> String {
    if let Ok(value) = serde_json::from_str::<Value>(text) {
        return format!("{value:#}");
    }
    indented_xml(text).unwrap_or_else(|| text.to_owned())
}

fn indented_xml(text: &str) -> Option<String> {
    if !text.starts_with("<?xml") {
        return None;
    }
    let mut reader = Reader::from_str(text);
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 2);
    loop {
        match reader.read_event().ok()? {
            Event::Eof => return String::from_utf8(writer.into_inner()).ok(),
            event => writer.write_event(event).ok()?,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_text_is_cut_between_characters_and_says_so() {
        let text = "中".repeat(MOST + 5);
        let cut = cut(&text);
        assert!(cut.starts_with("中中") && cut.ends_with("中… (5 more characters)"));
    }

    #[test]
    fn short_text_stays() {
        assert_eq!(cut("中"), "中");
    }

    #[test]
    fn json_and_xml_are_indented() {
        assert_eq!(indented(r#"{"A":[1]}"#), "{\n  \"A\": [\n    1\n  ]\n}");
        assert_eq!(
            indented(r#"<?xml version="1.0"?><R><A>1</A></R>"#),
            "<?xml version=\"1.0\"?>\n<R>\n  <A>1</A>\n</R>"
        );
    }

    #[test]
    fn other_texts_stay() {
        for text in [r#"{"Code":"O"#, "<html><p>", "<?xml version=\"1.0\"?><a></b>", ""] {
            assert_eq!(indented(text), text);
        }
    }
}
