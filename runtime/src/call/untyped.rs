//! One call of an operation, without its types.

use super::error::{Failure, NotSent, Obstacle};
use super::intercept::BoxError;
use super::outcome::Terms;
use crate::identity::credentials::Credentials;
use crate::wire::parameters::ParameterList;
use crate::wire::redact::Redactor;
use crate::wire::scrub::scrub;

/// The untyped part of a call, so that code using it is compiled once.
pub(crate) struct Call<'a> {
    pub(crate) product: &'static str,
    pub(crate) version: &'static str,
    pub(crate) terms: Terms,
    pub(crate) safe_to_repeat: bool,
    pub(crate) parameters: &'a ParameterList<'a>,
}

impl Call<'_> {
    /// Creates the redactor for an error. It copies secrets, so successful calls make none.
    pub(crate) fn redactor(&self, credentials: &Credentials) -> Redactor {
        Redactor::from_request(self.parameters, credentials.secrets())
    }

    /// Creates the error of a call that could not be sent.
    pub(crate) fn not_sent(&self, obstacle: Obstacle, error: BoxError) -> Failure {
        let source = scrub(error, &Redactor::from_request(self.parameters, []));
        Failure::NotSent(Box::new(NotSent::new(self.terms.operation.clone(), obstacle, Some(source))))
    }
}
