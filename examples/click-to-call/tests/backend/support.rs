//! A running backend with a simulated call centre, for the tests.

use std::time::Duration;

use ccc_api::Client;
use ccc_api::config::ConfigBuilder;
use ccc_api::mock::world::{Behaviour, CallCentre};
use ccc_api::mock::{Fault, INSTANCE, MockEndpoint, USER};
use ccc_api::retry::RetryPolicy;
use click_to_call::{App, Settings};
use reqwest::{RequestBuilder, StatusCode};
use serde_json::{Value, json};
use tokio::net::TcpListener;

pub(crate) const NUMBER: &str = "13188888888";
/// Longer than anything here takes.
const LONG: Duration = Duration::from_secs(60);

/// A backend, its call centre, and a browser.
pub(crate) struct Site {
    pub(crate) centre: CallCentre,
    pub(crate) endpoint: MockEndpoint,
    /// The client of the agents' workbenches.
    pub(crate) workbench: Client,
    pub(crate) browser: reqwest::Client,
    pub(crate) app: App,
    url: String,
}

/// A response of the backend.
#[derive(Debug)]
pub(crate) struct Response {
    pub(crate) status: StatusCode,
    pub(crate) location: Option<String>,
    pub(crate) retry_after: Option<String>,
    pub(crate) text: String,
    pub(crate) body: Value,
}

impl Site {
    /// Makes a site whose clock the test steps, with one agent, [`USER`], who is signed in. Callees wait until the test
    /// says what they do.
    pub(crate) async fn open() -> Self {
        let site = Self::with(|config| config, |_| {}).await;
        site.sign_in(USER).await;
        site
    }

    /// Makes a site with nobody signed in, with other configuration and settings.
    pub(crate) async fn with(
        configure: impl FnOnce(ConfigBuilder) -> ConfigBuilder,
        set: impl FnOnce(&mut Settings),
    ) -> Self {
        let centre = CallCentre::builder().stepped().behaviour(Behaviour::Waits).build();
        let endpoint = MockEndpoint::builder().world(centre.clone()).start().await.unwrap();
        let mut settings = Settings::new(INSTANCE);
        settings.patience = LONG;
        set(&mut settings);
        let hasty = RetryPolicy::new().throttling_delay(Duration::from_millis(1));
        let app = App::new(configure(endpoint.config().to_builder().retry(hasty)), settings).unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let router = app.router();
        tokio::spawn(async { axum::serve(listener, router).await });
        let workbench = Client::new(endpoint.config()).unwrap();
        let browser = reqwest::Client::builder().no_proxy().timeout(LONG).build().unwrap();
        Self { centre, endpoint, workbench, browser, app, url }
    }

    pub(crate) async fn sign_in(&self, agent: &str) {
        let sign_in = self.workbench.sign_in_group().instance_id(INSTANCE).device_id("desk-1").user_id(agent);
        sign_in.signed_skill_group_id_list(["skill-group@ccc-test"]).send().await.unwrap();
    }

    /// Adds an agent and signs the agent in.
    pub(crate) async fn add_agent(&self, login: &str) -> String {
        let agent = self.centre.add_agent(INSTANCE, login).unwrap();
        self.sign_in(&agent).await;
        agent
    }

    pub(crate) fn order(&self, order: &Value) -> RequestBuilder {
        self.browser
            .post(format!("{}/calls", self.url))
            .header("content-type", "application/json")
            .body(order.to_string())
    }

    /// Orders a call of an agent to a number.
    pub(crate) async fn call(&self, agent: &str, number: &str) -> Response {
        send(self.order(&json!({ "agent": agent, "number": number }))).await
    }

    pub(crate) async fn get(&self, path: &str) -> Response {
        send(self.browser.get(format!("{}{path}", self.url))).await
    }

    /// Makes the call centre carry out the next request and lose its response.
    pub(crate) fn lose_a_response(&self) {
        self.endpoint.inject(Fault::LoseResponse, 1);
    }

    /// Returns how many calls the call centre was asked to place.
    pub(crate) fn calls_asked_for(&self) -> usize {
        let requests = self.endpoint.requests();
        requests.iter().filter(|request| request.action() == "MakeCall").count()
    }
}

pub(crate) async fn send(request: RequestBuilder) -> Response {
    let response = request.send().await.unwrap();
    let header = |name: &str| response.headers().get(name).map(|value| value.to_str().unwrap().to_owned());
    let (status, location, retry_after) = (response.status(), header("location"), header("retry-after"));
    let text = response.text().await.unwrap();
    let body = serde_json::from_str(&text).unwrap_or_default();
    Response { status, location, retry_after, text, body }
}
