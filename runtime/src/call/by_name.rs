//! Calls by name, for operations that the crate of the product does not have: parameters as pairs, the response as
//! JSON.

use std::fmt;
use std::ops::Deref;

use serde::Deserializer;
use serde::de::Error as _;
use serde_json::Value;
use serde_json::value::RawValue;

use crate::wire::decode::{Context, Decode};
use crate::wire::parameters::{Parameter, ParameterList};

/// The name of an operation, and its parameters as they are sent.
///
/// Any of them may be sensitive, so Debug shows no value.
#[derive(Clone)]
pub(crate) struct RequestByName {
    operation: String,
    parameters: Vec<Parameter<'static>>,
    idempotent: bool,
}

impl RequestByName {
    pub(crate) fn new(operation: String) -> Self {
        Self { operation, parameters: Vec::new(), idempotent: false }
    }

    /// Adds a parameter. It may be sensitive.
    pub(crate) fn push(&mut self, name: String, value: String) {
        self.parameters.push(Parameter::sensitive(name, value));
    }

    /// Adds a parameter to the body.
    pub(crate) fn push_body(&mut self, name: String, value: String) {
        self.parameters.push(Parameter::sensitive(name, value).in_body());
    }

    /// Adds a parameter as it is.
    pub(crate) fn push_parameter(&mut self, parameter: Parameter<'static>) {
        self.parameters.push(parameter);
    }

    pub(crate) fn set_idempotent(&mut self, idempotent: bool) {
        self.idempotent = idempotent;
    }

    pub(crate) fn is_idempotent(&self) -> bool {
        self.idempotent
    }

    pub(crate) fn operation(&self) -> &str {
        &self.operation
    }

    pub(crate) fn parameters(&self) -> ParameterList<'_> {
        let mut list = ParameterList::new();
        self.parameters.iter().for_each(|parameter| list.push(parameter.borrowed()));
        list
    }
}

impl fmt::Debug for RequestByName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = self.parameters.iter().map(Parameter::name).collect();
        f.debug_struct("RequestByName")
            .field("operation", &self.operation)
            .field("parameters", &names)
            .finish()
    }
}

/// A whole response as JSON, including the envelope. Dereferences to its [`Value`].
///
/// Debug does not show it, because it may hold phone numbers.
#[derive(Clone, Default, PartialEq)]
pub struct JsonResponse(Value);

impl JsonResponse {
    /// Returns the value.
    #[must_use]
    pub fn into_value(self) -> Value {
        self.0
    }
}

impl Deref for JsonResponse {
    type Target = Value;

    fn deref(&self) -> &Value {
        &self.0
    }
}

impl fmt::Debug for JsonResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("JsonResponse").finish_non_exhaustive()
    }
}

impl Decode for JsonResponse {
    fn decode<'de, D: Deserializer<'de>>(
        deserializer: D,
        mut context: Context<'_>,
    ) -> Result<Option<Self>, D::Error> {
        let raw: &RawValue = serde::Deserialize::deserialize(deserializer)?;
        context.read_envelope(raw);
        let value = Value::decode(&mut serde_json::Deserializer::from_str(raw.get()), context);
        value.map(|value| value.map(Self)).map_err(D::Error::custom)
    }
}

#[cfg(feature = "serialize")]
impl serde::Serialize for JsonResponse {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}
