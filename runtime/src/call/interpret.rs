//! Reads an HTTP response: as a response of the operation, as a refusal of the service, or as neither.

use bytes::Bytes;
use http::header::{CONTENT_ENCODING, LOCATION};
use http::response::Parts;
use http::{HeaderMap, Uri};

use crate::call::error::{Error, Failure, Flaw, Redirected, ServiceError, Unreadable};
use crate::call::operation::Operation;
use crate::call::outcome::{Outcome, Terms};
use crate::call::response::Response;
use crate::identity::credentials::Credentials;
use crate::wire::codes::is_refusal_on_the_way;
use crate::wire::decode::{Format, Target, data_in, decode, decode_into};
use crate::wire::excerpt::excerpt;
use crate::wire::parameters::ParameterList;
use crate::wire::record::Attempts;
use crate::wire::redact::{Redactor, is_identifier};
use crate::wire::scrub::scrub;

/// How much of a body an error shows, in bytes.
const SHOWN: usize = 512;

/// Reads a response as the client does, for applications that send requests themselves.
///
/// Together with [`sign::prepare`](crate::sign::prepare), it turns any HTTP library into a client, for platforms on
/// which this crate's own client does not work. The feature `client` is not needed. `request` and `credentials` are
/// those that led to the response; errors do not show their sensitive values.
///
/// ```
/// use acs_runtime::custom::read_answer;
/// use acs_runtime::{Credentials, Error};
/// use bytes::Bytes;
///
/// # use acs_runtime::config::EndpointRules;
/// # use acs_runtime::custom::{Decode, Operation, Parameters, Product, RedactedDebug};
/// # use acs_runtime::error::ServiceError;
/// # #[derive(Debug)]
/// # struct Bells;
/// # impl Product for Bells {
/// #     const CODE: &'static str = "Bells";
/// #     const VERSION: &'static str = "2020-07-01";
/// #     const TITLE: &'static str = "Bells";
/// #     const ENDPOINT_VARIABLE: &'static str = "ALIBABA_CLOUD_BELLS_ENDPOINT";
/// #     const ENDPOINTS: EndpointRules = EndpointRules {
/// #         default_region: "cn-hangzhou",
/// #         public: "bells.{region}.aliyuncs.com",
/// #         vpc: "bells-vpc.{region}.aliyuncs.com",
/// #         central: "bells.aliyuncs.com",
/// #         central_regions: &[],
/// #     };
/// # }
/// # #[derive(Parameters, RedactedDebug)]
/// # struct RingBell {
/// #     #[field(sensitive)]
/// #     callee: String,
/// # }
/// # #[derive(Default, Decode, RedactedDebug)]
/// # struct Rung {
/// #     job_id: Option<String>,
/// # }
/// # impl Operation for RingBell {
/// #     type Product = Bells;
/// #     const ACTION: &'static str = "RingBell";
/// #     type Response = Rung;
/// #     type Error = ServiceError;
/// # }
/// let request = RingBell { callee: "13188888888".to_owned() };
/// let credentials = Credentials::new("testid", "testsecret");
///
/// let body = Bytes::from_static(br#"{"Code":"OK","JobId":"job-1"}"#);
/// let response = read_answer(&request, &credentials, http::Response::new(body))?;
/// assert_eq!(response.job_id.as_deref(), Some("job-1"));
///
/// let body = Bytes::from_static(br#"{"Code":"Bell.Busy","Message":"13188888888 is busy."}"#);
/// let error = read_answer(&request, &credentials, http::Response::new(body)).unwrap_err();
/// assert_eq!(error.code(), Some("Bell.Busy"));
/// assert!(!error.to_string().contains("13188888888"));
/// # Ok::<(), Error<ServiceError>>(())
/// ```
///
/// # Errors
/// If the service refused, or if the response cannot be read.
pub fn read_answer<O: Operation>(
    request: &O,
    credentials: &Credentials,
    answer: http::Response<Bytes>,
) -> Result<Response<O::Response>, Error<O::Error>> {
    let mut parameters = ParameterList::new();
    request.write_to(&mut parameters);
    let redactor = || Redactor::from_request(&parameters, credentials.secrets());
    let (head, body) = answer.into_parts();
    let mut response = O::Response::default();
    match interpret(&Terms::new::<O>(), &head, body, &mut response, redactor) {
        Ok(answer) => Ok(answer.with_headers(head.headers).with_value(response)),
        Err(failure) => {
            let attempts = Attempts::begin(O::IDEMPOTENT).with_headers(Some(head.headers));
            Err(failure.with_attempts(attempts).into_operation())
        }
    }
}

/// Reads a response into `response`, and returns it or the error.
///
/// A response with a code that is no success is an error of the operation, even with HTTP 200; one without a code is
/// unreadable. `redactor` is only called for errors.
pub(crate) fn interpret(
    terms: &Terms,
    head: &Parts,
    body: Bytes,
    response: &mut dyn Target,
    redactor: impl FnOnce() -> Redactor,
) -> Result<Response<()>, Failure> {
    let status = head.status;
    if status.is_redirection() {
        return Err(Failure::Redirected(Box::new(redirected(terms, head, &redactor()))));
    }
    let unreadable = |flaw, body, redactor: &Redactor| unreadable(terms, flaw, head, body, redactor);
    let format = match format_of(&body) {
        Ok(format) => format,
        Err(Flaw::Malformed) if is_encoded(&head.headers, &body) => {
            return Err(Failure::Unreadable(Box::new(unreadable(Flaw::Encoded, body, &redactor()))));
        }
        Err(flaw) => return Err(Failure::Unreadable(Box::new(unreadable(flaw, body, &redactor())))),
    };
    let mut decoded = match decode_into(format, &body, response) {
        Ok(decoded) => decoded,
        Err(malformed) => {
            let redactor = redactor();
            let source = scrub(Box::new(malformed), &redactor);
            let error = unreadable(Flaw::Malformed, body, &redactor).with_source(Some(source));
            return Err(Failure::Unreadable(Box::new(error)));
        }
    };
    let data = || data_in(format, &body, response.fields());
    let outcome = terms.outcome(status.as_u16(), &decoded.envelope, data);
    if decoded.envelope.request_id.is_none() {
        decoded.envelope.request_id = request_id(&head.headers);
    }
    match outcome {
        Outcome::Succeeded => Ok(Response::new(decoded, status.as_u16(), body)),
        Outcome::Refused { open } => {
            let error = ServiceError::new(status.as_u16(), decoded.envelope, body, &redactor());
            Err(Failure::Service(error.leaving_it_open(open)))
        }
        Outcome::Unclear(flaw) => {
            let redactor = redactor();
            let stopped = is_refusal_on_the_way(status.as_u16()) && !data().any;
            let request_id = decoded.envelope.request_id.as_deref().and_then(|id| redacted_id(id, &redactor));
            let error = unreadable(flaw, body, &redactor).with_request_id(request_id).stopped(stopped);
            Err(Failure::Unreadable(Box::new(error)))
        }
    }
}

/// Tells whether a body holds a whole JSON object, whatever its stated length.
pub(crate) fn is_whole(body: &[u8]) -> bool {
    format_of(body) == Ok(Format::Json) && decode::<()>(Format::Json, body).is_ok()
}

/// Builds the error of a response that cannot be read, with everything that is known about it.
pub(crate) fn unreadable(
    terms: &Terms,
    flaw: Flaw,
    head: &Parts,
    body: Bytes,
    redactor: &Redactor,
) -> Unreadable {
    let request_id = redacted_request_id(&head.headers, redactor);
    let body_start = excerpt(&body, SHOWN, redactor);
    let status = head.status.as_u16();
    // A body that may be a response of the service, or a part of one, does not come from a proxy.
    let stopped = is_refusal_on_the_way(status) && flaw != Flaw::Encoded && format_of(&body).is_err();
    Unreadable::new(terms.operation.clone(), flaw, status, request_id)
        .with_body(body_start, body)
        .stopped(stopped)
}

/// Builds the error of a redirection.
pub(crate) fn redirected(terms: &Terms, head: &Parts, redactor: &Redactor) -> Redirected {
    let host = head.headers.get(LOCATION).and_then(|location| location_host(location.as_bytes(), redactor));
    let request_id = redacted_request_id(&head.headers, redactor);
    Redirected::new(terms.operation.clone(), head.status.as_u16(), request_id, host)
}

/// Returns the request id in the headers.
fn request_id(headers: &HeaderMap) -> Option<String> {
    headers.get("x-acs-request-id")?.to_str().ok().map(str::to_owned)
}

/// Returns the request id in the headers, redacted.
pub(crate) fn redacted_request_id(headers: &HeaderMap, redactor: &Redactor) -> Option<String> {
    redacted_id(&request_id(headers)?, redactor)
}

/// Redacts a request id; `None` if the text cannot be one. Digits that look like a phone number stay.
pub(crate) fn redacted_id(request_id: &str, redactor: &Redactor) -> Option<String> {
    is_identifier(request_id).then(|| redactor.redact_id(request_id).into_owned())
}

/// Returns the host of a `Location`. The rest of it may repeat the parameters and is ignored.
fn location_host(location: &[u8], redactor: &Redactor) -> Option<String> {
    let uri = Uri::try_from(location).ok()?;
    let host = uri.host()?;
    let plain = host.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-.[]:".contains(&byte));
    (plain && host.len() <= 253).then(|| redactor.redact(host).into_owned())
}

/// Finds the format of a body by its first character, because headers are not always right.
fn format_of(body: &[u8]) -> Result<Format, Flaw> {
    let text = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body).trim_ascii_start();
    match text.first() {
        None => Err(Flaw::Empty),
        Some(b'{') => Ok(Format::Json),
        Some(b'<') if is_html(text) => Err(Flaw::Html),
        Some(b'<') => Ok(Format::Xml),
        Some(_) => Err(Flaw::Malformed),
    }
}

/// Tells by its header or its first bytes (gzip, zstd) whether a body that is no text is compressed.
fn is_encoded(headers: &HeaderMap, body: &[u8]) -> bool {
    let is_said = headers
        .get(CONTENT_ENCODING)
        .is_some_and(|coding| !coding.as_bytes().eq_ignore_ascii_case(b"identity"));
    is_said || body.starts_with(b"\x1f\x8b") || body.starts_with(b"\x28\xb5\x2f\xfd")
}

fn is_html(text: &[u8]) -> bool {
    let head = text.get(..SHOWN).unwrap_or(text).to_ascii_lowercase();
    let holds = |tag: &[u8]| head.windows(tag.len()).any(|window| window == tag);
    holds(b"<!doctype html") || holds(b"<html")
}

#[cfg(test)]
mod tests;
