//! The product-neutral runtime: what any operation of any RPC product of Alibaba Cloud needs.

// What fails between a request and its answer is made by the client alone.
#![cfg_attr(not(feature = "client"), expect(dead_code, unused_imports, reason = "only the client uses it"))]

mod answer;
mod attempts;
mod builder;
#[cfg(feature = "client")]
mod by_name;
#[cfg(feature = "client")]
mod call;
mod clock;
#[cfg(feature = "client")]
mod config;
#[cfg(feature = "client")]
mod context;
mod credentials;
mod decode;
#[cfg(feature = "blocking")]
mod driver;
mod endpoint;
mod error;
#[cfg(feature = "client")]
mod exchange;
mod future;
#[cfg(feature = "client")]
mod intercept;
mod interpret;
mod limits;
#[cfg(feature = "client")]
mod nonce;
mod open_enum;
mod operation;
mod outcome;
mod parameters;
mod redact;
pub mod sign;
#[cfg(feature = "client")]
mod trace;
#[cfg(feature = "client")]
mod transport;

pub use answer::Answer;
pub use attempts::{ClockSkew, FailedAttempt, RetryPolicy};
pub use builder::{Missing, Set};
#[cfg(feature = "client")]
pub use by_name::JsonResponse;
#[cfg(feature = "client")]
pub(crate) use by_name::RequestByName;
#[cfg(feature = "client")]
pub(crate) use call::Pipeline;
pub use clock::{Clock, FixedClock, SystemClock};
#[cfg(feature = "tls-no-provider")]
pub use config::Trust;
#[cfg(feature = "client")]
pub use config::{Config, ConfigBuilder};
#[cfg(feature = "client")]
pub use credentials::{
    AssumeRoleCredentials, CachedCredentials, CliProfileCredentials, DefaultCredentials,
    EcsRamRoleCredentials, FileCredentials, OidcCredentials, ProviderConfig, Role, UriCredentials,
};
pub use credentials::{
    Credentials, CredentialsChain, CredentialsError, EnvironmentCredentials, ProvideCredentials,
};
pub use decode::{
    Context, Decode, Decoded, Envelope, Format, Malformed, Note, Structure, UnknownField, decode,
};
#[cfg(feature = "blocking")]
pub(crate) use driver::Driver;
pub use endpoint::{Endpoint, EndpointRules, Network, Scheme};
#[cfg(feature = "blocking")]
pub(crate) use error::unwaitable;
pub use error::{
    ConfigError, DocumentedError, Error, ErrorKind, Interrupted, NotSent, OperationError, Redirected,
    ServiceError, TimedOut, Unreadable,
};
pub use future::BoxFuture;
#[cfg(feature = "client")]
pub use intercept::{Attempt, AttemptOutcome, BoxError, Interceptor};
pub use interpret::read_answer;
pub use limits::CallOptions;
#[cfg(feature = "client")]
pub use nonce::{NonceError, NonceSource, RandomNonces};
pub use open_enum::UnknownValue;
pub use operation::{Operation, Sender};
pub use parameters::{Parameter, ParameterList, ParameterValue, Parameters};
pub use redact::{REDACTED, Redacted, Redactor};
#[cfg(feature = "reqwest")]
pub use transport::ReqwestTransport;
#[cfg(feature = "client")]
pub use transport::{MAX_BODY, Transport, TransportError};

/// What the derives write against. Not for people: it may change in any release.
#[doc(hidden)]
pub mod derive {
    use super::{DocumentedError, ServiceError, UnknownValue};

    pub use super::decode::{
        decode_open_enum, decode_structure, decode_structure_over, fill, fill_wrapped, skip,
    };
    pub use super::parameters::write_json_object;
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
