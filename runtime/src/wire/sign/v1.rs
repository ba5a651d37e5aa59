//! Signature version 1.0 (HMAC-SHA1): everything is sent in the query or the form.
//!
//! The service calls it discontinued for new users but still accepts it. Some gateways in front of it accept nothing
//! else.

use base64::{Engine, engine::general_purpose::STANDARD};
use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;

use crate::text::percent;

/// The parameter that carries the signature; the signature does not cover it.
pub const SIGNATURE: &str = "Signature";

/// Builds the string to sign: the method, the path `/` and the canonical query of every parameter but [`SIGNATURE`].
///
/// ```
/// assert_eq!(acs_runtime::sign::v1::string_to_sign("GET", "A=%20"), "GET&%2F&A%3D%2520");
/// ```
#[must_use]
pub fn string_to_sign(method: &str, canonical_query: &str) -> String {
    // There is room for every byte encoded: a string that grows would leave copies of a security token behind.
    let mut text = String::with_capacity(method.len() + 5 + 3 * canonical_query.len());
    text.push_str(method);
    text.push_str("&%2F&");
    percent::encode_into(&mut text, canonical_query);
    text
}

/// Signs with HMAC-SHA1 under the secret followed by `&`; the result is in Base64.
#[must_use]
pub fn signature(secret: &str, string_to_sign: &str) -> String {
    Key::new(secret).signature(string_to_sign)
}

/// The key made from a secret. It is wiped from memory when it is dropped.
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
