//! Makes connections: TCP, the tunnel of a proxy, TLS. Not a byte of a request is sent meanwhile.

use std::time::Duration;

use bytes::Bytes;
use http::header::{HOST, HeaderValue, PROXY_AUTHORIZATION};
use http::{Method, Request, StatusCode, Uri};
use http_body_util::{Empty, Full};
use hyper::client::conn::http1;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioIo;
use tokio::runtime::Handle;
use tower_service::Service;

use super::pool::Connection;
use crate::request::endpoint::{Endpoint, Scheme};
use crate::transport::ProxyUrl;
use crate::transport::socket::{Failure, Socket, Stream};
#[cfg(feature = "tls-no-provider")]
use crate::transport::tls::Tls;

/// Connects to one endpoint.
#[derive(Clone)]
pub(super) struct Connector {
    tcp: HttpConnector,
    endpoint: Endpoint,
    proxy: Option<ProxyUrl>,
    #[cfg(feature = "tls-no-provider")]
    tls: Tls,
}

impl Connector {
    pub(super) fn new(
        endpoint: Endpoint,
        proxy: Option<ProxyUrl>,
        limit: Duration,
        #[cfg(feature = "tls-no-provider")] tls: Tls,
    ) -> Self {
        let mut tcp = HttpConnector::new();
        tcp.enforce_http(false);
        tcp.set_nodelay(true);
        // The limit is divided among the addresses of a name, so a silent one leaves time for the next.
        tcp.set_connect_timeout(Some(limit));
        Self {
            tcp,
            endpoint,
            proxy,
            #[cfg(feature = "tls-no-provider")]
            tls,
        }
    }

    /// Returns a connector to another endpoint, if the URI points there: a transport in front of this one may have
    /// changed it.
    pub(super) fn elsewhere(&self, uri: &Uri) -> Result<Option<Self>, Failure> {
        let root = self.endpoint.root();
        let (Some(scheme), Some(authority)) = (uri.scheme_str(), uri.authority()) else { return Ok(None) };
        if uri.scheme() == root.scheme() && Some(authority) == root.authority() {
            return Ok(None);
        }
        let endpoint = Endpoint::parse(&format!("{scheme}://{authority}"), None)?;
        Ok(Some(Self { endpoint, ..self.clone() }))
    }

    /// Returns the proxy that gets whole requests, if there is one.
    pub(super) fn forwarding_proxy(&self) -> Option<&ProxyUrl> {
        self.proxy.as_ref().filter(|_| self.endpoint.scheme() == Scheme::Http)
    }

    pub(super) async fn connect(&self) -> Result<Connection, Failure> {
        let first = self.proxy.as_ref().map_or(&self.endpoint, ProxyUrl::endpoint);
        let stream = self.tcp.clone().call(first.address()?).await?.into_inner();
        let socket = Socket::new(stream);
        let mut stream: Box<dyn Stream> = Box::new(socket.clone());
        if let Some(proxy) = &self.proxy {
            stream = self.secured(proxy.endpoint(), stream).await?;
            if self.endpoint.scheme() == Scheme::Https {
                stream = tunnel(&self.endpoint, proxy, stream).await?;
            }
        }
        if self.proxy.is_none() || self.endpoint.scheme() == Scheme::Https {
            stream = self.secured(&self.endpoint, stream).await?;
        }
        let (sender, driven) = http1::handshake::<_, Full<Bytes>>(TokioIo::new(stream)).await?;
        let runtime = Handle::current();
        // It ends with its sender. Whoever waits for a response gets the error.
        runtime.spawn(async move { drop(driven.await) });
        Ok(Connection { sender, socket, runtime: runtime.id() })
    }

    /// Adds TLS to the stream, if the endpoint uses it.
    async fn secured(
        &self,
        endpoint: &Endpoint,
        stream: Box<dyn Stream>,
    ) -> Result<Box<dyn Stream>, Failure> {
        match endpoint.scheme() {
            Scheme::Http => Ok(stream),
            #[cfg(feature = "tls-no-provider")]
            Scheme::Https => self.tls.connect(endpoint, stream).await,
            #[cfg(not(feature = "tls-no-provider"))]
            Scheme::Https => Err("this build has no TLS; enable the feature `tls`".into()),
        }
    }
}

/// Asks a proxy for a tunnel to an endpoint.
async fn tunnel(
    endpoint: &Endpoint,
    proxy: &ProxyUrl,
    stream: Box<dyn Stream>,
) -> Result<Box<dyn Stream>, Failure> {
    let target = endpoint.authority_with_port();
    let mut request = Request::new(Empty::<Bytes>::new());
    *request.method_mut() = Method::CONNECT;
    *request.uri_mut() = Uri::try_from(target.as_str())?;
    request.headers_mut().insert(HOST, HeaderValue::try_from(target)?);
    if let Some(authorization) = proxy.authorization() {
        request.headers_mut().insert(PROXY_AUTHORIZATION, authorization.clone());
    }
    let (mut sender, driven) = http1::handshake(TokioIo::new(stream)).await?;
    // It ends with its sender, or when it gives the stream away.
    tokio::spawn(async move { drop(driven.with_upgrades().await) });
    let response = sender.send_request(request).await?;
    match response.status() {
        status if status.is_success() => {}
        StatusCode::PROXY_AUTHENTICATION_REQUIRED => {
            return Err(
                "the proxy requires a user name and a password; put them into its URL: HTTP 407".into()
            );
        }
        status => return Err(format!("the proxy opens no tunnel: HTTP {}", status.as_u16()).into()),
    }
    Ok(Box::new(TokioIo::new(hyper::upgrade::on(response).await?)))
}
