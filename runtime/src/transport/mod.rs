//! Layer 5: the trait `Transport`, and the built-in HTTP client.
//!
//! Its signatures have types of the crates `bytes`, `http` and `rustls`, which are re-exported.

mod body;
mod connect;
pub(crate) mod context;
mod error;
mod http1;
mod no_proxy;
mod pool;
mod proxy;
#[cfg(feature = "reqwest")]
mod reqwest;
#[cfg(feature = "tls-no-provider")]
mod root_certificate;
mod socket;
#[cfg(feature = "tls-no-provider")]
mod tls;
#[cfg(feature = "tls-no-provider")]
pub(crate) mod trust;

use std::fmt;
use std::sync::Arc;
use std::time::Instant;

pub use bytes::Bytes;
pub use http;
#[cfg(feature = "tls-no-provider")]
pub use rustls;

#[cfg(feature = "reqwest")]
pub use self::reqwest::ReqwestTransport;
pub(crate) use error::Kind as TransportErrorKind;
pub use error::TransportError;
pub(crate) use http1::{Http1Transport, TransportSettings};
pub(crate) use pool::IdleLimits;
pub(crate) use proxy::{ProxyChoice, ProxyUrl};
#[cfg(feature = "tls-no-provider")]
pub(crate) use root_certificate::RootCertificate;
#[cfg(feature = "tls-no-provider")]
pub(crate) use trust::TlsSettings;

use crate::text::future::BoxFuture;

/// The largest response that is read, in bytes: 16 MiB.
pub const MAX_BODY: usize = 16 * 1024 * 1024;

/// An extension of a request. It tells the built-in transport that the request may be sent twice.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SafeToRepeat;

/// Sends signed requests to the service and returns the responses.
///
/// A transport must not follow redirects, because the request is signed. It must not send a request twice, because the
/// operation may be one that must not happen twice. It must not log requests: the query and the headers hold secrets.
///
/// ```
/// use std::time::Instant;
/// use acs_runtime::custom::BoxFuture;
/// use acs_runtime::transport::{http, Bytes, Transport, TransportError};
/// use acs_runtime::Config;
///
/// /// Returns a fixed response.
/// #[derive(Debug)]
/// struct Canned(&'static str);
///
/// impl Transport for Canned {
///     fn send(
///         &self,
///         _request: http::Request<Bytes>,
///         _deadline: Instant,
///     ) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
///         let response = http::Response::new(Bytes::from_static(self.0.as_bytes()));
///         Box::pin(async move { Ok(response) })
///     }
/// }
///
/// let config = Config::builder().transport(Canned(r#"{"Code":"OK"}"#)).build()?;
/// # Ok::<(), acs_runtime::config::ConfigError>(())
/// ```
pub trait Transport: fmt::Debug + Send + Sync {
    /// Sends the request and reads the whole response.
    ///
    /// The client itself gives up at `deadline`. A transport that also watches it can say whether the request was sent.
    /// Dropping the future abandons the request.
    ///
    /// # Errors
    /// If there is no whole response. The error must say whether the request may have reached the service: see
    /// [`TransportError`].
    fn send(
        &self,
        request: http::Request<Bytes>,
        deadline: Instant,
    ) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>>;
}

impl<T: Transport + ?Sized> Transport for Arc<T> {
    fn send(
        &self,
        request: http::Request<Bytes>,
        deadline: Instant,
    ) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
        T::send(self, request, deadline)
    }
}
