//! Client for Alibaba Cloud Call Center (CCC, version 2020-07-01): typed requests, responses and errors.
//!
//! ```no_run
//! use ccc_api::operation::make_call::MakeCallError;
//! use ccc_api::{Client, Error};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! // Credentials are looked for where the official clients look.
//! let client = Client::from_env()?;
//! let placed = client
//!     .make_call()
//!     .instance_id("ccc-test")
//!     .device_id("ACC-YUNBS-1.0.10-bsd87c04aaa8f7000176ad354b1c")
//!     .callee("13188888888")
//!     .send()
//!     .await;
//! match placed {
//!     Ok(response) => println!("job {:?}", response.data.call_context.job_id),
//!     Err(Error::Service(MakeCallError::UserBusy { user, .. })) => println!("{user:?} is on the phone"),
//!     Err(error) => return Err(error.into()),
//! }
//! # Ok(()) }
//! ```
//!
//! # What it promises
//!
//! - **A phone rings once.** A request that places a call is sent again only when it surely never reached the service
//!   (no connection), or when the service said that it refused the request (throttling, a wrong clock). After anything
//!   else, a lost response included, the [`Error`] says that the call
//!   [may have been placed](Error::may_have_been_placed).
//! - **A placed call is not lost to decoding.** A value that does not fit its field costs that field and leaves a
//!   [note](Response::notes). The [raw body](Response::raw_body) stays.
//! - **The unknown is normal.** New enum values, error codes and fields pass through; none is an error.
//! - **Secrets and phone numbers** are in no `Debug`, log or error text.
//!
//! # Errors
//!
//! An operation's own error names the codes of its page, with their arguments. [`operation::ErrorCode`] has the codes of
//! all pages, for code that does not care which operation it was:
//!
//! ```
//! use ccc_api::Error;
//! use ccc_api::error::OperationError;
//! use ccc_api::operation::ErrorCode;
//!
//! fn advice<E: OperationError>(error: &Error<E>) -> &'static str {
//!     match ErrorCode::from_error(error) {
//!         Some(ErrorCode::NotExistsInstanceId) => "check the instance",
//!         Some(ErrorCode::UserBusy) => "try again later",
//!         _ if error.may_have_been_placed() => "look whether the phone rang",
//!         _ => "ask for help",
//!     }
//! }
//! ```
//!
//! # Lists, structures and times
//!
//! An operation that pages gives its [`items`](paging::Items) one by one, or whole [`pages`](paging::Pages). What a request
//! sends as JSON is typed: lists take their elements, structures have builders. Times and durations convert by
//! [`UnixMillis`](time::UnixMillis) and [`Seconds`](time::Seconds). Optional parameters have a second setter for an
//! `Option`, such as `set_user_id`.
//!
//! ```
//! use std::time::{Duration, SystemTime};
//!
//! use ccc_api::time::UnixMillis;
//! use ccc_api::types::CaseParameter;
//! # #[cfg(feature = "mock")]
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let endpoint = ccc_api::mock::MockEndpoint::start().await?;
//! # let client = ccc_api::Client::new(endpoint.config())?;
//!
//! let an_hour_ago = SystemTime::now() - Duration::from_secs(3600);
//! let records = client.list_call_detail_records().instance_id("ccc-test");
//! let mut records = records.start_time(UnixMillis::from(an_hour_ago)).items();
//! while let Some(record) = records.next().await {
//!     println!("{:?}", record?.contact_id);
//! }
//!
//! let case = CaseParameter::builder().phone_number("12000000001").reference_id("order-4711").build();
//! client.add_cases().instance_id("ccc-test").campaign_id("campaign-1").case_list([case]).send().await?;
//! # Ok(()) }
//! # #[cfg(not(feature = "mock"))]
//! # fn main() {}
//! ```
//!
//! # Where things are
//!
//! | module | what it holds |
//! |---|---|
//! | [`operation`] | a module for each operation: its request, response and error; [`operation::ErrorCode`] |
//! | [`types`] | structures and enums that operations share |
//! | [`config`] | [`ConfigBuilder`](config::ConfigBuilder), [`CallOptions`](config::CallOptions), endpoints |
//! | [`credentials`] | providers of credentials |
//! | [`error`], [`response`] | what an [`Error`] holds, and what a [`Response`] tells beside its value |
//! | [`retry`], [`transport`], [`interceptor`] | the retry policy, what carries requests, what watches attempts |
//! | [`paging`], [`time`] | lists that come in pages; milliseconds and seconds as times |
//! | [`sign`] | signing, clocks and nonces |
//! | [`custom`] | what operations and products are made of, for an operation of your own |
//! | `blocking`, `desk`, `mock` | the client without async; an agent's desk; the local endpoint for tests |
//!
//! # Configuration
//!
//! [`Config::builder`] takes the region, the endpoint, credentials, the signature, time limits and a
//! [`RetryPolicy`](retry::RetryPolicy). [`Client::with_options`] changes the last two for single calls. Credentials,
//! transport, clock and nonces are traits: [`CredentialsProvider`](credentials::CredentialsProvider),
//! [`Transport`](transport::Transport), [`Clock`](sign::Clock), [`NonceSource`](sign::NonceSource).
//!
//! - A client works within a Tokio runtime that has I/O and time switched on. Elsewhere a call is an error before
//!   anything is sent. Runtimes may come and go, and share a client: a connection stays with the runtime that made it.
//! - An idle connection is kept for [4 s](config::ConfigBuilder::idle_timeout), and
//!   [1,024 of them](config::ConfigBuilder::max_idle_connections) at most. After more than a second of idleness, a
//!   connection serves idempotent operations only. The client looks at each connection right before it uses it.
//! - The [proxy](config::ConfigBuilder::proxy) is that of the configuration or of the environment, for calls and for
//!   requests for credentials alike. A variable that cannot be read is an error.
//! - Clients that are made from one [`Config`] share its credentials. Those of one endpoint share connections too.
//!
//! # Credentials
//!
//! By default [`DefaultProvider`](credentials::DefaultProvider) looks where the official clients look: environment,
//! OIDC, the profiles of the command line interface, the shared file, the role of the ECS instance, a URI. Each of
//! these providers can be used alone. So can [`Credentials`] as they are,
//! [`AssumeRoleProvider`](credentials::AssumeRoleProvider), and a provider of your own;
//! [`CachedProvider`](credentials::CachedProvider) and [`ProviderChain`](credentials::ProviderChain) help to build one.
//!
//! # Observing
//!
//! With the feature `tracing`, on by default, a call is a span `call` (level info). It holds a span `attempt` (debug)
//! for each time that the request was sent. Their fields are `outcome`, `http.response.status_code`, `request_id`,
//! `error.type`, `elapsed_ms` and the like; a call that was dropped has no outcome. Three events are logged:
//!
//! - another attempt follows (info);
//! - credentials were fetched (info), or could not be (warn);
//! - the clock is wrong (warn).
//!
//! The target of all is `acs_runtime`. An [`Interceptor`](interceptor::Interceptor) sees the same as values, and adds
//! headers.
//!
//! # Features
//!
//! | feature | default | what it adds |
//! |---|---|---|
//! | `client` | yes | clients; without it: types, signing and decoding, for `wasm32-unknown-unknown` too |
//! | `blocking` | | a client for programs without async |
//! | `tls` | yes | HTTPS by rustls and aws-lc (`tls-aws-lc`), trusting what the operating system trusts |
//! | `tls-ring` | | the same with ring; if both are on, aws-lc is used |
//! | `tls-no-provider` | | the same with the cryptography that the application installs for its process |
//! | `tls-webpki-roots` | | Mozilla's root certificates in the program: `Trust::Mozilla` |
//! | `reqwest` | | `ReqwestTransport`, which sends with the application's own reqwest client |
//! | `tracing` | yes | spans of the crate `tracing` for calls and attempts |
//! | `serialize` | | `serde::Serialize` for responses and their types, by names on the wire, phone numbers included |
//! | `desk` | | an agent's desk over the areas `call-control` and `agents`: calls, waits with limits, events |
//! | `mock` | | a local endpoint that behaves like the service, for tests |
//! | `all-areas` | yes | the operations of every area; without it, name the areas: `call-control`, `agents`, … |
//!
//! # Operations
//!
//! All operations of Call Center 2020-07-01, by area. Each area is a feature.
#![doc = include_str!("generated/operations.md")]

#[cfg(feature = "desk")]
pub mod desk;
// Formatted by the generator, so that its output stands to the byte.
#[rustfmt::skip]
mod generated;
#[cfg(feature = "mock")]
pub mod mock;

#[cfg(feature = "client")]
pub use acs_runtime::{Config, interceptor, transport};
pub use acs_runtime::{Credentials, Error, Response};
pub use acs_runtime::{config, credentials, custom, error, paging, response, retry, sign, time};
pub use generated::{CloudCallCenter, operation, types};

#[cfg(feature = "client")]
acs_runtime::client! {
    /// Sends operations of Call Center.
    ///
    /// Cloning is cheap; all clones share their connections, so make one client and clone it. It is used within a Tokio
    /// runtime that has I/O and time switched on, else a call is an error and nothing was sent; several runtimes may share it.
    ///
    /// A request is sent again only as its [`RetryPolicy`](retry::RetryPolicy) allows: one that places a call, when it
    /// surely never reached the service or was refused there. Redirections are not followed. Dropping the future of a
    /// request abandons it, and no further attempt begins; whether one reached the service is then not known.
    ///
    /// ```no_run
    /// use ccc_api::{Client, Config, Credentials};
    ///
    /// # async fn run() -> Result<(), Box<dyn std::error::Error>> {
    /// let config = Config::builder().credentials(Credentials::new("testid", "testsecret")).build()?;
    /// let client = Client::new(config)?;
    /// let response =
    ///     client.make_call().instance_id("ccc-test").device_id("dev-1").callee("13188888888").send().await?;
    /// println!("job {:?}, request {:?}", response.data.call_context.job_id, response.request_id());
    /// # Ok(()) }
    /// ```
    ///
    /// An operation that this crate has no builder for yet is called by its name:
    ///
    /// ```no_run
    /// # async fn run(client: ccc_api::Client) -> Result<(), Box<dyn std::error::Error>> {
    /// let response = client
    ///     .call("GetInstance")
    ///     .parameter("InstanceId", "ccc-test")
    ///     .send()
    ///     .await?;
    /// println!("instance {}", response["Data"]["Name"]);
    /// # Ok(()) }
    /// ```
    pub struct Client(acs_runtime::Client<CloudCallCenter>);
}

/// The client for programs without async: the same calls, by functions that return when the response is there.
///
/// ```
/// use ccc_api::operation::make_call::MakeCallError;
/// use ccc_api::{blocking, Error};
///
/// # #[cfg(feature = "mock")]
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
/// # let endpoint = runtime.block_on(ccc_api::mock::MockEndpoint::start())?;
/// # let config = endpoint.config();
/// let client = blocking::Client::new(config)?;
/// match client.make_call().instance_id("ccc-test").device_id("dev-1").callee("13188888888").send() {
///     Ok(response) => println!("job {:?}", response.data.call_context.job_id),
///     Err(Error::Service(MakeCallError::UserBusy { user, .. })) => println!("{user:?} is on the phone"),
///     Err(error) => return Err(error.into()),
/// }
/// # Ok(()) }
/// # #[cfg(not(feature = "mock"))]
/// # fn main() {}
/// ```
#[cfg(feature = "blocking")]
pub mod blocking {
    acs_runtime::client! {
        /// Sends operations of Call Center and waits for their responses.
        ///
        /// It is [`Client`](crate::Client) with a thread beside it that drives connections and fetches new credentials in
        /// time; all logic is the same. Cloning is cheap, and all clones, on whichever threads, share connections and that
        /// thread, which ends with the last of them.
        ///
        /// Within a task of Tokio, waiting would stop all other tasks: `send` refuses with an error, and nothing was sent.
        /// Within `spawn_blocking` and `block_in_place` it works. A process that forks makes its clients after that: in the
        /// child, `send` of a client that was made before refuses likewise.
        pub struct Client(acs_runtime::blocking::Client<crate::CloudCallCenter>);
    }
}
