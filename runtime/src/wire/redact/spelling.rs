//! The spellings in which a value may come back, and how much of a text each takes.

/// How a text spells a value. Characters that need no escape may be escaped too: some services do so with each `=`.
#[derive(Clone, Copy, Debug)]
pub(super) enum Spelling {
    AsItIs,
    /// Percent-encoded, as in a query or a header.
    Percent,
    /// Percent-encoded, with a plus for a space.
    Form,
    /// Percent-encoded twice, as in a string to sign.
    PercentTwice,
    Json,
    Xml,
}

/// The first character of a text, decoded.
enum Unit {
    /// One byte: percent-encoding knows no characters.
    Byte(u8),
    Char(char),
}

/// A unit, and the length of its spelling in bytes.
type Spelt = (Unit, usize);

/// The longest name or number between `&` and `;`, in bytes.
const LONGEST_ENTITY: usize = 10;

impl Spelling {
    pub(super) const ALL: [Self; 6] =
        [Self::AsItIs, Self::Percent, Self::Form, Self::PercentTwice, Self::Json, Self::Xml];

    /// The characters that begin an escape.
    pub(super) const MARKS: &[u8] = b"%+\\&";

    /// Returns how many bytes of the text spell the value, if the text begins with it.
    pub(super) fn length(self, text: &str, value: &str) -> Option<usize> {
        let mut rest = text;
        let mut wanted = value.as_bytes();
        while !wanted.is_empty() {
            let (unit, length) = self.first(rest)?;
            wanted = match unit {
                Unit::Byte(byte) => wanted.strip_prefix(&[byte])?,
                Unit::Char(char) => wanted.strip_prefix(char.encode_utf8(&mut [0; 4]).as_bytes())?,
            };
            rest = rest.get(length..)?;
        }
        Some(text.len() - rest.len())
    }

    fn first(self, text: &str) -> Option<Spelt> {
        let first = text.chars().next()?;
        let escaped = match (self, first) {
            (Self::Percent | Self::Form, '%') => percent(text, "%"),
            (Self::Form, '+') => Some((Unit::Char(' '), 1)),
            (Self::PercentTwice, '%') => percent(text, "%25"),
            (Self::Json, '\\') => json(text),
            (Self::Xml, '&') => xml(text),
            _ => None,
        };
        Some(escaped.unwrap_or((Unit::Char(first), first.len_utf8())))
    }
}

fn percent(text: &str, introducer: &str) -> Option<Spelt> {
    let digits = text.strip_prefix(introducer)?.get(..2)?;
    Some((Unit::Byte(u8::try_from(hexadecimal(digits)?).ok()?), introducer.len() + digits.len()))
}

fn json(text: &str) -> Option<Spelt> {
    let short = match *text.as_bytes().get(1)? {
        b'u' => return utf16(text),
        b'n' => '\n',
        b'r' => '\r',
        b't' => '\t',
        other => char::from(other),
    };
    "\n\r\t\"'\\/".contains(short).then_some((Unit::Char(short), 2))
}

/// Decodes `\u003d`, or two of them for one character.
fn utf16(text: &str) -> Option<Spelt> {
    let unit = |at: usize| {
        let digits = text.get(at..)?.strip_prefix("\\u")?.get(..4)?;
        u16::try_from(hexadecimal(digits)?).ok()
    };
    let mut units = [0, 6].into_iter().map_while(unit);
    let char = char::decode_utf16(units.by_ref()).next()?.ok()?;
    Some((Unit::Char(char), 6 * char.len_utf16()))
}

fn xml(text: &str) -> Option<Spelt> {
    let (entity, _) = text.strip_prefix('&')?.split_once(';')?;
    let char = match entity {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        _ => {
            let number = entity.strip_prefix('#').filter(|number| number.len() < LONGEST_ENTITY)?;
            let number = match number.strip_prefix(['x', 'X']) {
                Some(digits) => hexadecimal(digits)?,
                None => number.parse().ok()?,
            };
            char::from_u32(number)?
        }
    };
    Some((Unit::Char(char), entity.len() + 2))
}

/// Parses hexadecimal digits. Unlike the standard library, it accepts no sign.
fn hexadecimal(digits: &str) -> Option<u32> {
    digits
        .bytes()
        .all(|byte| byte.is_ascii_hexdigit())
        .then(|| u32::from_str_radix(digits, 16).ok())
        .flatten()
}

#[cfg(test)]
mod tests {
    use super::Spelling;

    const VALUE: &str = "a+/=&\"中😀";

    #[test]
    fn each_spelling_is_read_to_its_end() {
        let texts = [
            (Spelling::AsItIs, VALUE),
            (Spelling::Percent, "a%2B%2F%3d%26%22%E4%B8%AD%F0%9F%98%80"),
            (Spelling::PercentTwice, "a%252B%252F%253D%2526%2522%25E4%25b8%25AD%25F0%259F%2598%2580"),
            (Spelling::Json, r#"a\u002b\/\u003D&\"\u4E2d\ud83d\ude00"#),
            (Spelling::Xml, "a+&#47;&#x3D;&amp;&quot;&#20013;&#x1F600;"),
        ];
        for (spelling, text) in texts {
            // Any text that follows is no part of it.
            let longer = format!("{text}%41\\u0041&amp;");
            assert_eq!(spelling.length(&longer, VALUE), Some(text.len()), "{spelling:?}");
        }
    }

    #[test]
    fn what_needs_no_escape_may_have_one() {
        assert_eq!(Spelling::Percent.length("%61b", "ab"), Some(4));
        assert_eq!(Spelling::Json.length("\\u0061b", "ab"), Some(7));
        assert_eq!(Spelling::Xml.length("&#97;b", "ab"), Some(6));
    }

    #[test]
    fn a_plus_is_a_space_in_forms() {
        assert_eq!(Spelling::Form.length("a+b%2B", "a b+"), Some(6));
        assert_eq!(Spelling::Percent.length("a+b%20", "a+b "), Some(6));
    }

    #[test]
    fn half_an_escape_is_none() {
        for text in [
            "", "%", "%3", "%+3", "%25", "%253", "\\", "\\u", "\\u003", "\\ud83d", "&", "&#", "&#;", "&#x;",
            "&#x3",
        ] {
            for spelling in Spelling::ALL {
                assert_eq!(spelling.length(text, "="), None, "{spelling:?} of {text}");
            }
        }
    }

    #[test]
    fn entity_without_an_end_is_looked_for_no_further_than_needed() {
        assert_eq!(Spelling::Xml.length(&format!("&{};", "a".repeat(100)), "="), None);
    }
}
