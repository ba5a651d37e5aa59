//! One attempt, without the types of its operation: signs the request, sends it once and reads the response.

use std::time::SystemTime;

use bytes::Bytes;
use http::response::Parts;
use http::{HeaderMap, Response};

use crate::call::attempts::{Course, Failed};
use crate::call::error::{Failure, Flaw, Interrupted, NotSent, Obstacle, TimedOut};
use crate::call::intercept::Watch;
use crate::call::interpret::{is_whole, redacted_request_id, redirected, unreadable};
use crate::call::limits::AttemptLimit;
use crate::call::outcome::Terms;
use crate::call::untyped::Call;
use crate::client::pipeline::Pipeline;
use crate::identity::credentials::Credentials;
use crate::identity::error::CredentialsError;
use crate::request::prepare::{Unsigned, prepare_with};
use crate::transport::{SafeToRepeat, TransportError, TransportErrorKind};
use crate::wire::redact::Redactor;
use crate::wire::scrub::scrub;
use crate::wire::sign::SignedText;

/// A response, and the signing input of its request.
pub(super) struct Exchange {
    pub(super) response: Response<Bytes>,
    pub(super) signing: Signing,
}

/// The input of the signature that only this attempt has.
pub(super) struct Signing {
    pub(super) credentials: Credentials,
    timestamp: SystemTime,
    nonce: String,
    /// The headers of interceptors.
    headers: HeaderMap,
}

impl Pipeline {
    /// Signs with its own credentials, time and nonce, and sends once.
    pub(super) async fn exchange(
        &self,
        call: &Call<'_>,
        course: &Course<'_>,
        watch: &mut Watch<'_>,
    ) -> Result<Exchange, Failed> {
        let headers = watch.before_signing().map_err(|error| call.not_sent(Obstacle::Refused, error))?;
        let signing = self.signing(call, course, headers).await?;
        let mut request = self.signed(call, &signing).map_err(|error| Failure::NotSent(Box::new(error)))?;
        if course.is_safe_to_repeat() {
            request.extensions_mut().insert(SafeToRepeat);
        }
        let deadline = course.attempt_deadline();
        if deadline.is_over() {
            let obstacle = Obstacle::NoTime { limit: deadline.limit };
            return Err(Failure::NotSent(Box::new(NotSent::new(
                call.terms.operation.clone(),
                obstacle,
                None,
            )))
            .into());
        }
        let sending = self.transport.send(request, deadline.at);
        let outcome = tokio::time::timeout_at(deadline.at.into(), sending)
            .await
            .unwrap_or_else(|_| Err(TransportError::timed_out()));
        match outcome {
            Ok(response) => Ok(Exchange { response, signing }),
            // The stated length was wrong: the response is complete.
            Err(error) => match error.into_answer_if(is_whole) {
                Ok(response) => Ok(Exchange { response, signing }),
                Err(error) => {
                    Err(self.failed(&call.terms, error, deadline, &call.redactor(&signing.credentials)))
                }
            },
        }
    }

    /// Fetches credentials, and takes a time and a new nonce.
    async fn signing(
        &self,
        call: &Call<'_>,
        course: &Course<'_>,
        headers: HeaderMap,
    ) -> Result<Signing, Failure> {
        let credentials = self.credentials(course.deadline()).await.map_err(Failure::Credentials)?;
        let nonce = self.config.settings().nonces.nonce().map_err(|error| {
            let error = NotSent::new(call.terms.operation.clone(), Obstacle::NoNonce, Some(Box::new(error)));
            Failure::NotSent(Box::new(error))
        })?;
        Ok(Signing { credentials, timestamp: course.signing_time(), nonce, headers })
    }

    async fn credentials(&self, deadline: AttemptLimit) -> Result<Credentials, CredentialsError> {
        let settings = self.config.settings();
        let provided = settings.credentials_http.clone().around(settings.credentials.provide());
        match tokio::time::timeout_at(deadline.at.into(), provided).await {
            Ok(provided) => provided?.validated(),
            Err(_) => {
                let limit = deadline.limit;
                Err(CredentialsError::new(format!("the provider gave none within {limit:?}")))
            }
        }
    }

    fn signed(&self, call: &Call<'_>, signing: &Signing) -> Result<http::Request<Bytes>, NotSent> {
        let settings = self.config.settings();
        let unsigned = Unsigned {
            endpoint: &self.endpoint,
            scheme: settings.signature,
            method: settings.method,
            format: settings.format,
            action: &call.terms.operation,
            version: call.version,
            parameters: call.parameters,
            credentials: &signing.credentials,
            timestamp: signing.timestamp,
            nonce: &signing.nonce,
        };
        prepare_with(&unsigned, &signing.headers).map_err(|error| {
            NotSent::new(call.terms.operation.clone(), Obstacle::Unsendable, Some(Box::new(error)))
        })
    }

    /// Builds the failure of a response. If the signature was refused, adds the comparison of the signed texts.
    pub(super) fn explained(
        &self,
        mut failure: Failure,
        head: &Parts,
        call: &Call<'_>,
        signing: &Signing,
    ) -> Failed {
        if let Failure::Service(error) = &mut failure
            && error.is_about_the_signature()
            // The same input gives the same bytes, so the request is built again in this rare case.
            && let Some(signed) = self.signed(call, signing).ok().and_then(|request| SignedText::from_request(&request))
        {
            let sensitive = |name: &str| {
                call.parameters.iter().any(|parameter| parameter.is_sensitive() && parameter.name() == name)
            };
            let redactor = call.redactor(&signing.credentials);
            let mismatch = signed.compare(error.raw_message(), &redactor, sensitive);
            error.set_signature_mismatch(mismatch);
        }
        Failed::with_head(failure, head)
    }

    /// Converts the error of a transport.
    fn failed(
        &self,
        terms: &Terms,
        error: TransportError,
        deadline: AttemptLimit,
        redactor: &Redactor,
    ) -> Failed {
        let operation = &terms.operation;
        let parts = error.into_parts();
        let source = parts.source.map(|source| scrub(source, redactor));
        let partial = parts.partial.map(Response::into_parts);
        let not_sent =
            |obstacle, source| Failure::NotSent(Box::new(NotSent::new(operation.clone(), obstacle, source)));
        let endpoint = || self.endpoint.to_string();
        let failure = match (parts.kind, parts.timed_out, &partial) {
            (TransportErrorKind::NotSent, true, _) => {
                let limit = self.config.settings().limits.connect.min(deadline.limit);
                not_sent(Obstacle::TooSlow { endpoint: endpoint(), limit }, source)
            }
            (TransportErrorKind::Untrusted, ..) => {
                not_sent(Obstacle::Untrusted { endpoint: endpoint() }, source)
            }
            (TransportErrorKind::NotSent, false, _) => {
                not_sent(Obstacle::NoConnection { endpoint: endpoint() }, source)
            }
            (TransportErrorKind::Redirected, _, Some((head, _))) => {
                Failure::Redirected(Box::new(redirected(terms, head, redactor)))
            }
            (_, true, partial) => {
                let error = TimedOut::new(operation.clone(), deadline.limit).with_source(source);
                Failure::TimedOut(Box::new(match partial {
                    Some((head, body)) => error.with_start_of_answer(
                        head.status.as_u16(),
                        redacted_request_id(&head.headers, redactor),
                        body.clone(),
                    ),
                    None => error,
                }))
            }
            (kind, false, Some((head, body))) => {
                let flaw = match kind {
                    TransportErrorKind::TooLarge => Flaw::TooLarge,
                    _ => Flaw::Truncated,
                };
                let error = unreadable(terms, flaw, head, body.clone(), redactor).with_source(source);
                Failure::Unreadable(Box::new(error))
            }
            (_, false, None) => Failure::Interrupted(Box::new(Interrupted::new(operation.clone(), source))),
        };
        match partial {
            Some((head, _)) => Failed::with_head(failure, &head),
            None => failure.into(),
        }
    }
}
