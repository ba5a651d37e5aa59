//! The product-neutral runtime: what any operation of any RPC product of Alibaba Cloud needs.
//!
//! Its modules are layers, of which each uses those before it: `text`, `wire`, `identity`, `request`, `transport`, `retry`,
//! `providers`, `call`, `client`.

// What fails between a request and its answer is made by the client alone.
#![cfg_attr(not(feature = "client"), expect(dead_code, unused_imports, reason = "only the client uses it"))]

mod call;
#[cfg(feature = "client")]
mod client;
mod identity;
mod providers;
mod request;
mod retry;
mod text;
#[cfg(feature = "client")]
mod transport;
mod wire;

pub use call::answer::Answer;
#[cfg(feature = "client")]
pub use call::by_name::JsonResponse;
#[cfg(feature = "client")]
pub(crate) use call::by_name::RequestByName;
#[cfg(feature = "blocking")]
pub(crate) use call::error::unwaitable;
pub use call::error::{
    DocumentedError, Error, ErrorKind, Interrupted, NotSent, OperationError, Redirected, ServiceError,
    TimedOut, Unreadable,
};
#[cfg(feature = "client")]
pub use call::intercept::{Attempt, AttemptOutcome, BoxError, Interceptor};
pub use call::interpret::read_answer;
pub use call::limits::CallOptions;
pub use call::operation::{Operation, Sender};
#[cfg(feature = "client")]
pub use client::config::{Config, ConfigBuilder};
#[cfg(feature = "blocking")]
pub(crate) use client::driver::Driver;
#[cfg(feature = "client")]
pub(crate) use client::pipeline::Pipeline;
pub use identity::chain::CredentialsChain;
pub use identity::credentials::Credentials;
pub use identity::error::CredentialsError;
pub use identity::provider::ProvideCredentials;
pub use providers::EnvironmentCredentials;
#[cfg(feature = "client")]
pub use providers::{
    AssumeRoleCredentials, CachedCredentials, CliProfileCredentials, DefaultCredentials,
    EcsRamRoleCredentials, FileCredentials, OidcCredentials, ProviderConfig, Role, UriCredentials,
};
pub use request::config_error::ConfigError;
pub use request::endpoint::{Endpoint, EndpointRules, Network, Scheme};
pub use retry::policy::RetryPolicy;
pub use text::clock::{Clock, FixedClock, SystemClock};
pub use text::future::BoxFuture;
#[cfg(feature = "client")]
pub use text::nonce::{NonceError, NonceSource, RandomNonces};
pub use text::redacted::{REDACTED, Redacted};
pub use text::skew::ClockSkew;
#[cfg(feature = "reqwest")]
pub use transport::ReqwestTransport;
#[cfg(feature = "tls-no-provider")]
pub use transport::Trust;
#[cfg(feature = "client")]
pub use transport::{MAX_BODY, Transport, TransportError};
pub use wire::builder::{Missing, Set};
pub use wire::decode::{
    Context, Decode, Decoded, Envelope, Format, Malformed, Note, Structure, UnknownField, decode,
};
pub use wire::open_enum::UnknownValue;
pub use wire::parameters::{Parameter, ParameterList, ParameterValue, Parameters};
pub use wire::record::FailedAttempt;
pub use wire::redact::Redactor;

/// The target of all spans and events.
#[cfg(feature = "tracing")]
const TARGET: &str = "ccc_api";

/// Signing: from parameters, credentials, a time and a nonce to the request on the wire, all of it pure.
pub mod sign {
    pub use super::request::prepare::{Method, SignatureScheme, Unsigned, prepare};
    pub use super::text::clock::{parse_timestamp, timestamp};
    pub use super::text::percent;
    pub use super::wire::sign::{SignatureMismatch, SignedText, acs3, canonical_query, v1};
}

/// What the derives write against. Not for people: it may change in any release.
#[doc(hidden)]
pub mod derive {
    use super::{DocumentedError, ServiceError, UnknownValue};

    pub use super::wire::decode::{
        decode_open_enum, decode_structure, decode_structure_over, fill, fill_wrapped, skip,
    };
    pub use super::wire::parameters::write_json_object;
    pub use serde::Deserializer;
    #[cfg(feature = "serialize")]
    pub use serde::ser::{Serialize, SerializeStruct, Serializer};

    /// A value no variant stands for.
    #[must_use]
    pub fn unknown_value(value: &str) -> UnknownValue {
        UnknownValue::new(value)
    }

    /// What stands in an error's message where one of its documented messages has `%s`: as many as asked for.
    #[must_use]
    pub fn arguments(
        service: &ServiceError,
        documented: &[DocumentedError],
        count: usize,
    ) -> std::vec::IntoIter<Option<String>> {
        service.arguments(documented, count).into_iter()
    }

    /// How many documented errors some lists hold.
    #[must_use]
    pub const fn count(mut lists: &[&[DocumentedError]]) -> usize {
        let mut count = 0;
        while let Some((first, rest)) = lists.split_first() {
            count += first.len();
            lists = rest;
        }
        count
    }

    /// Lists of documented errors as one, which is as long as they are together.
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

    /// An argument of an error's message, made fit for logs.
    #[must_use]
    pub fn shown_argument<'s>(
        service: &ServiceError,
        argument: Option<&'s String>,
    ) -> Option<ShownArgument<'s>> {
        argument.map(|text| ShownArgument(service.shows(text).then_some(text)))
    }

    /// Shows an argument, or that there is one.
    pub struct ShownArgument<'s>(Option<&'s String>);

    impl std::fmt::Debug for ShownArgument<'_> {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            match self.0 {
                Some(text) => text.fmt(f),
                None => super::REDACTED.fmt(f),
            }
        }
    }
}
