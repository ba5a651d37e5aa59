//! Overlays of one small operation.

mod changes;
mod complaints;
mod properties;

use crate::model::*;

fn operation() -> Operation {
    let values = ["FREE", "TAKEN"].map(|value| EnumValue { value: value.to_owned(), ..EnumValue::default() });
    let room = vec![
        Field { description: "The number.".to_owned(), ..Field::new("Number", Shape::string()) },
        Field::new("State", Shape::String { values: values.into() }),
    ];
    let rooms = Shape::Structure { name: Some("Room".to_owned()), fields: room };
    Operation {
        product: "Hotel".to_owned(),
        version: "2024-01-01".to_owned(),
        style: Style::Rpc,
        action: "ListRooms".to_owned(),
        title: "ListRooms".to_owned(),
        summary: "列出房间。".to_owned(),
        english: String::new(),
        safe_to_repeat: false,
        request: vec![
            Field { required: true, ..Field::new("Hotel", Shape::string()) },
            Field::new("Guest", Shape::string()),
        ],
        response: vec![
            Field::new("Rooms", Shape::list_of(rooms)),
            Field::new("Names", Shape::Map { value: Box::new(Shape::string()) }),
        ],
        errors: vec![ErrorCode { code: "NoHotel".to_owned(), ..ErrorCode::default() }],
        samples: Samples::default(),
        links: Links::default(),
    }
}
