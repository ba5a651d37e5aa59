//! The endpoint as an application holds it: configure, start, ask what arrived, drop.

use std::fmt;
use std::io;
use std::marker::PhantomData;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;

use tokio::net::TcpListener;
use tokio::task::{AbortHandle, JoinHandle};

use super::authenticate::{AccessKey, Authenticator};
use super::canned::CannedResponse;
use super::console::Console;
use super::fault::Fault;
use super::order::OrderError;
use super::product::MockedProduct;
use super::record::ReceivedRequest;
use super::rules::{Entry, State};
use super::server::{Limits, serve};
use super::service::{Service, Setup};
use super::typing::Typing;
use acs_runtime::description::OperationDescription;
use acs_runtime::sign::{Clock, SystemClock};
use acs_runtime::{Config, Credentials};

/// Id of the access key that every endpoint accepts.
pub const ACCESS_KEY_ID: &str = "testid";
/// Its secret.
pub const ACCESS_KEY_SECRET: &str = "testsecret";
/// The token that makes the same pair temporary credentials.
pub const SECURITY_TOKEN: &str = "STSTOKEN";
/// The bearer token that every endpoint accepts in place of a signature.
pub const BEARER_TOKEN: &str = "testbearer";

/// A running endpoint on 127.0.0.1. Dropping it closes its socket and every connection.
///
/// See the [module](super) for an example.
pub struct MockEndpoint<P: MockedProduct> {
    address: SocketAddr,
    config: Config,
    service: Arc<Service<P::World>>,
    server: AbortHandle,
    product: PhantomData<fn() -> P>,
}

impl<P: MockedProduct> MockEndpoint<P> {
    /// Starts an endpoint with the defaults on a free port.
    ///
    /// # Errors
    /// As [`MockEndpointBuilder::start`].
    pub async fn start() -> io::Result<Self> {
        Self::builder().start().await
    }

    /// Configures an endpoint before it starts.
    pub fn builder() -> MockEndpointBuilder<P> {
        MockEndpointBuilder::new()
    }

    /// The URL it listens on, e.g. `http://127.0.0.1:40321`.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The address of its console, e.g. `http://127.0.0.1:40321/console`.
    ///
    /// It is there if the endpoint was [started with it](MockEndpointBuilder::console).
    #[must_use]
    pub fn console_url(&self) -> String {
        format!("{}/console", self.url())
    }

    /// The socket address it listens on.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// A configuration for clients of this endpoint: its address, unencrypted, and the access key it accepts.
    ///
    /// For anything else, start from it: `endpoint.config().to_builder()`.
    #[must_use]
    pub fn config(&self) -> Config {
        self.config.clone()
    }

    /// Lets the next `count` requests, of any operation, meet a fault. Faults that were ordered before come first.
    pub fn inject(&self, fault: Fault, count: u64) {
        self.service.faults().add(None, fault, count);
    }

    /// Lets the next `count` requests of one operation, such as `Ring`, meet a fault.
    ///
    /// Requests of other operations pass it by. Of the faults that a request may meet, it meets the one that was ordered
    /// first.
    ///
    /// # Errors
    /// If the endpoint serves no such operation.
    pub fn inject_for(&self, operation: &str, fault: Fault, count: u64) -> Result<(), OrderError> {
        self.service.inject(Some(operation), fault, count)
    }

    /// Takes back all faults that no request has met yet.
    pub fn clear_faults(&self) {
        self.service.faults().clear();
    }

    /// Sets the response to the next `count` requests of an operation; `u64::MAX` is until it is taken back.
    ///
    /// It is fields, as JSON, or a [`CannedRefusal`](super::CannedRefusal). Requests are checked as ever; those that
    /// pass are not carried out, and get the response. Responses that were set before come first.
    ///
    /// # Errors
    /// If the endpoint serves no such operation, or if it can be no response.
    pub fn respond(
        &self,
        operation: &str,
        response: impl Into<CannedResponse>,
        count: u64,
    ) -> Result<(), OrderError> {
        self.service.respond(operation, response.into(), count)
    }

    /// Takes back all responses that were set.
    pub fn clear_responses(&self) {
        self.service.responses().clear();
    }

    /// What it remembers between requests, if it was [started with a world](MockEndpointBuilder::world).
    #[must_use]
    pub fn world(&self) -> Option<&P::World> {
        self.service.world()
    }

    /// The requests received so far, oldest first, refused ones included.
    ///
    /// Holds the latest 1024, fewer if they are large. Requests that are no RPC calls at all (another path or
    /// method, an encoding that cannot be undone) are answered but not kept.
    #[must_use]
    pub fn requests(&self) -> Vec<ReceivedRequest> {
        self.service.record().latest()
    }

    /// Waits until so many requests were received since the start, then tells of them as
    /// [`requests`](Self::requests) does.
    ///
    /// For tests of code that calls in the background; there is no time limit but the test's own.
    pub async fn wait_for_requests(&self, count: u64) -> Vec<ReceivedRequest> {
        self.service.recorded(|record| record.total() >= count).await;
        self.requests()
    }

    /// Of the requests that [`requests`](Self::requests) tells of, those of one operation.
    #[must_use]
    pub fn requests_of(&self, operation: &str) -> Vec<ReceivedRequest> {
        self.service.record().of(operation).cloned().collect()
    }

    /// Waits until [`requests_of`](Self::requests_of) tells of so many requests of one operation, then gives them.
    ///
    /// For tests beside which other operations go on, such as polls. Counts only the requests that are still held, so it
    /// never returns for more than 1024.
    pub async fn wait_for_requests_of(&self, operation: &str, count: usize) -> Vec<ReceivedRequest> {
        self.service.recorded(|record| record.of(operation).count() >= count).await;
        self.requests_of(operation)
    }

    /// How many requests were received so far, beyond those that [`requests`](Self::requests) still holds.
    #[must_use]
    pub fn request_count(&self) -> u64 {
        self.service.record().total()
    }
}

impl<P: MockedProduct> Drop for MockEndpoint<P> {
    fn drop(&mut self) {
        self.server.abort();
    }
}

impl<P: MockedProduct> fmt::Debug for MockEndpoint<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MockEndpoint").field("address", &self.address).finish_non_exhaustive()
    }
}

/// Configures a [`MockEndpoint`].
///
/// From the start it knows what every endpoint of its product does.
#[derive(Clone)]
#[must_use = "an endpoint runs once it is started"]
pub struct MockEndpointBuilder<P: MockedProduct> {
    port: u16,
    operations: Vec<&'static OperationDescription>,
    keys: Vec<AccessKey>,
    bearer_tokens: Vec<String>,
    clock: Arc<dyn Clock>,
    typing: Typing,
    state: State,
    world: Option<P::World>,
    console: bool,
    openapi: Option<String>,
    limits: Limits,
    product: PhantomData<fn() -> P>,
}

impl<P: MockedProduct> fmt::Debug for MockEndpointBuilder<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MockEndpointBuilder")
            .field("port", &self.port)
            .field("keys", &self.keys)
            .finish_non_exhaustive()
    }
}

impl<P: MockedProduct> MockEndpointBuilder<P> {
    fn new() -> Self {
        let keys = [None, Some(SECURITY_TOKEN)].map(|token| AccessKey {
            id: ACCESS_KEY_ID.to_owned(),
            secret: ACCESS_KEY_SECRET.to_owned(),
            token: token.map(str::to_owned),
        });
        let mut state = State::default();
        for entry in P::entries() {
            state.add(entry);
        }
        Self {
            port: 0,
            operations: P::operations(),
            keys: keys.to_vec(),
            bearer_tokens: vec![BEARER_TOKEN.to_owned()],
            clock: Arc::new(SystemClock),
            typing: Typing::default(),
            state,
            world: None,
            console: false,
            openapi: None,
            limits: Limits::default(),
            product: PhantomData,
        }
    }

    /// Listens on this port; 0, the default, takes a free one.
    pub fn port(mut self, port: u16) -> Self {
        self.port = port;
        self
    }

    /// Something else that the endpoint knows from the start, beside what every endpoint of its product does.
    pub fn with(mut self, entry: Entry) -> Self {
        self.state.add(entry);
        self
    }

    /// Remembers: requests change this world, and later ones show it. Without one, each call stands alone.
    ///
    /// What the world does not cover is answered by page. [`with`](Self::with) has no effect then: what exists, the world
    /// knows.
    pub fn world(mut self, world: P::World) -> Self {
        self.world = Some(world);
        self
    }

    /// Another access key that is accepted, beside [`ACCESS_KEY_ID`].
    pub fn access_key(mut self, id: impl Into<String>, secret: impl Into<String>) -> Self {
        self.keys.push(AccessKey { id: id.into(), secret: secret.into(), token: None });
        self
    }

    /// Temporary credentials that are accepted: an access key together with its security token.
    pub fn temporary_access_key(
        mut self,
        id: impl Into<String>,
        secret: impl Into<String>,
        token: impl Into<String>,
    ) -> Self {
        self.keys.push(AccessKey { id: id.into(), secret: secret.into(), token: Some(token.into()) });
        self
    }

    /// Another bearer token that is accepted, beside [`BEARER_TOKEN`].
    pub fn bearer_token(mut self, token: impl Into<String>) -> Self {
        self.bearer_tokens.push(token.into());
        self
    }

    /// The clock that timestamps are compared with, and that answers tell the time of. The machine's by default.
    pub fn clock(mut self, clock: impl Clock + 'static) -> Self {
        self.clock = Arc::new(clock);
        self
    }

    /// How the values of answers are typed: by default as the service sends them.
    pub fn typing(mut self, typing: Typing) -> Self {
        self.typing = typing;
        self
    }

    /// Another operation to serve, beside those this crate has a client for.
    pub fn operation(mut self, operation: &'static OperationDescription) -> Self {
        self.operations.push(operation);
        self
    }

    /// Serves the console: a web page at [`console_url`](MockEndpoint::console_url), on the endpoint's own port.
    ///
    /// It shows each request with its parameters, its signature step by step, what it was answered and why. It has a form
    /// for any operation and one for faults, and shows the [world](crate::World::panel) if that has a part for it. Secrets are
    /// masked; phone numbers are not. Only this machine can open it, and no page of another origin can read it.
    pub fn console(mut self) -> Self {
        self.console = true;
        self
    }

    /// The document of OpenAPI that the console offers; `cargo xtask openapi` writes it.
    pub fn openapi(mut self, document: impl Into<String>) -> Self {
        self.openapi = Some(document.into());
        self
    }

    /// Limits that a test can reach.
    #[cfg(test)]
    pub(super) fn limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// Binds the port and serves it on the current Tokio runtime, for as long as the endpoint is held.
    ///
    /// # Errors
    /// If the port is taken, or if there is no Tokio runtime.
    pub async fn start(self) -> io::Result<MockEndpoint<P>> {
        tokio::runtime::Handle::try_current().map_err(io::Error::other)?;
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, self.port)).await?;
        let address = listener.local_addr()?;
        let config = Config::builder()
            .endpoint(format!("http://{address}"))
            .credentials(Credentials::new(ACCESS_KEY_ID, ACCESS_KEY_SECRET))
            .build()
            .map_err(io::Error::other)?;
        let service = Arc::new(Service::new(Setup {
            operations: self.operations,
            rules: P::RULES,
            fills: P::FILLS,
            typing: self.typing,
            authenticator: Authenticator::new(self.keys, self.bearer_tokens, Arc::clone(&self.clock)),
            clock: self.clock,
            state: self.state,
            world: self.world,
            console: self.console.then(|| Console::new(P::TITLE, self.openapi)),
        }));
        let task: JoinHandle<()> = tokio::spawn(serve(listener, address, Arc::clone(&service), self.limits));
        Ok(MockEndpoint { address, config, service, server: task.abort_handle(), product: PhantomData })
    }
}

#[cfg(test)]
mod tests;
