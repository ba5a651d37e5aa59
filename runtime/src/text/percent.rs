//! The percent-encoding that both signature schemes are computed over.
//!
//! `A-Z a-z 0-9 - _ . ~` stay; every other byte of the UTF-8 text becomes `%XX` in upper case. What is signed and
//! what is sent come from here alike, so that they cannot differ.

use std::borrow::Cow;

/// Appends `text` to `out`, encoded.
///
/// ```
/// let mut query = String::from("Tags=");
/// acs_runtime::sign::percent::encode_into(&mut query, "a b+c*d~e");
/// assert_eq!(query, "Tags=a%20b%2Bc%2Ad~e");
/// ```
pub fn encode_into(out: &mut String, text: &str) {
    if stays(text) {
        out.push_str(text);
        return;
    }
    // What stays is copied run by run.
    let mut run = 0;
    for (at, byte) in text.bytes().enumerate() {
        if !is_unreserved(byte) {
            out.push_str(text.get(run..at).unwrap_or_default());
            out.push_str(spelt(byte));
            run = at + 1;
        }
    }
    out.push_str(text.get(run..).unwrap_or_default());
}

/// Whether a text is its own encoding, as most are. Asked of all bytes alike: that is quicker than to stop at the first.
pub(crate) fn stays(text: &str) -> bool {
    text.bytes().fold(true, |all, byte| all & is_unreserved(byte))
}

/// `text`, encoded.
///
/// ```
/// assert_eq!(acs_runtime::sign::percent::encode("中文/"), "%E4%B8%AD%E6%96%87%2F");
/// ```
#[must_use]
pub fn encode(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 4);
    encode_into(&mut out, text);
    out
}

/// Undoes [`encode`]; what is no encoding stays, and what is no UTF-8 then becomes U+FFFD.
///
/// ```
/// assert_eq!(acs_runtime::sign::percent::decode_lossy("100%25 %E4%B8%AD %zz"), "100% 中 %zz");
/// ```
#[must_use]
pub fn decode_lossy(text: &str) -> Cow<'_, str> {
    if !text.contains('%') {
        return Cow::Borrowed(text);
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((byte, after)) = rest.split_first() {
        let encoded = match (byte, after) {
            (b'%', [high, low, after @ ..]) => nibble(*high).zip(nibble(*low)).map(|pair| (pair, after)),
            _ => None,
        };
        match encoded {
            Some(((high, low), after)) => {
                bytes.push((high << 4) | low);
                rest = after;
            }
            None => {
                bytes.push(*byte);
                rest = after;
            }
        }
    }
    Cow::Owned(String::from_utf8_lossy(&bytes).into_owned())
}

fn nibble(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|value| u8::try_from(value).ok())
}

/// For each byte, whether it stays.
#[expect(clippy::indexing_slicing, reason = "the compiler computes it, within its bounds")]
static UNRESERVED: [bool; 256] = {
    let mut table = [false; 256];
    let mut at = 0;
    let unreserved = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~";
    while at < unreserved.len() {
        table[unreserved[at] as usize] = true;
        at += 1;
    }
    table
};

fn is_unreserved(byte: u8) -> bool {
    UNRESERVED.get(usize::from(byte)).copied().unwrap_or_default()
}

/// `%XX` of every byte, one after the other.
#[expect(clippy::indexing_slicing, reason = "the compiler computes it, within its bounds")]
static SPELT: [u8; 3 * 256] = {
    let digits = b"0123456789ABCDEF";
    let mut all = [b'%'; 3 * 256];
    let mut byte = 0;
    while byte < 256 {
        all[3 * byte + 1] = digits[byte >> 4];
        all[3 * byte + 2] = digits[byte & 0x0f];
        byte += 1;
    }
    all
};

/// `%XX` of a byte.
fn spelt(byte: u8) -> &'static str {
    const ALL: &str = match std::str::from_utf8(&SPELT) {
        Ok(all) => all,
        Err(_) => "",
    };
    let start = 3 * usize::from(byte);
    ALL.get(start..start + 3).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
    use proptest::prelude::*;

    use super::{decode_lossy, encode};

    const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

    proptest! {
        #[test]
        fn agrees_with_the_percent_encoding_crate(text in any::<String>()) {
            prop_assert_eq!(encode(&text), utf8_percent_encode(&text, RESERVED).to_string());
        }

        #[test]
        fn decoding_agrees_with_the_percent_encoding_crate(text in "(\\PC|%|%[0-9a-fA-F]{2}){0,20}") {
            prop_assert_eq!(decode_lossy(&text), percent_decode_str(&text).decode_utf8_lossy());
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
