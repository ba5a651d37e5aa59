//! Responses built from the fields of a world or of a test.

use acs_runtime::description::{FieldDescription, Kind, OperationDescription};
use serde_json::{Map, Value, json};

use super::typing::{Source, typed, typed_fields};

/// Builds the response from a world's fields: adds the envelope, and converts documented fields to their types.
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
    Value::Object(typed_fields(fields, operation.answer, Source::World))
}

/// Replaces fields of a response by those of a test, in their documented types. Undocumented fields are added as they are.
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
                response.extend(typed(value, kind, Source::Test).map(|value| (name, value)));
            }
            (None, _, value) => {
                response.insert(name, value);
            }
        }
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
