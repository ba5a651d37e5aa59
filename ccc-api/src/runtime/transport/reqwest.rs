//! The transport over reqwest: HTTP/1.1, no redirects, no second sending, bounded answers.

use std::error::Error as StdError;
use std::fmt;
use std::time::{Duration, Instant};

use bytes::{Bytes, BytesMut};

use super::{MAX_BODY, Transport, TransportError};
use crate::runtime::config::ProxyChoice;
#[cfg(feature = "tls-no-provider")]
use crate::runtime::config::TlsSettings;
use crate::runtime::endpoint::Endpoint;
#[cfg(not(feature = "tls-no-provider"))]
use crate::runtime::endpoint::Scheme;
use crate::runtime::error::ConfigError;
use crate::runtime::future::BoxFuture;

/// An idle connection is given up before gateways give it up (the strictest after 15 s): a request that is written
/// to a connection while its other end closes it has an unknown fate.
const IDLE: Duration = Duration::from_secs(10);

/// Carries requests with reqwest and keeps connections for the next ones.
///
/// The client builds one by itself, with [`proxy`](crate::ConfigBuilder::proxy), trust and time limits as configured.
#[derive(Clone)]
pub struct ReqwestTransport {
    client: reqwest::Client,
    root: Option<Root>,
}

/// The root of the endpoint, as requests have it and as reqwest has it: what never changes is not read anew.
#[derive(Clone)]
struct Root {
    uri: http::Uri,
    url: reqwest::Url,
}

/// What [`ReqwestTransport`] is built from.
pub(crate) struct TransportSettings<'a> {
    pub(crate) endpoint: &'a Endpoint,
    pub(crate) proxy: &'a ProxyChoice,
    pub(crate) connect_timeout: Duration,
    #[cfg(feature = "tls-no-provider")]
    pub(crate) tls: &'a TlsSettings,
}

impl ReqwestTransport {
    /// Over a client of your own: your proxies, your pool, your TLS, among it OpenSSL, SChannel or Secure Transport by
    /// reqwest's feature `native-tls`.
    ///
    /// Build it with `redirect(reqwest::redirect::Policy::none())` and `retry(reqwest::retry::never())`. An answer that
    /// came by way of a redirect is refused; that the signed request went there can then no longer be undone.
    ///
    /// ```
    /// use ccc_api::{Config, ReqwestTransport};
    ///
    /// # fn configure(client: reqwest::Client) -> Result<(), ccc_api::ConfigError> {
    /// let config = Config::builder().transport(ReqwestTransport::from_client(client)).build()?;
    /// # Ok(()) }
    /// ```
    #[must_use]
    pub fn from_client(client: reqwest::Client) -> Self {
        Self { client, root: None }
    }

    pub(crate) fn build(settings: &TransportSettings<'_>) -> Result<Self, ConfigError> {
        let mut builder = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            // Below it, hyper's pool takes another connection for a request of which the first took no byte. That is no
            // second sending; `tests/faults` counts.
            .retry(reqwest::retry::never())
            .referer(false)
            .connect_timeout(settings.connect_timeout)
            .pool_idle_timeout(IDLE)
            // Another crate of the application may have switched these on for all of reqwest.
            .http1_only()
            .no_gzip()
            .no_brotli()
            .no_zstd()
            .no_deflate();
        let failed = |error: reqwest::Error| ConfigError::Transport { source: Box::new(error.without_url()) };
        match settings.proxy {
            ProxyChoice::Through(url) => {
                builder = builder.proxy(reqwest::Proxy::all(url.to_url()).map_err(failed)?);
            }
            ProxyChoice::Environment if !settings.endpoint.is_loopback() => {}
            ProxyChoice::Environment | ProxyChoice::Never => builder = builder.no_proxy(),
        }
        #[cfg(feature = "tls-no-provider")]
        {
            let tls = super::tls::client_config(settings.endpoint.scheme(), settings.tls)?;
            builder = builder.tls_backend_preconfigured(tls);
        }
        #[cfg(not(feature = "tls-no-provider"))]
        if settings.endpoint.scheme() == Scheme::Https {
            return Err(ConfigError::TlsMissing);
        }
        let client = builder.build().map_err(failed)?;
        let uri = settings.endpoint.root();
        let root = reqwest::Url::parse(&uri.to_string()).ok().map(|url| Root { uri: uri.clone(), url });
        Ok(Self { client, root })
    }

    /// The request as reqwest has it.
    fn request(&self, request: http::Request<Bytes>) -> Result<reqwest::Request, TransportError> {
        let Some(url) = self.root.as_ref().and_then(|root| root.with_query_of(request.uri())) else {
            return reqwest::Request::try_from(request).map_err(not_sent);
        };
        let (head, body) = request.into_parts();
        let mut request = reqwest::Request::new(head.method, url);
        *request.headers_mut() = head.headers;
        *request.body_mut() = Some(body.into());
        Ok(request)
    }

    async fn exchange(
        &self,
        request: http::Request<Bytes>,
        deadline: Instant,
    ) -> Result<http::Response<Bytes>, TransportError> {
        let deadline = tokio::time::Instant::from_std(deadline);
        let request = self.request(request)?;
        let sent_to = request.url().clone();
        let mut response = tokio::time::timeout_at(deadline, self.client.execute(request))
            .await
            .map_err(|_| TransportError::timed_out())?
            .map_err(failed)?;

        let mut head = http::Response::new(());
        *head.status_mut() = response.status();
        *head.headers_mut() = std::mem::take(response.headers_mut());
        let mut body = Body::default();
        let same_place = *response.url() == sent_to || response.url().origin() == sent_to.origin();
        let outcome = if same_place {
            tokio::time::timeout_at(deadline, body.fill_from(&mut response))
                .await
                .unwrap_or_else(|_| Err(TransportError::timed_out()))
        } else {
            Err(TransportError::redirected())
        };
        let answer = head.map(|()| body.into_bytes());
        match outcome {
            Ok(()) => Ok(answer),
            Err(error) => Err(error.with_partial_answer(answer)),
        }
    }
}

impl Root {
    /// The URL that a URI names, if it differs from the root in its query alone.
    fn with_query_of(&self, uri: &http::Uri) -> Option<reqwest::Url> {
        let same = uri.scheme() == self.uri.scheme()
            && uri.authority() == self.uri.authority()
            && uri.path() == self.uri.path();
        same.then(|| {
            let mut url = self.url.clone();
            url.set_query(uri.query());
            url
        })
    }
}

impl Transport for ReqwestTransport {
    fn send(
        &self,
        request: http::Request<Bytes>,
        deadline: Instant,
    ) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
        Box::pin(self.exchange(request, deadline))
    }
}

impl fmt::Debug for ReqwestTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // A client's own Debug lists default headers and proxies, which may hold passwords.
        f.write_str("ReqwestTransport")
    }
}

/// A body as it arrives. One chunk, the usual case, is not copied.
#[derive(Default)]
struct Body {
    first: Bytes,
    rest: BytesMut,
}

impl Body {
    async fn fill_from(&mut self, response: &mut reqwest::Response) -> Result<(), TransportError> {
        while let Some(chunk) = response.chunk().await.map_err(failed)? {
            let room = MAX_BODY.saturating_sub(self.first.len() + self.rest.len());
            if chunk.len() > room {
                return Err(TransportError::too_large());
            }
            if self.first.is_empty() {
                self.first = chunk;
            } else {
                self.rest.extend_from_slice(&chunk);
            }
        }
        Ok(())
    }

    fn into_bytes(self) -> Bytes {
        if self.rest.is_empty() {
            return self.first;
        }
        let mut whole = BytesMut::with_capacity(self.first.len() + self.rest.len());
        whole.extend_from_slice(&self.first);
        whole.extend_from_slice(&self.rest);
        whole.freeze()
    }
}

fn not_sent(error: reqwest::Error) -> TransportError {
    TransportError::not_sent(error.without_url())
}

/// What a failure of reqwest means. Its text names the URL, and with it the callee, unless that is taken out.
fn failed(error: reqwest::Error) -> TransportError {
    if error.is_connect() && is_distrust(&error) {
        return TransportError::untrusted(error.without_url());
    }
    let timed_out = error.is_timeout();
    let failed = if error.is_connect() || error.is_builder() {
        not_sent(error)
    } else {
        TransportError::interrupted(error.without_url())
    };
    if timed_out { failed.because_time_ran_out() } else { failed }
}

/// Whether a certificate is what an error is about.
#[cfg(feature = "tls-no-provider")]
fn is_distrust(error: &(dyn StdError + 'static)) -> bool {
    let mut link = Some(error);
    while let Some(error) = link {
        if let Some(rustls::Error::InvalidCertificate(_)) = error.downcast_ref() {
            return true;
        }
        link = match error.downcast_ref::<std::io::Error>() {
            // What it was made of is not among its sources.
            Some(error) => error.get_ref().map(|within| within as _),
            None => error.source(),
        };
    }
    false
}

#[cfg(not(feature = "tls-no-provider"))]
fn is_distrust(_: &(dyn StdError + 'static)) -> bool {
    false
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Root;

    fn root(url: &str) -> Root {
        Root { uri: url.parse().unwrap(), url: url.parse().unwrap() }
    }

    proptest! {
        #[test]
        fn a_query_below_the_root_reads_as_it_does_in_the_whole_url(query in "[!-~&&[^#\"<>]]{0,40}") {
            let uri: http::Uri = format!("https://ccc.example:8443/?{query}").parse().unwrap();
            let url = root("https://ccc.example:8443/").with_query_of(&uri).unwrap();
            prop_assert_eq!(url, reqwest::Url::parse(&uri.to_string()).unwrap());
        }
    }

    #[test]
    fn a_url_without_a_query_has_none() {
        let uri = "https://ccc.example/".parse().unwrap();
        assert_eq!(
            root("https://ccc.example/").with_query_of(&uri).unwrap().as_str(),
            "https://ccc.example/"
        );
    }

    #[test]
    fn a_request_to_another_place_is_not_taken_for_one_below_the_root() {
        let root = root("https://ccc.example/");
        for elsewhere in [
            "http://ccc.example/?A=1",
            "https://ccc.example:444/?A=1",
            "https://ccc.example.org/?A=1",
            "https://user@ccc.example/?A=1",
            "https://ccc.example/path?A=1",
            "/?A=1",
        ] {
            assert!(root.with_query_of(&elsewhere.parse().unwrap()).is_none(), "{elsewhere}");
        }
    }
}
