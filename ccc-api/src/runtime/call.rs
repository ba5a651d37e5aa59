//! A call: its attempts one after another, until one succeeds or the last has failed.

use std::sync::Arc;

use super::attempts::{Course, Failed, Shared};
use super::config::Config;
use super::context::can_wait;
use super::endpoint::{Endpoint, EndpointRules};
use super::error::{ConfigError, Failure, NotSent};
use super::intercept::{Attempt, Watch};
use super::interpret::interpret;
use super::trace::{self, Span};
use super::transport::Transport;
use super::{Answer, CallOptions, Error, Operation, ParameterList};

/// Sends operations of one product to one endpoint.
#[derive(Debug)]
pub(crate) struct Pipeline {
    pub(super) config: Config,
    pub(super) endpoint: Endpoint,
    pub(super) transport: Arc<dyn Transport>,
    shared: Shared,
}

/// What is to be known of an operation apart from its types: so that most of what is done with it is compiled once.
pub(super) struct Call<'a> {
    pub(super) product: &'static str,
    pub(super) operation: &'static str,
    pub(super) version: &'static str,
    pub(super) parameters: &'a ParameterList<'a>,
}

impl Pipeline {
    pub(crate) fn new(config: Config, rules: &EndpointRules) -> Result<Self, ConfigError> {
        let endpoint = config.endpoint(rules)?;
        let transport = config.transport(&endpoint)?;
        let shared = Shared::new(config.settings().retry);
        Ok(Self { config, endpoint, transport, shared })
    }

    pub(crate) fn endpoint(&self) -> &Endpoint {
        &self.endpoint
    }

    pub(crate) fn transport(&self) -> Arc<dyn Transport> {
        Arc::clone(&self.transport)
    }

    /// Makes a call. Nothing of it outlives the future: no task is spawned, and what a dropped one took is given back.
    pub(crate) async fn send<O: Operation>(
        &self,
        request: &O,
        options: CallOptions,
    ) -> Result<Answer<O::Response>, Error<O::Error>> {
        let mut parameters = ParameterList::new();
        request.write_to(&mut parameters);
        let call =
            Call { product: O::PRODUCT, operation: O::ACTION, version: O::VERSION, parameters: &parameters };
        let span = trace::call(&call, &self.endpoint);
        span.around(self.attempts::<O>(&call, options, &span)).await.map_err(|failure| {
            span.failed(&failure);
            failure.into_operation()
        })
    }

    /// All attempts of a call, which `whole` spans.
    async fn attempts<O: Operation>(
        &self,
        call: &Call<'_>,
        options: CallOptions,
        whole: &Span,
    ) -> Result<Answer<O::Response>, Failure> {
        can_wait().map_err(|missing| NotSent::unusable(call.operation, missing))?;
        let settings = self.config.settings();
        let mut course = Course::begin(
            O::SAFE_TO_REPEAT,
            options.retry(settings.retry),
            options.limits(settings.limits),
            &self.shared,
            settings.clock.as_ref(),
        );
        loop {
            match self.attempt::<O>(call, &course, whole).await {
                Ok(answer) => return Ok(answer.with_attempts(course.succeed())),
                Err(failed) => course.fail(failed).await?,
            }
        }
    }

    /// One attempt, and all who watch it.
    async fn attempt<O: Operation>(
        &self,
        call: &Call<'_>,
        course: &Course<'_>,
        whole: &Span,
    ) -> Result<Answer<O::Response>, Failed> {
        let span = trace::attempt(course.attempt(), &self.endpoint);
        let mut watch = Watch::new(&self.config.settings().interceptors, || Attempt {
            product: call.product,
            version: call.version,
            operation: call.operation,
            number: course.attempt(),
            endpoint: &self.endpoint,
        });
        let outcome = span.around(self.answered::<O>(call, course, &mut watch, [whole, &span])).await;
        let failure = outcome.as_ref().err().map(Failed::failure);
        if let Some(failure) = failure {
            span.failed(failure);
        }
        watch.over(failure);
        outcome
    }

    /// One attempt, from its credentials to the meaning of its answer.
    async fn answered<O: Operation>(
        &self,
        call: &Call<'_>,
        course: &Course<'_>,
        watch: &mut Watch<'_>,
        spans: [&Span; 2],
    ) -> Result<Answer<O::Response>, Failed> {
        let exchange = self.exchange(call, course, watch).await?;
        let (head, body) = exchange.answer.into_parts();
        watch.arrived(&head, body.len());
        let redactor = || call.redactor(&exchange.signing.credentials);
        let answer = interpret::<O>(&head, body, redactor)
            .map_err(|failure| self.explained(failure, &head, call, &exchange.signing))?;
        for span in spans {
            span.succeeded(&answer, course.attempt(), redactor);
        }
        Ok(answer)
    }
}
