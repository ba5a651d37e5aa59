//! The texts that a request's signature covers, as the service computes them.

use std::collections::BTreeSet;

use acs_runtime::sign::{acs3, canonical_query, v1};

use super::refusal::Refusal;
use super::request::Request;

/// The headers that the endpoint trusts. If a request has one of them, its signature must cover it.
const BELIEVED: &[&str] = &[
    "host",
    "x-acs-accesskey-id",
    "x-acs-action",
    "x-acs-content-sha256",
    "x-acs-date",
    "x-acs-security-token",
    "x-acs-signature-nonce",
    "x-acs-version",
];

/// The texts that lead to a signature, step by step.
pub(super) struct SignedText {
    pub(super) canonical_query: String,
    /// Only ACS3 has one.
    pub(super) canonical_request: Option<String>,
    pub(super) string_to_sign: String,
}

impl SignedText {
    /// Returns the texts of version 1.0, which cover every parameter but the signature.
    pub(super) fn v1(request: &Request<'_>) -> Self {
        let canonical_query =
            canonical_query(request.parameters().filter(|(name, _)| *name != v1::SIGNATURE));
        let string_to_sign = v1::string_to_sign(request.method.as_str(), &canonical_query);
        Self { canonical_query, canonical_request: None, string_to_sign }
    }

    /// Returns the texts of ACS3, which cover the query, the body and the headers that the request lists as `signed`.
    pub(super) fn acs3(request: &Request<'_>, signed: &[String]) -> Result<Self, Refusal> {
        let headers = covered(request, signed)?;
        let canonical_query =
            canonical_query(request.query.iter().map(|(name, value)| (name.as_str(), value.as_str())));
        let body = acs3::content_sha256(request.body);
        let canonical =
            acs3::canonical_request(request.method.as_str(), request.path, &canonical_query, headers, &body)
                .text;
        let string_to_sign = acs3::string_to_sign(&canonical);
        Ok(Self { canonical_query, canonical_request: Some(canonical), string_to_sign })
    }
}

/// Returns the headers that a signature covers, in the order in which the request lists them. Refuses a header that is
/// listed twice, so that the signed text is never longer than the request.
pub(super) fn covered<'a>(
    request: &'a Request<'_>,
    signed: &'a [String],
) -> Result<Vec<(&'a str, &'a str)>, Refusal> {
    let mut values = Vec::new();
    let mut listed = BTreeSet::new();
    for name in signed {
        if !listed.insert(name.to_ascii_lowercase()) {
            let reason = format!("The signed header {name} must be listed only once");
            return Err(Refusal::incomplete_signature(&reason));
        }
        let mut all = request.headers.get_all(name.as_str()).iter();
        match (all.next().and_then(|value| value.to_str().ok()), all.next()) {
            (Some(value), None) => values.push((name.as_str(), value)),
            _ => {
                let reason = format!("The signed header {name} must be present exactly once, as ASCII text");
                return Err(Refusal::incomplete_signature(&reason));
            }
        }
    }
    let is_covered = |name: &str| signed.iter().any(|signed| signed == name);
    let unsigned = BELIEVED.iter().find(|name| request.headers.contains_key(**name) && !is_covered(name));
    match unsigned {
        Some(name) => Err(Refusal::incomplete_signature(&format!("The header {name} must be signed"))),
        None => Ok(values),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn header_that_is_listed_twice_is_refused() {
        for listed in ["host;host", "host;Host"] {
            let authorization =
                format!("ACS3-HMAC-SHA256 Credential=testid,SignedHeaders={listed},Signature=00");
            let request =
                http::Request::builder().header("host", "h").header("authorization", authorization).body(());
            let (parts, ()) = request.unwrap().into_parts();
            let request = Request::read(&parts, b"").unwrap();
            let signed: Vec<_> = listed.split(';').map(str::to_owned).collect();
            let refusal = SignedText::acs3(&request, &signed).err().unwrap();
            assert_eq!(refusal.code, "IncompleteSignature");
            assert!(refusal.message.contains("only once"), "{}", refusal.message);
        }
    }
}
