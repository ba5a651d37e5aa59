//! The built-in transport: HTTP/1.1, without redirects and retries, with bounded responses.

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, Instant};

use bytes::Bytes;
use http::Uri;
use http::header::PROXY_AUTHORIZATION;
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;

use super::pool::{Connection, IdleLimits, Pool};
use crate::request::config_error::ConfigError;
use crate::request::endpoint::{Endpoint, Scheme};
use crate::text::future::BoxFuture;
#[cfg(feature = "tls-no-provider")]
use crate::transport::TlsSettings;
use crate::transport::body::Body;
use crate::transport::connect::Connector;
use crate::transport::socket::Failure;
#[cfg(feature = "tls-no-provider")]
use crate::transport::tls::{Tls, is_distrust};
use crate::transport::{ProxyChoice, ProxyUrl, SafeToRepeat, Transport, TransportError, context};

/// Carries requests to one endpoint and keeps its connections for the next ones. Cloning is cheap.
///
/// It has its own connections and uses no ready-made pool, because some requests must not be sent twice. Right before
/// it uses a connection, it asks the operating system whether it is still open. After each failure, it knows whether a
/// byte of the request was sent.
#[derive(Clone)]
pub(crate) struct Http1Transport(Arc<Shared>);

struct Shared {
    connector: Connector,
    connect_timeout: Duration,
    pool: Pool,
}

/// The settings of an [`Http1Transport`].
pub(crate) struct TransportSettings<'a> {
    pub(crate) endpoint: &'a Endpoint,
    pub(crate) proxy: &'a ProxyChoice,
    pub(crate) connect_timeout: Duration,
    pub(crate) idle: IdleLimits,
    #[cfg(feature = "tls-no-provider")]
    pub(crate) tls: &'a TlsSettings,
}

impl Http1Transport {
    pub(crate) fn build(settings: &TransportSettings<'_>) -> Result<Self, ConfigError> {
        let proxy = settings.proxy.way_to(settings.endpoint)?;
        let hops = [Some(settings.endpoint), proxy.as_ref().map(ProxyUrl::endpoint)];
        let needs_tls = hops.into_iter().flatten().any(|hop| hop.scheme() == Scheme::Https);
        #[cfg(feature = "tls-no-provider")]
        let tls = Tls::new(needs_tls, settings.tls)?;
        #[cfg(not(feature = "tls-no-provider"))]
        if needs_tls {
            return Err(ConfigError::TlsMissing);
        }
        let connector = Connector::new(
            settings.endpoint.clone(),
            proxy,
            settings.connect_timeout,
            #[cfg(feature = "tls-no-provider")]
            tls,
        );
        Ok(Self(Arc::new(Shared {
            connector,
            connect_timeout: settings.connect_timeout,
            pool: Pool::new(settings.idle),
        })))
    }
}

impl Shared {
    async fn exchange(
        &self,
        mut request: http::Request<Bytes>,
        deadline: Instant,
    ) -> Result<http::Response<Bytes>, TransportError> {
        let safe_to_repeat = request.extensions().get::<SafeToRepeat>().is_some();
        let deadline = tokio::time::Instant::from_std(deadline);
        // No other request will go there, so the connection is not kept.
        let elsewhere = self.connector.elsewhere(request.uri()).map_err(TransportError::not_sent)?;
        let connector = elsewhere.as_ref().unwrap_or(&self.connector);
        address(&mut request, connector);
        let mut request = request.map(Full::new);
        loop {
            let kept = if elsewhere.is_none() { self.pool.take(safe_to_repeat) } else { None };
            let is_kept = kept.is_some();
            let mut connection = match kept {
                Some(connection) => connection,
                None => self.connect(connector, deadline).await?,
            };
            let answered = async {
                // Its runtime may not have finished the last response yet.
                if connection.sender.ready().await.is_err() {
                    return Err(Unanswered::NotTaken(Box::new(request), None));
                }
                let before = connection.socket.written();
                connection.sender.try_send_request(request).await.map_err(|mut failed| {
                    match failed.take_message() {
                        Some(request) => Unanswered::NotTaken(Box::new(request), Some(failed.into_error())),
                        None if connection.socket.written() == before => {
                            Unanswered::NotWritten(failed.into_error())
                        }
                        None => Unanswered::Written(failed.into_error()),
                    }
                })
            };
            let answered = tokio::time::timeout_at(deadline, answered).await;
            match answered.map_err(|_| TransportError::timed_out())? {
                Ok(response) => {
                    let response = read(response, deadline).await?;
                    if elsewhere.is_none() {
                        self.pool.put(connection);
                    }
                    return Ok(response);
                }
                Err(Unanswered::NotTaken(unsent, _)) if is_kept => request = *unsent,
                Err(Unanswered::NotTaken(_, None)) => {
                    return Err(TransportError::not_sent("the connection was closed at once"));
                }
                Err(Unanswered::NotTaken(_, Some(error)) | Unanswered::NotWritten(error)) => {
                    return Err(TransportError::not_sent(error));
                }
                Err(Unanswered::Written(error)) => return Err(TransportError::interrupted(error)),
            }
        }
    }

    async fn connect(
        &self,
        connector: &Connector,
        deadline: tokio::time::Instant,
    ) -> Result<Connection, TransportError> {
        context::can_do_io().map_err(TransportError::not_sent)?;
        // If the deadline of the attempt comes first, nothing was sent either.
        let limit = deadline.min(tokio::time::Instant::now() + self.connect_timeout);
        match tokio::time::timeout_at(limit, connector.connect()).await {
            Ok(outcome) => outcome.map_err(unconnected),
            Err(elapsed) => Err(TransportError::not_sent(elapsed).because_time_ran_out()),
        }
    }
}

/// Writes the request line for the next hop: the server, or a proxy for plain HTTP.
fn address(request: &mut http::Request<Bytes>, connector: &Connector) {
    match connector.forwarding_proxy() {
        Some(proxy) => {
            if let Some(authorization) = proxy.authorization() {
                request.headers_mut().insert(PROXY_AUTHORIZATION, authorization.clone());
            }
        }
        None => {
            let path = request.uri().path_and_query().cloned();
            *request.uri_mut() = path.map_or_else(|| Uri::from_static("/"), Uri::from);
        }
    }
}

async fn read(
    response: http::Response<Incoming>,
    deadline: tokio::time::Instant,
) -> Result<http::Response<Bytes>, TransportError> {
    let (head, mut incoming) = response.into_parts();
    let mut body = Body::default();
    let outcome = tokio::time::timeout_at(deadline, fill(&mut body, &mut incoming))
        .await
        .unwrap_or_else(|_| Err(TransportError::timed_out()));
    let response = http::Response::from_parts(head, body.into_bytes());
    match outcome {
        Ok(()) => Ok(response),
        Err(error) => Err(error.with_partial_answer(response)),
    }
}

/// What happened to a request without a response.
enum Unanswered {
    /// The connection ended before it took the request.
    NotTaken(Box<http::Request<Full<Bytes>>>, Option<hyper::Error>),
    /// The connection took it and sent not a byte of it.
    NotWritten(hyper::Error),
    Written(hyper::Error),
}

impl Transport for Http1Transport {
    fn send(
        &self,
        request: http::Request<Bytes>,
        deadline: Instant,
    ) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
        Box::pin(self.0.exchange(request, deadline))
    }
}

impl fmt::Debug for Http1Transport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The connector may hold the password of a proxy.
        f.write_str("Http1Transport")
    }
}

async fn fill(body: &mut Body, incoming: &mut Incoming) -> Result<(), TransportError> {
    while let Some(frame) = incoming.frame().await {
        // Trailers are not part of the body.
        if let Ok(chunk) = frame.map_err(TransportError::interrupted)?.into_data() {
            body.push(chunk)?;
        }
    }
    Ok(())
}

/// Converts the failure to connect.
fn unconnected(error: Failure) -> TransportError {
    #[cfg(feature = "tls-no-provider")]
    if is_distrust(error.as_ref()) {
        return TransportError::untrusted(error);
    }
    TransportError::not_sent(error)
}
