use proptest::prelude::*;

use super::*;
use crate::ir;
use crate::model::*;

fn field(name: &str, shape: Shape) -> Field {
    Field::new(name, shape)
}

fn structure(fields: Vec<Field>) -> Shape {
    Shape::Structure { name: None, fields }
}

fn operation() -> Operation {
    Operation {
        product: "P".to_owned(),
        version: "2020-01-01".to_owned(),
        style: Style::Rpc,
        action: "Act".to_owned(),
        title: "Act".to_owned(),
        summary: String::new(),
        english: String::new(),
        safe_to_repeat: false,
        request: vec![field("Id", Shape::string()), field("Size", Shape::Integer)],
        response: vec![field(
            "Data",
            structure(vec![field("Items", Shape::list_of(structure(vec![field("Name", Shape::string())])))]),
        )],
        errors: vec![ErrorCode {
            status: Some(404),
            code: "NotFound".to_owned(),
            message: "No %s.".to_owned(),
            ..ErrorCode::default()
        }],
        samples: Samples::default(),
        links: Links::default(),
    }
}

/// Returns the changes of an operation as text.
#[track_caller]
fn reads(change: impl FnOnce(&mut Operation), expected: &[&str]) {
    let old = operation();
    let mut new = operation();
    change(&mut new);
    let changes: Vec<String> = diff(&old, &new).iter().map(ToString::to_string).collect();
    assert_eq!(changes, expected);
}

#[test]
fn equal_specs_have_no_changes() {
    reads(|_| {}, &[]);
}

#[test]
fn a_changed_fact_is_shown_before_and_after() {
    reads(
        |new| {
            new.request[1].default = Some("10".to_owned());
            new.request[1].range = Some(Range { min: Some(1), max: None });
        },
        &[
            "request.Size: default changed from nothing to `10`",
            "request.Size: range changed from nothing to `at least 1`",
        ],
    );
}

#[test]
fn a_changed_description_is_named_with_its_path() {
    reads(|new| new.request[0].description.push('x'), &["request.Id: description changed"]);
}

#[test]
fn an_added_field_says_its_type() {
    reads(|new| new.response.push(field("Total", Shape::Long)), &["response.Total: added (Long)"]);
}

#[test]
fn an_added_parameter_says_whether_it_is_required() {
    let tag = Field { required: true, ..field("Tag", Shape::string()) };
    reads(|new| new.request.push(tag), &["request.Tag: added (required String)"]);
}

#[test]
fn a_renamed_field_is_removed_and_added() {
    reads(
        |new| new.request[1].name = "Length".to_owned(),
        &["request.Size: removed (Integer)", "request.Length: added (Integer)"],
    );
}

#[test]
fn members_of_list_elements_are_compared() {
    let shape =
        structure(vec![field("Items", Shape::list_of(structure(vec![field("Name", Shape::Boolean)])))]);
    reads(
        |new| new.response[0].shape = shape,
        &["response.Data.Items[].Name: type changed from String to Boolean"],
    );
}

#[test]
fn swapped_parameters_are_reordered() {
    reads(|new| new.request.swap(0, 1), &["request: order changed"]);
}

#[test]
fn a_text_that_gets_values_is_named_with_them() {
    let values = vec![EnumValue { value: "ON".to_owned(), ..EnumValue::default() }];
    reads(|new| new.request[0].shape = Shape::String { values }, &["request.Id: values documented: `ON`"]);
}

#[test]
fn error_codes_are_compared_part_by_part() {
    reads(
        |new| {
            new.errors[0].status = None;
            new.errors[0].message.clear();
        },
        &[
            "errors.NotFound: HTTP status changed from 404 to status unknown",
            "errors.NotFound: message changed from `No %s.` to nothing",
        ],
    );
}

#[test]
fn texts_of_the_operation_are_named() {
    reads(
        |new| {
            new.title = "Do".to_owned();
            new.summary = "It acts.".to_owned();
            new.safe_to_repeat = true;
        },
        &["title changed from `Act` to `Do`", "summary added", "known to be safe to repeat now"],
    );
}

fn any_name() -> impl Strategy<Value = String> {
    "[A-C]"
}

fn any_shape() -> impl Strategy<Value = Shape> {
    let values =
        prop::collection::vec(("[a-c]", "[x-y]?", "[x-y]?"), 0..3).prop_map(|values| Shape::String {
            values: values
                .into_iter()
                .map(|(value, meaning, english)| EnumValue { value, meaning, english, also: Vec::new() })
                .collect(),
        });
    let shared = any_name().prop_map(|to| Shape::Shared { to });
    let leaf = prop_oneof![values, Just(Shape::Integer), Just(Shape::Long), Just(Shape::Json), shared];
    leaf.prop_recursive(3, 12, 3, |inner| {
        let wrapper = prop::option::of(any_name());
        prop_oneof![
            (prop::option::of(any_name()), any_fields(inner.clone()))
                .prop_map(|(name, fields)| Shape::Structure { name, fields }),
            (inner.clone(), wrapper)
                .prop_map(|(element, wrapper)| Shape::List { element: Box::new(element), wrapper }),
            inner.prop_map(|value| Shape::Map { value: Box::new(value) }),
        ]
    })
}

fn any_fields(shape: impl Strategy<Value = Shape>) -> impl Strategy<Value = Vec<Field>> {
    let sensitive =
        prop_oneof![Just(None), Just(Some(Sensitivity::Secret)), Just(Some(Sensitivity::PhoneNumber)),];
    let field = (any_name(), shape, any::<bool>(), sensitive, prop::option::of("[0-9]"), "[a-b]?", "[a-b]?")
        .prop_map(|(name, shape, required, sensitive, sample, description, english)| Field {
            required,
            sensitive,
            sample,
            description,
            english,
            ..Field::new(name, shape)
        });
    let position = prop_oneof![Just(Position::Query), Just(Position::Body)];
    let encoding = prop_oneof![Just(Encoding::Flat), Just(Encoding::Json)];
    let field =
        (field, any_facts(), position, encoding).prop_map(|(field, facts, position, encoding)| Field {
            position,
            encoding,
            deprecated: facts.deprecated,
            format: facts.format,
            default: facts.default,
            range: facts.range,
            length: facts.length,
            unit: facts.unit,
            ..field
        });
    prop::collection::vec(field, 0..4)
}

/// Returns a field that has nothing but facts.
fn any_facts() -> impl Strategy<Value = Field> {
    let range = || {
        let end = || prop::option::of(-1_i64..2);
        prop::option::of((end(), end()).prop_map(|(min, max)| Range { min, max }))
    };
    let format = prop::option::of(prop_oneof![Just(Format::DateTime), Just(Format::Json)]);
    let word = || prop::option::of("[u-v]");
    (any::<bool>(), format, word(), range(), range(), word()).prop_map(
        |(deprecated, format, default, range, length, unit)| Field {
            deprecated,
            format,
            default,
            range,
            length,
            unit,
            ..Field::new("", Shape::Json)
        },
    )
}

fn any_operation() -> impl Strategy<Value = Operation> {
    let errors =
        prop::collection::vec((prop::option::of(400_u16..402), "[A-B]", "[m-n]?", "[d-e]?", "[d-e]?"), 0..3);
    (any_fields(any_shape()), any_fields(any_shape()), errors, any::<bool>(), ("[s-t]?", "[s-t]?")).prop_map(
        |(request, response, errors, safe_to_repeat, (summary, english))| Operation {
            request,
            response,
            errors: errors
                .into_iter()
                .map(|(status, code, message, description, english)| ErrorCode {
                    status,
                    code,
                    message,
                    description,
                    english,
                })
                .collect(),
            safe_to_repeat,
            summary,
            english,
            ..operation()
        },
    )
}

proptest! {
    #[test]
    fn there_are_changes_exactly_if_specs_differ(old in any_operation(), new in any_operation()) {
        prop_assert!(diff(&old, &old).is_empty());
        prop_assert_eq!(diff(&old, &new).is_empty(), old == new);
    }

    #[test]
    fn a_spec_survives_its_file(operation in any_operation()) {
        let json = ir::to_json(&operation);
        let again = ir::from_json(&json).unwrap();
        prop_assert_eq!(&again, &operation);
        prop_assert_eq!(ir::to_json(&again), json);
    }
}
