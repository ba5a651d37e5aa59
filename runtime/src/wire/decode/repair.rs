//! Mends JSON that is whole but for details some writers get wrong, so that one odd value costs no answer.
//!
//! These details are mended: control characters that stand in a text unescaped, halves of surrogate pairs, numbers too
//! large for any type, which become texts, values that are none (`NaN`, `None`, `01`, nothing at all), which become null,
//! and commas too many. Everything else is copied. A body that is full of them is not mended: it is no answer, and would
//! grow to six times its length.

use serde_json::value::RawValue;

/// The most details that are mended.
const MOST: usize = 4096;

/// The mended text; `None` if there was nothing to mend, or too much.
pub(super) fn repair(json: &str) -> Option<String> {
    let mut mended = String::with_capacity(json.len().saturating_add(16));
    let mut changes = 0;
    // What the text so far ends with, blanks left out.
    let mut last = None;
    let mut rest = json;
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '"' => text(rest, &mut mended, &mut changes),
            ',' | '}' | ']' | '{' | '[' | ':' => {
                punctuation(first, last, &mut mended, &mut changes);
                1
            }
            blank if blank.is_ascii_whitespace() => {
                mended.push(blank);
                1
            }
            _ => word(rest, &mut mended, &mut changes),
        };
        // A blank, and a comma that was left out, leave the end what it was.
        last = mended.chars().next_back().filter(|end| !end.is_ascii_whitespace()).or(last);
        rest = rest.get(length..).unwrap_or_default();
        if changes > MOST {
            return None;
        }
    }
    (changes > 0).then_some(mended)
}

/// Copies a mark between values, with a null where one is missing before it, and without a comma that separates nothing.
fn punctuation(mark: char, last: Option<char>, mended: &mut String, changes: &mut usize) {
    match (last, mark) {
        (Some(':'), ',' | '}') => {
            *changes += 1;
            mended.push_str("null");
            mended.push(mark);
        }
        (Some(',' | '[' | '{'), ',') => *changes += 1,
        (Some(','), '}' | ']') => {
            *changes += 1;
            mended.truncate(mended.trim_ascii_end().len().saturating_sub(1));
            mended.push(mark);
        }
        _ => mended.push(mark),
    }
}

/// Copies a text with its quotes; gives how long it was.
fn text(rest: &str, mended: &mut String, changes: &mut usize) -> usize {
    let mut characters = rest.char_indices();
    mended.extend(characters.next().map(|(_, quote)| quote));
    while let Some((position, character)) = characters.next() {
        match character {
            '"' => {
                mended.push('"');
                return position.saturating_add(1);
            }
            '\\' => {
                let (escape, keep) = escape(rest.get(position..).unwrap_or_default());
                if keep {
                    mended.push_str(escape);
                } else {
                    mended.push_str("\\ufffd");
                    *changes += 1;
                }
                // The backslash is behind us already.
                for _ in 1..escape.chars().count() {
                    characters.next();
                }
            }
            control if control < ' ' && *changes <= MOST => {
                mended.push_str(&format!("\\u{:04x}", u32::from(control)));
                *changes += 1;
            }
            other => mended.push(other),
        }
    }
    rest.len()
}

/// An escape, a surrogate pair as one, and whether it stands for a character.
fn escape(rest: &str) -> (&str, bool) {
    let unit = |text: &str| {
        text.strip_prefix("\\u")
            .and_then(|digits| digits.get(..4))
            .and_then(|digits| u32::from_str_radix(digits, 16).ok())
    };
    let part = |length: usize| rest.get(..length).unwrap_or(rest);
    match unit(rest) {
        Some(0xd800..=0xdbff) => match unit(rest.get(6..).unwrap_or_default()) {
            Some(0xdc00..=0xdfff) => (part(12), true),
            _ => (part(6), false),
        },
        Some(0xdc00..=0xdfff) => (part(6), false),
        Some(_) => (part(6), true),
        None => {
            let escaped = rest.chars().nth(1).map_or(0, char::len_utf8);
            (part(escaped.saturating_add(1)), true)
        }
    }
}

/// Copies what stands between marks and is no text: in quotes if it is a number that no type can hold, as null if it is
/// no value; gives how long it was.
fn word(rest: &str, mended: &mut String, changes: &mut usize) -> usize {
    let ends = |character: char| {
        character.is_ascii_whitespace() || matches!(character, '"' | ',' | ':' | '{' | '}' | '[' | ']')
    };
    let word = rest.get(..rest.find(ends).unwrap_or(rest.len())).unwrap_or_default();
    if serde_json::from_str::<&RawValue>(word).is_err() {
        *changes += 1;
        mended.push_str("null");
    } else if word.parse::<f64>().is_ok_and(f64::is_infinite) {
        *changes += 1;
        mended.push('"');
        mended.push_str(word);
        mended.push('"');
    } else {
        mended.push_str(word);
    }
    word.len()
}

#[cfg(test)]
mod tests {
    use super::{MOST, repair};

    #[test]
    fn whole_json_needs_no_repair() {
        assert_eq!(repair(r#"{"a": ["\ud83d\ude00", -1.5e3, "\"\\", null]}"#), None);
    }

    #[test]
    fn control_characters_in_texts_are_escaped() {
        assert_eq!(repair("{\"a\":\n\"b\nc\"}").as_deref(), Some("{\"a\":\n\"b\\u000ac\"}"));
    }

    #[test]
    fn half_a_surrogate_pair_is_replaced() {
        assert_eq!(
            repair(r#"["\ud83d", "\ude00", "\ud83dx"]"#).as_deref(),
            Some(r#"["\ufffd", "\ufffd", "\ufffdx"]"#)
        );
    }

    #[test]
    fn number_no_type_can_hold_becomes_a_text() {
        assert_eq!(repair("[1e999,-1e999,1e9]").as_deref(), Some(r#"["1e999","-1e999",1e9]"#));
    }

    #[test]
    fn what_is_no_value_becomes_null() {
        assert_eq!(
            repair(r#"{"a":NaN,"b": -Infinity ,"c":None,"d":01,"e":true,"f":}"#).as_deref(),
            Some(r#"{"a":null,"b": null ,"c":null,"d":null,"e":true,"f":null}"#)
        );
    }

    #[test]
    fn commas_too_many_are_left_out() {
        assert_eq!(repair("[1,2, ]").as_deref(), Some("[1,2]"));
        assert_eq!(repair(r#"{"a":[,1,,2],"b":{},}"#).as_deref(), Some(r#"{"a":[1,2],"b":{}}"#));
    }

    #[test]
    fn body_full_of_such_details_is_not_mended() {
        let full_of = |details: usize| format!("[\"{}\"]", "\u{1}".repeat(details));
        assert!(repair(&full_of(MOST)).is_some());
        assert_eq!(repair(&full_of(MOST + 1)), None);
        assert_eq!(repair(&format!("[{}1e999]", "1e999,".repeat(MOST))), None);
    }

    #[test]
    fn broken_text_is_copied_to_its_end() {
        for broken in ["\"", "\"\\", "\"\\u12", "\"\\ud83d\\u", "[1e", "\"\\é\"", "{\"a\":\"\u{1F600}"] {
            let _ = repair(broken);
        }
    }
}
