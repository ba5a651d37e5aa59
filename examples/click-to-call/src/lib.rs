//! A click-to-call backend of a CRM: an agent's browser orders calls, and asks for their state.
//!
//! | request | what it does |
//! |---|---|
//! | `POST /calls` | places a call for an agent: `{"agent": "…", "number": "…"}` |
//! | `GET /calls/{id}` | returns the state of the call, and after its end the record |
//! | `GET /agents` | lists agents with their states; with `?page=2&size=20`, one page of them |
//! | `GET /metrics` | counts requests to the call centre, for Prometheus |
//!
//! Put it behind the sign-in of the CRM, because it does not authenticate anybody.

mod agents;
mod calls;
mod dialling;
mod failure;
mod journal;
mod metrics;
mod number;
mod view;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::routing::{get, post};
use ccc_api::Client;
use ccc_api::config::{ConfigBuilder, ConfigError};
use ccc_api::operation::ErrorCode;
use ccc_api::types::CallContext;

use crate::failure::Failure;
use crate::journal::Journal;
use crate::metrics::Metrics;

/// The settings of a backend.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The call centre instance.
    pub instance: String,
    /// How long a request waits for its call to be placed. After that, the browser has to ask again later.
    pub patience: Duration,
    /// A call in doubt counts as not placed if looks find no sign of it for this long. It must be longer than the service
    /// takes to write records.
    pub doubt: Duration,
}

impl Settings {
    /// Makes the default settings for an instance.
    #[must_use]
    pub fn new(instance: impl Into<String>) -> Self {
        Self { instance: instance.into(), patience: Duration::from_secs(3), doubt: Duration::from_secs(120) }
    }
}

/// The state that all handlers share.
struct Backend {
    client: Client,
    settings: Settings,
    journal: Journal,
    metrics: Arc<Metrics>,
}

impl Backend {
    /// Returns the call that an agent is in. An agent who does not exist is in none.
    async fn present_call(&self, agent: &str) -> Result<CallContext, Failure> {
        let agent = self.client.poll_user_status().instance_id(&self.settings.instance).user_id(agent);
        match agent.send().await {
            Ok(response) => Ok(response.into_inner().data.call_context),
            Err(error) if ErrorCode::from_error(&error) == Some(ErrorCode::NotExistsUserId) => {
                Ok(CallContext::default())
            }
            Err(error) => Err(error.into()),
        }
    }
}

/// The backend. Clones share one state.
#[derive(Clone)]
pub struct App(Arc<Backend>);

impl fmt::Debug for App {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("App").field("settings", &self.0.settings).finish_non_exhaustive()
    }
}

impl App {
    /// Makes the backend; `config` says how it reaches the call centre.
    ///
    /// # Errors
    /// If the configuration is not valid.
    pub fn new(config: ConfigBuilder, settings: Settings) -> Result<Self, ConfigError> {
        let metrics = Arc::new(Metrics::default());
        let client = Client::new(config.interceptor(Arc::clone(&metrics)).build()?)?;
        Ok(Self(Arc::new(Backend { client, settings, journal: Journal::default(), metrics })))
    }

    /// Returns the routes to serve.
    pub fn router(&self) -> Router {
        Router::new()
            .route("/calls", post(calls::place))
            .route("/calls/{id}", get(calls::show))
            .route("/agents", get(agents::list))
            .route("/metrics", get(metrics::show))
            .with_state(Arc::clone(&self.0))
    }

    /// Waits until no call is being placed any more. Call it before the process ends. The client's time limits bound the
    /// wait.
    pub async fn finish(&self) {
        for call in self.0.journal.calls() {
            call.outcome().await;
        }
    }
}
