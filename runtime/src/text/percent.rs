//! The percent-encoding that both signature schemes are computed over.
//!
//! `A-Z a-z 0-9 - _ . ~` stay; every other byte of the UTF-8 text becomes `%XX` in upper case. The signed text and the
//! sent text are both encoded here, so they cannot differ.

use std::borrow::Cow;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

/// All but the unreserved characters of RFC 3986.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// Appends `text` to `out`, encoded.
///
/// ```
/// let mut query = String::from("Tags=");
/// acs_runtime::sign::percent::encode_into(&mut query, "a b+c*d~e");
/// assert_eq!(query, "Tags=a%20b%2Bc%2Ad~e");
/// ```
pub fn encode_into(out: &mut String, text: &str) {
    out.extend(utf8_percent_encode(text, ENCODED));
}

/// Encodes `text`.
///
/// ```
/// assert_eq!(acs_runtime::sign::percent::encode("中文/"), "%E4%B8%AD%E6%96%87%2F");
/// ```
#[must_use]
pub fn encode(text: &str) -> String {
    utf8_percent_encode(text, ENCODED).to_string()
}

/// Undoes [`encode`]. A `%` that begins no encoded byte stays; bytes that are not UTF-8 become U+FFFD.
///
/// ```
/// assert_eq!(acs_runtime::sign::percent::decode_lossy("100%25 %E4%B8%AD %zz"), "100% 中 %zz");
/// ```
#[must_use]
pub fn decode_lossy(text: &str) -> Cow<'_, str> {
    percent_decode_str(text).decode_utf8_lossy()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{decode_lossy, encode};

    #[test]
    fn only_unreserved_bytes_of_ascii_stay() {
        for byte in 0..=0x7f_u8 {
            let stays = byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte);
            let expected = if stays { char::from(byte).to_string() } else { format!("%{byte:02X}") };
            assert_eq!(encode(&char::from(byte).to_string()), expected, "byte {byte:#04x}");
        }
    }

    proptest! {
        #[test]
        fn decoding_gives_what_was_encoded(text in any::<String>()) {
            let encoded = encode(&text);
            prop_assert_eq!(decode_lossy(&encoded), text);
        }
    }
}
