//! Spans and events for the crate `tracing`: one span per call, one per attempt. Without the feature, this does
//! nothing.
//!
//! Every text in them is redacted: errors, request ids and codes.

#[cfg(not(feature = "tracing"))]
pub(crate) use absent::{Span, attempt, call, sent_again};
#[cfg(feature = "tracing")]
pub(crate) use present::{Span, attempt, call, sent_again};

#[cfg(feature = "tracing")]
mod present {
    use std::time::{Duration, Instant};

    use tracing::field::Empty;
    use tracing::{Instrument, debug_span, info, info_span};

    use crate::TARGET;
    use crate::call::error::{ErrorKind, Failure};
    use crate::call::interpret::redacted_id;
    use crate::call::response::Response;
    use crate::call::untyped::Call;
    use crate::request::endpoint::Endpoint;
    use crate::wire::redact::Redactor;

    /// A span that records the outcome.
    pub(crate) struct Span {
        span: tracing::Span,
        started: Option<Instant>,
    }

    /// Begins the span of a call.
    pub(crate) fn call(call: &Call<'_>, endpoint: &Endpoint) -> Span {
        Span::from(info_span!(
            target: TARGET,
            "call",
            otel.kind = "client",
            rpc.service = call.product,
            rpc.method = call.terms.operation.as_ref(),
            server.address = endpoint.authority(),
            attempts = Empty,
            outcome = Empty,
            http.response.status_code = Empty,
            request_id = Empty,
            "error.type" = Empty,
            error.message = Empty,
            elapsed_ms = Empty,
        ))
    }

    /// Begins the span of an attempt.
    pub(crate) fn attempt(number: u32, endpoint: &Endpoint) -> Span {
        Span::from(debug_span!(
            target: TARGET,
            "attempt",
            number,
            url.scheme = endpoint.scheme().as_str(),
            server.address = endpoint.authority(),
            outcome = Empty,
            http.response.status_code = Empty,
            request_id = Empty,
            "error.type" = Empty,
            error.message = Empty,
            elapsed_ms = Empty,
        ))
    }

    /// Logs that an attempt failed and another follows.
    pub(crate) fn sent_again(failure: &Failure, wait: Duration) {
        info!(target: TARGET, reason = failure.summary(), wait_ms = milliseconds(wait), "an attempt failed, another follows");
    }

    impl From<tracing::Span> for Span {
        fn from(span: tracing::Span) -> Self {
            let started = (!span.is_disabled()).then(Instant::now);
            Self { span, started }
        }
    }

    impl Span {
        /// Runs within the span.
        pub(crate) fn around<F: Future>(&self, future: F) -> impl Future<Output = F::Output> + use<F> {
            future.instrument(self.span.clone())
        }

        pub(crate) fn succeeded(
            &self,
            response: &Response<()>,
            attempts: u32,
            redactor: impl FnOnce() -> Redactor,
        ) {
            let Some(started) = self.started else { return };
            self.span.record("outcome", "ok");
            self.span.record("http.response.status_code", response.status());
            if let Some(id) = response.request_id().and_then(|id| redacted_id(id, &redactor())) {
                self.span.record("request_id", id);
            }
            self.span.record("attempts", attempts);
            self.span.record("elapsed_ms", milliseconds(started.elapsed()));
        }

        pub(crate) fn failed(&self, failure: &Failure) {
            let Some(started) = self.started else { return };
            // The code distinguishes refusals.
            let kind = match failure.kind() {
                ErrorKind::Throttled => ErrorKind::Refused,
                kind => kind,
            };
            self.span.record("outcome", kind.as_str());
            if let Some(status) = failure.status() {
                self.span.record("http.response.status_code", status);
            }
            if let Some(id) = failure.redacted_request_id() {
                self.span.record("request_id", id);
            }
            if let Some(code) = failure.shown_code() {
                self.span.record("error.type", code);
            }
            self.span.record("error.message", failure.summary());
            self.span.record("attempts", failure.attempts());
            self.span.record("elapsed_ms", milliseconds(started.elapsed()));
        }
    }

    fn milliseconds(duration: Duration) -> u64 {
        u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
    }
}

#[cfg(not(feature = "tracing"))]
mod absent {
    use std::time::Duration;

    use crate::call::error::Failure;
    use crate::call::response::Response;
    use crate::call::untyped::Call;
    use crate::request::endpoint::Endpoint;
    use crate::wire::redact::Redactor;

    pub(crate) struct Span;

    pub(crate) fn call(_: &Call<'_>, _: &Endpoint) -> Span {
        Span
    }

    pub(crate) fn attempt(_: u32, _: &Endpoint) -> Span {
        Span
    }

    pub(crate) fn sent_again(_: &Failure, _: Duration) {}

    impl Span {
        pub(crate) fn around<F: Future>(&self, future: F) -> F {
            future
        }

        pub(crate) fn succeeded(&self, _: &Response<()>, _: u32, _: impl FnOnce() -> Redactor) {}

        pub(crate) fn failed(&self, _: &Failure) {}
    }
}
