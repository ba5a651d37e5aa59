//! Mends JSON that is whole except for details that some writers get wrong, so that one odd value does not cost the
//! response.
//!
//! Control characters in strings are escaped, and halves of surrogate pairs become U+FFFD. Numbers too large for any
//! type become strings. Words that are no values (`NaN`, `None`, `01`) and missing values become null. Superfluous
//! commas are left out. Everything else is copied.
//!
//! No library does this: lenient parsers handle half of these details, and those that repair everything also complete a
//! body that is cut short, so that half a response would pass for a whole one.

use serde_json::value::RawValue;

/// The most details that are mended. A body with more is no response, and could grow to six times its length.
const MOST: usize = 4096;

/// Returns the mended text; `None` if there is nothing to mend, or too much.
pub(super) fn repair(json: &str) -> Option<String> {
    let mut mended = String::with_capacity(json.len().saturating_add(16));
    let mut changes = 0;
    // The last character so far that is not blank.
    let mut last = None;
    let mut rest = json;
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '"' => string(rest, &mut mended, &mut changes),
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
        // A comma that is left out leaves the end as it was.
        last = mended.chars().next_back().filter(|end| !end.is_ascii_whitespace()).or(last);
        rest = rest.get(length..).unwrap_or_default();
        if changes > MOST {
            return None;
        }
    }
    (changes > 0).then_some(mended)
}

/// Copies a mark between values. Adds a null where a value is missing before it; leaves out a comma that separates nothing.
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

/// Copies a string with its quotes; returns its length.
fn string(rest: &str, mended: &mut String, changes: &mut usize) -> usize {
    mended.push('"');
    let mut open = rest.get(1..).unwrap_or_default();
    while let Some(first) = open.chars().next() {
        let (length, is_character) = if first == '\\' { escape(open) } else { (first.len_utf8(), true) };
        let (copied, after) = open.split_at_checked(length).unwrap_or((open, ""));
        open = after;
        if !is_character {
            mended.push_str("\\ufffd");
            *changes += 1;
        } else if first < ' ' && *changes <= MOST {
            mended.push_str(&format!("\\u{:04x}", u32::from(first)));
            *changes += 1;
        } else {
            mended.push_str(copied);
        }
        if first == '"' {
            break;
        }
    }
    rest.len() - open.len()
}

/// Returns the length of an escape, and whether it stands for a character. A surrogate pair is one escape; of any other
/// `\u`, the digits are left for the next steps.
fn escape(rest: &str) -> (usize, bool) {
    let unit = |start: usize| {
        let digits = rest.get(start..start + 6)?.strip_prefix("\\u")?;
        u32::from_str_radix(digits, 16).ok()
    };
    match (unit(0), unit(6)) {
        (Some(0xd800..=0xdbff), Some(0xdc00..=0xdfff)) => (12, true),
        (Some(0xd800..=0xdfff), _) => (6, false),
        _ => (1 + rest.chars().nth(1).map_or(0, char::len_utf8), true),
    }
}

/// Copies a number, a truth value or null: in quotes if it is a number that no type can hold, as null if it is no value.
/// Returns its length.
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
    fn number_no_type_can_hold_becomes_a_string() {
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
