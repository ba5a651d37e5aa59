//! What a manifest holds, and how it changes an operation.

use super::manifest;
use crate::manifest::{Central, Endpoints, Manifest, NumberPaging, TokenPaging};
use crate::model::{EnumValue, Field, Format, Operation, Sensitivity, Shape};

fn operation(action: &str, response: Vec<Field>) -> Operation {
    Operation { response, ..Operation::new("Hotel", "2024-01-01", action) }
}

fn applied(field: Field) -> Field {
    let mut operation = operation("AddRoom", vec![field]);
    manifest().apply(&mut operation);
    operation.response.remove(0)
}

#[test]
fn every_key_is_read() {
    let Manifest { code, version, crate_name, title, endpoints, success_codes, areas, paging, .. } =
        manifest();
    assert_eq!([code, version, crate_name, title], ["Hotel", "2024-01-01", "hotel-api", "Hotels"]);
    let central = Central {
        host: "hotel.example.com".to_owned(),
        regions: vec!["cn-beijing".to_owned(), "eu-west-1".to_owned()],
    };
    let expected = Endpoints {
        default_region: "cn-shanghai".to_owned(),
        public: "hotel.{region}.example.com".to_owned(),
        vpc: "hotel-vpc.{region}.example.com".to_owned(),
        central: Some(central),
    };
    assert_eq!(endpoints, Some(expected));
    assert_eq!(success_codes, ["OK", "Booked"]);
    // Areas keep the order of the file.
    assert_eq!(areas.iter().map(|area| &*area.name).collect::<Vec<_>>(), ["rooms", "guests"]);
    let [page, size, total] = ["PageNumber", "PageSize", "TotalCount"].map(str::to_owned);
    assert_eq!(paging.number, Some(NumberPaging { page, size, total }));
    assert_eq!(paging.token, Some(TokenPaging { next: "NextToken".to_owned(), size: None }));
}

#[test]
fn the_example_of_the_format_is_valid() {
    let readme = include_str!("../../../products/README.md");
    let example = readme.split_once("```toml\n").and_then(|(_, rest)| rest.split_once("```"));
    let reading = Manifest::read("README.md", example.unwrap().0.as_bytes());
    assert_eq!(reading.diagnostics, []);
    assert_eq!(
        reading.manifest.check(&["GetCall"].into()).len(),
        1,
        "one warning of pages that are not there"
    );
}

#[test]
fn operations_are_safe_to_repeat_by_pattern_but_for_exceptions() {
    for (action, is_safe) in [("ListRooms", true), ("GetGuest", true), ("GetKey", false), ("AddRoom", false)]
    {
        let mut operation = operation(action, Vec::new());
        manifest().apply(&mut operation);
        assert_eq!(operation.safe_to_repeat, is_safe, "{action}");
    }
}

#[test]
fn the_glossary_documents_what_nothing_else_does() {
    let number = || Field::new("Number", Shape::string());
    assert_eq!(applied(number()).english, "The number on the door.");
    assert_eq!(
        applied(Field { description: " \n".to_owned(), ..number() }).english,
        "The number on the door."
    );
    let described = Field { description: "号码。".to_owned(), ..number() };
    assert_eq!(applied(described.clone()), described);
    let english = Field { english: "Its number.".to_owned(), ..number() };
    assert_eq!(applied(english.clone()), english);
}

#[test]
fn what_is_within_lists_and_maps_is_completed_too() {
    let room = Shape::Structure { name: None, fields: vec![Field::new("Number", Shape::string())] };
    let rooms = Shape::Map { value: Box::new(Shape::list_of(room)) };
    let json = format!("{:?}", applied(Field::new("Rooms", rooms)));
    assert!(json.contains("The number on the door."), "{json}");
}

#[test]
fn sensitive_names_stay_out_of_logs_where_they_may_hold_such_a_value() {
    let why = |name: &str, shape: Shape| applied(Field::new(name, shape)).sensitive;
    assert_eq!(why("Guest", Shape::string()), Some(Sensitivity::PhoneNumber));
    assert_eq!(why("Guest", Shape::list_of(Shape::Long)), Some(Sensitivity::PhoneNumber));
    let values = vec![EnumValue { value: "A".to_owned(), ..EnumValue::default() }];
    assert_eq!(why("Guest", Shape::String { values }), None);
    assert_eq!(why("Guest", Shape::Structure { name: None, fields: Vec::new() }), None);
    assert_eq!(why("Wish", Shape::string()), Some(Sensitivity::Personal));
    assert_eq!(why("Room", Shape::string()), None);
}

#[test]
fn units_are_of_names_where_nothing_else_says_what_a_value_is_counted_in() {
    let stays = |minutes: Shape| applied(Field::new("Stay", minutes)).unit;
    assert_eq!(stays(Shape::Integer).as_deref(), Some("minutes"));
    assert_eq!(stays(Shape::string()).as_deref(), Some("minutes"));
    assert_eq!(stays(Shape::Boolean), None);
    let dated = Field { sample: Some("2024-01-01".to_owned()), ..Field::new("Stay", Shape::string()) };
    assert_eq!(applied(dated).unit, None, "a text that shows no number is not counted");
    let hours = Field { unit: Some("hours".to_owned()), ..Field::new("Stay", Shape::Integer) };
    assert_eq!(applied(hours).unit.as_deref(), Some("hours"));
    assert_eq!(applied(Field::new("Since", Shape::Long)).format, Some(Format::UnixMilliseconds));
}

#[test]
fn an_alias_is_of_an_operation_that_there_is() {
    let toml = "[areas.rooms]\ntitle = \"Rooms\"\noperations = [\"AddRoom\"]\n[aliases]\nAddRoom = [\"build\"]\nAddRom = [\"b\"]\n";
    let manifest = Manifest::read("m.toml", toml.as_bytes()).manifest;
    assert_eq!(manifest.aliases["AddRoom"].value, ["build"]);
    let messages: Vec<_> =
        manifest.check(&["AddRoom"].into()).into_iter().map(|found| found.message).collect();
    assert_eq!(messages, ["no operation is called `AddRom`"]);
}

#[test]
fn of_two_reasons_the_graver_counts() {
    let marked = |name: &str, sensitive| applied(Field { sensitive, ..Field::new(name, Shape::string()) });
    let (phone, secret) = (Some(Sensitivity::PhoneNumber), Some(Sensitivity::Secret));
    assert_eq!(marked("Names", phone).sensitive, secret);
    assert_eq!(marked("Guest", secret).sensitive, secret);
    assert_eq!(marked("Room", phone).sensitive, phone);
}

#[test]
fn an_operation_is_in_the_area_that_names_it_before_others_with_patterns() {
    let manifest = manifest();
    let area = |action: &str| manifest.area_of(action).map(|area| area.title.as_str());
    assert_eq!(area("ListRooms"), Some("Rooms"));
    assert_eq!(area("LoseKey"), Some("Rooms"));
    assert_eq!(area("GetKey"), Some("Guests"));
    assert_eq!(area("AddRoom"), None);
}

#[test]
fn the_default_area_may_have_a_title() {
    let toml = "[areas.other]\ntitle = \"All else\"\n";
    let manifest = Manifest::read("m.toml", toml.as_bytes()).manifest;
    assert_eq!(manifest.area_of("AddRoom").map(|area| area.title.as_str()), Some("All else"));
}

#[test]
fn a_product_without_a_manifest_is_left_as_it_is() {
    let mut after = operation("GetKey", vec![Field::new("Guest", Shape::string())]);
    let before = after.clone();
    Manifest::default().apply(&mut after);
    assert_eq!(after, before);
}

#[test]
fn the_manifest_of_call_center_is_as_it_should_be() {
    let reading = Manifest::read("ccc.toml", include_bytes!("../../../products/ccc.toml"));
    assert_eq!(reading.diagnostics, []);
    let manifest = reading.manifest;
    let operations = manifest.areas.iter().flat_map(|area| &area.operations);
    let names: std::collections::BTreeSet<&str> = operations.map(|name| name.value.as_str()).collect();
    assert_eq!(names.len(), 253);
    assert_eq!(manifest.check(&names), [], "it is silent once every operation has its page");
    for action in ["MakeCall", "PickOutboundNumbers", "GetLoginDetails", "ClaimCall", "ExportContactFlow"] {
        assert!(!manifest.is_idempotent(action), "{action}");
    }
}
