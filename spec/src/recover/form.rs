//! The form of a text: the kinds of cell that it looks like, if no column decides.

use super::declared::Declared;
use super::table::{is_no, is_yes, without_markers};

/// The consequence of a type word for the rows after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TypeWord {
    /// It takes no members.
    Scalar,
    /// Other rows may sit in it.
    Container,
}

/// Types of today's pages, without the part in angle brackets.
const SCALARS: &[&str] = &[
    "string",
    "integer",
    "int",
    "int32",
    "int64",
    "long",
    "number",
    "float",
    "double",
    "boolean",
    "bool",
    "byte",
    "bytes",
    "binary",
    "file",
    "date",
    "bigdecimal",
    "decimal",
];
const CONTAINERS: &[&str] = &["object", "array", "map", "list", "struct", "any", "json"];

/// Reads a type as today's pages write it (`integer<int32>`), or as older ones do (`String`, `List`).
pub(super) fn type_word(text: &str) -> Option<TypeWord> {
    let (word, rest) = match text.find('<') {
        Some(open) => text.split_at_checked(open)?,
        None => (text, ""),
    };
    if !rest.is_empty() && !rest.ends_with('>') {
        return None;
    }
    let is_one_of = |words: &[&str]| {
        words.iter().any(|known| {
            word == *known
                || word.split_at_checked(1).zip(known.split_at_checked(1)).is_some_and(
                    |((first, word), (known_first, known))| {
                        first.eq_ignore_ascii_case(known_first) && word == known
                    },
                )
        })
    };
    match () {
        () if is_one_of(SCALARS) => Some(TypeWord::Scalar),
        () if is_one_of(CONTAINERS) => Some(TypeWord::Container),
        () if is_element_of(text) => Some(TypeWord::Container),
        () => None,
    }
}

/// Returns whether a text is a type, of whatever kind of page.
pub(super) fn is_type(text: &str) -> bool {
    text.len() <= 96
        && (type_word(text).is_some()
            || !matches!(Declared::parse(text), Declared::Unknown | Declared::Absent))
}

/// Returns whether a text is like `Array of X` or `X[]`.
fn is_element_of(text: &str) -> bool {
    text.len() < 64 && matches!(Declared::parse(text), Declared::List(Some(_)))
}

/// Returns whether a text, which is one line, can be the name of a parameter or field.
pub(super) fn is_name(text: &str) -> bool {
    let name = without_markers(text);
    let name =
        name.split("[^").next().unwrap_or_default().trim_end_matches(['*', '\\', '\u{200b}', '\u{feff}']);
    name.len() <= 96
        && name.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '_' | '$' | '@'))
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-.[]{}$@:".contains(&byte))
}

/// Returns whether a text says that a parameter is required, or that it is not.
pub(super) fn is_required(text: &str) -> bool {
    !text.is_empty() && text.len() <= "Required".len() && (is_yes(text) || is_no(text))
}

/// Returns whether a text names a part of a request that carries parameters.
pub(super) fn is_location(text: &str) -> bool {
    let places = ["query", "body", "formdata", "form", "path", "header", "host", "domain"];
    places.iter().any(|place| text.eq_ignore_ascii_case(place))
}

/// Returns whether a text is an HTTP status that refuses a request, or any other.
pub(super) fn is_status(text: &str) -> bool {
    text.len() == 3 && text.parse().is_ok_and(|status: u16| (100..600).contains(&status))
}

/// Returns whether a text can be an error code: `Bad.Thing`, `InvalidParameter.%s`.
pub(super) fn is_error_code(text: &str) -> bool {
    text.len() <= 160
        && text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-.%{}:$".contains(&byte))
}

/// Returns whether a text reads like prose and not like a value.
pub(super) fn is_prose(text: &str) -> bool {
    let is_ideograph = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
    text.contains(is_ideograph)
        || text.ends_with(['。', '：', '！'])
        || text.ends_with(['.', ':', '!']) && text.contains(' ')
        || text.split_whitespace().filter(|word| word.starts_with(char::is_alphabetic)).count() >= 2
            && !text.starts_with(['{', '[', '<', '"'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_of_today_and_of_older_pages_are_known() {
        for scalar in ["string", "integer<int32>", "String", "number<double>", "byte", "file"] {
            assert_eq!(type_word(scalar), Some(TypeWord::Scalar), "{scalar}");
        }
        for container in
            ["object", "array<array<string>>", "map<string,string>", "Array of Bell", "any", "List"]
        {
            assert_eq!(type_word(container), Some(TypeWord::Container), "{container}");
        }
        for other in ["", "The string.", "Id", "STRING_VALUE", "integer<", "a < b"] {
            assert_eq!(type_word(other), None, "{other}");
        }
    }

    #[test]
    fn names_are_told_from_values_and_words() {
        for name in ["Id", "Tag.N.Key", "└Name", "Items[]", "x-acs-token", "Id[^1]", "_id"] {
            assert!(is_name(name), "{name}");
        }
        for other in ["", "1", "号码", "two words", "a@b.c,d", "{", "https://x/y"] {
            assert!(!is_name(other), "{other}");
        }
    }

    #[test]
    fn words_are_told_from_values() {
        for words in ["实例 ID。", "id。", "The id.", "The name of it", "Valid values:"] {
            assert!(is_prose(words), "{words}");
        }
        for value in ["i-1", "2024-01-01 12:00", "{\"a\": b}", "true", "1.2.3.4."] {
            assert!(!is_prose(value), "{value}");
        }
    }
}
