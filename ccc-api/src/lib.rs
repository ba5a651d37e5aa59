//! Client for Alibaba Cloud Call Center (CCC, version 2020-07-01): typed requests, answers and errors.
//!
//! ```no_run
//! use ccc_api::make_call::MakeCallError;
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
//!     Ok(answer) => println!("job {:?}", answer.data.call_context.job_id),
//!     Err(Error::Service(MakeCallError::UserBusy { user, .. })) => println!("{user:?} is on the phone"),
//!     Err(error) => return Err(error.into()),
//! }
//! # Ok(()) }
//! ```
//!
//! # What it promises
//!
//! - **A phone rings once.** A request that places a call is sent again only when it surely never reached the service
//!   (no connection) or when the service said that it refused it (throttling, a wrong clock). After anything else, and
//!   be it a lost answer, the [`Error`] says that the call [may have been placed](Error::may_have_been_placed).
//! - **A call that was placed is not lost to decoding.** A value that fits nothing costs its field and leaves a
//!   [note](Answer::notes); the [raw body](Answer::raw_body) stays.
//! - **The unknown is normal.** New enum values, error codes and fields are carried, none is an error.
//! - **Secrets and phone numbers** are in no `Debug`, log or error text.
//!
//! # Configuration
//!
//! [`Config::builder`] takes region, endpoint, credentials, signature, time limits and a
//! [`RetryPolicy`]; [`Client::with_options`] changes the last two for single calls. Credentials, transport, clock
//! and nonces are traits: [`ProvideCredentials`], [`Transport`], [`Clock`], [`NonceSource`].
//!
//! - A client is used within a Tokio runtime that has I/O and time switched on; elsewhere a call is an error before anything
//!   is sent. Runtimes may come and go, and share a client: its connections stay with the runtime that made them.
//! - An idle connection is kept for [4 s](ConfigBuilder::idle_timeout). One that was idle for more than a second serves
//!   no operation that must not be repeated, and each is looked at right before it is used.
//! - The [proxy](ConfigBuilder::proxy) is the one of the configuration or of the environment, for calls and for requests for
//!   credentials alike. A variable that cannot be read is an error.
//!
//! # Credentials
//!
//! By default [`DefaultCredentials`] look where the official clients look: environment, OIDC, the profiles of the command
//! line interface, the shared file, the ECS instance role, a URI. Each of these can be used alone, too; so can
//! [`Credentials`] as they are, [`AssumeRoleCredentials`], and a provider of your own, which [`CachedCredentials`] and
//! [`CredentialsChain`] help to build.
//!
//! # Observing
//!
//! With the feature `tracing`, on by default, a call is a span `call` (level info) that holds a span `attempt` (debug)
//! for each time it was sent: with `outcome`, `http.response.status_code`, `request_id`, `error.type`, `elapsed_ms` and
//! the like; a call that was dropped has no outcome. That another attempt follows is an event (info), as are
//! credentials that were fetched (info, or warn if there are none) and a clock that is wrong (warn). Their target is `ccc_api`. An [`Interceptor`] sees the same as values, and adds headers.
//!
//! # Features
//!
//! | feature | default | what it adds |
//! |---|---|---|
//! | `client` | yes | clients that send; without it: types, signing and decoding, for `wasm32-unknown-unknown` too |
//! | `blocking` | | a client for programs without async |
//! | `tls` | yes | HTTPS by rustls and aws-lc (`tls-aws-lc`), trusting what the operating system trusts |
//! | `tls-ring` | | the same with ring, which aws-lc goes before where both are on |
//! | `tls-no-provider` | | the same with the cryptography that the application installs for its process |
//! | `tls-webpki-roots` | | Mozilla's root certificates in the program: `Trust::Mozilla` |
//! | `reqwest` | | `ReqwestTransport`: requests through a client of reqwest that the application made |
//! | `tracing` | yes | spans of the crate `tracing` for calls and attempts |
//! | `serialize` | | `serde::Serialize` for responses and their types, phone numbers and all, under the names on the wire |
//! | `mock` | | a local endpoint that behaves like the service, for tests |
//! | `all-areas` | yes | the operations of every area; without it, those of the areas that are named: `call-control`, `agents`, … |

#[cfg(all(feature = "client", target_family = "wasm", target_os = "unknown"))]
compile_error!(
    "the feature `client` of ccc-api needs sockets and timers, which this target does not have: depend on it with \
     `default-features = false` for its types, signing and decoding"
);

// Derives name the crate from outside, also where the crate itself uses them.
extern crate self as ccc_api;

#[cfg(feature = "blocking")]
pub mod blocking;
#[cfg(feature = "client")]
mod by_name;
#[cfg(feature = "client")]
mod client;
mod documented;
// Formatted by the generator, so that its output stands to the byte.
#[rustfmt::skip]
mod generated;
#[cfg(feature = "mock")]
pub mod mock;
mod placed;
pub mod runtime;

#[cfg(feature = "client")]
pub use by_name::CallByName;
pub use bytes::Bytes;
pub use ccc_macros::{Builder, Decode, ErrorCodes, OpenEnum, Parameters, RedactedDebug, operation_error};
#[cfg(feature = "client")]
pub use client::Client;
// A module for each operation, so that a new one needs no line here.
pub use generated::*;
pub use http;
#[cfg(feature = "reqwest")]
pub use runtime::ReqwestTransport;
#[cfg(feature = "tls-no-provider")]
pub use runtime::Trust;
pub use runtime::sign;
pub use runtime::{
    Answer, BoxFuture, CallOptions, Clock, ClockSkew, ConfigError, Credentials, CredentialsChain,
    CredentialsError, Decode, Decoded, DocumentedError, Endpoint, EndpointRules, Envelope,
    EnvironmentCredentials, Error, ErrorKind, FailedAttempt, FixedClock, Format, Interrupted, Malformed,
    Network, NotSent, Note, Operation, OperationError, Parameter, ParameterList, ParameterValue, Parameters,
    ProvideCredentials, Redactor, Redirected, RetryPolicy, Scheme, Sender, ServiceError, SystemClock,
    TimedOut, UnknownField, UnknownValue, Unreadable, decode, read_answer,
};
#[cfg(feature = "client")]
pub use runtime::{
    AssumeRoleCredentials, Attempt, AttemptOutcome, BoxError, CachedCredentials, CliProfileCredentials,
    Config, ConfigBuilder, DefaultCredentials, EcsRamRoleCredentials, FileCredentials, Interceptor,
    JsonResponse, NonceError, NonceSource, OidcCredentials, ProviderConfig, RandomNonces, Role, Transport,
    TransportError, UriCredentials,
};
#[cfg(feature = "tls-no-provider")]
pub use rustls;
