//! How a prepared request reaches the service: a trait, and the HTTP client that stands behind it by default.
//!
//! Layer 5. `Bytes` and the crates `http` and `rustls` are the ones whose types stand in signatures.

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

/// Among a request's extensions, it tells the transport that is built in that the request may be sent twice.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SafeToRepeat;

/// Carries one signed request to the service and brings the response back.
///
/// A transport must not follow redirects, since the request is signed, and must not send it twice, since its operation
/// may be one that must not happen twice. It keeps to itself what it carries: the query and the headers hold secrets.
///
/// ```
/// use std::time::Instant;
/// use acs_runtime::custom::BoxFuture;
/// use acs_runtime::transport::{http, Bytes, Transport, TransportError};
/// use acs_runtime::Config;
///
/// /// Answers by itself.
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
    /// The client gives up at `deadline` by itself; a transport that watches it as well can say how far it came.
    /// Dropping the future abandons the request.
    ///
    /// # Errors
    /// When there is no whole response. Whether the request may have reached the service is the first thing that the
    /// error says: see [`TransportError`].
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
