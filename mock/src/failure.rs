//! Failures of requests for the control routes and the console.

use bytes::Bytes;
use http::header::{ALLOW, CONTENT_TYPE};
use http::{HeaderValue, Response, StatusCode};
use serde::de::DeserializeOwned;
use serde_json::json;

use super::order::OrderError;
use super::refusal::Refusal;

/// Writes a response of JSON.
pub(super) fn json(text: impl Into<Bytes>) -> Response<Bytes> {
    let mut response = Response::new(text.into());
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json;charset=utf-8"));
    response
}

/// Reads the JSON body of a request.
pub(super) fn read<T: DeserializeOwned>(body: &[u8], example: &str) -> Result<T, Failure> {
    serde_json::from_slice(body)
        .map_err(|error| format!("cannot read the body: {error}; send JSON such as {example}").into())
}

/// A reason why a request is not carried out.
pub(super) struct Failure {
    status: StatusCode,
    text: String,
    /// The methods that are allowed, if another was used.
    allow: Option<&'static str>,
}

impl Failure {
    pub(super) fn forbidden(text: String) -> Self {
        Self { status: StatusCode::FORBIDDEN, text, allow: None }
    }

    pub(super) fn not_found(text: impl Into<String>) -> Self {
        Self { status: StatusCode::NOT_FOUND, text: text.into(), allow: None }
    }

    pub(super) fn method(allowed: &'static str) -> Self {
        let text = format!("the method is not allowed: use {allowed}");
        Self { status: StatusCode::METHOD_NOT_ALLOWED, text, allow: Some(allowed) }
    }

    /// Writes the response, which names the path of the request.
    pub(super) fn response(self, path: &str) -> Response<Bytes> {
        let mut response = json(json!({ "error": format!("{path}: {}", self.text) }).to_string());
        *response.status_mut() = self.status;
        if let Some(methods) = self.allow {
            response.headers_mut().insert(ALLOW, HeaderValue::from_static(methods));
        }
        response
    }
}

impl From<String> for Failure {
    fn from(text: String) -> Self {
        Self { status: StatusCode::BAD_REQUEST, text, allow: None }
    }
}

impl From<OrderError> for Failure {
    fn from(OrderError(text): OrderError) -> Self {
        text.into()
    }
}

impl From<Refusal> for Failure {
    fn from(Refusal { status, message, .. }: Refusal) -> Self {
        let status = StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_REQUEST);
        Self { status, text: message, allow: None }
    }
}
