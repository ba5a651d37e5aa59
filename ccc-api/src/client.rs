//! The client of Call Center: what is generated of the product, over the product-neutral runtime.

use std::fmt;
use std::sync::Arc;

use crate::by_name::CallByName;
use crate::product::{CODE, ENDPOINT_VARIABLE, ENDPOINTS, SUCCESS_CODES, VERSION};
use crate::runtime::{
    Answer, BoxFuture, CallOptions, Config, ConfigError, Endpoint, Error, JsonResponse, Operation, Pipeline,
    RequestByName, Sender, ServiceError, Transport,
};

/// Sends operations of Call Center.
///
/// Cloning is cheap; all clones share their connections, so make one client and clone it. It is used within a Tokio
/// runtime that has I/O and time switched on, else a call is an error and nothing was sent; several runtimes may share it.
///
/// A request is sent again only as its [`RetryPolicy`](crate::RetryPolicy) allows: one that places a call, when it
/// surely never reached the service or was refused there. Redirections are not followed. Dropping the future of a
/// request abandons it, and no further attempt begins; whether one reached the service is then not known.
///
/// ```no_run
/// use ccc_api::{Client, Config, Credentials};
///
/// # async fn run() -> Result<(), Box<dyn std::error::Error>> {
/// let config = Config::builder().credentials(Credentials::new("testid", "testsecret")).build()?;
/// let client = Client::new(config)?;
/// let answer =
///     client.make_call().instance_id("ccc-test").device_id("dev-1").callee("13188888888").send().await?;
/// println!("job {:?}, request {:?}", answer.data.call_context.job_id, answer.request_id());
/// # Ok(()) }
/// ```
#[derive(Clone)]
pub struct Client {
    pipeline: Arc<Pipeline>,
    options: CallOptions,
}

impl Client {
    /// A client as configured.
    ///
    /// ```
    /// use ccc_api::{Client, Config, Scheme};
    ///
    /// let config = Config::builder().region("cn-beijing").scheme(Scheme::Http).build()?;
    /// assert_eq!(Client::new(config)?.endpoint().to_string(), "http://ccc.aliyuncs.com");
    /// # Ok::<(), ccc_api::ConfigError>(())
    /// ```
    ///
    /// # Errors
    /// When no HTTP client can be built, for instance because the system trusts no certificate at all.
    pub fn new(config: Config) -> Result<Self, ConfigError> {
        Ok(Self {
            pipeline: Arc::new(Pipeline::new(config, &ENDPOINTS, ENDPOINT_VARIABLE)?),
            options: CallOptions::new(),
        })
    }

    /// A client with the default credentials, and region and endpoint from the environment (`ALIBABA_CLOUD_REGION_ID`,
    /// `ALIBABA_CLOUD_CCC_ENDPOINT`): see [`Config::from_env`].
    ///
    /// # Errors
    /// When the environment holds a region or an endpoint that cannot be one, and as [`new`](Self::new).
    pub fn from_env() -> Result<Self, ConfigError> {
        Self::new(Config::from_env()?)
    }

    /// The same client with other options for its calls; what they leave out stays as it is.
    ///
    /// Connections, credentials and the retry budget are shared with this one, so a client for one call costs nothing.
    ///
    /// ```no_run
    /// use std::time::Duration;
    /// use ccc_api::{CallOptions, Client};
    ///
    /// # async fn run(client: Client) -> Result<(), Box<dyn std::error::Error>> {
    /// let hurried = client.with_options(CallOptions::new().timeout(Duration::from_secs(3)));
    /// let answer =
    ///     hurried.make_call().instance_id("ccc-test").device_id("dev-1").callee("13188888888").send().await?;
    /// # let _ = answer;
    /// # Ok(()) }
    /// ```
    #[must_use]
    pub fn with_options(&self, options: CallOptions) -> Self {
        self.clone().customized(options)
    }

    /// An operation by its name, for those of Call Center that this crate has no builder for yet.
    ///
    /// It takes the same way as the others: signature, retries, errors. What is not known of it is taken for the worst: it
    /// is sent again only when it surely was not carried out, and none of its values is shown.
    ///
    /// ```no_run
    /// # async fn run(client: ccc_api::Client) -> Result<(), Box<dyn std::error::Error>> {
    /// let answer = client
    ///     .call("ListUsers")
    ///     .parameter("InstanceId", "ccc-test")
    ///     .parameter("PageNumber", "1")
    ///     .send()
    ///     .await?;
    /// println!("{} users", answer["Data"]["TotalCount"]);
    /// # Ok(()) }
    /// ```
    pub fn call(&self, operation: impl Into<String>) -> CallByName<Self> {
        CallByName::of(self.clone(), operation)
    }

    /// Where requests go.
    #[must_use]
    pub fn endpoint(&self) -> &Endpoint {
        self.pipeline.endpoint()
    }

    /// What carries its requests, for putting a transport of your own in front of it: one that records or counts.
    ///
    /// ```
    /// use ccc_api::{Client, Config};
    ///
    /// let config = Config::builder().endpoint("http://127.0.0.1:8080").build()?;
    /// let carrier = Client::new(config)?.transport();
    /// println!("requests go through {carrier:?}");
    /// # Ok::<(), ccc_api::ConfigError>(())
    /// ```
    #[must_use]
    pub fn transport(&self) -> Arc<dyn Transport> {
        self.pipeline.transport()
    }

    /// Sends a request that was built by itself; given by reference, it can be kept.
    ///
    /// ```no_run
    /// use ccc_api::{Client, make_call::MakeCallRequest};
    ///
    /// # async fn run(client: Client) -> Result<(), Box<dyn std::error::Error>> {
    /// let request =
    ///     MakeCallRequest::builder().instance_id("ccc-test").device_id("dev-1").callee("13188888888").build();
    /// let answer = client.send(&request).await?;
    /// # let _ = answer;
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    /// [`Error`] tells what went wrong, and whether the request may have reached the service.
    pub async fn send<O: Operation>(&self, request: O) -> Result<Answer<O::Response>, Error<O::Error>> {
        self.pipeline.send(&request, &self.options).await
    }

    pub(crate) async fn send_by_name(
        &self,
        request: &RequestByName,
    ) -> Result<Answer<JsonResponse>, Error<ServiceError>> {
        self.pipeline.send_by_name(CODE, VERSION, SUCCESS_CODES, request, &self.options).await
    }
}

impl Sender for Client {
    type Sending<O: Operation + 'static> = BoxFuture<'static, Result<Answer<O::Response>, Error<O::Error>>>;

    fn send<O: Operation + 'static>(&self, request: O) -> Self::Sending<O> {
        let pipeline = Arc::clone(&self.pipeline);
        let options = self.options.clone();
        Box::pin(async move { pipeline.send(&request, &options).await })
    }

    fn customized(self, options: CallOptions) -> Self {
        Self { pipeline: self.pipeline, options: options.or(self.options) }
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").field("endpoint", self.endpoint()).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::ENDPOINTS;
    use crate::runtime::{Network, Scheme};

    fn host(region: Option<&str>, network: Network) -> String {
        ENDPOINTS.resolve(region, network, Scheme::Https).unwrap().authority().to_owned()
    }

    #[test]
    fn shanghai_is_the_default_and_has_a_host_of_its_own() {
        assert_eq!(host(None, Network::Public), "ccc.cn-shanghai.aliyuncs.com");
    }

    #[test]
    fn every_central_region_is_sent_to_the_central_host_and_stays_regional_in_a_vpc() {
        for region in ENDPOINTS.central_regions {
            assert_eq!(host(Some(region), Network::Public), "ccc.aliyuncs.com");
            assert_eq!(host(Some(region), Network::Vpc), format!("ccc-vpc.{region}.aliyuncs.com"));
        }
    }
}
