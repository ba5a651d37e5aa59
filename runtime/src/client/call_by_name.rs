//! The builder of a call by name.

use std::fmt;

use crate::call::by_name::RequestByName;
use crate::call::limits::CallOptions;
use crate::call::operation::Sender;
use crate::wire::parameters::Parameter;

/// A call by name: set the parameters, then `send`. See [`Client::call`](crate::Client::call).
///
/// Debug shows only the names of the parameters.
#[must_use = "a call does nothing until it is sent"]
#[derive(Clone)]
pub struct CallByName<Client> {
    pub(super) client: Client,
    pub(super) request: RequestByName,
}

impl<Client: Sender> CallByName<Client> {
    pub(crate) fn new(client: Client, operation: impl Into<String>) -> Self {
        Self { client, request: RequestByName::new(operation.into()) }
    }

    /// Adds a parameter under the name that is sent: `Name`, `Tags.1`, `Filter.Key`.
    pub fn parameter(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.request.push(name.into(), value.into());
        self
    }

    /// Adds a parameter to the form in the body, for operations whose documentation says so.
    pub fn body_parameter(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.request.push_body(name.into(), value.into());
        self
    }

    /// Adds parameters, as pairs of names and values.
    pub fn parameters<N: Into<String>, V: Into<String>>(
        mut self,
        pairs: impl IntoIterator<Item = (N, V)>,
    ) -> Self {
        for (name, value) in pairs {
            self.request.push(name.into(), value.into());
        }
        self
    }

    /// Adds a [`Parameter`], which states whether it is sent in the body, and whether errors may show its value. Errors
    /// never show values that the other functions add.
    pub fn with_parameter(mut self, parameter: Parameter<'static>) -> Self {
        self.request.push_parameter(parameter);
        self
    }

    /// Sets whether the operation may be carried out twice without harm; `false` by default. If it may, the request is
    /// also sent again after a time-out or a failure of the service.
    pub fn idempotent(mut self, idempotent: bool) -> Self {
        self.request.set_idempotent(idempotent);
        self
    }

    /// Sets options for this call; options that are left out stay as the client has them.
    pub fn customize(mut self, options: CallOptions) -> Self {
        self.client = self.client.customized(options);
        self
    }
}

impl<Client> fmt::Debug for CallByName<Client> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CallByName").field("request", &self.request).finish_non_exhaustive()
    }
}
