//! String literals that hold exactly a given text, and show every character of it.

use proc_macro2::Literal;

use super::is_hidden;

/// Writes a string literal with `text` as its value; hidden characters are escaped.
pub(crate) fn literal(text: &str) -> Literal {
    let mut source = String::with_capacity(text.len() + 2);
    source.push('"');
    for character in text.chars() {
        match character {
            '"' => source.push_str("\\\""),
            '\\' => source.push_str("\\\\"),
            '\n' => source.push_str("\\n"),
            '\r' => source.push_str("\\r"),
            '\t' => source.push_str("\\t"),
            hidden if is_hidden(hidden) => source.push_str(&format!("\\u{{{:x}}}", u32::from(hidden))),
            visible => source.push(visible),
        }
    }
    source.push('"');
    // The source is always a literal; if it ever is not, the value is still right.
    source.parse().unwrap_or_else(|_| Literal::string(text))
}

/// Writes a raw string literal, in which a sample of many lines looks as on the page. If the text has characters that a raw
/// literal cannot show, it is an ordinary literal.
pub(crate) fn raw_literal(text: &str) -> Literal {
    let shows_all = text.chars().all(|character| matches!(character, '\n' | '\t') || !is_hidden(character));
    if !shows_all {
        return literal(text);
    }
    let hashes = "#".repeat(longest_closing(text) + 1);
    format!("r{hashes}\"{text}\"{hashes}").parse().unwrap_or_else(|_| Literal::string(text))
}

/// Returns the greatest number of `#` after a quote in `text`.
fn longest_closing(text: &str) -> usize {
    text.split('"')
        .skip(1)
        .map(|after| after.chars().take_while(|character| *character == '#').count())
        .max()
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use syn::LitStr;

    use super::{literal, raw_literal};

    fn value(literal: &proc_macro2::Literal) -> String {
        syn::parse_str::<LitStr>(&literal.to_string()).expect("a literal").value()
    }

    #[test]
    fn bidirectional_controls_are_escapes() {
        assert_eq!(literal("a\u{202e}\"b\\").to_string(), r#""a\u{202e}\"b\\""#);
    }

    #[test]
    fn raw_literals_outnumber_the_hashes_inside() {
        assert_eq!(raw_literal("{\"a\": \"\"##}").to_string(), "r###\"{\"a\": \"\"##}\"###");
    }

    proptest! {
        #[test]
        fn literals_hold_the_text_given(text in any::<String>()) {
            prop_assert_eq!(value(&literal(&text)), text.as_str());
            prop_assert_eq!(value(&raw_literal(&text)), text.as_str());
        }
    }
}
