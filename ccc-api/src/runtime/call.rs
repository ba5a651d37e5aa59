//! The way of a request: parameters, credentials, nonce and time, signature, transport, meaning of the answer.

use std::sync::Arc;
use std::time::Instant;

use bytes::Bytes;
use http::Response;

use super::config::{Config, ConfigError};
use super::credentials::{Credentials, CredentialsError};
use super::endpoint::{Endpoint, EndpointRules};
use super::error::{Failure, Flaw, Interrupted, NotSent, Obstacle, TimedOut, scrub};
use super::interpret::{interpret, redirected, shown_request_id, unreadable};
use super::sign::{Unsigned, prepare};
use super::transport::{Transport, TransportError, TransportErrorKind};
use super::{Answer, Error, Operation, ParameterList, Redactor};

/// Sends operations of one product to one endpoint.
#[derive(Debug)]
pub(crate) struct Pipeline {
    config: Config,
    endpoint: Endpoint,
    transport: Arc<dyn Transport>,
}

/// What the pipeline needs to know of an operation, apart from its types: so that most of it is compiled once.
struct Call<'a> {
    operation: &'static str,
    version: &'static str,
    parameters: &'a ParameterList<'a>,
}

impl Call<'_> {
    /// Knows what must not be shown. Made for errors alone: an answer that is one costs no copy of a secret.
    fn redactor(&self, credentials: &Credentials) -> Redactor {
        let secrets = [Some(credentials.access_key_secret()), credentials.security_token()];
        Redactor::of_request(self.parameters, secrets.into_iter().flatten())
    }
}

/// An answer, and who signed the request.
struct Exchange {
    answer: Response<Bytes>,
    credentials: Credentials,
}

impl Pipeline {
    pub(crate) fn new(config: Config, rules: &EndpointRules) -> Result<Self, ConfigError> {
        let endpoint = config.endpoint(rules)?;
        let transport = config.transport(&endpoint)?;
        Ok(Self { config, endpoint, transport })
    }

    pub(crate) fn endpoint(&self) -> &Endpoint {
        &self.endpoint
    }

    pub(crate) fn transport(&self) -> Arc<dyn Transport> {
        Arc::clone(&self.transport)
    }

    /// Sends a request once.
    pub(crate) async fn send<O: Operation>(
        &self,
        request: &O,
    ) -> Result<Answer<O::Response>, Error<O::Error>> {
        let deadline = Instant::now() + self.config.settings().limits.total;
        let mut parameters = ParameterList::new();
        request.write_to(&mut parameters);
        let call = Call { operation: O::ACTION, version: O::VERSION, parameters: &parameters };
        let Exchange { answer, credentials } = self.attempt(&call, deadline).await.map_err(Failure::widen)?;
        interpret::<O>(answer, || call.redactor(&credentials))
    }

    /// One attempt: signed with credentials, time and nonce of its own, sent once.
    async fn attempt(&self, call: &Call<'_>, deadline: Instant) -> Result<Exchange, Failure> {
        let credentials = self.credentials(deadline).await.map_err(Failure::Credentials)?;
        let request = self.signed(call, &credentials).map_err(|error| Failure::NotSent(Box::new(error)))?;

        let sending = self.transport.send(request, deadline);
        let outcome = tokio::time::timeout_at(deadline.into(), sending)
            .await
            .unwrap_or_else(|_| Err(TransportError::timed_out()));
        match outcome {
            Ok(answer) => Ok(Exchange { answer, credentials }),
            Err(error) => Err(self.failure(call.operation, error, &call.redactor(&credentials))),
        }
    }

    async fn credentials(&self, deadline: Instant) -> Result<Credentials, CredentialsError> {
        let settings = self.config.settings();
        match tokio::time::timeout_at(deadline.into(), settings.credentials.provide()).await {
            Ok(provided) => provided?.validated(),
            Err(_) => {
                let limit = settings.limits.total;
                Err(CredentialsError::new(format!("the provider gave none within {limit:?}")))
            }
        }
    }

    fn signed(&self, call: &Call<'_>, credentials: &Credentials) -> Result<http::Request<Bytes>, NotSent> {
        let settings = self.config.settings();
        let nonce = settings
            .nonces
            .nonce()
            .map_err(|error| NotSent::new(call.operation, Obstacle::NoNonce, Some(Box::new(error))))?;
        let parameters: Vec<_> =
            call.parameters.iter().map(|parameter| (parameter.name(), parameter.value())).collect();
        prepare(&Unsigned {
            endpoint: &self.endpoint,
            scheme: settings.signature,
            method: settings.method,
            format: settings.format,
            action: call.operation,
            version: call.version,
            parameters: &parameters,
            credentials,
            timestamp: settings.clock.now(),
            nonce: &nonce,
        })
        .map_err(|error| NotSent::new(call.operation, Obstacle::Unsendable, Some(Box::new(error))))
    }

    /// What the failure of a transport means to the caller.
    fn failure(&self, operation: &'static str, error: TransportError, redactor: &Redactor) -> Failure {
        let limits = self.config.settings().limits;
        let parts = error.into_parts();
        let source = parts.source.map(|source| scrub(source, redactor));
        let not_sent =
            |obstacle, source| Failure::NotSent(Box::new(NotSent::new(operation, obstacle, source)));
        match (parts.kind, parts.timed_out, parts.partial) {
            (TransportErrorKind::NotSent, true, _) => {
                let endpoint = self.endpoint.to_string();
                not_sent(Obstacle::TooSlow { endpoint, limit: limits.connect }, source)
            }
            (TransportErrorKind::NotSent, false, _) => {
                not_sent(Obstacle::NoConnection { endpoint: self.endpoint.to_string() }, source)
            }
            (TransportErrorKind::Redirected, _, Some(answer)) => {
                Failure::Redirected(Box::new(redirected(operation, &answer, redactor)))
            }
            (_, true, partial) => {
                let error = TimedOut::new(operation, limits.total).with_source(source);
                Failure::TimedOut(Box::new(match partial {
                    Some(answer) => error
                        .with_head(answer.status().as_u16(), shown_request_id(answer.headers(), redactor)),
                    None => error,
                }))
            }
            (kind, false, Some(answer)) => {
                let flaw = match kind {
                    TransportErrorKind::TooLarge => Flaw::TooLarge,
                    _ => Flaw::Truncated,
                };
                let error = unreadable(operation, flaw, answer, redactor).with_source(source);
                Failure::Unreadable(Box::new(error))
            }
            (_, false, None) => Failure::Interrupted(Box::new(Interrupted::new(operation, source))),
        }
    }
}
