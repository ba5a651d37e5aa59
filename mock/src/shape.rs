//! Fields of a world or a test in the shape that the operation's page documents.

use acs_runtime::description::{FieldDescription, Kind, OperationDescription};
use serde_json::{Map, Value, json};

/// The fields that a world gives, with the envelope around them, as the page documents them.
pub(super) fn shaped(
    operation: &OperationDescription,
    mut fields: Map<String, Value>,
    request_id: &str,
) -> Value {
    let envelope = [
        ("Code", json!("OK")),
        ("HttpStatusCode", json!(200)),
        ("Message", json!("OK")),
        ("Params", json!([])),
        ("RequestId", json!(request_id)),
        ("Success", json!(true)),
    ];
    for (name, value) in envelope {
        fields.entry(name).or_insert(value);
    }
    Value::Object(documented(fields, operation.answer, Undocumented::LeftOut))
}

/// Puts fields in place of a response's own, each in its documented type; those that the page does not document too.
pub(super) fn replace(
    response: &mut Map<String, Value>,
    fields: Map<String, Value>,
    documented: &[FieldDescription],
) {
    for (name, value) in fields {
        let kind = documented.iter().find(|field| field.name == name).map(|field| &field.kind);
        match (kind, response.get_mut(&name), value) {
            (Some(Kind::Structure { fields }), Some(Value::Object(own)), Value::Object(given)) => {
                replace(own, given, fields);
            }
            (Some(kind), _, value) => {
                response.insert(name, typed(value, kind, Undocumented::Kept));
            }
            (None, _, value) => {
                response.insert(name, value);
            }
        }
    }
}

/// What becomes of fields that the page does not document.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Undocumented {
    Kept,
    LeftOut,
}

/// What of an object is documented, in the documented types.
fn documented(
    mut object: Map<String, Value>,
    fields: &[FieldDescription],
    rest: Undocumented,
) -> Map<String, Value> {
    let mut shaped: Map<String, Value> = fields
        .iter()
        .filter_map(|field| {
            let value = object.remove(field.name)?;
            Some((field.name.to_owned(), typed(value, &field.kind, rest)))
        })
        .collect();
    if rest == Undocumented::Kept {
        shaped.extend(object);
    }
    shaped
}

fn typed(value: Value, kind: &Kind, rest: Undocumented) -> Value {
    match (kind, value) {
        (_, Value::Null) => Value::Null,
        (Kind::Structure { fields }, Value::Object(object)) => {
            Value::Object(documented(object, fields, rest))
        }
        (Kind::List { element, wrapper }, Value::Array(elements)) => {
            let list = Value::Array(elements.into_iter().map(|value| typed(value, element, rest)).collect());
            match wrapper {
                Some(wrapper) => json!({ (*wrapper): list }),
                None => list,
            }
        }
        (Kind::Map { value: kind }, Value::Object(object)) => {
            Value::Object(object.into_iter().map(|(key, value)| (key, typed(value, kind, rest))).collect())
        }
        (Kind::Within { kind, .. }, value) => typed(value, kind, rest),
        (
            Kind::Text { .. },
            value @ (Value::Number(_) | Value::Bool(_) | Value::Array(_) | Value::Object(_)),
        ) => Value::String(value.to_string()),
        (Kind::Integer | Kind::Long | Kind::Float, Value::String(text)) => {
            serde_json::from_str::<Value>(&text).ok().filter(Value::is_number).unwrap_or(Value::Null)
        }
        (Kind::Boolean, Value::String(text)) => text.parse().map_or(Value::Null, Value::Bool),
        (_, value) => value,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn field(name: &'static str, kind: Kind) -> FieldDescription {
        FieldDescription::new(name, kind)
    }

    const OPERATION: OperationDescription = OperationDescription {
        answer: &[
            field("Code", Kind::TEXT),
            field("RequestId", Kind::TEXT),
            field(
                "Data",
                Kind::Structure {
                    fields: &[
                        field("Count", Kind::TEXT),
                        field("Size", Kind::Within { kind: &Kind::Integer, min: None, max: None }),
                        field("Names", Kind::List { element: &Kind::TEXT, wrapper: Some("Name") }),
                        field("Flags", Kind::TEXT),
                    ],
                },
            ),
        ],
        ..OperationDescription::new("Shop", "2020-07-01", "ListBells")
    };

    fn data(data: Value) -> Value {
        let fields = [("Data".to_owned(), data)].into_iter().collect();
        shaped(&OPERATION, fields, "R")["Data"].clone()
    }

    #[test]
    fn envelope_is_what_the_page_documents() {
        assert_eq!(shaped(&OPERATION, Map::new(), "R"), json!({"Code": "OK", "RequestId": "R"}));
    }

    #[test]
    fn undocumented_fields_are_left_out() {
        assert_eq!(data(json!({"Secret": 1})), json!({}));
    }

    #[test]
    fn values_are_written_in_their_documented_types() {
        let given = json!({"Count": 3, "Size": "4", "Flags": ["HOLD"]});
        assert_eq!(data(given), json!({"Count": "3", "Size": 4, "Flags": "[\"HOLD\"]"}));
    }

    #[test]
    fn list_gets_its_wrapper() {
        assert_eq!(data(json!({"Names": ["a"]})), json!({"Names": {"Name": ["a"]}}));
    }

    fn replaced(own: Value, given: Value) -> Value {
        let [Value::Object(mut own), Value::Object(given)] = [own, given] else { panic!("objects") };
        replace(&mut own, given, OPERATION.answer);
        Value::Object(own)
    }

    #[test]
    fn given_fields_replace_those_of_a_structure_one_by_one() {
        let own = json!({"Code": "OK", "Data": {"Count": "1", "Names": {"Name": ["a", "b"]}}});
        let given = json!({"Data": {"Size": "4", "Names": ["c"]}});
        let expected = json!({"Code": "OK", "Data": {"Count": "1", "Size": 4, "Names": {"Name": ["c"]}}});
        assert_eq!(replaced(own, given), expected);
    }

    #[test]
    fn given_fields_that_are_undocumented_stay() {
        let given = json!({"New": 1, "Data": {"Newer": [2]}});
        assert_eq!(replaced(json!({}), given.clone()), given);
        assert_eq!(replaced(json!({"Data": {}}), given.clone()), given);
    }
}
