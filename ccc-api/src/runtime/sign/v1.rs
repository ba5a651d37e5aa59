//! Signature version 1.0 (HMAC-SHA1): everything travels in the query or the form.
//!
//! The service calls it discontinued for new users and still takes it; some gateways in front of it take nothing else.

use base64::{Engine, engine::general_purpose::STANDARD};
use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;

use super::percent;

/// The parameter that carries the signature, and that no signature covers.
pub const SIGNATURE: &str = "Signature";

/// The string to sign: the method, the path `/` and the canonical query of every parameter but [`SIGNATURE`].
///
/// ```
/// assert_eq!(ccc_api::sign::v1::string_to_sign("GET", "A=%20"), "GET&%2F&A%3D%2520");
/// ```
#[must_use]
pub fn string_to_sign(method: &str, canonical_query: &str) -> String {
    let mut text = String::with_capacity(method.len() + 5 + canonical_query.len() * 2);
    text.push_str(method);
    text.push_str("&%2F&");
    percent::encode_into(&mut text, canonical_query);
    text
}

/// HMAC-SHA1 of the string to sign under the secret followed by `&`, in Base64.
#[must_use]
pub fn signature(secret: &str, string_to_sign: &str) -> String {
    let key = zeroize::Zeroizing::new([secret, "&"].concat());
    let mut mac = keyed(key.as_bytes());
    mac.update(string_to_sign.as_bytes());
    STANDARD.encode(mac.finalize().into_bytes())
}

fn keyed(key: &[u8]) -> Hmac<Sha1> {
    #[expect(clippy::expect_used, reason = "HMAC is defined for keys of every length")]
    Hmac::new_from_slice(key).expect("HMAC is defined for keys of every length")
}
