//! Reads the parameters of an HTTP request, for both signature schemes.
//!
//! Everything here comes from outside. The result is a [`Request`] or a [`Refusal`].

use std::collections::BTreeSet;

use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HOST};
use http::request::Parts;
use http::{HeaderMap, Method};
use percent_encoding::percent_decode_str;

use super::refusal::Refusal;
use acs_runtime::response::Format;
use acs_runtime::sign::{SignatureScheme, acs3};

/// Parameters of signature version 1.0 that belong to the protocol, not to an operation.
const COMMON: &[&str] = &[
    "AccessKeyId",
    "Action",
    "BearerToken",
    "Format",
    "SecurityToken",
    "Signature",
    "SignatureMethod",
    "SignatureNonce",
    "SignatureType",
    "SignatureVersion",
    "Timestamp",
    "Version",
];

const BEARER_HEADER: &str = "x-acs-bearer-token";
const BEARER_PARAMETER: &str = "BearerToken";

/// How a request is signed.
#[derive(Clone, PartialEq, Eq)]
pub(super) enum Signed {
    Acs3 {
        key_id: String,
        headers: Vec<String>,
        signature: String,
    },
    V1,
    /// Not signed: a bearer token identifies the sender.
    Bearer {
        style: SignatureScheme,
    },
}

/// A request that was read, but not authenticated yet.
pub(super) struct Request<'a> {
    pub(super) method: &'a Method,
    pub(super) path: &'a str,
    pub(super) headers: &'a HeaderMap,
    pub(super) body: &'a [u8],
    pub(super) signed: Signed,
    /// Decoded parameters of the query.
    pub(super) query: Vec<(String, String)>,
    /// Decoded parameters of the form in the body.
    pub(super) form: Vec<(String, String)>,
}

impl<'a> Request<'a> {
    /// Reads a request.
    ///
    /// Refuses paths and methods that RPC calls do not have, encodings that cannot be decoded, and parameters that are
    /// given twice, because nothing says which value counts.
    pub(super) fn read(parts: &'a Parts, body: &'a [u8]) -> Result<Self, Refusal> {
        if parts.method != Method::GET && parts.method != Method::POST {
            return Err(Refusal::unsupported_method());
        }
        if parts.uri.path() != "/" {
            return Err(Refusal::unknown_action());
        }
        let query = pairs(parts.uri.query().unwrap_or_default())?;
        let form = if is_form(&parts.headers) {
            let text = std::str::from_utf8(body).map_err(|_| Refusal::unreadable("the form is not UTF-8"))?;
            pairs(text)?
        } else {
            Vec::new()
        };
        let mut names = BTreeSet::new();
        if let Some((twice, _)) = query.iter().chain(&form).find(|(name, _)| !names.insert(name.as_str())) {
            return Err(Refusal::repeated(twice));
        }
        let signed = match header(&parts.headers, AUTHORIZATION.as_str()) {
            Some(value) => authorization(value)?,
            None if parts.headers.contains_key(BEARER_HEADER) => {
                Signed::Bearer { style: SignatureScheme::Acs3 }
            }
            None if query.iter().chain(&form).any(|(name, _)| name == BEARER_PARAMETER) => {
                Signed::Bearer { style: SignatureScheme::V1 }
            }
            None => Signed::V1,
        };
        let (method, path, headers) = (&parts.method, parts.uri.path(), &parts.headers);
        Ok(Self { method, path, headers, body, signed, query, form })
    }

    /// Returns all parameters, of query and form.
    pub(super) fn parameters(&self) -> impl Iterator<Item = (&str, &str)> {
        self.query.iter().chain(&self.form).map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// Returns the operation's parameters, without those of the protocol.
    pub(super) fn own_parameters(&self) -> impl Iterator<Item = (&str, &str)> {
        self.parameters().filter(|(name, _)| !COMMON.contains(name))
    }

    pub(super) fn signature_scheme(&self) -> SignatureScheme {
        match self.signed {
            Signed::Acs3 { .. } => SignatureScheme::Acs3,
            Signed::V1 => SignatureScheme::V1,
            Signed::Bearer { style } => style,
        }
    }

    /// Whether a bearer token identifies the sender, in place of a signature.
    pub(super) fn is_bearer(&self) -> bool {
        matches!(self.signed, Signed::Bearer { .. })
    }

    pub(super) fn action(&self) -> Option<&str> {
        self.common("Action", "x-acs-action")
    }

    pub(super) fn version(&self) -> Option<&str> {
        self.common("Version", "x-acs-version")
    }

    pub(super) fn nonce(&self) -> Option<&str> {
        self.common("SignatureNonce", "x-acs-signature-nonce")
    }

    pub(super) fn timestamp(&self) -> Option<&str> {
        self.common("Timestamp", "x-acs-date")
    }

    pub(super) fn token(&self) -> Option<&str> {
        self.common("SecurityToken", "x-acs-security-token")
    }

    pub(super) fn key_id(&self) -> Option<&str> {
        match &self.signed {
            Signed::Acs3 { key_id, .. } => Some(key_id),
            Signed::V1 => self.parameter("AccessKeyId"),
            Signed::Bearer { .. } => None,
        }
    }

    pub(super) fn bearer_token(&self) -> Option<&str> {
        self.common(BEARER_PARAMETER, BEARER_HEADER)
    }

    pub(super) fn parameter(&self, name: &str) -> Option<&str> {
        self.parameters().find_map(|(present, value)| (present == name).then_some(value))
    }

    /// Returns a value that ACS3 carries in a header and version 1.0 in a parameter.
    fn common(&self, parameter: &str, in_header: &str) -> Option<&str> {
        match self.signature_scheme() {
            SignatureScheme::V1 => self.parameter(parameter),
            _ => header(self.headers, in_header),
        }
    }

    /// Returns the format of the response: by `Format`, else by the header `accept`, else the scheme's default.
    pub(super) fn format(&self) -> Format {
        match self.parameter("Format") {
            Some(format) if format.eq_ignore_ascii_case("json") => Format::Json,
            Some(format) if format.eq_ignore_ascii_case("xml") => Format::Xml,
            _ => format_by_headers(self.headers),
        }
    }
}

/// Returns the format of the response by headers alone, for requests that cannot be read.
pub(super) fn format_by_headers(headers: &HeaderMap) -> Format {
    let accepted = header(headers, ACCEPT.as_str()).unwrap_or_default();
    if accepted.contains("json") {
        Format::Json
    } else if accepted.contains("xml") || !headers.contains_key(AUTHORIZATION) {
        Format::Xml
    } else {
        Format::Json
    }
}

/// Returns the host that the client addressed.
pub(super) fn host(headers: &HeaderMap) -> &str {
    header(headers, HOST.as_str()).unwrap_or_default()
}

/// Returns a header's first value, if it is text.
fn header<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok()).map(str::trim)
}

/// Whether the body is a form.
pub(super) fn is_form(headers: &HeaderMap) -> bool {
    header(headers, CONTENT_TYPE.as_str())
        .and_then(|value| value.split(';').next())
        .is_some_and(|media| media.trim().eq_ignore_ascii_case("application/x-www-form-urlencoded"))
}

/// Parses `ACS3-HMAC-SHA256 Credential=<id>,SignedHeaders=<a;b>,Signature=<hex>`.
fn authorization(value: &str) -> Result<Signed, Refusal> {
    let Some(rest) = value.strip_prefix(acs3::ALGORITHM).and_then(|rest| rest.strip_prefix(' ')) else {
        return Err(Refusal::incomplete_signature("The algorithm must be ACS3-HMAC-SHA256"));
    };
    let (mut key_id, mut headers, mut signature) = (None, None, None);
    for part in rest.split(',') {
        match part.trim().split_once('=') {
            Some(("Credential", value)) => key_id = Some(value),
            Some(("SignedHeaders", value)) => headers = Some(value),
            Some(("Signature", value)) => signature = Some(value),
            _ => {}
        }
    }
    let (Some(key_id), Some(headers), Some(signature)) = (key_id, headers, signature) else {
        return Err(Refusal::incomplete_signature("Credential, SignedHeaders and Signature are all needed"));
    };
    Ok(Signed::Acs3 {
        key_id: key_id.to_owned(),
        headers: headers.split(';').map(str::to_owned).collect(),
        signature: signature.to_owned(),
    })
}

/// Decodes the pairs of a query or form.
pub(super) fn pairs(text: &str) -> Result<Vec<(String, String)>, Refusal> {
    text.split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            Ok((decode(name)?, decode(value)?))
        })
        .collect()
}

/// Decodes percent-encoding; `+` is a space, as in forms.
fn decode(text: &str) -> Result<String, Refusal> {
    // A stray `%` has no clear meaning, so it is refused. The library would keep it.
    let whole = text.split('%').skip(1).all(|rest| {
        let mut digits = rest.bytes().map(|byte| byte.is_ascii_hexdigit());
        digits.next() == Some(true) && digits.next() == Some(true)
    });
    if !whole {
        return Err(Refusal::unreadable("a percent sign lacks its two hexadecimal digits"));
    }
    let spaced = text.replace('+', " ");
    let decoded = percent_decode_str(&spaced).decode_utf8();
    decoded.map(String::from).map_err(|_| Refusal::unreadable("a parameter is not UTF-8"))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn parts(method: &str, uri: &str, headers: &[(&str, &str)]) -> Parts {
        let mut request = http::Request::builder().method(method).uri(uri);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        request.body(()).unwrap().into_parts().0
    }

    fn refused(parts: &Parts, body: &[u8]) -> String {
        Request::read(parts, body).err().map(|refusal| refusal.code).unwrap_or_default()
    }

    const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded; charset=utf-8");

    #[test]
    fn query_and_form_are_read_together() {
        let parts = parts("POST", "/?Action=Ring", &[FORM]);
        let request = Request::read(&parts, b"Tags=a+b%2Bc%E4%B8%AD&Flag").unwrap();
        let all: Vec<_> = request.parameters().collect();
        assert_eq!(all, [("Action", "Ring"), ("Tags", "a b+c中"), ("Flag", "")]);
    }

    #[test]
    fn body_that_is_not_a_form_has_no_parameters() {
        let parts = parts("POST", "/?Action=Ring", &[("content-type", "application/json")]);
        assert_eq!(Request::read(&parts, b"A=1").unwrap().form, []);
    }

    #[test]
    fn name_given_twice_is_refused() {
        let parts = parts("POST", "/?Callee=1", &[FORM]);
        assert_eq!(refused(&parts, b"Callee=2"), "InvalidParameter");
    }

    #[test]
    fn broken_encoding_is_refused() {
        for query in ["/?a=%", "/?a=%4", "/?a=%zz", "/?%%=1", "/?a=%FF"] {
            assert_eq!(refused(&parts("GET", query, &[]), b""), "InvalidParameter", "{query}");
        }
    }

    #[test]
    fn other_methods_are_refused() {
        for method in ["PUT", "DELETE", "HEAD", "OPTIONS", "BREW"] {
            assert_eq!(refused(&parts(method, "/", &[]), b""), "UnsupportedHTTPMethod", "{method}");
        }
    }

    #[test]
    fn other_paths_are_refused() {
        assert_eq!(refused(&parts("GET", "/calls", &[]), b""), "InvalidAction.NotFound");
    }

    #[test]
    fn authorization_header_says_acs3() {
        let value = "ACS3-HMAC-SHA256 Credential=testid,SignedHeaders=host;x-acs-date,Signature=00ff";
        let headers = [("authorization", value), ("x-acs-action", "Ring"), ("x-acs-date", "now")];
        let parts = parts("POST", "/?Action=Other", &headers);
        let request = Request::read(&parts, b"").unwrap();
        assert_eq!(request.signature_scheme(), SignatureScheme::Acs3);
        assert_eq!(request.key_id(), Some("testid"));
        assert_eq!(request.action(), Some("Ring"));
        assert_eq!(request.timestamp(), Some("now"));
    }

    #[test]
    fn broken_authorization_is_refused() {
        for value in
            ["", "Basic eA==", "ACS3-HMAC-SHA256", "ACS3-HMAC-SHA256 Credential=x", "ACS3-HMAC-SM3 a"]
        {
            let parts = parts("POST", "/", &[("authorization", value)]);
            assert_eq!(refused(&parts, b""), "IncompleteSignature", "{value}");
        }
    }

    #[test]
    fn format_comes_from_parameter_then_header_then_scheme() {
        type Headers<'a> = &'a [(&'a str, &'a str)];
        let acs3 = ("authorization", "ACS3-HMAC-SHA256 Credential=a,SignedHeaders=b,Signature=c");
        let json = ("accept", "application/json");
        let cases: [(&str, Headers<'_>, Format); 7] = [
            ("/", &[], Format::Xml),
            ("/", &[json], Format::Json),
            ("/?Format=json", &[], Format::Json),
            ("/?Format=XML", &[json, acs3], Format::Xml),
            ("/?Format=yaml", &[], Format::Xml),
            ("/", &[acs3], Format::Json),
            ("/", &[acs3, ("accept", "text/xml")], Format::Xml),
        ];
        for (uri, headers, expected) in cases {
            let parts = parts("GET", uri, headers);
            assert_eq!(Request::read(&parts, b"").unwrap().format(), expected, "{uri} {headers:?}");
        }
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused(
            query in "[ -~]{0,40}",
            authorization in "(ACS3-HMAC-SHA256 )?[ -~]{0,40}",
            body in proptest::collection::vec(any::<u8>(), 0..60),
        ) {
            let Ok(uri) = format!("/?{query}").parse::<http::Uri>() else { return Ok(()) };
            let parts = parts("POST", &uri.to_string(), &[("authorization", &authorization), FORM]);
            if let Ok(request) = Request::read(&parts, &body) {
                prop_assert!(request.key_id().is_some());
            }
        }

        #[test]
        fn encoded_text_is_read_back(text in "\\PC{0,20}") {
            let encoded = percent_encoding::utf8_percent_encode(&text, percent_encoding::NON_ALPHANUMERIC);
            prop_assert_eq!(decode(&encoded.to_string()).unwrap(), text);
        }
    }
}
