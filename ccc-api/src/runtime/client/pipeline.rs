//! A call: its attempts one after another, until one succeeds or the last has failed.

use std::sync::Arc;

use crate::runtime::call::answer::Answer;
use crate::runtime::call::attempts::{Course, Failed, Shared};
use crate::runtime::call::by_name::{JsonResponse, RequestByName};
use crate::runtime::call::error::{Error, Failure, NotSent, Obstacle, ServiceError};
use crate::runtime::call::intercept::{self, Attempt, Watch};
use crate::runtime::call::interpret::interpret;
use crate::runtime::call::limits::CallOptions;
use crate::runtime::call::operation::Operation;
use crate::runtime::call::outcome::Terms;
use crate::runtime::call::trace::{self, Span};
use crate::runtime::call::untyped::Call;
use crate::runtime::client::config::Config;
use crate::runtime::request::config_error::ConfigError;
use crate::runtime::request::endpoint::{Endpoint, EndpointRules};
use crate::runtime::transport::Transport;
use crate::runtime::transport::context::can_wait;
use crate::runtime::wire::decode::Target;
use crate::runtime::wire::parameters::ParameterList;

/// Sends operations of one product to one endpoint.
#[derive(Debug)]
pub(crate) struct Pipeline {
    pub(super) config: Config,
    pub(super) endpoint: Endpoint,
    pub(super) transport: Arc<dyn Transport>,
    shared: Shared,
}

/// What an answer is read into: of all types in a call, that of its response is known where it begins alone.
type Response<'r> = &'r mut (dyn Target + Send);

impl Pipeline {
    /// `variable` is the environment variable of the product's endpoint.
    pub(crate) fn new(
        config: Config,
        rules: &EndpointRules,
        variable: &'static str,
    ) -> Result<Self, ConfigError> {
        let endpoint = config.endpoint(rules, variable)?;
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
        options: &CallOptions,
    ) -> Result<Answer<O::Response>, Error<O::Error>> {
        let mut parameters = ParameterList::new();
        request.write_to(&mut parameters);
        let call = Call {
            product: O::PRODUCT,
            version: O::VERSION,
            terms: Terms::of::<O>(),
            safe_to_repeat: O::SAFE_TO_REPEAT,
            parameters: &parameters,
        };
        let mut response = O::Response::default();
        match self.make(&call, options, &mut response).await {
            Ok(answer) => Ok(answer.with_value(response)),
            Err(failure) => Err(failure.into_operation()),
        }
    }

    /// Makes the call of an operation by its name, of which no more is known than of its product: it is not safe
    /// to repeat.
    pub(crate) async fn send_by_name(
        &self,
        product: &'static str,
        version: &'static str,
        success_codes: &'static [&'static str],
        request: &RequestByName,
        options: &CallOptions,
    ) -> Result<Answer<JsonResponse>, Error<ServiceError>> {
        let parameters = request.parameters();
        let operation = request.operation().to_owned().into();
        let terms = Terms { operation, success_codes, errors: &[] };
        let call = Call { product, version, terms, safe_to_repeat: false, parameters: &parameters };
        let mut response = JsonResponse::default();
        self.make(&call, options, &mut response).await.map(|answer| answer.with_value(response))
    }

    /// Makes a call, whose answer is read into `response`.
    async fn make(
        &self,
        call: &Call<'_>,
        options: &CallOptions,
        response: Response<'_>,
    ) -> Result<Answer<()>, Failure> {
        if let Some(Err(error)) = options.headers().map(intercept::check) {
            return Err(call.not_sent(Obstacle::Header, error));
        }
        let span = trace::call(call, &self.endpoint);
        span.around(self.attempts(call, options, response, &span))
            .await
            .inspect_err(|failure| span.failed(failure))
    }

    /// All attempts of a call, which `whole` spans.
    async fn attempts(
        &self,
        call: &Call<'_>,
        options: &CallOptions,
        response: Response<'_>,
        whole: &Span,
    ) -> Result<Answer<()>, Failure> {
        can_wait().map_err(|missing| NotSent::unusable(call.terms.operation.clone(), missing))?;
        let settings = self.config.settings();
        let mut course = Course::begin(
            call.safe_to_repeat,
            options.retry(settings.retry),
            options.limits(settings.limits),
            &self.shared,
            settings.clock.as_ref(),
        );
        loop {
            match self.attempt(call, &course, options, response, whole).await {
                Ok(answer) => return Ok(answer.with_attempts(course.succeed())),
                Err(failed) => course.fail(failed).await?,
            }
        }
    }

    /// One attempt, and all who watch it.
    async fn attempt(
        &self,
        call: &Call<'_>,
        course: &Course<'_>,
        options: &CallOptions,
        response: Response<'_>,
        whole: &Span,
    ) -> Result<Answer<()>, Failed> {
        let span = trace::attempt(course.attempt(), &self.endpoint);
        let mut watch = Watch::new(options.headers(), &self.config.settings().interceptors, || Attempt {
            product: call.product,
            version: call.version,
            operation: &call.terms.operation,
            number: course.attempt(),
            endpoint: &self.endpoint,
        });
        let outcome = span.around(self.answered(call, course, &mut watch, response, [whole, &span])).await;
        let failure = outcome.as_ref().err().map(Failed::failure);
        if let Some(failure) = failure {
            span.failed(failure);
        }
        watch.over(failure);
        outcome
    }

    /// One attempt, from its credentials to the meaning of its answer.
    async fn answered(
        &self,
        call: &Call<'_>,
        course: &Course<'_>,
        watch: &mut Watch<'_>,
        response: Response<'_>,
        spans: [&Span; 2],
    ) -> Result<Answer<()>, Failed> {
        let exchange = self.exchange(call, course, watch).await?;
        let (head, body) = exchange.answer.into_parts();
        watch.arrived(&head, body.len());
        let redactor = || call.redactor(&exchange.signing.credentials);
        let answer = interpret(&call.terms, &head, body, response, redactor)
            .map_err(|failure| self.explained(failure, &head, call, &exchange.signing))?
            .with_headers(head.headers);
        for span in spans {
            span.succeeded(&answer, course.attempt(), redactor);
        }
        Ok(answer)
    }
}
