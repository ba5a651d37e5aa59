//! A click-to-call backend as a CRM has it: the browser of an agent asks it for a call, and asks what became of it.
//!
//! | request | what it does |
//! |---|---|
//! | `POST /calls` | places a call for an agent: `{"agent": "…", "number": "…"}` |
//! | `GET /calls/{id}` | tells how the call is, and after its end the record |
//! | `GET /agents` | lists agents and what they are doing; with `?page=2&size=20`, one page of them |
//! | `GET /metrics` | counts requests to the call centre, for Prometheus |
//!
//! Put it behind the sign-in of the CRM: it asks nobody who they are.

mod agents;
mod calls;
mod dialling;
mod failure;
mod journal;
mod mask;
mod metrics;
mod view;

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::routing::{get, post};
use ccc_api::Client;
use ccc_api::config::{ConfigBuilder, ConfigError};

use crate::journal::Journal;
use crate::metrics::Metrics;

/// What is special about one backend.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The call centre instance.
    pub instance: String,
    /// How long a browser waits to hear whether its call was placed. After that it is told to ask later.
    pub patience: Duration,
    /// How long signs of a call that may have been placed are looked for. Longer than the service takes to write records.
    pub doubt: Duration,
}

impl Settings {
    /// Those for an instance.
    #[must_use]
    pub fn new(instance: impl Into<String>) -> Self {
        Self { instance: instance.into(), patience: Duration::from_secs(3), doubt: Duration::from_secs(120) }
    }
}

/// What all handlers share.
struct Backend {
    client: Client,
    settings: Settings,
    journal: Journal,
    metrics: Arc<Metrics>,
}

/// The backend, to be served; `config` says how it reaches the call centre.
///
/// # Errors
/// If the configuration cannot be used.
pub fn app(config: ConfigBuilder, settings: Settings) -> Result<Router, ConfigError> {
    let metrics = Arc::new(Metrics::default());
    let client = Client::new(config.interceptor(Arc::clone(&metrics)).build()?)?;
    let backend = Arc::new(Backend { client, settings, journal: Journal::default(), metrics });
    Ok(Router::new()
        .route("/calls", post(calls::place))
        .route("/calls/{id}", get(calls::show))
        .route("/agents", get(agents::list))
        .route("/metrics", get(metrics::show))
        .with_state(backend))
}
