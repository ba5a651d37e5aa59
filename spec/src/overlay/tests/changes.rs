//! Changes that entries make.

use super::operation;
use crate::diagnostic::{RenderOptions, render};
use crate::diff::diff;
use crate::manifest::Manifest;
use crate::model::*;
use crate::overlay::Overlay;

/// Returns the changes that an overlay makes, one a line; it must apply without complaint.
#[track_caller]
fn changes(toml: &str) -> String {
    let (overlay, wrong) = Overlay::read("ListRooms.toml", toml.as_bytes());
    let before = operation();
    let (after, refused) = overlay.apply(&before, &Manifest::default());
    let complaints: Vec<_> = wrong.into_iter().chain(refused).collect();
    assert!(complaints.is_empty(), "{}", render(&complaints, overlay.source(), RenderOptions::default()));
    diff(&before, &after).iter().map(|change| format!("{change}\n")).collect()
}

#[test]
fn an_empty_overlay_changes_nothing() {
    let (overlay, wrong) = Overlay::read("ListRooms.toml", b"# nothing to correct\n");
    assert!(overlay.is_empty() && wrong.is_empty());
    assert_eq!(overlay.apply(&operation(), &Manifest::default()), (operation(), Vec::new()));
}

#[test]
fn types_are_corrected() {
    let toml = r#"
        [[correct-type]]
        field = "response.Rooms[].Number"
        type = "Integer"
        reason = "r"

        [[correct-type]]
        field = "response.Names{}"
        type = "List of Long"
        reason = "r"

        [[correct-type]]
        field = "response.Rooms"
        type = "List of Structure"
        wrapper = "Room"
        reason = "The members stay."
    "#;
    insta::assert_snapshot!(changes(toml), @r"
    response.Rooms: list wrapper changed from nothing to `Room`
    response.Rooms[].Number: type changed from String to Integer
    response.Names{}: type changed from String to List of Long
    ");
}

#[test]
fn fields_and_structures_are_renamed() {
    let toml = r#"
        [[rename]]
        field = "response.Rooms[].Number"
        to = "RoomNumber"
        reason = "r"

        [[rename-structure]]
        field = "response.Rooms"
        to = "HotelRoom"
        reason = "r"
    "#;
    insta::assert_snapshot!(changes(toml), @r"
    response.Rooms[]: structure renamed from `Room` to `HotelRoom`
    response.Rooms[].Number: removed (String)
    response.Rooms[].RoomNumber: added (String)
    ");
}

#[test]
fn fields_are_added_and_dropped() {
    let toml = r#"
        [[add]]
        field = "request.Floor"
        type = "String"
        values = ["ROOF", { value = "CELLAR", english = "Below the ground" }]
        after = "Hotel"
        english = "Which floor."
        reason = "r"

        [[add]]
        field = "request.Filters"
        type = "List of Structure"
        structure = "Filter"
        encoding = "json"
        required = true
        fields = [{ name = "Key", type = "String", required = true }, { name = "Values", type = "List of Long" }]
        reason = "r"

        [[drop]]
        field = "response.Names"
        reason = "r"
    "#;
    let (overlay, _) = Overlay::read("ListRooms.toml", toml.as_bytes());
    let (after, _) = overlay.apply(&operation(), &Manifest::default());
    let names: Vec<&str> = after.request.iter().map(|field| field.name.as_str()).collect();
    assert_eq!(names, ["Hotel", "Floor", "Guest", "Filters"]);
    insta::assert_snapshot!(changes(toml), @r"
    request.Floor: added (String)
    request.Filters: added (required List of Filter)
    response.Names: removed (Map of String)
    ");
    let spec = serde_json::to_string_pretty(&after.request[3]).unwrap();
    insta::assert_snapshot!(spec, @r##"
    {
      "name": "Filters",
      "type": "List",
      "element": {
        "type": "Structure",
        "structure": "Filter",
        "fields": [
          {
            "name": "Key",
            "type": "String",
            "required": true
          },
          {
            "name": "Values",
            "type": "List",
            "element": {
              "type": "Long"
            }
          }
        ]
      },
      "encoding": "json",
      "required": true
    }
    "##);
}

#[test]
fn values_marks_and_texts_are_supplied() {
    let toml = r#"
        [[add-values]]
        field = "response.Rooms[].State"
        values = ["CLOSED"]
        reason = "r"

        [[sensitive]]
        field = "request.Guest"
        kind = "phone-number"
        reason = "r"

        [[document]]
        operation = "Lists the rooms of a hotel."
        fields = { "request.Hotel" = "Which hotel." }
        values."response.Rooms[].State" = { FREE = "Nobody is in.", CLOSED = "Nobody gets in." }
        errors = { NoHotel = "There is no such hotel." }
        reason = "r"

        [[safe-to-repeat]]
        reason = "It only reads."
    "#;
    insta::assert_snapshot!(changes(toml), @r"
    English summary added
    known to be safe to repeat now
    request.Hotel: English description changed
    request.Guest: sensitivity changed from none to phone number
    response.Rooms[].State: meaning of value `FREE` changed
    response.Rooms[].State: value `CLOSED` added
    errors.NoHotel: English description changed
    ");
}

#[test]
fn facts_are_stated_and_taken_away() {
    let toml = r#"
        [[add]]
        field = "request.Nights"
        type = "Integer"
        default = "1"
        range = { min = 1, max = 30 }
        unit = "days"
        reason = "r"

        [[facts]]
        field = "request.Guest"
        deprecated = true
        format = "json"
        default = "{}"
        length = { max = 100 }
        reason = "r"

        [[facts]]
        field = "request.Nights"
        range = { min = 1, max = 60 }
        without = ["default"]
        reason = "The service has changed."
    "#;
    insta::assert_snapshot!(changes(toml), @r"
    request.Guest: deprecation changed from nothing to `deprecated`
    request.Guest: format changed from nothing to `json`
    request.Guest: default changed from nothing to `{}`
    request.Guest: length changed from nothing to `at most 100`
    request.Nights: added (Integer)
    ");
    let (after, _) =
        Overlay::read("ListRooms.toml", toml.as_bytes()).0.apply(&operation(), &Manifest::default());
    let spec = serde_json::to_string_pretty(&after.request[2]).unwrap();
    insta::assert_snapshot!(spec, @r##"
    {
      "name": "Nights",
      "type": "Integer",
      "range": {
        "min": 1,
        "max": 60
      },
      "unit": "days"
    }
    "##);
}

#[test]
fn an_entry_sees_what_those_before_it_did() {
    let toml = r#"
        [[add]]
        field = "response.Hotel"
        type = "Structure"
        reason = "r"

        [[add]]
        field = "response.Hotel.Name"
        type = "String"
        reason = "r"
    "#;
    assert_eq!(changes(toml), "response.Hotel: added (Structure)\n");
}

#[test]
fn names_may_hold_dots() {
    let mut before = operation();
    before.request.push(Field::new("Tag.Key", Shape::string()));
    before.request.push(Field::new("Tag", Shape::string()));
    let toml = "[[sensitive]]\nfield = \"request.Tag.Key\"\nkind = \"secret\"\nreason = \"r\"\n";
    let (after, refused) = Overlay::read("o.toml", toml.as_bytes()).0.apply(&before, &Manifest::default());
    assert!(refused.is_empty());
    assert_eq!(after.request[2].sensitive, Some(Sensitivity::Secret));
}

#[test]
fn the_example_of_the_format_is_valid() {
    let readme = include_str!("../../../overlays/README.md");
    let example = readme.split("```").nth(1).and_then(|block| block.strip_prefix("toml\n")).unwrap();
    let (overlay, wrong) = Overlay::read("README.md", example.as_bytes());
    assert!(wrong.is_empty(), "{}", render(&wrong, overlay.source(), RenderOptions::default()));
    assert!(!overlay.is_empty());
}

#[test]
fn the_manifest_completes_new_fields_as_far_as_their_entry_leaves_it_open() {
    let manifest = b"[glossary]\nPhone = \"Whom to ring.\"\n[sensitive]\nphone-number = [\"Phone\"]\n";
    let manifest = Manifest::read("m.toml", manifest).manifest;
    let toml = "[[add]]\nfield = \"request.Phone\"\ntype = \"String\"\nreason = \"r\"\n\n\
                [[add]]\nfield = \"response.Phone\"\ntype = \"String\"\nsensitive = \"no\"\nenglish = \"A name.\"\nreason = \"r\"\n\n\
                [[add]]\nfield = \"response.Desk\"\ntype = \"Structure\"\nreason = \"r\"\n\
                fields = [{ name = \"Phone\", type = \"Long\" }]\n";
    let (overlay, wrong) = Overlay::read("o.toml", toml.as_bytes());
    let (after, refused) = overlay.apply(&operation(), &manifest);
    assert_eq!((wrong, refused), (vec![], vec![]));
    let phones = |fields: &[Field]| -> Vec<(Option<Sensitivity>, String)> {
        let named = fields.iter().filter(|field| field.name == "Phone");
        named.map(|field| (field.sensitive, field.english.clone())).collect()
    };
    let completed = (Some(Sensitivity::PhoneNumber), "Whom to ring.".to_owned());
    assert_eq!(phones(&after.request), std::slice::from_ref(&completed));
    assert_eq!(phones(&after.response), [(None, "A name.".to_owned())]);
    let desk = after.response.iter().find(|field| field.name == "Desk").map(|desk| &desk.shape);
    let Some(Shape::Structure { fields, .. }) = desk else { panic!("{desk:?}") };
    assert_eq!(phones(fields), [completed]);
}
