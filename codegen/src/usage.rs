//! Expressions for code that uses a generated client: the path of an operation's response, and requests with given values.

use serde_json::{Map, Value};

use ccc_spec::model::ProductSpec;

use crate::plan::expression::{Paths, Writer};
use crate::plan::{self, OperationPlan, Plan};

/// The names in a client that [`generate`](crate::generate) writes for the same operations.
#[derive(Clone, Debug)]
pub struct Usage {
    plan: Plan,
}

/// Rust source that builds a request.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Construction {
    /// An expression; its paths start at the folder of generated source as `crate`.
    pub expression: String,
    /// Values that are not in the expression, by path, each with the reason.
    pub left_out: Vec<String>,
    /// Required parameters that no value was given for, by path. The expression sets them to samples of the page, or to
    /// made-up values.
    pub filled_in: Vec<String>,
}

impl Usage {
    /// Plans the names of a product's operations.
    #[must_use]
    pub fn new(spec: &ProductSpec) -> Self {
        Self { plan: plan::plan(spec) }
    }

    /// Returns the path of an operation's response type, from the folder of generated source.
    ///
    /// ```
    /// let usage = ccc_codegen::Usage::new(&ccc_spec::model::ProductSpec::default());
    /// assert_eq!(usage.response("Ring"), None);
    /// ```
    #[must_use]
    pub fn response(&self, action: &str) -> Option<String> {
        let operation = self.operation(action)?;
        Some(format!("operation::{}::{}", operation.name.as_str(), operation.response.name.as_str()))
    }

    /// Writes an expression that builds an operation's request with these values, which are named as on the wire.
    /// Strings are written as in a query; lists and objects take the place of names such as `Tag.1.Key`. Values without
    /// a parameter, and values that do not fit its type, are left out and named.
    #[must_use]
    pub fn request(&self, action: &str, values: &Map<String, Value>) -> Option<Construction> {
        let operation = self.operation(action)?;
        let types = self.plan.types.iter().map(|shared| &shared.plan).chain(&operation.types);
        let mut writer = Writer::new(&operation.name, types, Paths::Full);
        let setters = writer.setters(&operation.request.fields, values).concat();
        let (module, name) = (operation.name.as_str(), operation.request.name.as_str());
        Some(Construction {
            expression: format!("crate::operation::{module}::{name}::builder(){setters}.build()"),
            left_out: writer.left_out,
            filled_in: writer.filled_in,
        })
    }

    fn operation(&self, action: &str) -> Option<&OperationPlan> {
        self.plan.operations.iter().find(|operation| operation.action == action)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::fixtures::{linked, list_rooms};

    fn construction(values: &Value) -> Construction {
        Usage::new(&linked(&[list_rooms()])).request("ListRooms", values.as_object().unwrap()).unwrap()
    }

    #[test]
    fn every_kind_of_value_has_its_setter() {
        let values = json!({
            "Limit": "3",
            "Filter": [{ "Name": "floor", "Values": ["1", "2"] }],
            "Tags": "[\"a\"]",
            "Options": { "Light": "on" },
            "RoomState": "FREE",
        });
        let built = construction(&values);
        assert_eq!((built.left_out, built.filled_in), (vec![], vec![]));
        assert_eq!(
            built.expression,
            "crate::operation::list_rooms::ListRoomsRequest::builder().limit(3)\
             .filter([crate::types::FilterParameter::builder().name(\"floor\").values([\"1\", \"2\"]).build()])\
             .tags([\"a\"]).options([(\"Light\", \"on\")]).room_state(\"FREE\").build()"
        );
    }

    #[test]
    fn values_that_do_not_fit_are_named() {
        let built = construction(&json!({ "Limit": "many", "Options": { "Light": "on" }, "Door": "open" }));
        assert_eq!(built.left_out, ["Limit: does not fit the type", "Door: no such parameter"]);
    }

    #[test]
    fn required_parameters_are_filled_in() {
        let built = construction(&json!({}));
        assert_eq!(built.filled_in, ["Limit", "Filter", "Filter.1.Name"]);
        assert!(built.expression.contains(".limit(10)"), "{}", built.expression);
    }

    #[test]
    fn a_response_type_has_a_path() {
        let usage = Usage::new(&linked(&[list_rooms()]));
        assert_eq!(usage.response("ListRooms").as_deref(), Some("operation::list_rooms::ListRoomsResponse"));
    }
}
