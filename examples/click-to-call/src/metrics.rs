//! Counts requests to the call centre, by operation and outcome.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use ccc_api::interceptor::{Attempt, AttemptOutcome, Interceptor};

use crate::Backend;

/// The counters. They count attempts: a call with three attempts counts three times.
#[derive(Debug, Default)]
pub(crate) struct Metrics(Mutex<BTreeMap<(String, &'static str), u64>>);

impl Metrics {
    fn counters(&self) -> MutexGuard<'_, BTreeMap<(String, &'static str), u64>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Interceptor for Metrics {
    fn after_answer(&self, attempt: &Attempt<'_>, outcome: &AttemptOutcome<'_>) {
        let outcome = match outcome.error() {
            _ if outcome.is_abandoned() => "abandoned",
            Some(error) => error.kind().as_str(),
            None => "ok",
        };
        *self.counters().entry((attempt.operation().to_owned(), outcome)).or_default() += 1;
    }
}

/// Returns the counters in the text format of Prometheus.
pub(crate) async fn show(State(backend): State<Arc<Backend>>) -> impl IntoResponse {
    let mut text =
        "# HELP ccc_requests_total Requests to the call centre.\n# TYPE ccc_requests_total counter\n"
            .to_owned();
    for ((operation, outcome), count) in backend.metrics.counters().iter() {
        // Writing to a string cannot fail.
        let _ =
            writeln!(text, "ccc_requests_total{{operation=\"{operation}\",outcome=\"{outcome}\"}} {count}");
    }
    ([(CONTENT_TYPE, "text/plain; version=0.0.4")], text)
}
