//! Finds the operation in a page's title.

use std::collections::HashSet;

use foldhash::fast::RandomState;

use super::link::is_identifier;

/// Finds the operation that a title names: `GetThing`, `GetThing - Get a thing`, `GetThing（获取）`, `获取（GetThing）`.
pub(super) fn operation(title: &str) -> Option<&str> {
    let whole = title.trim_matches(|c: char| is_separator(c) || c.is_whitespace());
    if is_identifier(whole) {
        return Some(whole);
    }
    let mut rest = title;
    ascii_words(title).find(|name| {
        let Some((before, after)) = rest.split_once(name) else { return false };
        let before = title.get(..title.len() - rest.len() + before.len()).unwrap_or_default();
        rest = after;
        let before = before.trim_end().chars().next_back();
        let after = after.trim_start().chars().next();
        let is_apart = [before, after].into_iter().flatten().all(is_separator);
        let leads_chinese = before.is_none() && after.is_some_and(|c| !c.is_ascii());
        // A single word is a name only before a separator.
        let is_name = if before.is_none() && is_apart { has_case(name) } else { has_humps(name) };
        is_name && is_identifier(name) && (is_apart || leads_chinese)
    })
}

/// Names in lower case, since pages differ from their own links in it.
pub(super) type Names = HashSet<String, RandomState>;

/// Returns the words of a title, one of which may be the operation.
pub(super) fn words(title: &str) -> Names {
    ascii_words(title).map(str::to_ascii_lowercase).collect()
}

/// Returns the words of ASCII letters and digits.
fn ascii_words(title: &str) -> impl Iterator<Item = &str> {
    title.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty())
}

/// Returns whether letters are of both cases, as in no abbreviation.
fn has_case(word: &str) -> bool {
    word.contains(char::is_lowercase) && word.contains(char::is_uppercase)
}

/// Returns whether a name is made of words, as in `GetThing`.
fn has_humps(word: &str) -> bool {
    let mut after_first = word.chars().skip_while(|c| !c.is_lowercase());
    after_first.any(char::is_uppercase)
}

/// Returns whether a character separates a name from its description.
fn is_separator(c: char) -> bool {
    !c.is_alphanumeric() && !c.is_whitespace() && c != '\''
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_told_from_what_is_said_about_it() {
        for title in [
            "GetThing",
            "GetThing.",
            "GetThing - Get a thing",
            "GetThing – Get a Thing",
            "GetThing: gets a thing",
            "GetThing（获取事物）",
            "GetThing 获取事物",
            "获取事物（GetThing）",
            "获取事物 - GetThing",
            "Get a thing (GetThing)",
        ] {
            assert_eq!(operation(title), Some("GetThing"), "{title}");
        }
        assert_eq!(operation("Ring - Ring a bell"), Some("Ring"));
    }

    #[test]
    fn a_sentence_names_nothing() {
        for title in [
            "Call OpenAPI with a token",
            "Get a thing",
            "A bell - Now",
            "获取ECS列表",
            "根据ID查询",
            "保存WebRTC统计信息",
            "概述",
            "",
        ] {
            assert_eq!(operation(title), None, "{title}");
        }
    }
}
