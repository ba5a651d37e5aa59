//! Tests of the document of invented operations.

use ccc_spec::manifest::Manifest;
use ccc_spec::model::{
    Encoding, EnumValue, ErrorCode, Field, Operation, Position, ProductSpec, Range, Sample, SampleFormat,
    Shape, SharedType, Style,
};
use serde_json::{Value, json};

use super::openapi;
use crate::fixtures::{field, linked, list_rooms, operation, structure};

fn document_of(spec: &ProductSpec) -> Value {
    let text = openapi(&Manifest::undescribed("Demo", "2024-01-01"), spec).expect("a document");
    serde_json::from_str(&text).expect("JSON")
}

/// Returns the only operation of a document, with this request.
fn asking(request: Vec<Field>) -> Value {
    let mut document = document_of(&linked(&[Operation { request, ..operation("Ask") }]));
    document["paths"]["/#Action=Ask"]["post"].take()
}

/// Returns the schema of the first parameter that is not a header.
fn first_parameter(request: Vec<Field>) -> Value {
    asking(request)["parameters"][2]["schema"].take()
}

#[test]
fn an_operation_is_described_as_it_travels() {
    let text =
        openapi(&Manifest::undescribed("Demo", "2024-01-01"), &linked(&[list_rooms()])).expect("a document");
    let (_, paths) = text.split_once("  \"paths\": {\n").expect("paths");
    insta::assert_snapshot!(paths);
}

#[test]
fn a_list_that_is_taken_apart_has_numbered_names() {
    let pair = structure(None, [field("Key", Shape::string()), field("Values", Shape::list_of(Shape::Long))]);
    let schema = first_parameter(vec![field("My.Tag", Shape::list_of(pair))]);
    let names: Vec<&String> = schema["patternProperties"].as_object().expect("patterns").keys().collect();
    assert_eq!(names, [r"^My\.Tag\.[1-9][0-9]*\.Key$", r"^My\.Tag\.[1-9][0-9]*\.Values\.[1-9][0-9]*$"]);
}

#[test]
fn a_structure_that_is_taken_apart_has_the_names_of_its_members() {
    let schema = first_parameter(vec![field("Place", structure(None, [field("X", Shape::Float)]))]);
    assert_eq!(schema["properties"], json!({"Place.X": {"type": "number", "format": "double"}}));
}

#[test]
fn a_value_sent_as_json_is_a_string_with_a_content_schema() {
    let ids = Field {
        encoding: Encoding::Json,
        sample: Some(r#"["a"]"#.to_owned()),
        ..field("Ids", Shape::list_of(Shape::string()))
    };
    let expected = json!({
        "type": "string",
        "contentMediaType": "application/json",
        "contentSchema": {"type": "array", "items": {"type": "string"}},
        "examples": [r#"["a"]"#],
    });
    assert_eq!(first_parameter(vec![ids]), expected);
}

#[test]
fn parameters_of_the_body_are_a_form() {
    let body = |field: Field| Field { position: Position::Body, required: true, ..field };
    let tags = body(field("Tag", Shape::list_of(Shape::string())));
    let post = asking(vec![body(field("Text", Shape::string())), tags]);
    let expected = json!({
        "required": true,
        "content": {"application/x-www-form-urlencoded": {"schema": {
            "type": "object",
            "properties": {"Text": {"type": "string"}},
            "patternProperties": {r"^Tag\.[1-9][0-9]*$": {"type": "string"}},
            "required": ["Text"],
        }}},
    });
    assert_eq!((&post["requestBody"], post["parameters"].as_array().map(Vec::len)), (&expected, Some(2)));
}

#[test]
fn a_sample_that_the_service_refuses_is_no_example() {
    let seconds = Field {
        range: Some(Range { min: Some(30), max: Some(300) }),
        sample: Some("10".to_owned()),
        ..field("Seconds", Shape::Integer)
    };
    assert_eq!(
        first_parameter(vec![seconds]),
        json!({"type": "integer", "format": "int32", "minimum": 30, "maximum": 300})
    );
}

#[test]
fn a_refusal_without_a_status_stands_with_those_that_no_page_documents() {
    let error = |status, code: &str| ErrorCode { status, code: code.to_owned(), ..ErrorCode::default() };
    let errors = vec![error(None, "Odd"), error(Some(404), "Gone"), error(Some(200), "Late")];
    let document = document_of(&linked(&[Operation { errors, ..operation("Ask") }]));
    let responses = &document["paths"]["/#Action=Ask"]["post"]["responses"];
    let code = |status: &str, code: &str| {
        responses[status]["content"]["application/json"]["examples"][code]["value"]["Code"].clone()
    };
    assert_eq!((code("4XX", "Odd"), code("404", "Gone")), (json!("Odd"), json!("Gone")));
    assert_eq!(
        responses["200"]["description"],
        "The response.\n\nIt may also be a refusal, with one of the codes `Late`."
    );
}

#[test]
fn two_messages_of_one_code_are_two_examples() {
    let error = |message: &str| ErrorCode {
        status: Some(400),
        code: "Bad".to_owned(),
        message: message.to_owned(),
        ..ErrorCode::default()
    };
    let errors = vec![error("%s is bad."), error("All is bad.")];
    let document = document_of(&linked(&[Operation { errors, ..operation("Ask") }]));
    let refused = &document["paths"]["/#Action=Ask"]["post"]["responses"]["400"];
    assert_eq!(refused["description"], "Refused, with one of the codes `Bad`.");
    let examples = &refused["content"]["application/json"]["examples"];
    assert_eq!(examples["Bad (2)"]["value"], json!({"Code": "Bad", "Message": "All is bad."}));
}

#[test]
fn a_shared_type_keeps_its_name_beside_a_response_that_would_have_it() {
    let state = Shape::String { values: vec![EnumValue { value: "ON".to_owned(), ..EnumValue::default() }] };
    let shared = SharedType {
        name: "AskResponse".to_owned(),
        called: "AskResponse".to_owned(),
        operations: vec!["Ask".to_owned()],
        description: String::new(),
        english: String::new(),
        shape: state,
    };
    let response = vec![field("State", Shape::Shared { to: "AskResponse".to_owned() })];
    let operations = vec![Operation { response, ..operation("Ask") }];
    let document = document_of(&ProductSpec { operations, types: vec![shared] });
    let schemas = &document["components"]["schemas"];
    assert_eq!(schemas["AskResponse"]["x-extensible-enum"], json!(["ON"]));
    assert_eq!(schemas["AskResponse_"]["type"], "object");
}

#[test]
fn a_type_to_which_nothing_refers_is_left_out() {
    let document = document_of(&linked(&[list_rooms()]));
    let schemas: Vec<&String> =
        document["components"]["schemas"].as_object().expect("schemas").keys().collect();
    // The structure of the parameter `Filter` is sent as several parameters.
    assert_eq!(schemas, ["ListRoomsResponse", "Position", "Refusal", "Room", "RoomState"]);
}

#[test]
fn values_of_a_sample_are_of_the_documented_types() {
    let fields = [
        field("Count", Shape::Integer),
        field("Done", Shape::Boolean),
        field("Ids", Shape::list_of(Shape::Long)),
        Field { as_text: true, ..field("Total", Shape::Long) },
    ];
    let mut answering =
        Operation { response: vec![field("Data", structure(None, fields))], ..operation("Ask") };
    answering.samples.responses = vec![Sample {
        format: SampleFormat::Json,
        text: r#"{"Data": {"Total": 7, "Ids": "[1]", "Done": "true", "Count": "无"}}"#.to_owned(),
    }];
    let document = document_of(&linked(&[answering]));
    let example = &document["paths"]["/#Action=Ask"]["post"]["responses"]["200"]["content"]["application/json"]
        ["example"];
    assert_eq!(*example, json!({"Data": {"Total": "7", "Ids": [1], "Done": true}}));
}

#[test]
fn an_operation_of_another_style_is_refused() {
    let roa = Operation { style: Style::Roa, ..operation("Ask") };
    let spec = ProductSpec { operations: vec![roa], types: vec![] };
    assert!(openapi(&Manifest::undescribed("Demo", "2024-01-01"), &spec).is_err());
}
