//! Text for a terminal: width, wrapping, escapes, quoting and similar names.

use std::borrow::Cow;

use unicode_width::UnicodeWidthStr as _;

/// The width of lines, in columns, if the terminal's width is unknown.
pub(crate) const WIDTH: usize = 100;

/// Returns the number of columns that a text takes in a terminal.
pub(crate) fn columns(text: &str) -> usize {
    text.width()
}

/// Pads a text with spaces to `width` columns.
pub(crate) fn padded(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(columns(text))))
}

/// Wraps a text to `width` columns. A longer word stays whole.
pub(crate) fn wrapped(text: &str, width: usize) -> String {
    let mut out = String::new();
    for (index, line) in text.lines().enumerate() {
        if index > 0 {
            out.push('\n');
        }
        let mut taken = 0;
        for word in line.split(' ') {
            let wide = columns(word);
            if taken > 0 && taken + 1 + wide > width {
                out.push('\n');
                taken = 0;
            } else if taken > 0 {
                out.push(' ');
                taken += 1;
            }
            out.push_str(word);
            taken += wide;
        }
    }
    out
}

/// Makes text from outside safe for a terminal: control characters, and those that change the direction of writing, become
/// visible escapes. Line feeds stay.
pub(crate) fn visible(text: &str) -> Cow<'_, str> {
    if !text.contains(is_invisible) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len());
    for character in text.chars() {
        if is_invisible(character) {
            shown.extend(character.escape_unicode());
        } else {
            shown.push(character);
        }
    }
    Cow::Owned(shown)
}

/// Makes JSON safe for a terminal with the escapes of JSON, so that it stays JSON.
pub(crate) fn visible_json(json: &str) -> Cow<'_, str> {
    if !json.contains(is_invisible) {
        return Cow::Borrowed(json);
    }
    let mut shown = String::with_capacity(json.len());
    for character in json.chars() {
        match character {
            // JSON has these only between values, where they are blanks.
            '\t' | '\r' => shown.push(' '),
            // Each is one UTF-16 unit.
            _ if is_invisible(character) => shown.push_str(&format!("\\u{:04x}", u32::from(character))),
            _ => shown.push(character),
        }
    }
    Cow::Owned(shown)
}

fn is_invisible(character: char) -> bool {
    let turns_direction = matches!(character, '\u{61c}' | '\u{200e}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    turns_direction || (character.is_control() && character != '\n')
}

/// Quotes a word of a command line if a shell would not take it literally.
pub(crate) fn quoted(word: &str) -> Cow<'_, str> {
    let is_safe = |byte: u8| byte.is_ascii_alphanumeric() || b"_@%+=:,./-".contains(&byte);
    if !word.is_empty() && word.bytes().all(is_safe) {
        return Cow::Borrowed(word);
    }
    Cow::Owned(format!("'{}'", word.replace('\'', r"'\''")))
}

/// Returns the name that somebody typed, or `instead` if it does not begin with a letter: it may be a phone number.
pub(crate) fn name_or<'a>(name: &'a str, instead: &'a str) -> &'a str {
    if name.starts_with(|first: char| first.is_ascii_alphabetic()) { name } else { instead }
}

/// Whether two names are equal, ignoring case and dashes.
pub(crate) fn same_name(one: &str, other: &str) -> bool {
    let letters = |name: &str| name.replace('-', "").to_lowercase();
    letters(one) == letters(other)
}

/// Lists the names that are similar to `wanted`, as a part of a sentence; empty if there are none.
pub(crate) fn nearest(wanted: &str, names: impl Iterator<Item = &'static str>) -> String {
    let wanted = wanted.to_lowercase();
    let near = |name: &str| strsim::jaro_winkler(&wanted, &name.to_lowercase());
    let mut near: Vec<(f64, &str)> =
        names.map(|name| (near(name), name)).filter(|(near, _)| *near > 0.8).collect();
    near.sort_by(|one, other| other.0.total_cmp(&one.0));
    let names: Vec<&str> = near.iter().take(3).map(|(_, name)| *name).collect();
    match names.as_slice() {
        [] => String::new(),
        names => format!(" (nearest: {})", names.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_as_wide_as_they_may_be() {
        assert_eq!(wrapped("one two three", 7), "one two\nthree");
        assert_eq!(wrapped("座席 状态 名", 9), "座席 状态\n名");
        assert_eq!(wrapped("tremendous", 3), "tremendous");
        assert_eq!(wrapped("a\n\nb", 9), "a\n\nb");
    }

    #[test]
    fn chinese_letters_take_two_columns() {
        assert_eq!(padded("座席", 6), "座席  ");
    }

    #[test]
    fn escapes_of_terminals_become_visible() {
        assert_eq!(visible("a\u{1b}[2J\u{202e}\nb"), "a\\u{1b}[2J\\u{202e}\nb");
    }

    #[test]
    fn escaped_json_has_the_same_value() {
        let json = "{\"a\":\r\n\t\"\u{200f}\u{7f}座\"}";
        let shown = visible_json(json);
        assert_eq!(shown, "{\"a\": \n \"\\u200f\\u007f座\"}");
        let [one, other] =
            [json, &*shown].map(|text| serde_json::from_str::<serde_json::Value>(text).unwrap());
        assert_eq!(one, other);
    }

    #[test]
    fn words_are_quoted_where_a_shell_would_read_them_otherwise() {
        assert_eq!(quoted("user-test@ccc-test"), "user-test@ccc-test");
        assert_eq!(quoted("[\"it's\"]"), r#"'["it'\''s"]'"#);
        assert_eq!(quoted(""), "''");
    }

    #[test]
    fn nearest_names_come_first() {
        let names = ["Callee", "Caller", "InstanceId"];
        assert_eq!(nearest("Calee", names.into_iter()), " (nearest: Callee, Caller)");
        assert_eq!(nearest("Zzz", names.into_iter()), "");
    }
}
