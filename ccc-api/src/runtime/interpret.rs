//! What an HTTP answer means: a response, a refusal of the service, or neither.

use bytes::Bytes;
use http::header::{CONTENT_ENCODING, LOCATION};
use http::response::Parts;
use http::{HeaderMap, Response, Uri};

use super::error::{Failure, Flaw, Redirected, Unreadable, excerpt, scrub};
use super::{Answer, Credentials, Error, Format, Operation, ParameterList, Redactor, ServiceError, decode};

/// How much of a body an error shows, in bytes.
const SHOWN: usize = 512;

/// What an answer means, for those who carry requests by themselves: the client does the same with each answer.
///
/// With [`sign::prepare`](crate::sign::prepare) it makes a client of whatever sends HTTP, where this crate's own cannot
/// be: its feature `client` is not needed. `request` and `credentials` are those that the answer is for; errors do not
/// show what is sensitive in them.
///
/// ```
/// use ccc_api::make_call::{MakeCallError, MakeCallRequest};
/// use ccc_api::{Bytes, Credentials, Error, http, read_answer};
///
/// let request =
///     MakeCallRequest::builder().instance_id("ccc-test").device_id("dev-1").callee("13188888888").build();
/// let credentials = Credentials::new("testid", "testsecret");
///
/// let body = Bytes::from_static(br#"{"Code":"OK","Data":{"CallContext":{"JobId":"job-1"}}}"#);
/// let answer = read_answer(&request, &credentials, http::Response::new(body))?;
/// assert_eq!(answer.data.call_context.job_id.as_deref(), Some("job-1"));
///
/// let body = Bytes::from_static(br#"{"Code":"UserBusy","Message":"13188888888 is busy."}"#);
/// let error = read_answer(&request, &credentials, http::Response::new(body)).unwrap_err();
/// assert!(matches!(error, Error::Service(MakeCallError::UserBusy { .. })));
/// assert!(!error.to_string().contains("13188888888"));
/// # Ok::<(), Error<MakeCallError>>(())
/// ```
///
/// # Errors
/// When the service refused, or when the answer is not one.
pub fn read_answer<O: Operation>(
    request: &O,
    credentials: &Credentials,
    answer: Response<Bytes>,
) -> Result<Answer<O::Response>, Error<O::Error>> {
    let mut parameters = ParameterList::new();
    request.write_to(&mut parameters);
    let redactor = || Redactor::of_request(&parameters, credentials.secrets());
    let (head, body) = answer.into_parts();
    interpret::<O>(&head, body, redactor).map_err(Failure::into_operation)
}

/// Sorts an answer by its status and its `Code`.
///
/// A success is HTTP 2xx without a code, or with one that says so. Anything else with a code is the operation's own
/// error, HTTP 200 or not; anything without a code is unreadable. `redactor` is made for errors alone.
pub(crate) fn interpret<O: Operation>(
    head: &Parts,
    body: Bytes,
    redactor: impl FnOnce() -> Redactor,
) -> Result<Answer<O::Response>, Failure> {
    let status = head.status;
    if status.is_redirection() {
        return Err(Failure::Redirected(Box::new(redirected(O::ACTION, head, &redactor()))));
    }
    let unreadable = |flaw, body, redactor: &Redactor| unreadable(O::ACTION, flaw, head, body, redactor);
    let format = match format_of(&body) {
        Ok(format) => format,
        Err(Flaw::Malformed) if is_encoded(&head.headers) => {
            return Err(Failure::Unreadable(Box::new(unreadable(Flaw::Encoded, body, &redactor()))));
        }
        Err(flaw) => return Err(Failure::Unreadable(Box::new(unreadable(flaw, body, &redactor())))),
    };
    let mut decoded = match decode::<O::Response>(format, &body) {
        Ok(decoded) => decoded,
        Err(malformed) => {
            let redactor = redactor();
            let source = scrub(Box::new(malformed), &redactor);
            let error = unreadable(Flaw::Malformed, body, &redactor).with_source(Some(source));
            return Err(Failure::Unreadable(Box::new(error)));
        }
    };
    if decoded.envelope.request_id.is_none() {
        decoded.envelope.request_id = request_id(&head.headers);
    }
    if status.is_success() && decoded.envelope.is_success() {
        return Ok(Answer::new(decoded, status.as_u16(), body));
    }
    let redactor = redactor();
    if decoded.envelope.code.is_some() {
        let service = ServiceError::new(status.as_u16(), decoded.envelope, body, &redactor);
        return Err(Failure::Service(service));
    }
    let request_id = decoded.envelope.request_id.as_deref().and_then(|id| shown(id, &redactor));
    let error = unreadable(Flaw::NoCode, body, &redactor).with_request_id(request_id);
    Err(Failure::Unreadable(Box::new(error)))
}

/// The error of an answer that cannot be read, with what can still be said about it.
pub(crate) fn unreadable(
    operation: &'static str,
    flaw: Flaw,
    head: &Parts,
    body: Bytes,
    redactor: &Redactor,
) -> Unreadable {
    let request_id = shown_request_id(&head.headers, redactor);
    let body_start = excerpt(&body, SHOWN, redactor);
    Unreadable::new(operation, flaw, head.status.as_u16(), request_id).with_body(body_start, body)
}

/// The error of a redirection.
pub(crate) fn redirected(operation: &'static str, head: &Parts, redactor: &Redactor) -> Redirected {
    let host = head.headers.get(LOCATION).and_then(|location| location_host(location.as_bytes(), redactor));
    Redirected::new(operation, head.status.as_u16(), shown_request_id(&head.headers, redactor), host)
}

/// The request id in the headers.
fn request_id(headers: &HeaderMap) -> Option<String> {
    headers.get("x-acs-request-id")?.to_str().ok().map(str::to_owned)
}

/// The same for an error text.
pub(crate) fn shown_request_id(headers: &HeaderMap, redactor: &Redactor) -> Option<String> {
    shown(&request_id(headers)?, redactor)
}

/// A request id for an error text, if it can be one.
pub(crate) fn shown(request_id: &str, redactor: &Redactor) -> Option<String> {
    let plain =
        (1..=128).contains(&request_id.len()) && request_id.bytes().all(|byte| byte.is_ascii_graphic());
    plain.then(|| redactor.redact(request_id).into_owned())
}

/// The host a `Location` points to. The rest of it, which may repeat the parameters, is not looked at.
fn location_host(location: &[u8], redactor: &Redactor) -> Option<String> {
    let uri = Uri::try_from(location).ok()?;
    let host = uri.host()?;
    let plain = host.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-.[]:".contains(&byte));
    (plain && host.len() <= 253).then(|| redactor.redact(host).into_owned())
}

/// What the body is written in, by its first character: what headers say about it is not always true.
fn format_of(body: &[u8]) -> Result<Format, Flaw> {
    let text = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body).trim_ascii_start();
    match text.first() {
        None => Err(Flaw::Empty),
        Some(b'{') => Ok(Format::Json),
        Some(b'<') if is_html(text) => Err(Flaw::Html),
        #[cfg(feature = "xml")]
        Some(b'<') => Ok(Format::Xml),
        Some(_) => Err(Flaw::Malformed),
    }
}

fn is_encoded(headers: &HeaderMap) -> bool {
    headers.get(CONTENT_ENCODING).is_some_and(|coding| !coding.as_bytes().eq_ignore_ascii_case(b"identity"))
}

fn is_html(text: &[u8]) -> bool {
    let head = text.get(..SHOWN).unwrap_or(text).to_ascii_lowercase();
    let holds = |tag: &[u8]| head.windows(tag.len()).any(|window| window == tag);
    holds(b"<!doctype html") || holds(b"<html")
}

#[cfg(test)]
mod tests;
