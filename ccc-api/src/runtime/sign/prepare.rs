//! One attempt as an HTTP request: the parameters laid out as the scheme wants them, and signed.

use std::time::SystemTime;

use bytes::Bytes;
use http::header::{
    ACCEPT, AUTHORIZATION, CONTENT_LENGTH, CONTENT_TYPE, HOST, HeaderName, HeaderValue, USER_AGENT,
};

use super::{acs3, canonical_query, timestamp, v1};
use crate::runtime::{Credentials, Endpoint, Format};

/// Which signature a request carries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SignatureScheme {
    /// ACS3-HMAC-SHA256, in headers; the default, and what the service recommends.
    #[default]
    Acs3,
    /// Version 1.0 (HMAC-SHA1), in the query or the form; for gateways that take nothing else.
    V1,
}

/// The HTTP method that requests are sent with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Method {
    /// The default. It keeps parameters out of the query where the scheme allows it, and no cache answers it.
    #[default]
    Post,
    /// Every parameter in the query.
    Get,
}

impl Method {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Post => "POST",
            Self::Get => "GET",
        }
    }
}

/// Everything that a signed request is made of.
///
/// No `Debug`: it holds credentials and phone numbers.
#[expect(missing_debug_implementations, reason = "it holds credentials and phone numbers")]
#[derive(Clone, Copy)]
pub struct Unsigned<'a> {
    /// Where it goes.
    pub endpoint: &'a Endpoint,
    /// Which signature it gets.
    pub scheme: SignatureScheme,
    /// Which HTTP method it uses.
    pub method: Method,
    /// What the answer is asked to be written in.
    pub format: Format,
    /// The operation, as in `Action`.
    pub action: &'a str,
    /// The version of the product's API.
    pub version: &'a str,
    /// The operation's own parameters, names and values as they are before encoding.
    pub parameters: &'a [(&'a str, &'a str)],
    /// Who signs.
    pub credentials: &'a Credentials,
    /// When it is signed.
    pub timestamp: SystemTime,
    /// What makes it unique.
    pub nonce: &'a str,
}

const FORM: &str = "application/x-www-form-urlencoded";

/// Lays out and signs one request. The same input gives the same bytes.
///
/// The result holds the parameters and, with temporary credentials, the security token: it is not for logs.
///
/// ```
/// use std::time::{Duration, UNIX_EPOCH};
/// use ccc_api::sign::{Method, SignatureScheme, Unsigned, prepare};
/// use ccc_api::{Credentials, Endpoint, Format};
///
/// let request = prepare(&Unsigned {
///     endpoint: &Endpoint::parse("ccc.cn-shanghai.aliyuncs.com", None)?,
///     scheme: SignatureScheme::Acs3,
///     method: Method::Post,
///     format: Format::Json,
///     action: "MakeCall",
///     version: "2020-07-01",
///     parameters: &[("Callee", "13188888888"), ("InstanceId", "ccc-test")],
///     credentials: &Credentials::new("testid", "testsecret"),
///     timestamp: UNIX_EPOCH + Duration::from_secs(1_698_315_752),
///     nonce: "3156853299f313e23d1673dc12e1703d",
/// })?;
/// assert_eq!(
///     request.uri(),
///     "https://ccc.cn-shanghai.aliyuncs.com/?Callee=13188888888&InstanceId=ccc-test",
/// );
/// assert_eq!(request.headers()["x-acs-date"], "2023-10-26T10:22:32Z");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// When a text cannot stand where HTTP has it: parameters beyond the 64 KiB of a URI, credentials or an action with
/// characters that no header takes. The error quotes none of them.
pub fn prepare(request: &Unsigned<'_>) -> Result<http::Request<Bytes>, http::Error> {
    match request.scheme {
        SignatureScheme::Acs3 => with_acs3(request),
        SignatureScheme::V1 => with_v1(request),
    }
}

/// Every parameter in the query, the body empty, the rest in headers.
fn with_acs3(request: &Unsigned<'_>) -> Result<http::Request<Bytes>, http::Error> {
    let format = match request.format {
        Format::Json => None,
        #[cfg(feature = "xml")]
        Format::Xml => Some(("Format", "XML")),
    };
    let query = canonical_query(request.parameters.iter().copied().chain(format));
    let authority = request.endpoint.authority();
    let date = timestamp(request.timestamp);
    let content_sha256 = acs3::content_sha256(b"");
    let mut signed = vec![
        (HOST.as_str(), authority.as_str()),
        ("x-acs-action", request.action),
        ("x-acs-version", request.version),
        ("x-acs-date", &date),
        ("x-acs-signature-nonce", request.nonce),
        ("x-acs-content-sha256", &content_sha256),
    ];
    if let Some(token) = request.credentials.security_token() {
        signed.push(("x-acs-accesskey-id", request.credentials.access_key_id()));
        signed.push(("x-acs-security-token", token));
    }
    let canonical = acs3::canonical_request(
        request.method.as_str(),
        "/",
        &query,
        signed.iter().copied(),
        &content_sha256,
    );
    let signature =
        acs3::signature(request.credentials.access_key_secret(), &acs3::string_to_sign(&canonical.text));
    let authorization =
        acs3::authorization(request.credentials.access_key_id(), &canonical.signed_headers, &signature);

    let mut built = bare(request, &query, Bytes::new())?;
    for (name, value) in signed {
        let sensitive = name == "x-acs-security-token";
        built.headers_mut().insert(HeaderName::from_bytes(name.as_bytes())?, header(value, sensitive)?);
    }
    built.headers_mut().insert(AUTHORIZATION, header(&authorization, true)?);
    Ok(built)
}

/// Every parameter, common ones and the signature among them, in the query (GET) or the form (POST).
fn with_v1(request: &Unsigned<'_>) -> Result<http::Request<Bytes>, http::Error> {
    let date = timestamp(request.timestamp);
    let format = match request.format {
        Format::Json => "JSON",
        #[cfg(feature = "xml")]
        Format::Xml => "XML",
    };
    let common = [
        ("AccessKeyId", request.credentials.access_key_id()),
        ("Action", request.action),
        ("Format", format),
        ("SignatureMethod", "HMAC-SHA1"),
        ("SignatureNonce", request.nonce),
        ("SignatureVersion", "1.0"),
        ("Timestamp", &date),
        ("Version", request.version),
    ];
    let token = request.credentials.security_token().map(|token| ("SecurityToken", token));
    let all = request.parameters.iter().copied().chain(common).chain(token);
    let mut query = canonical_query(all);
    let string_to_sign = v1::string_to_sign(request.method.as_str(), &query);
    let signature = v1::signature(request.credentials.access_key_secret(), &string_to_sign);
    query.push('&');
    query.push_str(&canonical_query([(v1::SIGNATURE, signature.as_str())]));

    let mut built = match request.method {
        Method::Get => bare(request, &query, Bytes::new())?,
        Method::Post => {
            let mut built = bare(request, "", Bytes::from(query))?;
            built.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(FORM));
            built
        }
    };
    built.headers_mut().insert(HOST, header(&request.endpoint.authority(), false)?);
    Ok(built)
}

/// The request without what the scheme adds.
fn bare(request: &Unsigned<'_>, query: &str, body: Bytes) -> Result<http::Request<Bytes>, http::Error> {
    let endpoint = request.endpoint;
    let uri = if query.is_empty() { format!("{endpoint}/") } else { format!("{endpoint}/?{query}") };
    let accept = match request.format {
        Format::Json => "application/json",
        #[cfg(feature = "xml")]
        Format::Xml => "application/xml",
    };
    let mut builder = http::Request::builder().method(request.method.as_str()).uri(uri);
    if request.method == Method::Post {
        // Said even of an empty body, which HTTP clients leave out and some gateways insist on.
        builder = builder.header(CONTENT_LENGTH, body.len());
    }
    builder
        .header(ACCEPT, accept)
        .header(USER_AGENT, concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION")))
        .body(body)
}

fn header(value: &str, sensitive: bool) -> Result<HeaderValue, http::Error> {
    let mut value = HeaderValue::from_str(value)?;
    value.set_sensitive(sensitive);
    Ok(value)
}
