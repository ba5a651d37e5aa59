//! The endpoint as a test uses it: the test configures and starts it, reads the requests received, and drops it.

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
/// Secret of the access key [`ACCESS_KEY_ID`].
pub const ACCESS_KEY_SECRET: &str = "testsecret";
/// Security token that makes temporary credentials of the same access key.
pub const SECURITY_TOKEN: &str = "STSTOKEN";
/// Bearer token that every endpoint accepts in place of a signature.
pub const BEARER_TOKEN: &str = "testbearer";

/// A running endpoint on 127.0.0.1. Dropping it closes its socket and every connection.
pub struct MockEndpoint<P: MockedProduct> {
    address: SocketAddr,
    config: Config,
    service: Arc<Service<P::World>>,
    server: AbortHandle,
    product: PhantomData<fn() -> P>,
}

impl<P: MockedProduct> MockEndpoint<P> {
    /// Starts an endpoint on a free port, with defaults for everything else.
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

    /// Returns the URL of the endpoint, e.g. `http://127.0.0.1:40321`.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Returns the address of the console, e.g. `http://127.0.0.1:40321/console`.
    ///
    /// The page exists only if the endpoint was [started with a console](MockEndpointBuilder::console).
    #[must_use]
    pub fn console_url(&self) -> String {
        format!("{}/console", self.url())
    }

    /// Returns the address that the endpoint listens on.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Returns a configuration for clients of this endpoint: its address, without TLS, and an access key that it accepts.
    ///
    /// To change anything else, begin with `endpoint.config().to_builder()`.
    #[must_use]
    pub fn config(&self) -> Config {
        self.config.clone()
    }

    /// Orders a fault for the next `count` requests of any operation. Faults that were ordered before come first.
    pub fn inject(&self, fault: Fault, count: u64) {
        self.service.faults().add(None, fault, count);
    }

    /// Orders a fault for the next `count` requests of one operation, such as `Ring`.
    ///
    /// Requests of other operations are not affected. Each request meets at most one fault: the first one ordered that
    /// applies to it.
    ///
    /// # Errors
    /// If the endpoint serves no such operation.
    pub fn inject_for(&self, operation: &str, fault: Fault, count: u64) -> Result<(), OrderError> {
        self.service.inject(Some(operation), fault, count)
    }

    /// Cancels all faults that no request has met yet.
    pub fn clear_faults(&self) {
        self.service.faults().clear();
    }

    /// Sets the response to the next `count` requests of an operation; `u64::MAX` keeps it until
    /// [`clear_responses`](Self::clear_responses).
    ///
    /// A response is either fields, as JSON, or a [`CannedRefusal`](super::CannedRefusal). Requests are checked as
    /// always. Those that pass get the response and are not carried out. Responses that were set before come first.
    ///
    /// # Errors
    /// If the endpoint serves no such operation, or if the response is not valid.
    pub fn respond(
        &self,
        operation: &str,
        response: impl Into<CannedResponse>,
        count: u64,
    ) -> Result<(), OrderError> {
        self.service.respond(operation, response.into(), count)
    }

    /// Removes all responses that were set.
    pub fn clear_responses(&self) {
        self.service.responses().clear();
    }

    /// Returns the world that the endpoint was [started with](MockEndpointBuilder::world), if any.
    #[must_use]
    pub fn world(&self) -> Option<&P::World> {
        self.service.world()
    }

    /// Returns the requests received so far, oldest first, refused ones included.
    ///
    /// The endpoint keeps the latest 1024, fewer if they are large. Requests that are not RPC calls (another path or
    /// method, an encoding that cannot be decoded) get a response but are not kept.
    #[must_use]
    pub fn requests(&self) -> Vec<ReceivedRequest> {
        self.service.record().latest()
    }

    /// Waits until `count` requests were received since the start, then returns them as [`requests`](Self::requests)
    /// does.
    ///
    /// For tests of code that calls in the background. It has no time limit of its own.
    pub async fn wait_for_requests(&self, count: u64) -> Vec<ReceivedRequest> {
        self.service.recorded(|record| record.total() >= count).await;
        self.requests()
    }

    /// Returns the requests of one operation, out of those that [`requests`](Self::requests) returns.
    #[must_use]
    pub fn requests_of(&self, operation: &str) -> Vec<ReceivedRequest> {
        self.service.record().of_operation(operation).cloned().collect()
    }

    /// Waits until [`requests_of`](Self::requests_of) has `count` requests of one operation, then returns them.
    ///
    /// For tests during which other operations, such as polls, are called too. It counts only requests that are still
    /// kept, so it never returns if `count` is more than 1024.
    pub async fn wait_for_requests_of(&self, operation: &str, count: usize) -> Vec<ReceivedRequest> {
        self.service.recorded(|record| record.of_operation(operation).count() >= count).await;
        self.requests_of(operation)
    }

    /// Returns how many requests were received so far, including those that [`requests`](Self::requests) no longer has.
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
/// An endpoint starts with the [entries](MockedProduct::entries) of its product.
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

    /// Sets the port to listen on. By default it is 0, which takes a free port.
    pub fn port(mut self, port: u16) -> Self {
        self.port = port;
        self
    }

    /// Adds an entry to those of the product, such as a value on a list.
    pub fn with(mut self, entry: Entry) -> Self {
        self.state.add(entry);
        self
    }

    /// Adds a world, the state behind the endpoint: requests change it, and later responses show the changes. Without a
    /// world, each call is independent of those before.
    ///
    /// An operation that the world does not cover gets its page's sample as the response. Entries that
    /// [`with`](Self::with) adds have no effect then, because the world has its own state.
    pub fn world(mut self, world: P::World) -> Self {
        self.world = Some(world);
        self
    }

    /// Accepts another access key, beside [`ACCESS_KEY_ID`].
    pub fn access_key(mut self, id: impl Into<String>, secret: impl Into<String>) -> Self {
        self.keys.push(AccessKey { id: id.into(), secret: secret.into(), token: None });
        self
    }

    /// Accepts temporary credentials: an access key together with its security token.
    pub fn temporary_access_key(
        mut self,
        id: impl Into<String>,
        secret: impl Into<String>,
        token: impl Into<String>,
    ) -> Self {
        self.keys.push(AccessKey { id: id.into(), secret: secret.into(), token: Some(token.into()) });
        self
    }

    /// Accepts another bearer token, beside [`BEARER_TOKEN`].
    pub fn bearer_token(mut self, token: impl Into<String>) -> Self {
        self.bearer_tokens.push(token.into());
        self
    }

    /// Sets the clock that timestamps are compared with and that responses take their times from. By default it is the
    /// machine's clock.
    pub fn clock(mut self, clock: impl Clock + 'static) -> Self {
        self.clock = Arc::new(clock);
        self
    }

    /// Sets how the values of responses are typed: by default as the service sends them.
    pub fn typing(mut self, typing: Typing) -> Self {
        self.typing = typing;
        self
    }

    /// Serves another operation, beside those of the product.
    pub fn operation(mut self, operation: &'static OperationDescription) -> Self {
        self.operations.push(operation);
        self
    }

    /// Serves the console: a web page at [`console_url`](MockEndpoint::console_url), on the endpoint's own port.
    ///
    /// It shows each request with its parameters, its signature step by step, its response and the reason for it. It has a
    /// form for any operation and a form for faults, and shows the [panel](crate::World::panel) of the world, if there is
    /// one. Secrets are masked; phone numbers are not. Only this machine can open it, and no page of another origin can read
    /// it.
    pub fn console(mut self) -> Self {
        self.console = true;
        self
    }

    /// Sets the OpenAPI document that the console offers. `cargo xtask openapi` writes it.
    pub fn openapi(mut self, document: impl Into<String>) -> Self {
        self.openapi = Some(document.into());
        self
    }

    /// Sets limits that a test can reach.
    #[cfg(test)]
    pub(super) fn limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// Binds the port and serves it on the current Tokio runtime until the endpoint is dropped.
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
