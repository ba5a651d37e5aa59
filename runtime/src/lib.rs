//! The product-neutral runtime of clients for Alibaba Cloud's RPC services: signing, credentials, transport, retries,
//! decoding, errors.
//!
//! A product is a type that implements [`custom::Product`], its operations are request types that implement
//! [`custom::Operation`], and a `Client` sends the operations of its product. The crates of products are generated and
//! use this one. An operation that no crate has yet can be called by name.
//!
//! The crate's modules are layers. Each uses only those before it: `text`, `wire`, `identity`, `request`, `transport`,
//! `retry`, `providers`, `call`, `client`.
//!
//! # Features
//!
//! | feature | default | what it adds |
//! |---|---|---|
//! | `client` | yes | clients that send; without it: types, signing, decoding, also for `wasm32-unknown-unknown` |
//! | `blocking` | | a client for programs without async |
//! | `tls` | yes | HTTPS by rustls and aws-lc (`tls-aws-lc`), with the root certificates of the operating system |
//! | `tls-ring` | | with ring; `tls-aws-lc` takes precedence |
//! | `tls-no-provider` | | with the cryptography that the application installs for its process |
//! | `tls-webpki-roots` | | Mozilla's root certificates in the program: `Trust::Mozilla` |
//! | `reqwest` | | `ReqwestTransport`: requests through the application's own reqwest client |
//! | `tracing` | yes | spans of the crate `tracing` for calls and attempts, with the target `acs_runtime` |
//! | `serialize` | | `serde::Serialize` for JSON responses |

// Without the client, nothing creates the errors of an exchange.
#![cfg_attr(not(feature = "client"), expect(dead_code, reason = "only the client uses it"))]

#[cfg(all(feature = "client", target_family = "wasm", target_os = "unknown"))]
compile_error!(
    "the feature `client` needs sockets and timers, which this target does not have: depend on the crate with \
     `default-features = false` for its types, signing and decoding"
);

// Derives refer to the crate by its name, in its own tests too.
#[cfg(test)]
extern crate self as acs_runtime;

mod call;
#[cfg(feature = "client")]
mod client;
#[cfg(feature = "description")]
pub mod description;
mod identity;
mod providers;
mod request;
pub mod retry;
mod text;
#[cfg(feature = "client")]
pub mod transport;
mod wire;

pub use call::error::Error;
pub use call::response::Response;
#[cfg(feature = "client")]
pub use client::asynchronous::Client;
#[cfg(feature = "client")]
pub use client::config::Config;
pub use identity::credentials::Credentials;

/// The target of all spans and events.
#[cfg(feature = "tracing")]
const TARGET: &str = "acs_runtime";

/// The client for programs without async: the same calls, as blocking functions.
#[cfg(feature = "blocking")]
pub mod blocking {
    pub use crate::client::blocking::Client;
}

/// Configuration of clients: endpoints, trust, time limits, and options of single calls.
pub mod config {
    pub use crate::call::limits::CallOptions;
    #[cfg(feature = "client")]
    pub use crate::client::config::ConfigBuilder;
    pub use crate::request::config_error::ConfigError;
    pub use crate::request::endpoint::{Endpoint, EndpointRules, Network, Scheme};
    #[cfg(feature = "tls-no-provider")]
    pub use crate::transport::trust::Trust;
}

/// Providers of credentials: those of the official clients, and the parts for a provider of your own.
pub mod credentials {
    pub use crate::identity::chain::ProviderChain;
    pub use crate::identity::error::CredentialsError;
    pub use crate::identity::provider::CredentialsProvider;
    pub use crate::providers::EnvironmentProvider;
    #[cfg(feature = "client")]
    pub use crate::providers::{
        AssumeRoleProvider, CachedProvider, CliProfileProvider, DefaultProvider, EcsRamRoleProvider,
        FileProvider, OidcProvider, ProviderConfig, Role, UriProvider,
    };
}

/// The parts of an [`Error`].
pub mod error {
    pub use crate::call::error::{
        DocumentedError, ErrorKind, Interrupted, NotSent, OperationError, Redirected, ServiceError, TimedOut,
        Unreadable,
    };
    pub use crate::wire::record::FailedAttempt;
}

/// The parts of a [`Response`] besides its value.
pub mod response {
    #[cfg(feature = "client")]
    pub use crate::call::by_name::JsonResponse;
    pub use crate::wire::decode::{Envelope, Format, Note, UnknownField};
    pub use crate::wire::open_enum::UnknownValue;
}

/// Paged lists: iteration over pages and items, and the trait of requests for pages.
pub mod paging {
    pub use crate::call::paging::{Items, PageNumber, PageToken, Paged, Pages, Position};
}

/// Interceptors, which see every attempt.
#[cfg(feature = "client")]
pub mod interceptor {
    pub use crate::call::intercept::{Attempt, AttemptOutcome, BoxError, Interceptor};
}

/// Signing: builds the request on the wire from parameters, credentials, a time and a nonce.
pub mod sign {
    pub use crate::request::prepare::{Method, SignatureScheme, Unsigned, prepare};
    pub use crate::text::clock::{Clock, FixedClock, SystemClock, parse_timestamp, timestamp};
    #[cfg(feature = "client")]
    pub use crate::text::nonce::{NonceError, NonceSource, RandomNonces};
    pub use crate::text::percent;
    pub use crate::wire::sign::{SignatureMismatch, SignedText, acs3, canonical_query, v1};
}

/// Conversions between the times and durations of the standard library and those of parameters and fields.
pub mod time {
    pub use crate::text::seconds::Seconds;
    pub use crate::text::unix_millis::UnixMillis;
}

/// The parts of operations and products, for those that no crate has yet.
///
/// The code that the derives write refers to this crate, so a crate that uses them must depend on it.
pub mod custom {
    /// Any JSON value.
    pub use serde_json::Value;

    pub use ccc_macros::{
        Builder, Decode, ErrorCodes, OpenEnum, Parameters, RedactedDebug, both_clients, operation_error,
    };

    pub use crate::call::interpret::read_answer;
    pub use crate::call::operation::{Operation, Sender};
    pub use crate::call::product::Product;
    #[cfg(feature = "client")]
    pub use crate::client::call_by_name::CallByName;
    pub use crate::text::future::BoxFuture;
    pub use crate::text::redacted::{REDACTED, Redacted};
    pub use crate::wire::decode::{Context, Decode, Decoded, Malformed, Structure, decode};
    pub use crate::wire::parameters::{FieldTraits, Parameter, ParameterList, ParameterValue, Parameters};
    pub use crate::wire::redact::Redactor;
}

/// Items for the code that the derives write. Do not use them directly: they may change in any release.
#[doc(hidden)]
pub mod derive {
    pub use super::Error;
    pub use super::config::CallOptions;
    pub use super::custom::{
        Context, Decode, FieldTraits, Operation, Parameter, ParameterList, ParameterValue, Parameters,
        REDACTED, Sender, Structure,
    };
    pub use super::error::{DocumentedError, OperationError, ServiceError};
    pub use super::paging::{Items, Paged, Pages};
    pub use super::response::UnknownValue;
    pub use super::wire::builder::{Missing, Set, SetOr};

    pub use super::wire::decode::{
        decode_structure, decode_structure_over, decode_text, fill, fill_wrapped, skip,
    };
    pub use super::wire::parameters::write_json_object;
    pub use serde::Deserializer;
    #[cfg(feature = "serialize")]
    pub use serde::ser::{Serialize, SerializeStruct, Serializer};

    /// Creates a value that no variant stands for.
    #[must_use]
    pub fn unknown_value(value: &str) -> UnknownValue {
        UnknownValue::new(value)
    }

    /// Returns the `count` arguments of an error's message: the parts for which a documented message has `%s`.
    #[must_use]
    pub fn arguments(
        service: &ServiceError,
        documented: &[DocumentedError],
        count: usize,
    ) -> std::vec::IntoIter<Option<String>> {
        service.arguments(documented, count).into_iter()
    }

    /// Counts the documented errors in all lists.
    #[must_use]
    pub const fn count(mut lists: &[&[DocumentedError]]) -> usize {
        let mut count = 0;
        while let Some((first, rest)) = lists.split_first() {
            count += first.len();
            lists = rest;
        }
        count
    }

    /// Joins lists of documented errors. `N` is the sum of their lengths.
    #[must_use]
    pub const fn joined<const N: usize>(mut lists: &[&[DocumentedError]]) -> [DocumentedError; N] {
        let mut joined = [DocumentedError::new("", None, ""); N];
        let mut rest: &mut [DocumentedError] = &mut joined;
        while let Some((first, others)) = lists.split_first() {
            let mut list = *first;
            while let Some((error, after)) = list.split_first() {
                let Some((place, free)) = rest.split_first_mut() else { return joined };
                *place = *error;
                (list, rest) = (after, free);
            }
            lists = others;
        }
        joined
    }

    /// Makes an argument of an error's message fit for logs.
    #[must_use]
    pub fn shown_argument<'s>(
        service: &ServiceError,
        argument: Option<&'s String>,
    ) -> Option<ShownArgument<'s>> {
        argument.map(|text| ShownArgument(service.shows(text).then_some(text)))
    }

    /// Shows an argument, or `[redacted]` if it must stay out of logs.
    pub struct ShownArgument<'s>(Option<&'s String>);

    impl std::fmt::Debug for ShownArgument<'_> {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            match self.0 {
                Some(text) => text.fmt(f),
                None => REDACTED.fmt(f),
            }
        }
    }
}
