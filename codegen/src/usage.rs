//! How other code uses a generated client: the names of an operation's types, and the expression that builds a
//! request with given values.

use serde_json::{Map, Value};

use ccc_spec::model::ProductSpec;

use crate::plan::{self, FieldPlan, Home, Identifier, OperationPlan, Plan, StructurePlan, TypePlan, TypeRef};
use crate::text::literal;

/// The names of a client that [`generate`](crate::generate) writes for the same operations.
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
    /// Values that are not in it, by path, each with the reason.
    pub left_out: Vec<String>,
    /// Required parameters that no value was given for, by path; samples of the page, or made up values, stand
    /// there.
    pub filled_in: Vec<String>,
}

impl Usage {
    /// Plans the names of a product's operations.
    #[must_use]
    pub fn of(spec: &ProductSpec) -> Self {
        Self { plan: plan::plan(spec) }
    }

    /// Path of the type that an operation answers with, from the folder of generated source.
    ///
    /// ```
    /// let usage = ccc_codegen::Usage::of(&ccc_spec::model::ProductSpec::default());
    /// assert_eq!(usage.response("Ring"), None);
    /// ```
    #[must_use]
    pub fn response(&self, action: &str) -> Option<String> {
        let operation = self.operation(action)?;
        Some(format!("operation::{}::{}", operation.name.as_str(), operation.response.name.as_str()))
    }

    /// The expression that builds an operation's request with these values, by their names on the wire: texts as a
    /// query has them, lists and objects where `Tag.1.Key` names them. Values that have no parameter, or do not fit
    /// its type, are left out and named.
    #[must_use]
    pub fn request(&self, action: &str, values: &Map<String, Value>) -> Option<Construction> {
        let operation = self.operation(action)?;
        let mut writer = Writer {
            plan: &self.plan,
            operation,
            left_out: Vec::new(),
            filled_in: Vec::new(),
            path: Vec::new(),
        };
        let setters = writer.setters(&operation.request.fields, values);
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

struct Writer<'p> {
    plan: &'p Plan,
    operation: &'p OperationPlan,
    left_out: Vec<String>,
    filled_in: Vec<String>,
    /// Where in the request the value stands that is being written.
    path: Vec<String>,
}

impl Writer<'_> {
    fn setters(&mut self, fields: &[FieldPlan], values: &Map<String, Value>) -> String {
        let mut setters = String::new();
        for field in fields {
            self.path.push(field.wire.clone());
            if let Some(value) = self.parameter(field, values.get(&field.wire)) {
                setters.push_str(&format!(".{}({value})", field.name.as_str()));
            }
            self.path.pop();
        }
        for name in values.keys().filter(|name| fields.iter().all(|field| field.wire != **name)) {
            self.leave_out(Some(name), "no such parameter");
        }
        setters
    }

    /// The argument of a parameter's setter; nothing if it is not to be called.
    fn parameter(&mut self, field: &FieldPlan, value: Option<&Value>) -> Option<String> {
        let (ty, required) = match &field.ty {
            TypeRef::Option(inner) => (inner.as_ref(), false),
            ty => (ty, true),
        };
        let written = value.and_then(|value| match value {
            Value::String(text) if field.json => {
                let parsed = serde_json::from_str(text).unwrap_or(Value::Null);
                self.value(ty, &parsed)
            }
            value => self.value(ty, value),
        });
        if written.is_some() || !required {
            return written;
        }
        self.filled_in.push(self.path.join("."));
        let sample = field.sample.as_deref().map_or(Value::Null, Value::from);
        Some(self.quietly(|writer| writer.value(ty, &sample)).unwrap_or_else(|| self.made_up(ty)))
    }

    /// An expression for a setter of this type; nothing, named as left out, if the value does not fit it.
    fn value(&mut self, ty: &TypeRef, value: &Value) -> Option<String> {
        let text = match value {
            Value::String(text) => Some(text.clone()),
            Value::Number(number) => Some(number.to_string()),
            Value::Bool(truth) => Some(truth.to_string()),
            _ => None,
        };
        let written = match (ty, value) {
            (TypeRef::Text, _) => text.as_deref().map(|text| literal(text).to_string()),
            (TypeRef::Integer, _) => number::<i32>(text.as_deref()).map(|number| format!("{number}_i32")),
            (TypeRef::Long, _) => number::<i64>(text.as_deref()).map(|number| format!("{number}_i64")),
            (TypeRef::Float, _) => {
                number::<f64>(text.as_deref()).filter(|n| n.is_finite()).map(|n| format!("{n:?}_f64"))
            }
            (TypeRef::Boolean, _) => number::<bool>(text.as_deref().map(str::to_lowercase).as_deref())
                .map(|truth| truth.to_string()),
            (TypeRef::Json, value) => Some(json(value)),
            (TypeRef::Option(inner), value) => return self.value(inner, value),
            (TypeRef::List(element), Value::Array(elements)) => {
                return self.elements(element, elements).map(|elements| format!("[{elements}]"));
            }
            (TypeRef::Map(inner), Value::Object(entries)) => {
                return self.entries(inner, entries).map(|entries| format!("[{entries}]"));
            }
            // A list of one, or a whole list or object in a text.
            (TypeRef::List(_) | TypeRef::Map(_), Value::String(text)) => {
                let parsed = serde_json::from_str(text).ok().filter(|value: &Value| !value.is_string());
                return match (parsed, ty) {
                    (Some(parsed @ (Value::Array(_) | Value::Object(_))), _) => self.value(ty, &parsed),
                    (_, TypeRef::List(_)) => self.value(ty, &Value::Array(vec![value.clone()])),
                    _ => self.leave_out(None, "no map"),
                };
            }
            (TypeRef::Named(name, home), value) => return self.named(name, *home, value, text.as_deref()),
            _ => None,
        };
        if written.is_none() {
            self.leave_out(None, "does not fit the type");
        }
        written
    }

    fn named(&mut self, name: &Identifier, home: Home, value: &Value, text: Option<&str>) -> Option<String> {
        let Some(structure) = self.structure(name, home) else {
            // An open enum takes any text.
            let written = text.map(|text| literal(text).to_string());
            return if written.is_some() { written } else { self.leave_out(None, "is no text") };
        };
        let parsed;
        let members = match value {
            Value::Object(members) => members,
            Value::String(text) => {
                parsed = serde_json::from_str(text).unwrap_or_default();
                &parsed
            }
            _ => return self.leave_out(None, "is no structure"),
        };
        let module = home.module(&self.operation.name);
        let setters = self.setters(&structure.fields, members);
        Some(format!("crate::{module}::{}::builder(){setters}.build()", name.as_str()))
    }

    fn structure(&self, name: &Identifier, home: Home) -> Option<StructurePlan> {
        let shared = self.plan.types.iter().map(|shared| &shared.plan);
        let named = |plan: &&TypePlan| plan.name() == name;
        let found = match home {
            Home::Shared => shared.into_iter().find(named),
            Home::Operation(_) => self.operation.types.iter().find(named),
        };
        match found {
            Some(TypePlan::Structure(structure)) => Some(structure.clone()),
            Some(TypePlan::Enum(_)) | None => None,
        }
    }

    /// The elements of an array expression; none makes no expression, since it would have no type.
    fn elements(&mut self, ty: &TypeRef, values: &[Value]) -> Option<String> {
        let mut elements = Vec::with_capacity(values.len());
        for (index, value) in values.iter().enumerate() {
            self.path.push((index + 1).to_string());
            elements.extend(self.element(ty, value));
            self.path.pop();
        }
        (!elements.is_empty()).then(|| elements.join(", "))
    }

    fn entries(&mut self, ty: &TypeRef, values: &Map<String, Value>) -> Option<String> {
        let mut entries = Vec::with_capacity(values.len());
        for (key, value) in values {
            self.path.push(key.clone());
            entries.extend(self.element(ty, value).map(|value| format!("({}, {value})", literal(key))));
            self.path.pop();
        }
        (!entries.is_empty()).then(|| entries.join(", "))
    }

    /// An expression for an element of a list or map; containers in containers have their own type.
    fn element(&mut self, ty: &TypeRef, value: &Value) -> Option<String> {
        match (ty, value) {
            (TypeRef::List(inner), Value::Array(values)) => {
                let elements = self.elements(inner, values)?;
                Some(format!("[{elements}].into_iter().map(Into::into).collect::<Vec<_>>()"))
            }
            (TypeRef::List(_) | TypeRef::Map(_), _) => self.leave_out(None, "is nested too deep"),
            _ => self.value(ty, value),
        }
    }

    /// A value for a required parameter of which nothing is known.
    fn made_up(&mut self, ty: &TypeRef) -> String {
        match ty {
            TypeRef::Text | TypeRef::Json => "\"\"".to_owned(),
            TypeRef::Integer => "1_i32".to_owned(),
            TypeRef::Long => "1_i64".to_owned(),
            TypeRef::Float => "1.0_f64".to_owned(),
            TypeRef::Boolean => "false".to_owned(),
            TypeRef::Option(inner) => self.made_up(inner),
            TypeRef::List(element) => format!("[{}]", self.made_up_element(element)),
            TypeRef::Map(value) => format!("[(\"key\", {})]", self.made_up_element(value)),
            TypeRef::Named(name, home) => {
                let empty = Value::Object(Map::new());
                self.named(name, *home, &empty, Some("")).unwrap_or_default()
            }
        }
    }

    fn made_up_element(&mut self, ty: &TypeRef) -> String {
        match ty {
            TypeRef::List(inner) => format!("vec![{}.into()]", self.made_up_element(inner)),
            TypeRef::Map(_) => "std::collections::BTreeMap::new()".to_owned(),
            _ => self.made_up(ty),
        }
    }

    /// Tries something without naming what it leaves out.
    fn quietly(&mut self, attempt: impl FnOnce(&mut Self) -> Option<String>) -> Option<String> {
        let left_out = self.left_out.len();
        let result = attempt(self);
        self.left_out.truncate(left_out);
        result
    }

    fn leave_out(&mut self, name: Option<&str>, reason: &str) -> Option<String> {
        let path: Vec<&str> = self.path.iter().map(String::as_str).chain(name).collect();
        self.left_out.push(format!("{}: {reason}", path.join(".")));
        None
    }
}

fn number<T: std::str::FromStr>(text: Option<&str>) -> Option<T> {
    text?.trim().parse().ok()
}

fn json(value: &Value) -> String {
    match value {
        Value::String(text) => literal(text).to_string(),
        value => format!(
            "serde_json::from_str::<serde_json::Value>({}).unwrap_or_default()",
            literal(&value.to_string())
        ),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::fixtures::{linked, list_rooms};

    fn construction(values: &Value) -> Construction {
        Usage::of(&linked(&[list_rooms()])).request("ListRooms", values.as_object().unwrap()).unwrap()
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
            "crate::operation::list_rooms::ListRoomsRequest::builder().limit(3_i32)\
             .filter([crate::types::FilterParameter::builder().name(\"floor\").values([\"1\", \"2\"]).build()])\
             .tags([\"a\"]).options([(\"Light\", \"on\")]).room_state(\"FREE\").build()"
        );
    }

    #[test]
    fn what_does_not_fit_is_named() {
        let built = construction(&json!({ "Limit": "many", "Options": { "Light": "on" }, "Door": "open" }));
        assert_eq!(built.left_out, ["Limit: does not fit the type", "Door: no such parameter"]);
    }

    #[test]
    fn required_parameters_are_filled_in() {
        let built = construction(&json!({}));
        assert_eq!(built.filled_in, ["Limit", "Filter", "Filter.Name"]);
        assert!(built.expression.contains(".limit(10_i32)"), "{}", built.expression);
    }

    #[test]
    fn the_answers_type_has_a_path() {
        let usage = Usage::of(&linked(&[list_rooms()]));
        assert_eq!(usage.response("ListRooms").as_deref(), Some("operation::list_rooms::ListRoomsResponse"));
    }
}
