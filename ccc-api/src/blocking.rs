//! The client for programs without async: the same calls, by functions that return when the answer is there.
//!
//! ```
//! use ccc_api::make_call::MakeCallError;
//! use ccc_api::{Error, blocking};
//!
//! # #[cfg(feature = "mock")]
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
//! # let endpoint = runtime.block_on(ccc_api::mock::MockEndpoint::start())?;
//! # let config = endpoint.config();
//! let client = blocking::Client::new(config)?;
//! match client.make_call().instance_id("ccc-test").device_id("dev-1").callee("13188888888").send() {
//!     Ok(answer) => println!("job {:?}", answer.data.call_context.job_id),
//!     Err(Error::Service(MakeCallError::UserBusy { user, .. })) => println!("{user:?} is on the phone"),
//!     Err(error) => return Err(error.into()),
//! }
//! # Ok(()) }
//! # #[cfg(not(feature = "mock"))]
//! # fn main() {}
//! ```

use std::fmt;
use std::sync::Arc;

use crate::by_name::CallByName;
use crate::runtime::{
    Answer, CallOptions, Config, ConfigError, Driver, Endpoint, Error, JsonResponse, Operation,
    RequestByName, Sender, ServiceError, Transport, unwaitable,
};

/// Sends operations of Call Center and waits for their answers.
///
/// It is [`Client`](crate::Client) with a thread beside it that drives connections and fetches new credentials in
/// time; all logic is the same. Cloning is cheap, and all clones, on whichever threads, share connections and that
/// thread, which ends with the last of them.
///
/// Within a task of Tokio, waiting would stop all other tasks: `send` refuses with an error, and nothing was sent.
/// Within `spawn_blocking` and `block_in_place` it works. A process that forks makes its clients after that: in the
/// child, `send` of a client that was made before refuses likewise.
#[derive(Clone)]
pub struct Client {
    client: crate::Client,
    driver: Arc<Driver>,
}

impl Client {
    /// A client as configured.
    ///
    /// # Errors
    /// As [`Client::new`](crate::Client::new), and when no thread can be started.
    pub fn new(config: Config) -> Result<Self, ConfigError> {
        Ok(Self { client: crate::Client::new(config)?, driver: Arc::new(Driver::start()?) })
    }

    /// A client with the default credentials, and the region from the environment: see [`Config::from_env`].
    ///
    /// # Errors
    /// When the environment holds a region that cannot be one, and as [`new`](Self::new).
    pub fn from_env() -> Result<Self, ConfigError> {
        Self::new(Config::from_env()?)
    }

    /// The same client with other options for its calls: see [`Client::with_options`](crate::Client::with_options).
    #[must_use]
    pub fn with_options(&self, options: CallOptions) -> Self {
        self.clone().customized(options)
    }

    /// An operation by its name: see [`Client::call`](crate::Client::call).
    ///
    /// ```no_run
    /// # fn run(client: ccc_api::blocking::Client) -> Result<(), Box<dyn std::error::Error>> {
    /// let answer = client.call("ListUsers").parameter("InstanceId", "ccc-test").send()?;
    /// println!("{} users", answer["Data"]["TotalCount"]);
    /// # Ok(()) }
    /// ```
    pub fn call(&self, operation: impl Into<String>) -> CallByName<Self> {
        CallByName::of(self.clone(), operation)
    }

    /// Where requests go.
    #[must_use]
    pub fn endpoint(&self) -> &Endpoint {
        self.client.endpoint()
    }

    /// What carries its requests: see [`Client::transport`](crate::Client::transport).
    #[must_use]
    pub fn transport(&self) -> Arc<dyn Transport> {
        self.client.transport()
    }

    /// Sends a request that was built by itself, and waits; given by reference, it can be kept.
    ///
    /// ```no_run
    /// use ccc_api::{blocking, make_call::MakeCallRequest};
    ///
    /// # fn run(client: blocking::Client) -> Result<(), Box<dyn std::error::Error>> {
    /// let request =
    ///     MakeCallRequest::builder().instance_id("ccc-test").device_id("dev-1").callee("13188888888").build();
    /// let answer = client.send(&request)?;
    /// # let _ = answer;
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    /// [`Error`] tells what went wrong, and whether the request may have reached the service.
    pub fn send<O: Operation>(&self, request: O) -> Result<Answer<O::Response>, Error<O::Error>> {
        self.driver.wait_for(self.client.send(request)).unwrap_or_else(|why| Err(unwaitable(O::ACTION, why)))
    }

    pub(crate) fn send_by_name(
        &self,
        request: &RequestByName,
    ) -> Result<Answer<JsonResponse>, Error<ServiceError>> {
        self.driver
            .wait_for(self.client.send_by_name(request))
            .unwrap_or_else(|why| Err(unwaitable(request.operation().to_owned(), why)))
    }
}

impl Sender for Client {
    type Sending<O: Operation + 'static> = Result<Answer<O::Response>, Error<O::Error>>;

    fn send<O: Operation + 'static>(&self, request: O) -> Self::Sending<O> {
        self.send(request)
    }

    fn customized(self, options: CallOptions) -> Self {
        Self { client: self.client.customized(options), driver: self.driver }
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").field("endpoint", self.endpoint()).finish_non_exhaustive()
    }
}
