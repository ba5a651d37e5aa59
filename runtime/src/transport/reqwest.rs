//! A transport that uses the application's own client of reqwest.

use std::fmt;
use std::time::Instant;

use bytes::Bytes;

use crate::text::future::BoxFuture;
use crate::transport::body::Body;
#[cfg(feature = "tls-no-provider")]
use crate::transport::tls::is_distrust;
use crate::transport::{Transport, TransportError};

/// Carries requests with a client of reqwest that the application made: the feature `reqwest`.
#[derive(Clone)]
pub struct ReqwestTransport {
    client: reqwest::Client,
}

impl ReqwestTransport {
    /// Creates a transport from a client of your own, with your proxies, your pool and your TLS. reqwest's feature
    /// `native-tls` brings OpenSSL, SChannel or Secure Transport.
    ///
    /// Build it with `redirect(reqwest::redirect::Policy::none())` and `retry(reqwest::retry::never())`. A response
    /// that came through a redirect is refused, but the signed request has been sent there by then.
    ///
    /// ```
    /// use acs_runtime::Config;
    /// use acs_runtime::transport::ReqwestTransport;
    ///
    /// # fn configure(client: reqwest::Client) -> Result<(), acs_runtime::config::ConfigError> {
    /// let config = Config::builder().transport(ReqwestTransport::from_client(client)).build()?;
    /// # Ok(()) }
    /// ```
    #[must_use]
    pub fn from_client(client: reqwest::Client) -> Self {
        Self { client }
    }

    async fn exchange(
        &self,
        request: http::Request<Bytes>,
        deadline: Instant,
    ) -> Result<http::Response<Bytes>, TransportError> {
        let deadline = tokio::time::Instant::from_std(deadline);
        let request = reqwest::Request::try_from(request).map_err(not_sent)?;
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
            tokio::time::timeout_at(deadline, fill(&mut body, &mut response))
                .await
                .unwrap_or_else(|_| Err(TransportError::timed_out()))
        } else {
            Err(TransportError::redirected())
        };
        let response = head.map(|()| body.into_bytes());
        match outcome {
            Ok(()) => Ok(response),
            Err(error) => Err(error.with_partial_answer(response)),
        }
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
        // The client's Debug lists default headers and proxies, which may hold passwords.
        f.write_str("ReqwestTransport")
    }
}

async fn fill(body: &mut Body, response: &mut reqwest::Response) -> Result<(), TransportError> {
    while let Some(chunk) = response.chunk().await.map_err(failed)? {
        body.push(chunk)?;
    }
    Ok(())
}

fn not_sent(error: reqwest::Error) -> TransportError {
    TransportError::not_sent(error.without_url())
}

/// Converts a failure of reqwest. The URL is removed from its text, because it holds the callee.
fn failed(error: reqwest::Error) -> TransportError {
    #[cfg(feature = "tls-no-provider")]
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
