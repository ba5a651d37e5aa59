//! Builds the signed HTTP request of one attempt, with the parameters where the signature scheme requires them.

use std::borrow::Cow;
use std::time::SystemTime;

use bytes::Bytes;
use http::Uri;
use http::header::{
    ACCEPT, ACCEPT_ENCODING, AUTHORIZATION, CONTENT_LENGTH, CONTENT_TYPE, HOST, HeaderMap, HeaderName,
    HeaderValue, USER_AGENT,
};

use zeroize::Zeroize;

use crate::identity::credentials::{Credentials, Signer};
use crate::request::endpoint::Endpoint;
use crate::text::clock::timestamp;
use crate::wire::decode::Format;
use crate::wire::parameters::{Parameter, ParameterList};
use crate::wire::sign::canonical::push_canonical_query;
use crate::wire::sign::{acs3, v1};

/// The signature scheme of a request.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SignatureScheme {
    /// ACS3-HMAC-SHA256, in headers; the default, which the service recommends.
    #[default]
    Acs3,
    /// Version 1.0 (HMAC-SHA1), in the query or the form; for gateways that accept nothing else.
    V1,
}

/// The HTTP method that requests are sent with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Method {
    /// The default. It keeps parameters out of the query if the scheme allows it, and caches ignore it.
    #[default]
    Post,
    /// Sends every parameter in the query.
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

impl From<Method> for http::Method {
    fn from(method: Method) -> Self {
        match method {
            Method::Post => Self::POST,
            Method::Get => Self::GET,
        }
    }
}

/// The input of [`prepare`]: a request before it is signed.
///
/// No `Debug`: it holds credentials and phone numbers.
#[expect(missing_debug_implementations, reason = "it holds credentials and phone numbers")]
#[derive(Clone, Copy)]
pub struct Unsigned<'a> {
    /// The endpoint that it is sent to.
    pub endpoint: &'a Endpoint,
    /// The signature scheme.
    pub scheme: SignatureScheme,
    /// The HTTP method.
    pub method: Method,
    /// The format that the response is requested in.
    pub format: Format,
    /// The operation, as in `Action`.
    pub action: &'a str,
    /// The version of the product's API.
    pub version: &'a str,
    /// The operation's own parameters.
    pub parameters: &'a ParameterList<'a>,
    /// The credentials to sign with.
    pub credentials: &'a Credentials,
    /// The time to sign with.
    pub timestamp: SystemTime,
    /// The nonce that makes it unique.
    pub nonce: &'a str,
}

/// The longest query, in bytes. A longer one goes into the body if that is possible: servers and gateways accept
/// request lines of 8 KiB, some less.
const LONGEST_QUERY: usize = 4 * 1024;

const FORM: &str = "application/x-www-form-urlencoded";

const ACCESS_KEY_ID: HeaderName = HeaderName::from_static("x-acs-accesskey-id");
const ACTION: HeaderName = HeaderName::from_static("x-acs-action");
const CONTENT_SHA256: HeaderName = HeaderName::from_static("x-acs-content-sha256");
const DATE: HeaderName = HeaderName::from_static("x-acs-date");
const SECURITY_TOKEN: HeaderName = HeaderName::from_static("x-acs-security-token");
const SIGNATURE_NONCE: HeaderName = HeaderName::from_static("x-acs-signature-nonce");
const VERSION: HeaderName = HeaderName::from_static("x-acs-version");

const BEARER_TOKEN: HeaderName = HeaderName::from_static("x-acs-bearer-token");

/// The capacity for the headers of a request with a permanent key; with one more, the map would double it.
const ROOM_OF_HEADERS: usize = 12;
/// The capacity for the URL of a usual request.
const ROOM_OF_URL: usize = 512;

/// Builds and signs one request. The same input gives the same bytes.
///
/// The result holds the parameters and, with temporary credentials, the security token: keep it out of logs.
///
/// ```
/// use std::time::{Duration, UNIX_EPOCH};
/// use acs_runtime::sign::{prepare, Method, SignatureScheme, Unsigned};
/// use acs_runtime::Credentials;
/// use acs_runtime::config::Endpoint;
/// use acs_runtime::response::Format;
/// use acs_runtime::custom::{Parameter, ParameterList};
///
/// let mut parameters = ParameterList::new();
/// parameters.push(Parameter::sensitive("Callee", "13188888888"));
/// parameters.push(Parameter::new("InstanceId", "ecs-test"));
/// let request = prepare(&Unsigned {
///     endpoint: &Endpoint::parse("ecs.cn-shanghai.aliyuncs.com", None)?,
///     scheme: SignatureScheme::Acs3,
///     method: Method::Post,
///     format: Format::Json,
///     action: "RingBell",
///     version: "2020-07-01",
///     parameters: &parameters,
///     credentials: &Credentials::new("testid", "testsecret"),
///     timestamp: UNIX_EPOCH + Duration::from_secs(1_698_315_752),
///     nonce: "3156853299f313e23d1673dc12e1703d",
/// })?;
/// assert_eq!(
///     request.uri(),
///     "https://ecs.cn-shanghai.aliyuncs.com/?Callee=13188888888&InstanceId=ecs-test",
/// );
/// assert_eq!(request.headers()["x-acs-date"], "2023-10-26T10:22:32Z");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// If a value does not fit into HTTP: with GET, parameters beyond the 64 KiB of a URI; credentials or an action with
/// characters that headers do not allow. The error quotes none of them.
pub fn prepare(request: &Unsigned<'_>) -> Result<http::Request<Bytes>, http::Error> {
    prepare_with(request, &HeaderMap::new())
}

/// Builds and signs a request with more headers. They must not be the client's own; those that ACS3 covers have one
/// value each, of visible ASCII characters.
pub(crate) fn prepare_with(
    request: &Unsigned<'_>,
    more: &HeaderMap,
) -> Result<http::Request<Bytes>, http::Error> {
    let mut built = match request.scheme {
        SignatureScheme::Acs3 => with_acs3(request, more)?,
        SignatureScheme::V1 => with_v1(request)?,
    };
    let headers = built.headers_mut();
    for name in more.keys() {
        headers.remove(name);
        for value in more.get_all(name) {
            headers.append(name, value.clone());
        }
    }
    Ok(built)
}

/// The parameter that replaces a signature if there is a bearer token.
const BEARER: (&str, &str) = ("SignatureType", "BEARERTOKEN");

/// Puts parameters into the query, the rest into headers. With POST, parameters of the body become a form, which the
/// signature covers by its hash. If the query would be too long, all parameters go into the form.
fn with_acs3(request: &Unsigned<'_>, more: &HeaderMap) -> Result<http::Request<Bytes>, http::Error> {
    let signer = request.credentials.signer();
    let format = match request.format {
        Format::Json => None,
        Format::Xml => Some(("Format", "XML")),
    };
    let (key_id, security_token, bearer_token) = match signer {
        Signer::AccessKey { id, security_token, .. } => (security_token.map(|_| id), security_token, None),
        Signer::BearerToken(token) => (None, None, Some(token)),
    };
    let mut url = start_of_query(request.endpoint);
    let start = url.len();
    let bearer = bearer_token.map(|_| BEARER);
    let is_post = request.method == Method::Post;
    let mut form = String::new();
    // Few requests have any; the others need only one pass.
    if is_post && request.parameters.iter().any(Parameter::is_in_body) {
        let in_query = request.parameters.iter().filter(|own| !own.is_in_body());
        let in_body = request.parameters.iter().filter(|own| own.is_in_body());
        push_canonical_query(&mut url, in_query.map(pair).chain(format).chain(bearer));
        push_canonical_query(&mut form, in_body.map(pair));
    } else {
        push_canonical_query(&mut url, own(request).chain(format).chain(bearer));
    }
    if is_post && url.len().saturating_sub(start) > LONGEST_QUERY {
        url.truncate(start);
        form.clear();
        push_canonical_query(&mut url, format.into_iter().chain(bearer));
        push_canonical_query(&mut form, own(request));
    }
    let query = url.get(start..).unwrap_or_default();
    let content_type = (!form.is_empty()).then_some(FORM);
    let content_sha256 = match content_type {
        Some(_) => Cow::Owned(acs3::content_sha256(form.as_bytes())),
        None => Cow::Borrowed(acs3::CONTENT_SHA256_OF_NOTHING),
    };

    let date = timestamp(request.timestamp);
    // In the order of the signature.
    let headers = [
        (CONTENT_TYPE, content_type),
        (HOST, Some(request.endpoint.authority())),
        (ACCESS_KEY_ID, key_id),
        (ACTION, Some(request.action)),
        (BEARER_TOKEN, bearer_token),
        (CONTENT_SHA256, Some(&content_sha256)),
        (DATE, Some(date.as_str())),
        (SECURITY_TOKEN, security_token),
        (SIGNATURE_NONCE, Some(request.nonce)),
        (VERSION, Some(request.version)),
    ];
    let authorization = match signer {
        Signer::AccessKey { id, secret, keys, .. } => {
            let mut covered = Vec::with_capacity(headers.len() + more.len());
            covered.extend(headers.iter().filter_map(|(name, value)| Some((name.as_str(), (*value)?))));
            if !more.is_empty() {
                covered.extend(
                    more.iter()
                        .filter(|(name, _)| acs3::covers(name.as_str()))
                        .filter_map(|(name, value)| Some((name.as_str(), value.to_str().ok()?.trim()))),
                );
                covered.sort_unstable();
            }
            let mut canonical = acs3::canonical_request_of_sorted(
                request.method.as_str(),
                "/",
                query,
                &covered,
                &content_sha256,
            );
            let signature = keys.acs3(secret).signature(&acs3::string_to_sign(&canonical.text));
            if security_token.is_some() {
                canonical.text.zeroize();
            }
            Some(acs3::authorization(id, &canonical.signed_headers, &signature))
        }
        Signer::BearerToken(_) => None,
    };

    let uri = if query.is_empty() { request.endpoint.root().clone() } else { Uri::try_from(url)? };
    let mut built = bare(request, uri, Bytes::from(form));
    let sent = built.headers_mut();
    for (name, value) in headers {
        if let Some(value) = value {
            let sensitive = name == SECURITY_TOKEN || name == BEARER_TOKEN;
            sent.insert(name, header(value, sensitive)?);
        }
    }
    if let Some(authorization) = authorization {
        let mut authorization = HeaderValue::try_from(authorization)?;
        authorization.set_sensitive(true);
        sent.insert(AUTHORIZATION, authorization);
    }
    Ok(built)
}

/// Puts every parameter, including the common ones and the signature, into the query (GET) or the form (POST).
fn with_v1(request: &Unsigned<'_>) -> Result<http::Request<Bytes>, http::Error> {
    let date = timestamp(request.timestamp);
    let format = match request.format {
        Format::Json => "JSON",
        Format::Xml => "XML",
    };
    let common = [
        ("Action", request.action),
        ("Format", format),
        ("SignatureNonce", request.nonce),
        ("Timestamp", &date),
        ("Version", request.version),
    ];
    let signer = request.credentials.signer();
    let by = match signer {
        Signer::AccessKey { id, security_token, .. } => [
            Some(("AccessKeyId", id)),
            Some(("SignatureMethod", "HMAC-SHA1")),
            Some(("SignatureVersion", "1.0")),
            security_token.map(|token| ("SecurityToken", token)),
        ],
        Signer::BearerToken(token) => [Some(("BearerToken", token)), Some(BEARER), None, None],
    };
    let mut out = match request.method {
        Method::Get => start_of_query(request.endpoint),
        Method::Post => String::new(),
    };
    let start = out.len();
    push_canonical_query(&mut out, own(request).chain(common).chain(by.into_iter().flatten()));
    if let Signer::AccessKey { secret, security_token, keys, .. } = signer {
        let query = out.get(start..).unwrap_or_default();
        let mut string_to_sign = v1::string_to_sign(request.method.as_str(), query);
        let signature = keys.v1(secret).signature(&string_to_sign);
        if security_token.is_some() {
            string_to_sign.zeroize();
        }
        out.push('&');
        push_canonical_query(&mut out, [(v1::SIGNATURE, signature.as_str())]);
    }

    let mut built = match request.method {
        Method::Get => bare(request, Uri::try_from(out)?, Bytes::new()),
        Method::Post => {
            let mut built = bare(request, request.endpoint.root().clone(), Bytes::from(out));
            built.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(FORM));
            built
        }
    };
    built.headers_mut().insert(HOST, request.endpoint.host_header().clone());
    Ok(built)
}

/// Returns the operation's own parameters.
fn own<'a>(request: &Unsigned<'a>) -> impl Iterator<Item = (&'a str, &'a str)> {
    request.parameters.iter().map(pair)
}

fn pair<'a>(parameter: &'a Parameter<'_>) -> (&'a str, &'a str) {
    (parameter.name(), parameter.value())
}

/// Returns the URL up to its query.
fn start_of_query(endpoint: &Endpoint) -> String {
    let mut url = String::with_capacity(ROOM_OF_URL);
    url.push_str(endpoint.as_str());
    url.push_str("/?");
    url
}

/// Builds the request without the parts that the scheme adds.
fn bare(request: &Unsigned<'_>, uri: Uri, body: Bytes) -> http::Request<Bytes> {
    let mut headers = HeaderMap::with_capacity(ROOM_OF_HEADERS);
    if request.method == Method::Post {
        // Some gateways require it even for an empty body, for which HTTP clients leave it out.
        let length = if body.is_empty() { HeaderValue::from_static("0") } else { body.len().into() };
        headers.insert(CONTENT_LENGTH, length);
    }
    let accept = match request.format {
        Format::Json => "application/json",
        Format::Xml => "application/xml",
    };
    headers.insert(ACCEPT, HeaderValue::from_static(accept));
    // Without it a server may compress. This client decompresses nothing, so a small response cannot become a large
    // one.
    headers.insert(ACCEPT_ENCODING, HeaderValue::from_static("identity"));
    let user_agent = concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION"));
    headers.insert(USER_AGENT, HeaderValue::from_static(user_agent));

    let mut built = http::Request::new(body);
    *built.method_mut() = request.method.into();
    *built.uri_mut() = uri;
    *built.headers_mut() = headers;
    built
}

fn header(value: &str, sensitive: bool) -> Result<HeaderValue, http::Error> {
    let mut value = HeaderValue::from_str(value)?;
    value.set_sensitive(sensitive);
    Ok(value)
}
