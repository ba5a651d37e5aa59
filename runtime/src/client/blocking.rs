//! The client for programs without async.

use std::fmt;
use std::sync::Arc;

use super::asynchronous;
use super::call_by_name::CallByName;
use super::config::Config;
use super::driver::Driver;
use crate::call::by_name::JsonResponse;
use crate::call::error::{Error, ServiceError, unwaitable};
use crate::call::limits::CallOptions;
use crate::call::operation::{Operation, Sender};
use crate::call::product::Product;
use crate::call::response::Response;
use crate::request::config_error::ConfigError;
use crate::request::endpoint::Endpoint;
use crate::transport::Transport;

/// Sends operations of the product `P` and waits for their responses.
///
/// It is [`Client`](crate::Client) with a thread that drives connections and fetches new credentials in time; all logic
/// is the same. Cloning is cheap. All clones, on any thread, share the connections and that thread, which ends with the
/// last clone.
///
/// Within a task of Tokio, waiting would stop all other tasks: `send` returns an error, and nothing was sent. Within
/// `spawn_blocking` and `block_in_place` it works. A process that forks must make its clients after that: in the child,
/// `send` of an older client returns an error.
pub struct Client<P> {
    client: asynchronous::Client<P>,
    driver: Arc<Driver>,
}

impl<P: Product> Client<P> {
    /// Creates a client.
    ///
    /// # Errors
    /// As [`Client::new`](crate::Client::new), and if no thread can be started.
    pub fn new(config: Config) -> Result<Self, ConfigError> {
        Ok(Self { client: asynchronous::Client::new(config)?, driver: Arc::new(Driver::start()?) })
    }

    /// Creates a client with the default credentials, and region and endpoint from the environment: see
    /// [`Config::from_env`].
    ///
    /// # Errors
    /// If the environment holds an invalid region or endpoint, and as [`new`](Self::new).
    pub fn from_env() -> Result<Self, ConfigError> {
        Self::new(Config::from_env()?)
    }

    /// Returns this client with other options for its calls: see [`Client::with_options`](crate::Client::with_options).
    #[must_use]
    pub fn with_options(&self, options: CallOptions) -> Self {
        self.clone().customized(options)
    }

    /// Begins a call by name: see [`Client::call`](crate::Client::call).
    ///
    /// ```no_run
    /// # fn run<P: acs_runtime::custom::Product>(client: acs_runtime::blocking::Client<P>)
    /// # -> Result<(), Box<dyn std::error::Error>> {
    /// let response = client.call("DescribeThings").parameter("PageNumber", "1").send()?;
    /// println!("{} things", response["TotalCount"]);
    /// # Ok(()) }
    /// ```
    pub fn call(&self, operation: impl Into<String>) -> CallByName<Self> {
        CallByName::new(self.clone(), operation)
    }

    /// Returns the endpoint that requests are sent to.
    #[must_use]
    pub fn endpoint(&self) -> &Endpoint {
        self.client.endpoint()
    }

    /// Returns the transport: see [`Client::transport`](crate::Client::transport).
    #[must_use]
    pub fn transport(&self) -> Arc<dyn Transport> {
        self.client.transport()
    }

    /// Sends a request that was built separately, and waits; pass a reference to keep it.
    ///
    /// # Errors
    /// [`Error`] tells what went wrong, and whether the request may have reached the service.
    pub fn send<O: Operation<Product = P>>(
        &self,
        request: O,
    ) -> Result<Response<O::Response>, Error<O::Error>> {
        self.driver.wait_for(self.client.send(request)).unwrap_or_else(|why| Err(unwaitable(O::ACTION, why)))
    }
}

impl<P: Product> CallByName<Client<P>> {
    /// Sends the request and waits for the response.
    ///
    /// # Errors
    /// As [`Client::send`](crate::blocking::Client::send).
    pub fn send(self) -> Result<Response<JsonResponse>, Error<ServiceError>> {
        let Self { client: Client { client, driver }, request } = self;
        driver
            .wait_for(client.send_by_name(&request))
            .unwrap_or_else(|why| Err(unwaitable(request.operation().to_owned(), why)))
    }
}

impl<P: Product> Sender for Client<P> {
    type Product = P;
    type Sending<O: Operation<Product = P> + 'static> = Result<Response<O::Response>, Error<O::Error>>;

    fn dispatch<O: Operation<Product = P> + 'static>(&self, request: O) -> Self::Sending<O> {
        self.send(request)
    }

    fn customized(self, options: CallOptions) -> Self {
        Self { client: self.client.customized(options), driver: self.driver }
    }
}

impl<P> Clone for Client<P> {
    fn clone(&self) -> Self {
        Self { client: self.client.clone(), driver: Arc::clone(&self.driver) }
    }
}

impl<P: Product> fmt::Debug for Client<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("product", &P::CODE)
            .field("endpoint", self.endpoint())
            .finish_non_exhaustive()
    }
}
