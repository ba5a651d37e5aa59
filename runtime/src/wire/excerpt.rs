//! Limits how much of a response an error keeps.

use bytes::Bytes;

use crate::wire::redact::Redactor;

/// How much of a text is searched for sensitive values, in bytes. Less than that is shown.
const SEARCHED: usize = 64 * 1024;
/// The longest body that an error keeps, in bytes.
const LONGEST_BODY: usize = 64 * 1024;

/// Returns the start of a text, fit for logs. Sensitive values are replaced before it is cut, so none is cut in half.
pub(crate) fn excerpt(text: &[u8], longest: usize, redactor: &Redactor) -> String {
    let searched = text.get(..SEARCHED).unwrap_or(text);
    let shown = String::from_utf8_lossy(searched);
    let mut shown = redactor.redact(&shown).into_owned();
    // The searched part may end inside a value, so its last quarter is not shown.
    let room =
        if searched.len() < text.len() { shown.len().saturating_sub(SEARCHED / 4) } else { shown.len() };
    cut(&mut shown, room.min(longest));
    shown
}

/// Shortens a text to at most `longest` bytes without cutting a character.
pub(crate) fn cut(text: &mut String, longest: usize) {
    if text.len() > longest {
        text.truncate(beginning(text, longest).len());
        text.shrink_to_fit();
    }
}

/// Returns the start of a text: at most `longest` bytes, and no part of a character.
pub(crate) fn beginning(text: &str, longest: usize) -> &str {
    let mut end = longest.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or_default()
}

/// Returns the start of a body. The part of a large one is copied, so the rest can be freed.
pub(crate) fn start_of(body: Bytes) -> Bytes {
    match body.get(..LONGEST_BODY) {
        Some(start) if start.len() < body.len() => Bytes::copy_from_slice(start),
        _ => body,
    }
}

#[cfg(test)]
mod tests {
    use super::{Bytes, LONGEST_BODY, Redactor, SEARCHED, cut, excerpt, start_of};

    const CALLEE: &str = "13188888888";

    fn short_excerpt(text: &str) -> String {
        excerpt(text.as_bytes(), 100, &Redactor::new([CALLEE]))
    }

    #[test]
    fn a_short_text_is_shown_whole_without_its_secrets() {
        assert_eq!(short_excerpt("call 13188888888 failed"), "call [redacted] failed");
    }

    #[test]
    fn no_secret_is_cut_in_half() {
        let secret = "a".repeat(98) + CALLEE;
        assert_eq!(short_excerpt(&secret), "a".repeat(98) + "[r");
    }

    #[test]
    fn a_secret_on_the_edge_of_what_is_searched_is_not_shown() {
        for beyond in ["a".repeat(SEARCHED - 3) + CALLEE, CALLEE.repeat(2 * SEARCHED / CALLEE.len())] {
            assert!(!excerpt(beyond.as_bytes(), usize::MAX, &Redactor::new([CALLEE])).contains("131"));
        }
    }

    #[test]
    fn no_character_is_cut_in_half() {
        let mut text = "中中".to_owned();
        cut(&mut text, 5);
        assert_eq!(text, "中");
    }

    #[test]
    fn a_large_body_is_kept_in_part() {
        assert_eq!(start_of(vec![b'a'; 1 << 20].into()).len(), LONGEST_BODY);
        let small = Bytes::from(vec![b'a'; LONGEST_BODY]);
        assert_eq!(start_of(small.clone()).as_ptr(), small.as_ptr());
    }
}
