//! Client for Alibaba Cloud Call Center.

// Derives name the crate from outside, also where the crate itself uses them.
extern crate self as ccc_api;

mod client;
// Formatted by the generator, so that its output stands to the byte.
#[rustfmt::skip]
mod generated;
#[cfg(feature = "mock")]
pub mod mock;
pub mod runtime;

pub use bytes::Bytes;
pub use ccc_macros::{Builder, Decode, OpenEnum, OperationError, Parameters, RedactedDebug};
pub use client::Client;
// A module for each operation, so that a new one needs no line here.
pub use generated::*;
pub use http;
pub use runtime::sign;
pub use runtime::{
    Answer, BoxFuture, Clock, Config, ConfigBuilder, ConfigError, Credentials, CredentialsError, Decode,
    Decoded, DocumentedError, Endpoint, EndpointRules, Envelope, EnvironmentCredentials, Error, FixedClock,
    Format, Interrupted, Malformed, Network, NonceError, NonceSource, NotSent, Note, Operation,
    OperationError, Parameter, ParameterList, ParameterValue, Parameters, ProvideCredentials, RandomNonces,
    Redactor, Redirected, ReqwestTransport, Scheme, Sender, ServiceError, SystemClock, TimedOut, Transport,
    TransportError, UnknownField, UnknownValue, Unreadable, decode,
};
