//! Operations for this crate's unit tests.

use ccc_spec::link::link;
use ccc_spec::model::{Encoding, EnumValue, ErrorCode, Field, Operation, ProductSpec, Shape};

/// Links the operations of a new product.
pub(crate) fn linked(operations: &[Operation]) -> ProductSpec {
    link(operations.to_vec(), &ProductSpec::default()).spec
}

/// Returns an optional field without texts.
pub(crate) fn field(name: &str, shape: Shape) -> Field {
    Field::new(name, shape)
}

/// Returns a structure, which the page may give a name.
pub(crate) fn structure<const N: usize>(name: Option<&str>, fields: [Field; N]) -> Shape {
    Shape::Structure { name: name.map(str::to_owned), fields: fields.into() }
}

/// Returns a string with documented values.
pub(crate) fn one_of<const N: usize>(values: [&str; N]) -> Shape {
    let value = |value: &str| EnumValue { value: value.to_owned(), ..EnumValue::default() };
    Shape::String { values: values.map(value).into() }
}

/// Returns an empty operation of an invented product.
pub(crate) fn operation(action: &str) -> Operation {
    Operation::new("Demo", "2024-01-01", action)
}

/// Returns a list with an object around it in responses.
pub(crate) fn wrapped(wrapper: &str, element: Shape) -> Shape {
    Shape::List { element: Box::new(element), wrapper: Some(wrapper.to_owned()) }
}

/// Returns an operation with one of everything: lists flat, wrapped and as JSON, maps, enums, structures of requests and
/// responses, an error code with two messages.
pub(crate) fn list_rooms() -> Operation {
    let required = |field: Field| Field { required: true, ..field };
    let sampled = |sample: &str, field: Field| Field { sample: Some(sample.to_owned()), ..field };
    let filter = structure(
        None,
        [
            required(sampled("floor", field("Name", Shape::string()))),
            field("Values", Shape::list_of(Shape::string())),
        ],
    );
    let json = |field: Field| Field { encoding: Encoding::Json, ..field };
    let map = |value| Shape::Map { value: Box::new(value) };
    let position = structure(None, [field("X", Shape::Float), field("Y", Shape::Float)]);
    let room = structure(
        None,
        [
            sampled("r-1", field("Id", Shape::string())),
            field("RoomState", one_of(["FREE", "TAKEN"])),
            field("Doors", map(Shape::Long)),
            field("Position", position),
            field("Extra", Shape::Json),
        ],
    );
    let error = |status, code: &str, message: &str| ErrorCode {
        status,
        code: code.to_owned(),
        message: message.to_owned(),
        ..ErrorCode::default()
    };
    Operation {
        summary: "Lists rooms.\n\nSee https://example.com/rooms.".to_owned(),
        safe_to_repeat: true,
        request: vec![
            required(sampled("10", field("Limit", Shape::Integer))),
            required(field("Filter", Shape::list_of(filter))),
            json(field("Tags", Shape::list_of(Shape::string()))),
            field("Options", map(Shape::string())),
            sampled("FREE", field("RoomState", one_of(["TAKEN", "FREE"]))),
        ],
        response: vec![
            field("Rooms", wrapped("Room", room)),
            Field { as_text: true, ..field("Total", Shape::Long) },
            field("Found", Shape::Boolean),
        ],
        errors: vec![
            error(Some(404), "NotExists.Room", "Room %s of floor %s does not exist."),
            error(Some(400), "Bad", "%s is bad."),
            error(None, "Bad", ""),
        ],
        ..operation("ListRooms")
    }
}
