//! The responses to a browser when something fails, in one place for all operations.

use axum::Json;
use axum::extract::rejection::{JsonRejection, PathRejection, QueryRejection};
use axum::http::header::RETRY_AFTER;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use ccc_api::Error;
use ccc_api::error::OperationError;
use ccc_api::operation::ErrorCode;
use ccc_api::time::Seconds;
use serde::Serialize;

/// A failure. It uses the backend's own texts, because texts of the service and of parsers may contain phone numbers.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Failure {
    #[serde(skip)]
    pub(crate) status: StatusCode,
    error: &'static str,
    may_be_ringing: bool,
    /// Where to look for a call that may be ringing.
    #[serde(skip_serializing_if = "Option::is_none")]
    look: Option<String>,
    #[serde(skip)]
    retry_after: Option<i64>,
    /// The request id, for the service's support.
    #[serde(skip_serializing_if = "Option::is_none")]
    request_id: Option<String>,
}

impl Failure {
    pub(crate) const KEY_OF_ANOTHER_ORDER: Self =
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, "the_idempotency_key_is_of_another_call");
    pub(crate) const NO_SUCH_CALL: Self = Self::new(StatusCode::NOT_FOUND, "no_such_call");
    /// The request is not valid.
    pub(crate) const INVALID: Self = Self::new(StatusCode::UNPROCESSABLE_ENTITY, "invalid");
    /// The service said that the call was placed, but not under which id.
    pub(crate) const NO_JOB: Self = Self::new(StatusCode::BAD_GATEWAY, "call_without_id");
    /// The backend failed while it placed the call.
    pub(crate) const INTERRUPTED: Self = Self::new(StatusCode::INTERNAL_SERVER_ERROR, "interrupted");
    pub(crate) const NO_SIGN: Self = Self::new(StatusCode::GATEWAY_TIMEOUT, "no_sign_of_the_call");
    /// The earlier call to the number is in doubt, so no other call may be placed yet.
    pub(crate) const EARLIER_CALL: Self = Self::new(StatusCode::CONFLICT, "earlier_call_may_be_ringing");

    const fn new(status: StatusCode, error: &'static str) -> Self {
        Self { status, error, may_be_ringing: false, look: None, retry_after: None, request_id: None }
    }

    /// Adds that the call may have been placed, and where to look.
    pub(crate) fn may_be_ringing(mut self, id: u64) -> Self {
        self.may_be_ringing = true;
        self.look = Some(format!("/calls/{id}"));
        self
    }

    pub(crate) fn headers(&self) -> HeaderMap {
        self.retry_after.map(|seconds| (RETRY_AFTER, seconds.into())).into_iter().collect()
    }
}

/// Converts the error of any operation.
impl<E: OperationError> From<Error<E>> for Failure {
    fn from(error: Error<E>) -> Self {
        let (status, what) = match ErrorCode::from_error(&error) {
            _ if error.is_throttled() => (StatusCode::TOO_MANY_REQUESTS, "too_many_requests"),
            _ if error.is_timeout() => (StatusCode::GATEWAY_TIMEOUT, "call_centre_timed_out"),
            Some(ErrorCode::UserBusy) => (StatusCode::CONFLICT, "callee_is_busy"),
            Some(ErrorCode::InvalidOperationUserState) => (StatusCode::CONFLICT, "agent_is_not_free"),
            Some(ErrorCode::NotExistsUserId) => (StatusCode::NOT_FOUND, "no_such_agent"),
            Some(ErrorCode::NotExistsExtension) => (StatusCode::SERVICE_UNAVAILABLE, "no_extension_is_free"),
            // All else concerns the operator of this backend: the network, credentials, permissions, the instance.
            _ => (StatusCode::BAD_GATEWAY, "call_centre_failed"),
        };
        let asked = error.retry_after().map_or(1, |wait| Seconds::from(wait).0);
        let retry_after = error.is_throttled().then_some(asked);
        Self { retry_after, request_id: error.request_id().map(str::to_owned), ..Self::new(status, what) }
    }
}

impl From<JsonRejection> for Failure {
    fn from(rejection: JsonRejection) -> Self {
        Self { status: rejection.status(), ..Self::INVALID }
    }
}

impl From<PathRejection> for Failure {
    fn from(_: PathRejection) -> Self {
        Self::NO_SUCH_CALL
    }
}

impl From<QueryRejection> for Failure {
    fn from(_: QueryRejection) -> Self {
        Self::INVALID
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        (self.status, self.headers(), Json(self)).into_response()
    }
}
