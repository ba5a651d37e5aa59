//! Spans and events for the crate `tracing`: one span per call, one per attempt. Without the feature, nothing.
//!
//! Every text in them went through a redactor: errors as they are shown, request ids and codes likewise.

#[cfg(not(feature = "tracing"))]
pub(super) use absent::{Span, attempt, call, clock_corrected, credentials_fetched, sent_again};
#[cfg(feature = "tracing")]
pub(super) use present::{Span, attempt, call, clock_corrected, credentials_fetched, sent_again};

#[cfg(feature = "tracing")]
mod present {
    use std::time::{Duration, Instant};

    use tracing::field::Empty;
    use tracing::{Instrument, debug_span, info, info_span, warn};

    use crate::runtime::attempts::ClockSkew;
    use crate::runtime::call::Call;
    use crate::runtime::clock::timestamp;
    use crate::runtime::endpoint::Endpoint;
    use crate::runtime::error::Failure;
    use crate::runtime::interpret::shown;
    use crate::runtime::{Answer, Credentials, CredentialsError, ErrorKind, Redactor};

    const TARGET: &str = "ccc_api";

    /// A span that tells how what it spans went.
    pub(in crate::runtime) struct Span {
        span: tracing::Span,
        started: Option<Instant>,
    }

    /// A call as a whole.
    pub(in crate::runtime) fn call(call: &Call<'_>, endpoint: &Endpoint) -> Span {
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

    /// One attempt of a call.
    pub(in crate::runtime) fn attempt(number: u32, endpoint: &Endpoint) -> Span {
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

    /// An attempt failed and another follows.
    pub(in crate::runtime) fn sent_again(failure: &Failure, wait: Duration) {
        info!(target: TARGET, reason = failure.summary(), wait_ms = milliseconds(wait), "an attempt failed, another follows");
    }

    /// The machine's clock is not the service's.
    pub(in crate::runtime) fn clock_corrected(skew: ClockSkew) {
        warn!(target: TARGET, skew = %skew, "the clock differs from the service's");
    }

    /// New credentials were fetched by the source `P`, or not. Their errors hold no secret.
    pub(in crate::runtime) fn credentials_fetched<P>(outcome: &Result<Credentials, CredentialsError>) {
        let source = std::any::type_name::<P>();
        match outcome {
            Ok(credentials) => {
                let expiration = credentials.expiration().map(timestamp);
                let access_key_id = credentials.access_key_id();
                info!(target: TARGET, source, access_key_id, expiration, "credentials were fetched");
            }
            Err(error) => warn!(target: TARGET, source, %error, "no credentials could be fetched"),
        }
    }

    impl From<tracing::Span> for Span {
        fn from(span: tracing::Span) -> Self {
            let started = (!span.is_disabled()).then(Instant::now);
            Self { span, started }
        }
    }

    impl Span {
        /// Runs within the span.
        pub(in crate::runtime) fn around<F: Future>(
            &self,
            future: F,
        ) -> impl Future<Output = F::Output> + use<F> {
            future.instrument(self.span.clone())
        }

        pub(in crate::runtime) fn succeeded(
            &self,
            answer: &Answer<()>,
            attempts: u32,
            redactor: impl FnOnce() -> Redactor,
        ) {
            let Some(started) = self.started else { return };
            self.span.record("outcome", "ok");
            self.span.record("http.response.status_code", answer.status());
            if let Some(id) = answer.request_id().and_then(|id| shown(id, &redactor())) {
                self.span.record("request_id", id);
            }
            self.span.record("attempts", attempts);
            self.span.record("elapsed_ms", milliseconds(started.elapsed()));
        }

        pub(in crate::runtime) fn failed(&self, failure: &Failure) {
            let Some(started) = self.started else { return };
            // Which refusal it is, the code says.
            let kind = match failure.kind() {
                ErrorKind::Throttled => ErrorKind::Refused,
                kind => kind,
            };
            self.span.record("outcome", kind.as_str());
            if let Some(status) = failure.status() {
                self.span.record("http.response.status_code", status);
            }
            if let Some(id) = failure.shown_request_id() {
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

    use crate::runtime::attempts::ClockSkew;
    use crate::runtime::call::Call;
    use crate::runtime::endpoint::Endpoint;
    use crate::runtime::error::Failure;
    use crate::runtime::{Answer, Credentials, CredentialsError, Redactor};

    pub(in crate::runtime) struct Span;

    pub(in crate::runtime) fn call(_: &Call<'_>, _: &Endpoint) -> Span {
        Span
    }

    pub(in crate::runtime) fn attempt(_: u32, _: &Endpoint) -> Span {
        Span
    }

    pub(in crate::runtime) fn sent_again(_: &Failure, _: Duration) {}

    pub(in crate::runtime) fn clock_corrected(_: ClockSkew) {}

    pub(in crate::runtime) fn credentials_fetched<P>(_: &Result<Credentials, CredentialsError>) {}

    impl Span {
        pub(in crate::runtime) fn around<F: Future>(&self, future: F) -> F {
            future
        }

        pub(in crate::runtime) fn succeeded(&self, _: &Answer<()>, _: u32, _: impl FnOnce() -> Redactor) {}

        pub(in crate::runtime) fn failed(&self, _: &Failure) {}
    }
}
