//! Signature version 1.0 (HMAC-SHA1): everything travels in the query or the form.
//!
//! The service calls it discontinued for new users and still takes it; some gateways in front of it take nothing else.

use base64::{Engine, engine::general_purpose::STANDARD};
use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;

use crate::text::percent;

/// The parameter that carries the signature, and that no signature covers.
pub const SIGNATURE: &str = "Signature";

/// The string to sign: the method, the path `/` and the canonical query of every parameter but [`SIGNATURE`].
///
/// ```
/// assert_eq!(acs_runtime::sign::v1::string_to_sign("GET", "A=%20"), "GET&%2F&A%3D%2520");
/// ```
#[must_use]
pub fn string_to_sign(method: &str, canonical_query: &str) -> String {
    // Room for every byte encoded: a text that grows leaves copies of a security token behind.
    let mut text = String::with_capacity(method.len() + 5 + 3 * canonical_query.len());
    text.push_str(method);
    text.push_str("&%2F&");
    percent::encode_into(&mut text, canonical_query);
    text
}

/// HMAC-SHA1 of the string to sign under the secret followed by `&`, in Base64.
#[must_use]
pub fn signature(secret: &str, string_to_sign: &str) -> String {
    Key::new(secret).signature(string_to_sign)
}

/// What a secret signs with. Wiped when it is dropped.
#[derive(Clone)]
pub(crate) struct Key(Hmac<Sha1>);

impl Key {
    #[expect(clippy::expect_used, reason = "HMAC is defined for keys of every length")]
    pub(crate) fn new(secret: &str) -> Self {
        let key = zeroize::Zeroizing::new([secret, "&"].concat());
        Self(Hmac::new_from_slice(key.as_bytes()).expect("HMAC is defined for keys of every length"))
    }

    pub(crate) fn signature(&self, string_to_sign: &str) -> String {
        STANDARD.encode(self.0.clone().chain_update(string_to_sign).finalize().into_bytes())
    }
}
