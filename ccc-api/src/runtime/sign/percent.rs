//! The percent-encoding that both signature schemes are computed over.
//!
//! `A-Z a-z 0-9 - _ . ~` stay; every other byte of the UTF-8 text becomes `%XX` in upper case. What is signed and
//! what is sent come from here alike, so that they cannot differ.

const HEX: &[u8; 16] = b"0123456789ABCDEF";

/// Appends `text` to `out`, encoded.
///
/// ```
/// let mut query = String::from("Tags=");
/// ccc_api::sign::percent::encode_into(&mut query, "a b+c*d~e");
/// assert_eq!(query, "Tags=a%20b%2Bc%2Ad~e");
/// ```
pub fn encode_into(out: &mut String, text: &str) {
    for byte in text.bytes() {
        if is_unreserved(byte) {
            out.push(char::from(byte));
        } else {
            out.push('%');
            out.push(hex_digit(byte >> 4));
            out.push(hex_digit(byte & 0x0f));
        }
    }
}

/// `text`, encoded.
///
/// ```
/// assert_eq!(ccc_api::sign::percent::encode("中文/"), "%E4%B8%AD%E6%96%87%2F");
/// ```
#[must_use]
pub fn encode(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 4);
    encode_into(&mut out, text);
    out
}

const fn is_unreserved(byte: u8) -> bool {
    matches!(byte, b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~')
}

fn hex_digit(nibble: u8) -> char {
    HEX.get(usize::from(nibble)).copied().map_or('0', char::from)
}

#[cfg(test)]
mod tests {
    use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
    use proptest::prelude::*;

    use super::encode;

    const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

    proptest! {
        #[test]
        fn agrees_with_the_percent_encoding_crate(text in any::<String>()) {
            prop_assert_eq!(encode(&text), utf8_percent_encode(&text, RESERVED).to_string());
        }

        #[test]
        fn decodes_to_what_was_encoded(text in "\\PC*") {
            let encoded = encode(&text);
            prop_assert_eq!(percent_decode_str(&encoded).decode_utf8().unwrap(), text);
        }
    }

    #[test]
    fn every_ascii_byte_agrees_with_the_percent_encoding_crate() {
        for byte in 0..=0x7f_u8 {
            let text = char::from(byte).to_string();
            assert_eq!(encode(&text), utf8_percent_encode(&text, RESERVED).to_string(), "byte {byte:#04x}");
        }
    }
}
