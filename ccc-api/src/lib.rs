//! Client for Alibaba Cloud Call Center (CCC, version 2020-07-01): typed requests, responses and errors.
//!
//! ```no_run
//! use ccc_api::operation::make_call::MakeCallError;
//! use ccc_api::{Client, Error};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! // Looks for credentials where the official clients look.
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
//! - **A phone rings once.** A request that places a call is sent again only if it certainly never reached the service
//!   (no connection), or if the service refused it (throttling, a wrong clock). After any other failure, such as a lost
//!   response, the [`Error`] says that the call [may have been placed](Error::may_have_been_placed).
//! - **A placed call is not lost to decoding.** If a value does not fit its field, that field is empty and a
//!   [note](Response::notes) says why. The [raw body](Response::raw_body) is always there.
//! - **The unknown is normal.** New enum values, error codes and fields are passed on, and are not errors.
//! - **Secrets and phone numbers** appear in no `Debug` output, log or error text.
//!
//! # Errors
//!
//! Each operation has an error type with the codes of its page and their arguments. [`operation::ErrorCode`] has the
//! codes of all pages, for code that handles errors of any operation:
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
//! An operation that returns a list in pages has [`items`](paging::Items), one by one, and whole
//! [`pages`](paging::Pages). Parameters that are sent as JSON are typed: lists take their elements, structures have
//! builders. [`UnixMillis`](time::UnixMillis) and [`Seconds`](time::Seconds) convert times and durations. Optional
//! parameters have a second setter that takes an `Option`, such as `set_user_id`.
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
//! | [`error`], [`response`] | the parts of an [`Error`]; notes and other details of a [`Response`] |
//! | [`retry`], [`transport`], [`interceptor`] | the retry policy; sending requests; observing attempts |
//! | [`paging`], [`time`] | lists that come in pages; milliseconds and seconds as times |
//! | [`sign`] | signing, clocks and nonces |
//! | [`custom`] | traits of operations and products, for an operation of your own |
//! | `blocking`, `desk`, `mock` | the client without async; an agent's desk; the local endpoint for tests |
//! | `description` | the documentation of each operation, for tools |
//!
//! # Configuration
//!
//! [`Config::builder`] takes the region, the endpoint, credentials, the signature, time limits and a
//! [`RetryPolicy`](retry::RetryPolicy). [`Client::with_options`] changes the last two for single calls. Providers of
//! credentials, the transport, the clock and nonces are traits:
//! [`CredentialsProvider`](credentials::CredentialsProvider), [`Transport`](transport::Transport),
//! [`Clock`](sign::Clock), [`NonceSource`](sign::NonceSource).
//!
//! - A client needs a Tokio runtime with I/O and time enabled. Without one, a call returns an error and sends nothing.
//!   Several runtimes can use the same client; each connection belongs to the runtime that opened it.
//! - An idle connection is kept for [4 s](config::ConfigBuilder::idle_timeout), and at most
//!   [1,024](config::ConfigBuilder::max_idle_connections) are kept. A connection that was idle for more than a second is
//!   used for idempotent operations only. The client checks each connection right before it uses it.
//! - The [proxy](config::ConfigBuilder::proxy) of the configuration or of the environment is used for calls and for
//!   requests for credentials. An environment variable that cannot be read is an error.
//! - Clients that are made from one [`Config`] share its credentials. If they have the same endpoint, they share
//!   connections too.
//!
//! # Credentials
//!
//! By default [`DefaultProvider`](credentials::DefaultProvider) looks where the official clients look: environment,
//! OIDC, the profiles of the command line interface, the shared file, the role of the ECS instance, a URI. Each of
//! these providers can be used alone. Other choices are fixed [`Credentials`],
//! [`AssumeRoleProvider`](credentials::AssumeRoleProvider), and a provider of your own, for which there are
//! [`CachedProvider`](credentials::CachedProvider) and [`ProviderChain`](credentials::ProviderChain).
//!
//! # Observing
//!
//! With the feature `tracing`, on by default, each call is a span `call` (level info), with a span `attempt` (debug)
//! for each time that the request was sent. Their fields are `outcome`, `http.response.status_code`, `request_id`,
//! `error.type`, `elapsed_ms` and the like; a call that was dropped has no outcome. Three events are logged:
//!
//! - another attempt follows (info);
//! - credentials were fetched (info), or could not be fetched (warn);
//! - the clock is wrong (warn).
//!
//! The target of all is `acs_runtime`. An [`Interceptor`](interceptor::Interceptor) gets the same details as values, and
//! can add headers.
//!
//! # Features
//!
//! | feature | default | what it adds |
//! |---|---|---|
//! | `client` | yes | clients; without it, types, signing and decoding remain, also for `wasm32-unknown-unknown` |
//! | `blocking` | | a client for programs without async |
//! | `tls` | yes | HTTPS with rustls and aws-lc (`tls-aws-lc`), with the operating system's root certificates |
//! | `tls-ring` | | the same with ring; if both are enabled, aws-lc is used |
//! | `tls-no-provider` | | the same with the cryptography provider that the application installs for its process |
//! | `tls-webpki-roots` | | Mozilla's root certificates, compiled in: `Trust::Mozilla` |
//! | `reqwest` | | `ReqwestTransport`, which sends with the application's own reqwest client |
//! | `tracing` | yes | spans of the crate `tracing` for calls and attempts |
//! | `serialize` | | `serde::Serialize` for responses and their types, with the names on the wire and with phone numbers |
//! | `desk` | | an agent's desk, made of the areas `call-control` and `agents`: calls, waits with limits, events |
//! | `description` | | the documentation of each operation, as constants for tools |
//! | `mock` | | a local endpoint that behaves like the service, for tests |
//! | `all-areas` | yes | the operations of every area; without it, enable single areas: `call-control`, `agents`, … |
//!
//! # Operations
//!
//! All operations of Call Center 2020-07-01, by area. Each area is a feature.
#![doc = include_str!("generated/operations.md")]

#[cfg(feature = "description")]
pub mod description;
#[cfg(feature = "desk")]
pub mod desk;
// The generator formats it, and its output must not change by a byte.
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
    /// Cloning is cheap, and all clones share their connections: make one client and clone it. It needs a Tokio runtime
    /// with I/O and time enabled; without one, a call returns an error and sends nothing. Several runtimes may share a
    /// client.
    ///
    /// A request is sent again only as its [`RetryPolicy`](retry::RetryPolicy) allows. A request that places a call is
    /// sent again only if it certainly never reached the service or was refused there. Redirections are not followed. If
    /// the future of a request is dropped, no further attempt begins; whether an attempt reached the service is then
    /// unknown.
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
    /// Call an operation that this crate has no builder for by its name:
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

/// The client for programs without async. Its calls block until the response has arrived.
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
        /// It works as [`Client`](crate::Client) does. A thread of its own drives connections and fetches new credentials
        /// in time. Cloning is cheap: all clones, on any thread, share connections and this thread, which ends with the
        /// last clone.
        ///
        /// Do not use it within a Tokio task, because waiting would block all other tasks: `send` returns an error and
        /// sends nothing. Within `spawn_blocking` and `block_in_place` it works. A process that forks must make its
        /// clients after the fork: in the child, `send` of a client that was made before returns an error too.
        pub struct Client(acs_runtime::blocking::Client<crate::CloudCallCenter>);
    }
}
