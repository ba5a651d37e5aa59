//! The product-neutral runtime: what any operation of any RPC product of Alibaba Cloud needs.

mod answer;
mod attempts;
mod builder;
mod call;
mod clock;
mod config;
mod credentials;
mod decode;
mod endpoint;
mod error;
mod exchange;
mod future;
mod interpret;
mod limits;
mod nonce;
mod open_enum;
mod operation;
mod parameters;
mod redact;
pub mod sign;
mod transport;

pub use answer::Answer;
pub use attempts::{ClockSkew, FailedAttempt, RetryPolicy};
pub use builder::{Missing, Set};
pub(crate) use call::Pipeline;
pub use clock::{Clock, FixedClock, SystemClock};
pub use config::{Config, ConfigBuilder, ConfigError};
pub use credentials::{Credentials, CredentialsError, EnvironmentCredentials, ProvideCredentials};
pub use decode::{
    Context, Decode, Decoded, Envelope, Format, Malformed, Note, Structure, UnknownField, decode,
};
pub use endpoint::{Endpoint, EndpointRules, Network, Scheme};
pub use error::{
    DocumentedError, Error, Interrupted, NotSent, OperationError, Redirected, ServiceError, TimedOut,
    Unreadable,
};
pub use future::BoxFuture;
pub use limits::CallOptions;
pub use nonce::{NonceError, NonceSource, RandomNonces};
pub use open_enum::UnknownValue;
pub use operation::{Operation, Sender};
pub use parameters::{Parameter, ParameterList, ParameterValue, Parameters};
pub use redact::{REDACTED, Redacted, Redactor};
pub use transport::{MAX_BODY, ReqwestTransport, Transport, TransportError};

/// What the derives write against. Not for people: it may change in any release.
#[doc(hidden)]
pub mod derive {
    use super::{ServiceError, UnknownValue};

    pub use super::decode::{Scalar, Unfit, decode_scalar, decode_structure, fill, fill_wrapped, skip};
    pub use super::parameters::write_json_object;
    pub use serde::Deserializer;

    /// A value no variant stands for.
    #[must_use]
    pub fn unknown_value(value: &str) -> UnknownValue {
        UnknownValue::new(value)
    }

    /// What stands in an error's message where one of its templates has `%s`.
    #[must_use]
    pub fn arguments(service: &ServiceError, templates: &[&str], count: usize) -> Vec<Option<String>> {
        service.arguments(templates, count)
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
