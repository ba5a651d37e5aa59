//! What a page's title calls its operation.

use super::link::is_identifier;

/// The operation that a title names: `GetThing`, `GetThing - Get a thing`, `GetThing（获取）`, `获取（GetThing）`.
pub(super) fn operation(title: &str) -> Option<&str> {
    let whole = title.trim_matches(is_separator);
    if is_identifier(whole) {
        return Some(whole);
    }
    let mut rest = title;
    words(title).find(|name| {
        let Some((before, after)) = rest.split_once(name) else { return false };
        let before = title.get(..title.len() - rest.len() + before.len()).unwrap_or_default();
        rest = after;
        let [before, after] = [before.trim_end().chars().next_back(), after.trim_start().chars().next()];
        let is_apart = [before, after].into_iter().flatten().all(is_separator);
        // Only in front is one word enough: behind a dash may stand any.
        is_apart
            && is_identifier(name)
            && if before.is_none() { has_case(name) } else { has_case(name.get(1..).unwrap_or_default()) }
    })
}

/// Whether a title has the name among its words, in whatever case.
pub(super) fn mentions(title: &str, name: &str) -> bool {
    words(title).any(|word| word.eq_ignore_ascii_case(name))
}

/// Words of ASCII letters and digits.
fn words(title: &str) -> impl Iterator<Item = &str> {
    title.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty())
}

/// Whether letters are of both cases, as in no abbreviation.
fn has_case(word: &str) -> bool {
    word.contains(char::is_lowercase) && word.contains(char::is_uppercase)
}

/// Whether a character sets a name apart from what is said about it; letters of other scripts do, too.
fn is_separator(c: char) -> bool {
    !c.is_ascii_alphanumeric() && !c.is_whitespace() && c != '\''
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
            "调用GetThing获取ECS",
        ] {
            assert_eq!(operation(title), Some("GetThing"), "{title}");
        }
        assert_eq!(operation("Ring - Ring a bell"), Some("Ring"));
    }

    #[test]
    fn a_sentence_names_nothing() {
        for title in ["Call OpenAPI with a token", "Get a thing", "A bell - Now", "获取ECS列表", "概述", ""]
        {
            assert_eq!(operation(title), None, "{title}");
        }
    }
}
