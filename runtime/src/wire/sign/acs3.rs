//! ACS3-HMAC-SHA256: the signature is sent in headers. The service recommends it, and it is the default here.
//!
//! Each step is a function from text to text, so its result can be compared with the one that a server reports.

use std::borrow::Cow;

use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

/// The name of the scheme: the first word of the `Authorization` header.
pub const ALGORITHM: &str = "ACS3-HMAC-SHA256";

/// [`content_sha256`] of an empty body, as most requests have it.
pub(crate) const CONTENT_SHA256_OF_NOTHING: &str =
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

/// A canonical request and the names of the headers it covers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CanonicalRequest {
    /// The text whose hash is signed. It holds every parameter of the request, and a security token if there is one.
    pub text: String,
    /// The names of the covered headers, sorted and joined with `;`.
    pub signed_headers: String,
}

/// Tells whether the signature covers a header: `host`, `content-type` and everything `x-acs-`.
///
/// Others (`user-agent`, `accept`) are not covered, because proxies rewrite them. `name` is in lower case.
#[must_use]
pub fn covers(name: &str) -> bool {
    name == "host" || name == "content-type" || name.starts_with("x-acs-")
}

/// Builds the canonical request.
///
/// `path` and `query` are already encoded (see [`canonical_query`](super::canonical_query)); `headers` are those to
/// cover, in any order and case; `content_sha256` is [`content_sha256`] of the body.
///
/// ```
/// use acs_runtime::sign::acs3;
/// let request = acs3::canonical_request("POST", "/", "A=1", [("Host", " example.com ")], &acs3::content_sha256(b""));
/// assert!(request.text.starts_with("POST\n/\nA=1\nhost:example.com\n\nhost\n"));
/// assert_eq!(request.signed_headers, "host");
/// ```
#[must_use]
pub fn canonical_request<'a>(
    method: &str,
    path: &str,
    query: &str,
    headers: impl IntoIterator<Item = (&'a str, &'a str)>,
    content_sha256: &str,
) -> CanonicalRequest {
    let mut headers: Vec<(Cow<'_, str>, &str)> =
        headers.into_iter().map(|(name, value)| (in_lower_case(name), value.trim())).collect();
    headers.sort_unstable();
    let headers: Vec<_> = headers.iter().map(|(name, value)| (name.as_ref(), *value)).collect();
    canonical_request_of_sorted(method, path, query, &headers, content_sha256)
}

/// Builds the canonical request from sorted headers, with names in lower case and no space at either end of a value.
pub(crate) fn canonical_request_of_sorted(
    method: &str,
    path: &str,
    query: &str,
    headers: &[(&str, &str)],
    content_sha256: &str,
) -> CanonicalRequest {
    let names: usize = headers.iter().map(|(name, _)| name.len() + 1).sum();
    let values: usize = headers.iter().map(|(_, value)| value.len() + 1).sum();
    let length = method.len() + path.len() + query.len() + 2 * names + values + content_sha256.len() + 5;
    let mut signed_headers = String::with_capacity(names);
    let mut text = String::with_capacity(length);
    push_all(&mut text, &[method, "\n", path, "\n", query, "\n"]);
    for (name, value) in headers {
        push_all(&mut text, &[name, ":", value, "\n"]);
        if !signed_headers.is_empty() {
            signed_headers.push(';');
        }
        signed_headers.push_str(name);
    }
    push_all(&mut text, &["\n", &signed_headers, "\n", content_sha256]);
    CanonicalRequest { text, signed_headers }
}

fn in_lower_case(name: &str) -> Cow<'_, str> {
    if name.bytes().any(|byte| byte.is_ascii_uppercase()) {
        Cow::Owned(name.to_ascii_lowercase())
    } else {
        Cow::Borrowed(name)
    }
}

fn push_all(text: &mut String, parts: &[&str]) {
    for part in parts {
        text.push_str(part);
    }
}

/// Hashes a body for the header `x-acs-content-sha256`, in lower-case hexadecimal.
#[must_use]
pub fn content_sha256(body: &[u8]) -> String {
    hex(&Sha256::digest(body))
}

/// Builds the string to sign: the algorithm and the hash of the canonical request.
#[must_use]
pub fn string_to_sign(canonical_request: &str) -> String {
    [ALGORITHM, "\n", &hex(&Sha256::digest(canonical_request.as_bytes()))].concat()
}

/// Signs with HMAC-SHA256; the result is in lower-case hexadecimal.
#[must_use]
pub fn signature(secret: &str, string_to_sign: &str) -> String {
    Key::new(secret).signature(string_to_sign)
}

/// The key made from a secret. It is wiped from memory when it is dropped.
#[derive(Clone)]
pub(crate) struct Key(Hmac<Sha256>);

impl Key {
    #[expect(clippy::expect_used, reason = "HMAC is defined for keys of every length")]
    pub(crate) fn new(secret: &str) -> Self {
        Self(Hmac::new_from_slice(secret.as_bytes()).expect("HMAC is defined for keys of every length"))
    }

    pub(crate) fn signature(&self, string_to_sign: &str) -> String {
        hex(&self.0.clone().chain_update(string_to_sign).finalize().into_bytes())
    }
}

/// Builds the value of the `Authorization` header.
///
/// ```
/// assert_eq!(
///     acs_runtime::sign::acs3::authorization("testid", "host;x-acs-date", "0f"),
///     "ACS3-HMAC-SHA256 Credential=testid,SignedHeaders=host;x-acs-date,Signature=0f"
/// );
/// ```
#[must_use]
pub fn authorization(access_key_id: &str, signed_headers: &str, signature: &str) -> String {
    let parts = [
        ALGORITHM,
        " Credential=",
        access_key_id,
        ",SignedHeaders=",
        signed_headers,
        ",Signature=",
        signature,
    ];
    parts.concat()
}

fn hex(bytes: &[u8]) -> String {
    let digit = |nibble: u8| if nibble < 10 { b'0' + nibble } else { b'a' - 10 + nibble };
    let mut text = vec![0; bytes.len() * 2];
    for (pair, byte) in text.chunks_exact_mut(2).zip(bytes) {
        pair.copy_from_slice(&[digit(byte >> 4), digit(byte & 0x0f)]);
    }
    String::from_utf8(text).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{CONTENT_SHA256_OF_NOTHING, canonical_request, content_sha256, covers};

    #[test]
    fn covers_only_headers_that_proxies_leave_alone() {
        assert!(["host", "content-type", "x-acs-date"].into_iter().all(covers));
        assert!(!["accept", "user-agent", "x-forwarded-for", "content-length"].into_iter().any(covers));
    }

    #[test]
    fn header_names_are_lowered_and_values_trimmed() {
        let request = canonical_request("GET", "/", "", [("X-Acs-B", "  two "), ("HOST", "h")], "body");
        assert_eq!(request.text, "GET\n/\n\nhost:h\nx-acs-b:two\n\nhost;x-acs-b\nbody");
    }

    #[test]
    fn hashes_are_lower_case_and_keep_leading_zeros() {
        assert_eq!(content_sha256(b""), CONTENT_SHA256_OF_NOTHING);
        assert!(content_sha256(b"39").starts_with("0b"), "{}", content_sha256(b"39"));
    }
}
