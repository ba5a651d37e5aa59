//! Complaints about entries that are wrong or no longer needed.

use super::operation;
use crate::diagnostic::{RenderOptions, render};
use crate::manifest::Manifest;
use crate::overlay::Overlay;

/// Returns the complaints about an overlay.
#[track_caller]
fn complaints(toml: &str) -> String {
    let (overlay, wrong) = Overlay::read("ListRooms.toml", toml.as_bytes());
    let (after, refused) = overlay.apply(&operation(), &Manifest::default());
    assert_eq!(after, operation(), "an entry that is complained about changes nothing");
    let complaints: Vec<_> = wrong.into_iter().chain(refused).collect();
    render(&complaints, overlay.source(), RenderOptions::default())
}

#[test]
fn what_is_no_toml_is_shown_where_it_breaks() {
    insta::assert_snapshot!(complaints("[[drop]]\nfield = request.Guest\nreason = \"r\"\n"), @r"
    error[overlay-syntax]: string values must be quoted, expected literal string
     --> ListRooms.toml:2:9
      |
    2 | field = request.Guest
      |         ^^^^^^^^^^^^^
    ");
}

#[test]
fn what_is_no_text_is_no_overlay() {
    let (overlay, wrong) = Overlay::read("ListRooms.toml", b"# \xff\n");
    insta::assert_snapshot!(render(&wrong, overlay.source(), RenderOptions::default()), @r"
    error[invalid-utf8]: the overlay is not UTF-8, so nothing of it is applied
     --> ListRooms.toml:1:3
      |
    1 | # �
      |   ^
    ");
}

#[test]
fn unknown_kinds_and_keys_are_named() {
    let toml = "[[remove]]\nreason = \"r\"\n\n[[drop]]\npath = \"request.Guest\"\nreason = \"r\"\n";
    insta::assert_snapshot!(complaints(toml), @r##"
    error[overlay-key]: there are no entries of the kind `remove`
     --> ListRooms.toml:1:3
      |
    1 | [[remove]]
      |   ^^^^^^
      |
      = help: the kinds of entries are `add`, `add-values`, `correct-type`, `document`, `drop`, `facts`, `rename`, `rename-structure`, `safe-to-repeat`, `sensitive`

    error[overlay-key]: `[[drop]]` lacks the key `field`
     --> ListRooms.toml:4:1
      |
    4 | [[drop]]
      | ^^^^^^^^

    error[overlay-key]: `[[drop]]` has no key `path`
     --> ListRooms.toml:5:1
      |
    5 | path = "request.Guest"
      | ^^^^
      |
      = help: its keys are `field`, `reason`
    "##);
}

#[test]
fn a_single_table_is_no_list_of_entries() {
    insta::assert_snapshot!(complaints("[drop]\nfield = \"request.Guest\"\nreason = \"r\"\n"), @r"
    error[overlay-key]: `drop` is a table, not a list of entries
     --> ListRooms.toml:1:2
      |
    1 | [drop]
      |  ^^^^
      |
      = help: write `[[drop]]` above each entry
    ");
}

#[test]
fn every_entry_owes_a_reason() {
    let toml = "[[drop]]\nfield = \"request.Guest\"\n\n[[safe-to-repeat]]\nreason = \" \"\n";
    insta::assert_snapshot!(complaints(toml), @r##"
    error[overlay-reason]: `[[drop]]` gives no reason
     --> ListRooms.toml:1:1
      |
    1 | [[drop]]
      | ^^^^^^^^
      |
      = help: add a `reason`: why the page is wrong, or where the fact comes from

    error[overlay-reason]: `[[safe-to-repeat]]` gives no reason
     --> ListRooms.toml:5:10
      |
    5 | reason = " "
      |          ^^^
      |
      = help: add a `reason`: why the page is wrong, or where the fact comes from
    "##);
}

#[test]
fn values_of_keys_are_checked() {
    let toml = "[[add]]\nfield = \"request.X\"\ntype = \"Text\"\nrequired = \"yes\"\nreason = \"r\"\n\n\
                [[add]]\nfield = \"request.Y\"\ntype = \"Long\"\nvalues = [\"1\"]\nreason = \"r\"\n\n\
                [[sensitive]]\nfield = \"request.Guest\"\nkind = \"private\"\nreason = \"r\"\n";
    insta::assert_snapshot!(complaints(toml), @r##"
    error[overlay-key]: `Text` is no type
     --> ListRooms.toml:3:8
      |
    3 | type = "Text"
      |        ^^^^^^
      |
      = help: a type is `String`, `Integer`, `Long`, `Float`, `Boolean`, `Json` or `Structure`, or `List of …` or `Map of …` one of them

    error[overlay-key]: `required` of `[[add]]` is a string, not `true` or `false`
     --> ListRooms.toml:4:12
      |
    4 | required = "yes"
      |            ^^^^^

    error[overlay-key]: `values` of `[[add]]` is out of place: only a `String` has values
      --> ListRooms.toml:10:10
       |
    10 | values = ["1"]
       |          ^^^^^

    error[overlay-key]: `kind` of `[[sensitive]]` cannot be `private`
      --> ListRooms.toml:15:8
       |
    15 | kind = "private"
       |        ^^^^^^^^^
       |
       = help: it is one of `personal`, `phone-number`, `secret`, `no`
    "##);
}

#[test]
fn facts_are_checked() {
    let toml = "[[facts]]\nfield = \"request.Guest\"\nreason = \"r\"\n\n\
                [[facts]]\nfield = \"request.Guest\"\nlength = { min = 2, max = 1 }\nreason = \"r\"\n\n\
                [[facts]]\nfield = \"request.Guest\"\nlength = { least = 2 }\nreason = \"r\"\n\n\
                [[facts]]\nfield = \"request.Guest\"\nlength = {}\nreason = \"r\"\n\n\
                [[facts]]\nfield = \"request.Guest\"\nlength = { max = \"2\" }\nreason = \"r\"\n\n\
                [[facts]]\nfield = \"request.Guest\"\nformat = \"yaml\"\nreason = \"r\"\n\n\
                [[facts]]\nfield = \"request.Guest\"\nwithout = [\"type\", 1]\nreason = \"r\"\n";
    insta::assert_snapshot!(complaints(toml), @r##"
    error[overlay-key]: `[[facts]]` states nothing
     --> ListRooms.toml:1:1
      |
    1 | [[facts]]
      | ^^^^^^^^^
      |
      = help: give it one of `deprecated`, `format`, `default`, `range`, `length`, `unit`, or `without`

    error[overlay-key]: nothing lies in `length`: 2 is more than 1
     --> ListRooms.toml:7:10
      |
    7 | length = { min = 2, max = 1 }
      |          ^^^^^^^^^^^^^^^^^^^^
      |
      = help: write `{ min = …, max = … }`

    error[overlay-key]: `length` has no key `least`
      --> ListRooms.toml:12:12
       |
    12 | length = { least = 2 }
       |            ^^^^^
       |
       = help: its keys are `min`, `max`

    error[overlay-key]: `length` has no bounds
      --> ListRooms.toml:17:10
       |
    17 | length = {}
       |          ^^
       |
       = help: write `{ min = …, max = … }`

    error[overlay-key]: `max` of `length` is a string, not a whole number of 64 bits
      --> ListRooms.toml:22:18
       |
    22 | length = { max = "2" }
       |                  ^^^

    error[overlay-key]: `format` of `[[facts]]` cannot be `yaml`
      --> ListRooms.toml:27:10
       |
    27 | format = "yaml"
       |          ^^^^^^
       |
       = help: it is one of `date-time`, `date`, `unix-seconds`, `unix-milliseconds`, `base64`, `json`

    error[overlay-key]: `without` of `[[facts]]` cannot be `type`
      --> ListRooms.toml:32:12
       |
    32 | without = ["type", 1]
       |            ^^^^^^
       |
       = help: it is one of `deprecated`, `format`, `default`, `range`, `length`, `unit`

    error[overlay-key]: `without` of `[[facts]]` is an integer, not an array of texts
      --> ListRooms.toml:32:20
       |
    32 | without = ["type", 1]
       |                    ^
    "##);
}

#[test]
fn facts_that_are_stated_or_fit_no_such_field_are_refused() {
    let toml = "[[facts]]\nfield = \"request.Guest\"\nrange = { min = 1 }\nreason = \"r\"\n\n\
                [[facts]]\nfield = \"response.Rooms\"\nlength = { min = 1 }\nreason = \"r\"\n\n\
                [[facts]]\nfield = \"response.Rooms[].Number\"\ndefault = \"1\"\nreason = \"r\"\n\n\
                [[facts]]\nfield = \"response.Rooms[].Floor\"\nunit = \"metres\"\nreason = \"r\"\n\n\
                [[facts]]\nfield = \"request.Hotel\"\nwithout = [\"deprecated\"]\nreason = \"r\"\n\n\
                [[add]]\nfield = \"request.Floor\"\ntype = \"String\"\nrange = { min = 1 }\nreason = \"r\"\n";
    insta::assert_snapshot!(complaints(toml), @r##"
    error[overlay-misfit]: `request.Guest` is a String, and only numbers have a range
     --> ListRooms.toml:3:9
      |
    3 | range = { min = 1 }
      |         ^^^^^^^^^^^

    error[overlay-misfit]: `response.Rooms` is a List, and only texts have a length
     --> ListRooms.toml:8:10
      |
    8 | length = { min = 1 }
      |          ^^^^^^^^^^^

    error[overlay-misfit]: `response.Rooms[].Number` belongs to the response, which has no defaults
      --> ListRooms.toml:13:11
       |
    13 | default = "1"
       |           ^^^

    error[overlay-nowhere]: `response.Rooms[].Floor` leads nowhere: `response.Rooms[]` has no `.Floor`
      --> ListRooms.toml:17:9
       |
    17 | field = "response.Rooms[].Floor"
       |         ^^^^^^^^^^^^^^^^^^^^^^^^
       |
       = help: after it can follow `.Number`, `.State`

    error[overlay-obsolete]: the page or the manifest now says this itself: `request.Hotel` has no deprecation
      --> ListRooms.toml:23:12
       |
    23 | without = ["deprecated"]
       |            ^^^^^^^^^^^^
       |
       = help: remove the entry

    error[overlay-misfit]: `request.Floor` is a String, and only numbers have a range
      --> ListRooms.toml:29:9
       |
    29 | range = { min = 1 }
       |         ^^^^^^^^^^^
    "##);
}

#[test]
fn paths_with_dots_are_quoted() {
    insta::assert_snapshot!(complaints("[[document]]\nreason = \"r\"\nfields.request.Hotel = \"Which.\"\n"), @r##"
    error[overlay-key]: `request` of `fields` is a table, not text
     --> ListRooms.toml:3:8
      |
    3 | fields.request.Hotel = "Which."
      |        ^^^^^^^
      |
      = help: write a key with dots, such as a path, in quotes
    "##);
}

#[test]
fn a_path_that_leads_nowhere_is_shown_what_is_there() {
    let toml = "[[drop]]\nfield = \"response.Floors[].Rooms\"\nreason = \"r\"\n\n\
                [[sensitive]]\nfield = \"response.Rooms.Number\"\nkind = \"secret\"\nreason = \"r\"\n\n\
                [[rename]]\nfield = \"answer.Rooms\"\nto = \"X\"\nreason = \"r\"\n";
    insta::assert_snapshot!(complaints(toml), @r##"
    error[overlay-nowhere]: `response.Floors[].Rooms` leads nowhere: `response` has no `.Floors[].Rooms`
     --> ListRooms.toml:2:9
      |
    2 | field = "response.Floors[].Rooms"
      |         ^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: after it can follow `.Rooms`, `.Names`

    error[overlay-nowhere]: `response.Rooms.Number` leads nowhere: `response.Rooms` has no `.Number`
     --> ListRooms.toml:6:9
      |
    6 | field = "response.Rooms.Number"
      |         ^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: after it can follow `[]`

    error[overlay-nowhere]: `answer.Rooms` leads nowhere: a path begins with `request` or `response`
      --> ListRooms.toml:11:9
       |
    11 | field = "answer.Rooms"
       |         ^^^^^^^^^^^^^^
    "##);
}

#[test]
fn what_the_page_has_made_true_is_obsolete() {
    let toml = "[[correct-type]]\nfield = \"request.Guest\"\ntype = \"String\"\nreason = \"r\"\n\n\
                [[add]]\nfield = \"response.Names\"\ntype = \"Map of String\"\nreason = \"r\"\n\n\
                [[add]]\nfield = \"response.Rooms\"\ntype = \"List of String\"\nreason = \"r\"\n\n\
                [[drop]]\nfield = \"response.Gone\"\nreason = \"r\"\n\n\
                [[rename]]\nfield = \"request.Gast\"\nto = \"Guest\"\nreason = \"r\"\n\n\
                [[add-values]]\nfield = \"response.Rooms[].State\"\nvalues = [\"TAKEN\"]\nreason = \"r\"\n\n\
                [[document]]\nfields = { \"response.Rooms[].Number\" = \"The number.\" }\nreason = \"r\"\n";
    insta::assert_snapshot!(complaints(toml), @r##"
    error[overlay-obsolete]: the page or the manifest now says this itself: `request.Guest` has this type
     --> ListRooms.toml:2:9
      |
    2 | field = "request.Guest"
      |         ^^^^^^^^^^^^^^^
      |
      = help: remove the entry

    error[overlay-obsolete]: the page or the manifest now says this itself: `response.Names` is documented
     --> ListRooms.toml:7:9
      |
    7 | field = "response.Names"
      |         ^^^^^^^^^^^^^^^^
      |
      = help: remove the entry

    error[overlay-obsolete]: the page documents `response.Rooms` now, but differently
      --> ListRooms.toml:12:9
       |
    12 | field = "response.Rooms"
       |         ^^^^^^^^^^^^^^^^
       |
       = help: compare them, then remove the entry, or correct the page with `[[correct-type]]` instead

    error[overlay-obsolete]: the page or the manifest now says this itself: `response.Gone` is not documented
      --> ListRooms.toml:17:9
       |
    17 | field = "response.Gone"
       |         ^^^^^^^^^^^^^^^
       |
       = help: remove the entry

    error[overlay-obsolete]: the page or the manifest now says this itself: `request.Gast` is called `Guest`
      --> ListRooms.toml:21:9
       |
    21 | field = "request.Gast"
       |         ^^^^^^^^^^^^^^
       |
       = help: remove the entry

    error[overlay-obsolete]: the page or the manifest now says this itself: value `TAKEN` of `response.Rooms[].State` is documented
      --> ListRooms.toml:27:11
       |
    27 | values = ["TAKEN"]
       |           ^^^^^^^
       |
       = help: remove the entry

    error[overlay-obsolete]: the page or the manifest now says this itself: `response.Rooms[].Number` is documented so
      --> ListRooms.toml:31:12
       |
    31 | fields = { "response.Rooms[].Number" = "The number." }
       |            ^^^^^^^^^^^^^^^^^^^^^^^^^
       |
       = help: remove the entry
    "##);
}

#[test]
fn what_is_in_a_parameter_or_a_response_has_no_position() {
    let added =
        "[[add]]\nfield = \"response.Rooms[].Floor\"\ntype = \"Long\"\nposition = \"body\"\nreason = \"r\"\n";
    let member = "[[add]]\nfield = \"request.Key\"\ntype = \"Structure\"\nreason = \"r\"\n\
                  fields = [{ name = \"Floor\", type = \"Long\", position = \"body\" }]\n";
    let first_line = |toml| complaints(toml).lines().next().map(str::to_owned).unwrap_or_default();
    assert_eq!(
        [first_line(added), first_line(member)],
        [
            "error[overlay-misfit]: `response.Rooms[].Floor` has no position: only a parameter has, and its members go with it",
            "error[overlay-key]: `position` of a field is out of place: only a parameter has a position, and its members go with it",
        ]
    );
}

#[test]
fn what_does_not_fit_is_refused() {
    let toml = "[[rename]]\nfield = \"request.Guest\"\nto = \"Hotel\"\nreason = \"r\"\n\n\
                [[add]]\nfield = \"request.Floor\"\ntype = \"Long\"\nafter = \"Roof\"\nreason = \"r\"\n\n\
                [[add]]\nfield = \"response.Floor\"\ntype = \"Long\"\nrequired = true\nreason = \"r\"\n\n\
                [[drop]]\nfield = \"response.Names{}\"\nreason = \"r\"\n\n\
                [[rename-structure]]\nfield = \"request.Guest\"\nto = \"Person\"\nreason = \"r\"\n\n\
                [[add-values]]\nfield = \"response.Rooms\"\nvalues = [\"A\"]\nreason = \"r\"\n";
    insta::assert_snapshot!(complaints(toml), @r##"
    error[overlay-misfit]: `request.Guest` cannot be called `Hotel`: a sibling has that name
     --> ListRooms.toml:3:6
      |
    3 | to = "Hotel"
      |      ^^^^^^^

    error[overlay-misfit]: `request` has no `Roof` to add a field after
     --> ListRooms.toml:9:9
      |
    9 | after = "Roof"
      |         ^^^^^^

    error[overlay-misfit]: `response.Floor` cannot be required: responses promise nothing
      --> ListRooms.toml:13:9
       |
    13 | field = "response.Floor"
       |         ^^^^^^^^^^^^^^^^

    error[overlay-misfit]: `response.Names{}` is an element or a value, not a field
      --> ListRooms.toml:19:9
       |
    19 | field = "response.Names{}"
       |         ^^^^^^^^^^^^^^^^^^

    error[overlay-misfit]: `request.Guest` holds no structure
      --> ListRooms.toml:23:9
       |
    23 | field = "request.Guest"
       |         ^^^^^^^^^^^^^^^

    error[overlay-misfit]: `response.Rooms` holds no text, and only texts have values
      --> ListRooms.toml:28:9
       |
    28 | field = "response.Rooms"
       |         ^^^^^^^^^^^^^^^^
    "##);
}

#[test]
fn the_second_of_two_entries_about_one_thing_is_refused() {
    let toml = "[[safe-to-repeat]]\nreason = \"r\"\n\n[[safe-to-repeat]]\nreason = \"again\"\n";
    let (overlay, wrong) = Overlay::read("ListRooms.toml", toml.as_bytes());
    let (after, refused) = overlay.apply(&operation(), &Manifest::default());
    assert!(after.safe_to_repeat && refused.is_empty());
    insta::assert_snapshot!(render(&wrong, overlay.source(), RenderOptions::default()), @r"
    error[overlay-duplicate]: two entries state whether the operation is safe to repeat
     --> ListRooms.toml:4:1
      |
    4 | [[safe-to-repeat]]
      | ^^^^^^^^^^^^^^^^^^ again
      |
     ::: ListRooms.toml:1:1
      |
    1 | [[safe-to-repeat]]
      | ------------------ the first one is applied
    ");
}
