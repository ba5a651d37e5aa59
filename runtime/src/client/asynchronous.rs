//! The client of a product.

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;

use super::call_by_name::CallByName;
use super::config::Config;
use super::pipeline::Pipeline;
use crate::call::by_name::{JsonResponse, RequestByName};
use crate::call::error::{Error, ServiceError};
use crate::call::limits::CallOptions;
use crate::call::operation::{Operation, Sender};
use crate::call::product::Product;
use crate::call::response::Response;
use crate::request::config_error::ConfigError;
use crate::request::endpoint::Endpoint;
use crate::text::future::BoxFuture;
use crate::transport::Transport;

/// Sends operations of the product `P`.
///
/// Cloning is cheap and all clones share their connections, so make one client and clone it. Clients of several
/// products can be made from one [`Config`]: they share its credentials, and also connections if the endpoint is the
/// same. A client needs a Tokio runtime with I/O and time enabled; otherwise a call is an error, and nothing was sent.
/// Several runtimes may share a client.
///
/// A request is sent again only as the [`RetryPolicy`](crate::retry::RetryPolicy) allows: if its operation is not
/// idempotent, only if it surely never reached the service or was refused there. Redirections are not followed.
/// Dropping the future of a request abandons it: no further attempt begins, but an earlier one may have reached the
/// service.
pub struct Client<P> {
    pipeline: Arc<Pipeline>,
    options: CallOptions,
    product: PhantomData<fn() -> P>,
}

impl<P: Product> Client<P> {
    /// Creates a client.
    ///
    /// # Errors
    /// If no HTTP client can be built, for instance because the system trusts no certificate at all.
    pub fn new(config: Config) -> Result<Self, ConfigError> {
        let pipeline = Arc::new(Pipeline::new::<P>(config)?);
        Ok(Self { pipeline, options: CallOptions::new(), product: PhantomData })
    }

    /// Creates a client with the default credentials, and region and endpoint from the environment: see
    /// [`Config::from_env`].
    ///
    /// # Errors
    /// If the environment holds an invalid region or endpoint, and as [`new`](Self::new).
    pub fn from_env() -> Result<Self, ConfigError> {
        Self::new(Config::from_env()?)
    }

    /// Returns this client with other options for its calls; options that are left out stay unchanged.
    ///
    /// Both clients share connections, credentials and the retry budget, so a client for one call costs nothing.
    ///
    /// ```no_run
    /// use std::time::Duration;
    ///
    /// use acs_runtime::config::CallOptions;
    ///
    /// # fn run<P: acs_runtime::custom::Product>(client: acs_runtime::Client<P>) {
    /// let patient = client.with_options(CallOptions::new().timeout(Duration::from_secs(60)));
    /// # }
    /// ```
    #[must_use]
    pub fn with_options(&self, options: CallOptions) -> Self {
        self.clone().customized(options)
    }

    /// Begins a call by name, for operations of the product that have no request type yet.
    ///
    /// Signature, retries and errors are the same as for other calls. The client assumes the worst: it sends the
    /// request again only if it surely was not carried out, and shows none of its values.
    ///
    /// ```no_run
    /// # async fn run<P: acs_runtime::custom::Product>(client: acs_runtime::Client<P>)
    /// # -> Result<(), Box<dyn std::error::Error>> {
    /// let response = client.call("DescribeThings").parameter("PageNumber", "1").send().await?;
    /// println!("{} things", response["TotalCount"]);
    /// # Ok(()) }
    /// ```
    pub fn call(&self, operation: impl Into<String>) -> CallByName<Self> {
        CallByName::new(self.clone(), operation)
    }

    /// Returns the endpoint that requests are sent to.
    #[must_use]
    pub fn endpoint(&self) -> &Endpoint {
        self.pipeline.endpoint()
    }

    /// Returns the transport. You can wrap it in one of your own, for instance to record or count requests.
    ///
    /// ```no_run
    /// # fn run<P: acs_runtime::custom::Product>(client: acs_runtime::Client<P>) {
    /// let carrier = client.transport();
    /// println!("requests go through {carrier:?}");
    /// # }
    /// ```
    #[must_use]
    pub fn transport(&self) -> Arc<dyn Transport> {
        self.pipeline.transport()
    }

    /// Sends a request that was built separately; pass a reference to keep it.
    ///
    /// ```no_run
    /// use acs_runtime::custom::{Operation, Product};
    /// use acs_runtime::{Client, Error, Response};
    ///
    /// /// Sends the same request to two regions.
    /// async fn both<P: Product, O: Operation<Product = P>>(
    ///     [near, far]: [&Client<P>; 2],
    ///     request: &O,
    /// ) -> Result<[Response<O::Response>; 2], Error<O::Error>> {
    ///     Ok([near.send(request).await?, far.send(request).await?])
    /// }
    /// ```
    ///
    /// # Errors
    /// [`Error`] tells what went wrong, and whether the request may have reached the service.
    pub async fn send<O: Operation<Product = P>>(
        &self,
        request: O,
    ) -> Result<Response<O::Response>, Error<O::Error>> {
        self.pipeline.send(&request, &self.options).await
    }

    /// Sends a call by name.
    pub(super) async fn send_by_name(
        &self,
        request: &RequestByName,
    ) -> Result<Response<JsonResponse>, Error<ServiceError>> {
        self.pipeline.send_by_name::<P>(request, &self.options).await
    }
}

impl<P: Product> CallByName<Client<P>> {
    /// Sends the request.
    ///
    /// # Errors
    /// As [`Client::send`](crate::Client::send); [`code`](ServiceError::code) returns the code of the service.
    pub async fn send(self) -> Result<Response<JsonResponse>, Error<ServiceError>> {
        self.client.send_by_name(&self.request).await
    }
}

impl<P: Product> Sender for Client<P> {
    type Product = P;
    type Sending<O: Operation<Product = P> + 'static> =
        BoxFuture<'static, Result<Response<O::Response>, Error<O::Error>>>;

    fn dispatch<O: Operation<Product = P> + 'static>(&self, request: O) -> Self::Sending<O> {
        let pipeline = Arc::clone(&self.pipeline);
        let options = self.options.clone();
        Box::pin(async move { pipeline.send(&request, &options).await })
    }

    fn customized(self, options: CallOptions) -> Self {
        Self { options: options.or(self.options), ..self }
    }
}

impl<P> Clone for Client<P> {
    fn clone(&self) -> Self {
        Self { pipeline: Arc::clone(&self.pipeline), options: self.options.clone(), product: PhantomData }
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
