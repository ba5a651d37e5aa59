//! Snapshots of the text and the meaning of each kind of change, and of one whole report as Markdown and as JSON.

use super::*;
use ccc_spec::model::*;

fn value(value: &str) -> EnumValue {
    EnumValue { value: value.to_owned(), ..EnumValue::default() }
}

fn one_of(values: &[&str]) -> Shape {
    Shape::String { values: values.iter().copied().map(value).collect() }
}

fn structure(name: Option<&str>, fields: Vec<Field>) -> Shape {
    Shape::Structure { name: name.map(str::to_owned), fields }
}

fn list(element: Shape, wrapper: Option<&str>) -> Shape {
    Shape::List { element: Box::new(element), wrapper: wrapper.map(str::to_owned) }
}

fn operation() -> Operation {
    let room = vec![Field::new("Name", Shape::string()), Field::new("State", one_of(&["FREE", "TAKEN"]))];
    Operation {
        product: "Hotel".to_owned(),
        version: "2024-01-01".to_owned(),
        style: Style::Rpc,
        action: "ListRooms".to_owned(),
        title: "ListRooms".to_owned(),
        summary: String::new(),
        english: String::new(),
        safe_to_repeat: false,
        request: vec![
            Field { required: true, ..Field::new("Hotel", Shape::string()) },
            Field::new("Limit", Shape::Integer),
            Field::new("Floors", Shape::list_of(Shape::Integer)),
        ],
        response: vec![
            Field::new("Rooms", Shape::list_of(structure(Some("Room"), room))),
            Field::new("Total", Shape::Integer),
        ],
        errors: vec![ErrorCode {
            status: Some(404),
            code: "NoHotel".to_owned(),
            message: "There is no hotel %s.".to_owned(),
            ..ErrorCode::default()
        }],
        samples: Samples::default(),
        links: Links::default(),
    }
}

/// Returns the spec of a product with one operation, whose types are inline.
fn alone(operation: Operation) -> ProductSpec {
    ProductSpec { operations: vec![operation], types: vec![] }
}

fn report(change: impl FnOnce(&mut Operation)) -> Report {
    let old = operation();
    let mut new = operation();
    change(&mut new);
    Report::between(&[alone(old)], &[alone(new)])
}

/// Writes the changes and their meanings, each on a line.
fn means(change: impl FnOnce(&mut Operation)) -> String {
    let report = report(change);
    let [Entry { change: EntryChange::Changed { changes, .. }, .. }] = report.entries() else {
        panic!("one operation that changed")
    };
    let line = |change: &Change| {
        let meaning = Meaning::from_change(change);
        format!("{change}\n  = {}: {}\n", meaning.impact.as_str(), meaning.reason)
    };
    changes.iter().map(line).collect()
}

/// Returns the fields of an element in the response's list of rooms.
fn room(operation: &mut Operation) -> &mut Shape {
    let Shape::List { element, .. } = &mut operation.response[0].shape else { panic!("a list") };
    element
}

fn state(operation: &mut Operation) -> &mut Shape {
    let Shape::Structure { fields, .. } = room(operation) else { panic!("a structure") };
    &mut fields[1].shape
}

#[test]
fn a_new_optional_parameter() {
    insta::assert_snapshot!(means(|new| new.request.push(Field::new("Tag", Shape::string()))), @r"
    request.Tag: added (String)
      = addition: a request may set it; a request that does not is sent as before
    ");
}

#[test]
fn a_new_required_parameter() {
    let tag = Field { required: true, ..Field::new("Tag", Shape::string()) };
    insta::assert_snapshot!(means(|new| new.request.push(tag)), @r"
    request.Tag: added (required String)
      = breaking: a request that does not set it no longer compiles
    ");
}

#[test]
fn a_removed_parameter() {
    insta::assert_snapshot!(means(|new| drop(new.request.pop())), @r"
    request.Floors: removed (List of Integer)
      = breaking: its setter is gone: code that calls it no longer compiles
    ");
}

#[test]
fn a_parameter_that_becomes_required() {
    insta::assert_snapshot!(means(|new| new.request[1].required = true), @r"
    request.Limit: required now
      = breaking: a request that does not set it no longer compiles, and its type is no longer an `Option`
    ");
}

#[test]
fn a_parameter_that_becomes_optional() {
    insta::assert_snapshot!(means(|new| new.request[0].required = false), @r"
    request.Hotel: no longer required
      = breaking: its type becomes an `Option`: code that reads it no longer compiles, but code that sets it does
    ");
}

#[test]
fn a_new_field_of_a_response() {
    insta::assert_snapshot!(means(|new| {
        new.response.push(Field::new("Next", Shape::string()));
        new.response.push(Field::new("Floors", Shape::list_of(Shape::Long)));
    }), @r"
    response.Next: added (String)
      = addition: a new field to read, which is `None` if the response does not have it
    response.Floors: added (List of Long)
      = addition: a new field to read, which is empty if the response does not have it
    ");
}

#[test]
fn a_removed_field_of_a_response() {
    insta::assert_snapshot!(means(|new| drop(new.response.pop())), @r"
    response.Total: removed (Integer)
      = breaking: code that reads the field no longer compiles
    ");
}

#[test]
fn a_renamed_field() {
    insta::assert_snapshot!(means(|new| new.response[1].name = "Count".to_owned()), @r"
    response.Total: removed (Integer)
      = breaking: code that reads the field no longer compiles
    response.Count: added (Integer)
      = addition: a new field to read, which is `None` if the response does not have it
    ");
}

#[test]
fn a_wider_integer_in_a_request() {
    insta::assert_snapshot!(means(|new| new.request[1].shape = Shape::Long), @r"
    request.Limit: type changed from Integer to Long
      = breaking: `i32` becomes `i64`: builders also take the old type, but code that reads the field no longer compiles
    ");
}

#[test]
fn a_wider_integer_in_a_response() {
    insta::assert_snapshot!(means(|new| new.response[1].shape = Shape::Long), @r"
    response.Total: type changed from Integer to Long
      = breaking: `i32` becomes `i64`: code that reads it no longer compiles
    ");
}

#[test]
fn another_type_of_elements() {
    insta::assert_snapshot!(means(|new| new.request[2].shape = Shape::list_of(Shape::string())), @r"
    request.Floors[]: type changed from Integer to String
      = breaking: `i32` becomes `String`: code that sets or reads it no longer compiles
    ");
}

#[test]
fn a_text_that_becomes_a_list() {
    insta::assert_snapshot!(means(|new| new.request[0].shape = Shape::list_of(one_of(&["A"]))), @r"
    request.Hotel: type changed from String to List of String
      = breaking: `String` becomes `Vec<Enum>`: code that sets or reads it no longer compiles
    ");
}

#[test]
fn a_text_that_becomes_an_enum() {
    insta::assert_snapshot!(means(|new| new.request[0].shape = one_of(&["RITZ", "SAVOY"])), @r"
    request.Hotel: values documented: `RITZ`, `SAVOY`
      = breaking: `String` becomes an open enum: code that reads it as text no longer compiles
    ");
}

#[test]
fn an_enum_that_becomes_text() {
    insta::assert_snapshot!(means(|new| *state(new) = Shape::string()), @r"
    response.Rooms[].State: values no longer documented: `FREE`, `TAKEN`
      = breaking: an open enum becomes `String`: code that names its variants no longer compiles
    ");
}

#[test]
fn a_new_value() {
    insta::assert_snapshot!(means(|new| *state(new) = one_of(&["FREE", "TAKEN", "CLOSED"])), @r"
    response.Rooms[].State: value `CLOSED` added
      = addition: a new variant of a non-exhaustive enum, which held the value as unknown before
    ");
}

#[test]
fn a_removed_value() {
    insta::assert_snapshot!(means(|new| *state(new) = one_of(&["FREE"])), @r"
    response.Rooms[].State: value `TAKEN` removed
      = breaking: its variant is gone: code that names it no longer compiles
    ");
}

#[test]
fn a_structure_of_another_name() {
    insta::assert_snapshot!(means(|new| {
        let Shape::Structure { name, .. } = room(new) else { panic!("a structure") };
        *name = Some("Chamber".to_owned());
    }), @r"
    response.Rooms[]: structure renamed from `Room` to `Chamber`
      = breaking: the Rust type is named after it: code that names the type no longer compiles
    ");
}

#[test]
fn another_list_wrapper() {
    insta::assert_snapshot!(means(|new| {
        let element = room(new).clone();
        new.response[0].shape = list(element, Some("Room"));
    }), @r"
    response.Rooms: list wrapper changed from nothing to `Room`
      = behaviour: the list is read from another place in the response; its Rust type is still a `Vec`
    ");
}

#[test]
fn another_encoding_of_a_list() {
    insta::assert_snapshot!(means(|new| new.request[2].encoding = Encoding::Json), @r"
    request.Floors: encoding changed from one parameter per element or member to one parameter with JSON
      = behaviour: the same code sends the value in another form
    ");
}

#[test]
fn another_position_of_a_parameter() {
    insta::assert_snapshot!(means(|new| new.request[0].position = Position::Body), @r"
    request.Hotel: position changed from the query to the body
      = behaviour: the same code sends the parameter in another part of the request
    ");
}

#[test]
fn sensitivity() {
    insta::assert_snapshot!(means(|new| new.request[0].sensitive = Some(Sensitivity::Secret)), @r"
    request.Hotel: sensitivity changed from none to secret
      = behaviour: `Debug` and error messages hide its value
    ");
}

#[test]
fn sensitivity_that_is_lifted() {
    let mut old = operation();
    old.request[0].sensitive = Some(Sensitivity::PhoneNumber);
    let meaning = Meaning::from_change(&diff(&old, &operation())[0]);
    assert_eq!(meaning.impact, Impact::Behaviour);
    assert!(meaning.reason.contains("make sure"), "{}", meaning.reason);
}

#[test]
fn texts_and_samples() {
    insta::assert_snapshot!(means(|new| {
        new.summary = "Lists.".to_owned();
        new.english = "Lists.".to_owned();
        new.request[0].description = "Which.".to_owned();
        new.request[0].english = "Which.".to_owned();
        new.request[0].sample = Some("ritz".to_owned());
        new.errors[0].english = "No such hotel.".to_owned();
        new.samples.responses.push(Sample { format: SampleFormat::Json, text: "{}".to_owned() });
    }), @r"
    summary added
      = documentation: only texts that users read
    English summary added
      = documentation: only texts that users read
    request.Hotel: sample value changed from nothing to `ritz`
      = documentation: texts that users read, and the responses of the local endpoint
    request.Hotel: description changed
      = documentation: only texts that users read
    request.Hotel: English description changed
      = documentation: only texts that users read
    errors.NoHotel: English description changed
      = documentation: only texts that users read
    response samples added
      = documentation: texts that users read, and the responses of the local endpoint
    ");
}

#[test]
fn safety_of_repeating() {
    insta::assert_snapshot!(means(|new| new.safe_to_repeat = true), @r"
    known to be safe to repeat now
      = behaviour: a request that may have reached the service is sent again where retries are on
    ");
}

#[test]
fn a_new_error_code() {
    insta::assert_snapshot!(means(|new| {
        new.errors.push(ErrorCode { status: Some(500), code: "Broken".to_owned(), ..ErrorCode::default() });
    }), @r"
    errors.Broken: added (HTTP 500)
      = addition: a new variant of a non-exhaustive error, which was unknown before
    ");
}

#[test]
fn a_removed_error_code() {
    insta::assert_snapshot!(means(|new| new.errors.clear()), @r"
    errors.NoHotel: removed (HTTP 404)
      = breaking: its variant is gone: code that names it no longer compiles
    ");
}

#[test]
fn one_more_row_of_an_error_code() {
    insta::assert_snapshot!(means(|new| {
        new.errors.push(ErrorCode { status: Some(410), code: "NoHotel".to_owned(), ..ErrorCode::default() });
    }), @r"
    errors.NoHotel: added (HTTP 410)
      = documentation: other rows document the same code, so its variant stays
    ");
}

#[test]
fn another_status_of_an_error_code() {
    insta::assert_snapshot!(means(|new| new.errors[0].status = Some(410)), @r"
    errors.NoHotel: HTTP status changed from 404 to 410
      = documentation: errors are told apart by their codes; the status of an error is the one that the service sends
    ");
}

#[test]
fn another_message_with_the_same_arguments() {
    insta::assert_snapshot!(means(|new| new.errors[0].message = "No hotel %s".to_owned()), @r"
    errors.NoHotel: message changed from `There is no hotel %s.` to `No hotel %s`
      = documentation: the error's arguments stay the same
    ");
}

#[test]
fn another_message_with_other_arguments() {
    insta::assert_snapshot!(means(|new| new.errors[0].message = "No house %s".to_owned()), @r"
    errors.NoHotel: message changed from `There is no hotel %s.` to `No house %s`
      = breaking: the arguments of the message are fields of the error's variant, and their names change
    ");
}

#[test]
fn another_order() {
    insta::assert_snapshot!(means(|new| new.request.swap(0, 1)), @r"
    request: order changed
      = documentation: only the order of the documentation
    ");
}

#[test]
fn another_version_of_the_api() {
    let old = operation();
    let new = Operation { version: "2025-01-01".to_owned(), ..operation() };
    insta::assert_snapshot!(
        Report::between(&[alone(old)], &[alone(new)]).to_markdown("0.1.0".parse().unwrap())
    );
}

#[test]
fn the_whole_as_markdown() {
    let report = report(everything);
    insta::assert_snapshot!(report.to_markdown("0.1.0".parse().unwrap()));
}

#[test]
fn the_whole_as_json() {
    let report = report(everything);
    insta::assert_snapshot!(report.to_json("1.4.0".parse().unwrap()));
}

/// Returns a product whose two operations share a type for rooms.
fn shared(room: Vec<Field>) -> ProductSpec {
    let mut list = operation();
    list.response[0].shape = Shape::list_of(Shape::Shared { to: "Room".to_owned() });
    let get = Operation {
        action: "GetRoom".to_owned(),
        response: vec![Field::new("Room", Shape::Shared { to: "Room".to_owned() })],
        ..operation()
    };
    let room = SharedType {
        name: "Room".to_owned(),
        called: "Room".to_owned(),
        operations: vec!["GetRoom".to_owned(), "ListRooms".to_owned()],
        description: String::new(),
        english: String::new(),
        shape: structure(None, room),
    };
    ProductSpec { operations: vec![get, list], types: vec![room] }
}

#[test]
fn a_change_of_a_type_is_reported_once_with_the_operations_that_use_it() {
    let before = shared(vec![Field::new("Name", Shape::string())]);
    let after = shared(vec![Field::new("Name", Shape::Long), Field::new("Floor", Shape::Integer)]);
    let report = Report::between(&[before], &[after]);
    assert_eq!(report.entries().len(), 1);
    insta::assert_snapshot!(report.to_markdown("0.1.0".parse().unwrap()));
    insta::assert_snapshot!(report.to_json("0.1.0".parse().unwrap()));
}

#[test]
fn a_field_that_moves_to_a_type_is_named() {
    let report = Report::between(&[alone(operation())], &[shared(vec![])]);
    let titles: Vec<_> = report.entries().iter().map(Entry::title).collect();
    assert_eq!(
        titles,
        ["Hotel 2024-01-01 GetRoom", "Hotel 2024-01-01 ListRooms", "Hotel 2024-01-01 type Room"]
    );
    let EntryChange::Changed { changes, .. } = &report.entries()[1].change else { panic!("a change") };
    assert_eq!(changes[0].to_string(), "response.Rooms[]: type changed from Room to the shared type Room");
}

#[test]
fn no_change_gives_an_empty_report() {
    let report = report(|_| {});
    assert!(report.is_empty());
    assert_eq!(
        report.to_markdown("0.1.0".parse().unwrap()),
        "# Changes of the generated client\n\nThe spec asks for no release: nothing changed since 0.1.0.\n"
    );
}

/// Returns a report with a change of every impact.
fn everything(operation: &mut Operation) {
    operation.request.pop();
    operation.request[0].description = "Which hotel.".to_owned();
    operation.response.push(Field::new("Next", Shape::string()));
    operation.safe_to_repeat = true;
}
