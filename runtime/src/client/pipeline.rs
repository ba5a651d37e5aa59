//! Makes a call: one attempt after another, until one succeeds or the last has failed.

use std::sync::Arc;

use crate::call::attempts::{Course, Failed, Shared};
use crate::call::by_name::{JsonResponse, RequestByName};
use crate::call::error::{Error, Failure, NotSent, Obstacle, ServiceError};
use crate::call::intercept::{self, Attempt, Watch};
use crate::call::interpret::interpret;
use crate::call::limits::CallOptions;
use crate::call::operation::Operation;
use crate::call::outcome::Terms;
use crate::call::product::Product;
use crate::call::response::Response;
use crate::call::trace::{self, Span};
use crate::call::untyped::Call;
use crate::client::config::Config;
use crate::request::config_error::ConfigError;
use crate::request::endpoint::Endpoint;
use crate::transport::Transport;
use crate::transport::context::can_wait;
use crate::wire::decode::Target;
use crate::wire::parameters::ParameterList;

/// Sends operations of one product to one endpoint.
#[derive(Debug)]
pub(crate) struct Pipeline {
    pub(super) config: Config,
    pub(super) endpoint: Endpoint,
    pub(super) transport: Arc<dyn Transport>,
    shared: Shared,
}

/// The value that a response is read into. Its type is known only at the start of a call.
type Destination<'r> = &'r mut (dyn Target + Send);

impl Pipeline {
    pub(crate) fn new<P: Product>(config: Config) -> Result<Self, ConfigError> {
        let endpoint = config.endpoint(&P::ENDPOINTS, P::ENDPOINT_VARIABLE)?;
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

    /// Makes a call. Nothing of it outlives the future: it spawns no task, and dropping it releases everything.
    pub(crate) async fn send<O: Operation>(
        &self,
        request: &O,
        options: &CallOptions,
    ) -> Result<Response<O::Response>, Error<O::Error>> {
        let mut parameters = ParameterList::new();
        request.write_to(&mut parameters);
        let call = Call {
            product: O::Product::CODE,
            version: O::Product::VERSION,
            terms: Terms::new::<O>(),
            safe_to_repeat: O::IDEMPOTENT,
            parameters: &parameters,
        };
        let mut response = O::Response::default();
        match self.make(&call, options, &mut response).await {
            Ok(answer) => Ok(answer.with_value(response)),
            Err(failure) => Err(failure.into_operation()),
        }
    }

    /// Makes a call by name. The request itself states whether it is safe to repeat.
    pub(crate) async fn send_by_name<P: Product>(
        &self,
        request: &RequestByName,
        options: &CallOptions,
    ) -> Result<Response<JsonResponse>, Error<ServiceError>> {
        let parameters = request.parameters();
        let operation = request.operation().to_owned().into();
        let call = Call {
            product: P::CODE,
            version: P::VERSION,
            terms: Terms { operation, success_codes: P::SUCCESS_CODES, errors: &[] },
            safe_to_repeat: request.is_idempotent(),
            parameters: &parameters,
        };
        let mut response = JsonResponse::default();
        self.make(&call, options, &mut response).await.map(|answer| answer.with_value(response))
    }

    /// Makes a call and reads its response into `response`.
    async fn make(
        &self,
        call: &Call<'_>,
        options: &CallOptions,
        response: Destination<'_>,
    ) -> Result<Response<()>, Failure> {
        if let Some(Err(error)) = options.headers().map(intercept::check) {
            return Err(call.not_sent(Obstacle::Header, error));
        }
        let span = trace::call(call, &self.endpoint);
        span.around(self.attempts(call, options, response, &span))
            .await
            .inspect_err(|failure| span.failed(failure))
    }

    /// Makes all attempts of a call, within the span `whole`.
    async fn attempts(
        &self,
        call: &Call<'_>,
        options: &CallOptions,
        response: Destination<'_>,
        whole: &Span,
    ) -> Result<Response<()>, Failure> {
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

    /// Makes one attempt, with its span and interceptors.
    async fn attempt(
        &self,
        call: &Call<'_>,
        course: &Course<'_>,
        options: &CallOptions,
        response: Destination<'_>,
        whole: &Span,
    ) -> Result<Response<()>, Failed> {
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

    /// Makes one attempt, from credentials to outcome.
    async fn answered(
        &self,
        call: &Call<'_>,
        course: &Course<'_>,
        watch: &mut Watch<'_>,
        response: Destination<'_>,
        spans: [&Span; 2],
    ) -> Result<Response<()>, Failed> {
        let exchange = self.exchange(call, course, watch).await?;
        let (head, body) = exchange.response.into_parts();
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
