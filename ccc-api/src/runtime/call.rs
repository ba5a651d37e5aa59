//! A call: its attempts one after another, until one succeeds or the last has failed.

use std::sync::Arc;

use super::attempts::{Course, Failed, Shared};
use super::config::Config;
use super::endpoint::{Endpoint, EndpointRules};
use super::error::{ConfigError, Failure};
use super::interpret::interpret;
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
        let call = Call { operation: O::ACTION, version: O::VERSION, parameters: &parameters };
        let settings = self.config.settings();
        let mut course = Course::begin(
            O::SAFE_TO_REPEAT,
            options.retry(settings.retry),
            options.limits(settings.limits),
            &self.shared,
            settings.clock.as_ref(),
        );
        loop {
            match self.attempt::<O>(&call, &course).await {
                Ok(answer) => return Ok(answer.with_attempts(course.succeed())),
                Err(failed) => course.fail(failed).await.map_err(Failure::into_operation)?,
            }
        }
    }

    /// One attempt, from its credentials to the meaning of its answer.
    async fn attempt<O: Operation>(
        &self,
        call: &Call<'_>,
        course: &Course<'_>,
    ) -> Result<Answer<O::Response>, Failed> {
        let exchange = self.exchange(call, course).await?;
        let (head, body) = exchange.answer.into_parts();
        interpret::<O>(&head, body, || call.redactor(&exchange.credentials))
            .map_err(|failure| Failed::with_head(failure, &head))
    }
}
