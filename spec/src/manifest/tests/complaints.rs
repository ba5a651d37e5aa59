//! Complaints about manifests that are wrong, or that do not fit the pages.

use std::collections::BTreeSet;

use super::{WHOLE, manifest};
use crate::diagnostic::{RenderOptions, render};
use crate::manifest::Manifest;

/// The keys that every manifest has.
const HEAD: &str = "code = \"Hotel\"\nversion = \"2024-01-01\"\ncrate = \"hotel-api\"\ntitle = \"Hotels\"\n";

/// Returns the complaints of reading a manifest.
fn complaints(toml: &str) -> String {
    let reading = Manifest::read("hotel.toml", toml.as_bytes());
    render(&reading.diagnostics, &reading.source, RenderOptions::default())
}

/// Returns the complaints about a manifest whose beginning is right.
fn of_rest(toml: &str) -> String {
    complaints(&format!("{HEAD}{toml}"))
}

/// Returns the complaints about a manifest beside operations with pages; `changed` replaces texts in it.
fn checked(changed: &[(&str, &str)], documented: &[&str]) -> String {
    let mut toml = WHOLE.to_owned();
    for (old, new) in changed {
        assert!(toml.contains(old), "{old}");
        toml = toml.replace(old, new);
    }
    let reading = Manifest::read("hotel.toml", toml.as_bytes());
    assert_eq!(reading.diagnostics, []);
    let found = reading.manifest.check(&documented.iter().copied().collect::<BTreeSet<_>>());
    render(&found, &reading.source, RenderOptions::default())
}

/// All operations of the manifest.
const DOCUMENTED: [&str; 3] = ["GetKey", "ListGuests", "ListRooms"];

#[test]
fn what_is_no_toml_is_shown_where_it_breaks() {
    insta::assert_snapshot!(complaints("code = Hotel\n"), @r"
    error[manifest-syntax]: string values must be quoted, expected literal string
     --> hotel.toml:1:8
      |
    1 | code = Hotel
      |        ^^^^^
    ");
}

#[test]
fn what_is_no_text_is_no_manifest() {
    let reading = Manifest::read("hotel.toml", b"# \xff\n");
    assert_eq!(reading.manifest, Manifest::default());
    insta::assert_snapshot!(render(&reading.diagnostics, &reading.source, RenderOptions::default()), @r##"
    error[invalid-utf8]: the manifest is not UTF-8, so nothing of it is applied
     --> hotel.toml:1:3
      |
    1 | # �
      |   ^
    "##);
}

#[test]
fn keys_that_are_missing_or_unknown_are_named() {
    let toml = "code = \"Hotel\"\nname = \"Hotels\"\n\n[endpoints]\nprivate = \"x\"\n\n[areas.rooms]\ntitle = \"Rooms\"\n";
    insta::assert_snapshot!(complaints(toml), @r##"
    error[manifest-key]: the manifest lacks the key `crate`
     --> hotel.toml:1:1
      |
    1 | code = "Hotel"
      | ^

    error[manifest-key]: the manifest lacks the key `title`
     --> hotel.toml:1:1
      |
    1 | code = "Hotel"
      | ^

    error[manifest-key]: the manifest lacks the key `version`
     --> hotel.toml:1:1
      |
    1 | code = "Hotel"
      | ^

    error[manifest-key]: the manifest has no key `name`
     --> hotel.toml:2:1
      |
    2 | name = "Hotels"
      | ^^^^
      |
      = help: its keys are `code`, `version`, `crate`, `title`, `endpoints`, `response`, `operations`, `areas`, `paging`, `glossary`, `units`, `aliases`, `sensitive`

    error[manifest-key]: `endpoints` lacks the key `default-region`
     --> hotel.toml:4:1
      |
    4 | [endpoints]
      | ^^^^^^^^^^^

    error[manifest-key]: `endpoints` lacks the key `public`
     --> hotel.toml:4:1
      |
    4 | [endpoints]
      | ^^^^^^^^^^^

    error[manifest-key]: `endpoints` lacks the key `vpc`
     --> hotel.toml:4:1
      |
    4 | [endpoints]
      | ^^^^^^^^^^^

    error[manifest-key]: `endpoints` has no key `private`
     --> hotel.toml:5:1
      |
    5 | private = "x"
      | ^^^^^^^
      |
      = help: its keys are `default-region`, `public`, `vpc`, `central`

    error[manifest-key]: `[areas.rooms]` names no `operations`
     --> hotel.toml:7:8
      |
    7 | [areas.rooms]
      |        ^^^^^
      |
      = help: list them; only `other`, of the operations that no area has, goes without
    "##);
}

#[test]
fn keys_of_the_wrong_type_are_named() {
    let toml = "[endpoints]\ndefault-region = 1\npublic = \"h\"\nvpc = \"h\"\n\n[response]\nsuccess-codes = \"OK\"\n\n\
                [operations]\nidempotent = [1]\nnot-idempotent = [\"GetKey\"]\n\n[areas]\nrooms = [\"GetKey\"]\n\n\
                [glossary]\nNumber = 1\nHotel = \" \"\n\n[sensitive]\nphone = [\"Guest\"]\nsecret = [\"\"]\n";
    insta::assert_snapshot!(of_rest(toml), @r##"
    error[manifest-key]: `default-region` of `endpoints` is an integer, not text
     --> hotel.toml:6:18
      |
    6 | default-region = 1
      |                  ^

    error[manifest-key]: `success-codes` of `response` is a string, not an array
      --> hotel.toml:11:17
       |
    11 | success-codes = "OK"
       |                 ^^^^

    error[manifest-key]: `idempotent` of `operations` is an integer, not an array of texts
      --> hotel.toml:14:15
       |
    14 | idempotent = [1]
       |               ^

    error[manifest-key]: `[[operations.not-idempotent]]` is a string, not a table
      --> hotel.toml:15:19
       |
    15 | not-idempotent = ["GetKey"]
       |                   ^^^^^^^^
       |
       = help: write `[[operations.not-idempotent]]`

    error[manifest-key]: `[areas.rooms]` is an array, not a table
      --> hotel.toml:18:9
       |
    18 | rooms = ["GetKey"]
       |         ^^^^^^^^^^
       |
       = help: write `[areas.rooms]`

    error[manifest-key]: `Number` of `glossary` is an integer, not text
      --> hotel.toml:21:10
       |
    21 | Number = 1
       |          ^

    error[manifest-key]: `Hotel` of `glossary` is empty
      --> hotel.toml:22:9
       |
    22 | Hotel = " "
       |         ^^^

    error[manifest-key]: `sensitive` has no key `phone`
      --> hotel.toml:25:1
       |
    25 | phone = ["Guest"]
       | ^^^^^
       |
       = help: its keys are `personal`, `phone-number`, `secret`

    error[manifest-key]: `secret` lists a name that is empty
      --> hotel.toml:26:11
       |
    26 | secret = [""]
       |           ^^
       |
       = help: the kinds `personal`, `phone-number`, `secret` list names of fields
    "##);
}

#[test]
fn names_that_lead_elsewhere_are_refused() {
    let toml = "code = \"a/b\"\nversion = \"../1\"\ncrate = \"Hotel\"\ntitle = \"Hotels\"\n\n\
                [areas.Rooms]\ntitle = \"Rooms\"\noperations = [\"GetKey\"]\n\n\
                [areas.default]\ntitle = \"Guests\"\noperations = [\"GetGuest\"]\n";
    insta::assert_snapshot!(complaints(toml), @r##"
    error[manifest-name]: `code` cannot be `a/b`
     --> hotel.toml:1:8
      |
    1 | code = "a/b"
      |        ^^^^^
      |
      = help: it has only letters, digits, `-` and `_`

    error[manifest-name]: `version` cannot be `../1`
     --> hotel.toml:2:11
      |
    2 | version = "../1"
      |           ^^^^^^
      |
      = help: it has only letters, digits, `-` and `.`

    error[manifest-name]: `crate` cannot be `Hotel`
     --> hotel.toml:3:9
      |
    3 | crate = "Hotel"
      |         ^^^^^^^
      |
      = help: it has only small letters, digits, `-` and `_`, and begins with a letter

    error[manifest-name]: no area can be called `Rooms`
     --> hotel.toml:6:8
      |
    6 | [areas.Rooms]
      |        ^^^^^
      |
      = help: write words in small letters, joined by hyphens; cargo has a `default` already

    error[manifest-name]: no area can be called `default`
      --> hotel.toml:10:8
       |
    10 | [areas.default]
       |        ^^^^^^^
       |
       = help: write words in small letters, joined by hyphens; cargo has a `default` already
    "##);
}

#[test]
fn endpoints_are_names_of_hosts() {
    let toml = "[endpoints]\ndefault-region = \"cn.shanghai\"\npublic = \"hotel.{zone}.example.com\"\n\
                vpc = \"https://hotel\"\ncentral = { host = \"hotel.{region}\", regions = [\"CN\", \"cn\", \"cn\"] }\n";
    insta::assert_snapshot!(of_rest(toml), @r##"
    error[manifest-endpoint]: `default-region` cannot be `cn.shanghai`: a region has no dots
     --> hotel.toml:6:18
      |
    6 | default-region = "cn.shanghai"
      |                  ^^^^^^^^^^^^^
      |
      = help: write it as the service does, such as `cn-shanghai`

    error[manifest-endpoint]: `public` cannot be `hotel.{zone}.example.com`: there is no placeholder `{zone}`
     --> hotel.toml:7:10
      |
    7 | public = "hotel.{zone}.example.com"
      |          ^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: write the name of a host in small letters; `{region}` may stand in `public` and `vpc` for that of a region

    error[manifest-endpoint]: `vpc` cannot be `https://hotel`: the name of a host has no ':'
     --> hotel.toml:8:7
      |
    8 | vpc = "https://hotel"
      |       ^^^^^^^^^^^^^^^
      |
      = help: write the name of a host in small letters; `{region}` may stand in `public` and `vpc` for that of a region

    error[manifest-endpoint]: `host` cannot be `hotel.{region}`: the name of a host has no '{'
     --> hotel.toml:9:20
      |
    9 | central = { host = "hotel.{region}", regions = ["CN", "cn", "cn"] }
      |                    ^^^^^^^^^^^^^^^^
      |
      = help: write the name of a host in small letters; `{region}` may stand in `public` and `vpc` for that of a region

    error[manifest-endpoint]: `regions` cannot be `CN`: the name of a host has no 'C'
     --> hotel.toml:9:49
      |
    9 | central = { host = "hotel.{region}", regions = ["CN", "cn", "cn"] }
      |                                                 ^^^^
      |
      = help: write it as the service does, such as `cn-shanghai`

    error[manifest-duplicate]: region `cn` is stated twice
     --> hotel.toml:9:61
      |
    9 | central = { host = "hotel.{region}", regions = ["CN", "cn", "cn"] }
      |                                                       ----  ^^^^ again
      |                                                       |
      |                                                       the first one counts
      |
      = help: remove one of them
    "##);
}

#[test]
fn patterns_are_names_with_one_star() {
    let toml = "[operations]\nidempotent = [\"*\", \"Get*Of*\", \"Get User\", \"\"]\n";
    insta::assert_snapshot!(of_rest(toml), @r##"
    error[manifest-pattern]: `*` is no pattern of operations: it would match every operation
     --> hotel.toml:6:15
      |
    6 | idempotent = ["*", "Get*Of*", "Get User", ""]
      |               ^^^
      |
      = help: write the name of an operation, or one with a `*` for any text: `Get*`

    error[manifest-pattern]: `Get*Of*` is no pattern of operations: it has more than one `*`
     --> hotel.toml:6:20
      |
    6 | idempotent = ["*", "Get*Of*", "Get User", ""]
      |                    ^^^^^^^^^
      |
      = help: write the name of an operation, or one with a `*` for any text: `Get*`

    error[manifest-pattern]: `Get User` is no pattern of operations: no operation has ' ' in its name
     --> hotel.toml:6:31
      |
    6 | idempotent = ["*", "Get*Of*", "Get User", ""]
      |                               ^^^^^^^^^^
      |
      = help: write the name of an operation, or one with a `*` for any text: `Get*`

    error[manifest-pattern]: `` is no pattern of operations: it is empty
     --> hotel.toml:6:43
      |
    6 | idempotent = ["*", "Get*Of*", "Get User", ""]
      |                                           ^^
      |
      = help: write the name of an operation, or one with a `*` for any text: `Get*`
    "##);
}

#[test]
fn every_exception_owes_a_reason() {
    let toml = "[operations]\nidempotent = [\"Get*\"]\n\n[[operations.not-idempotent]]\noperation = \"GetKey\"\n\n\
                [[operations.not-idempotent]]\noperation = \"GetRoom\"\nreason = \" \"\n\n\
                [[operations.not-idempotent]]\nreason = \"r\"\n";
    insta::assert_snapshot!(of_rest(toml), @r##"
    error[manifest-reason]: `[[operations.not-idempotent]]` gives no reason
     --> hotel.toml:8:1
      |
    8 | [[operations.not-idempotent]]
      | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: add a `reason`: what sending the same request again would do

    error[manifest-reason]: `[[operations.not-idempotent]]` gives no reason
      --> hotel.toml:13:10
       |
    13 | reason = " "
       |          ^^^
       |
       = help: add a `reason`: what sending the same request again would do

    error[manifest-key]: `[[operations.not-idempotent]]` lacks the key `operation`
      --> hotel.toml:15:1
       |
    15 | [[operations.not-idempotent]]
       | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
    "##);
}

#[test]
fn what_is_stated_twice_is_refused() {
    let toml = "[operations]\nidempotent = [\"Get*\", \"Get*\"]\n\n\
                [[operations.not-idempotent]]\noperation = \"GetKey\"\nreason = \"r\"\n\n\
                [[operations.not-idempotent]]\noperation = \"GetKey\"\nreason = \"again\"\n\n\
                [areas.rooms]\ntitle = \"Rooms\"\noperations = [\"GetKey\"]\n\n\
                [areas.guests]\ntitle = \"Guests\"\noperations = [\"GetKey\"]\n\n\
                [sensitive]\nphone-number = [\"Guest\"]\nsecret = [\"Guest\"]\n";
    insta::assert_snapshot!(of_rest(toml), @r##"
    error[manifest-duplicate]: pattern `Get*` is stated twice
     --> hotel.toml:6:23
      |
    6 | idempotent = ["Get*", "Get*"]
      |               ------  ^^^^^^ again
      |               |
      |               the first one counts
      |
      = help: remove one of them

    error[manifest-duplicate]: exception `GetKey` is stated twice
      --> hotel.toml:13:13
       |
    13 | operation = "GetKey"
       |             ^^^^^^^^ again
       |
      ::: hotel.toml:9:13
       |
     9 | operation = "GetKey"
       |             -------- the first one counts
       |
       = help: remove one of them

    error[manifest-duplicate]: the area of `GetKey` is stated twice
      --> hotel.toml:22:15
       |
    22 | operations = ["GetKey"]
       |               ^^^^^^^^ again
       |
      ::: hotel.toml:18:15
       |
    18 | operations = ["GetKey"]
       |               -------- the first one counts
       |
       = help: remove one of them

    error[manifest-duplicate]: whether `Guest` is sensitive is stated twice
      --> hotel.toml:26:11
       |
    25 | phone-number = ["Guest"]
       |                 ------- the first one counts
    26 | secret = ["Guest"]
       |           ^^^^^^^ again
       |
       = help: remove one of them
    "##);
}

#[test]
fn a_manifest_that_fits_its_pages_is_not_talked_about() {
    assert_eq!(manifest().check(&DOCUMENTED.into()), []);
}

#[test]
fn where_no_operation_is_known_nothing_is_said_of_patterns() {
    let toml = format!("{HEAD}[operations]\nidempotent = [\"Get*\"]\n");
    let reading = Manifest::read("hotel.toml", toml.as_bytes());
    assert_eq!((reading.diagnostics, reading.manifest.check(&BTreeSet::new())), (vec![], vec![]));
}

#[test]
fn patterns_and_exceptions_that_match_nothing_are_errors() {
    let changed = [
        ("\"Get*\"", "\"Get*\", \"Fetch*\""),
        ("\"*Key\"", "\"*Lock\""),
        ("operation = \"GetKey\"", "operation = \"GetKees\""),
    ];
    insta::assert_snapshot!(checked(&changed, &DOCUMENTED), @r##"
    error[manifest-nowhere]: no operation is called `Fetch*`
      --> hotel.toml:17:32
       |
    17 | idempotent = ["List*", "Get*", "Fetch*"]
       |                                ^^^^^^^^
       |
       = help: operations are known by their pages and by the names in `[areas]`; correct the name, or remove it

    error[manifest-nowhere]: no operation is called `GetKees`
      --> hotel.toml:20:13
       |
    20 | operation = "GetKees"
       |             ^^^^^^^^^
       |
       = help: operations are known by their pages and by the names in `[areas]`; correct the name, or remove it

    error[manifest-nowhere]: no operation is called `*Lock`
      --> hotel.toml:25:28
       |
    25 | operations = ["ListRooms", "*Lock"]
       |                            ^^^^^^^
       |
       = help: operations are known by their pages and by the names in `[areas]`; correct the name, or remove it
    "##);
}

#[test]
fn an_exception_from_no_pattern_is_an_error() {
    insta::assert_snapshot!(checked(&[("\"List*\", \"Get*\"", "\"List*\"")], &DOCUMENTED), @r##"
    error[manifest-nowhere]: no pattern of `idempotent` matches `GetKey`
      --> hotel.toml:20:13
       |
    20 | operation = "GetKey"
       |             ^^^^^^^^
       |
       = help: remove the exception: an operation that no pattern matches is not repeated
    "##);
}

#[test]
fn operations_that_patterns_of_two_areas_match_are_an_error_once() {
    let changed = [("\"ListGuests\", \"GetKey\"", "\"ListGuests\", \"Lose*\"")];
    let documented = ["GetKey", "ListGuests", "ListRooms", "LoseKey", "LoseRoomKey"];
    insta::assert_snapshot!(checked(&changed, &documented), @r##"
    error[manifest-duplicate]: `LoseKey` is in two areas, `rooms` and `guests`
      --> hotel.toml:29:29
       |
    29 | operations = ["ListGuests", "Lose*"]
       |                             ^^^^^^^ again
       |
      ::: hotel.toml:25:28
       |
    25 | operations = ["ListRooms", "*Key"]
       |                            ------ the first one counts
       |
       = help: name the operation in the area that it belongs to
    "##);
}

#[test]
fn operations_without_a_page_are_one_warning() {
    insta::assert_snapshot!(checked(&[], &["ListRooms"]), @r##"
    warning[operation-without-page]: 2 operations that areas name have no page: `ListGuests`, `GetKey`
      --> hotel.toml:29:15
       |
    29 | operations = ["ListGuests", "GetKey"]
       |               ^^^^^^^^^^^^
       |
       = help: add the pages below spec/docs; until then a client calls these operations by name alone
    "##);
    let changed =
        [("\"ListGuests\", \"GetKey\"", "\"ListGuests\", \"GetKey\", \"GetB\", \"GetC\", \"GetD\"")];
    let all = checked(&changed, &["ListRooms"]);
    assert!(
        all.contains("5 operations that areas name have no page: `ListGuests`, `GetKey`, `GetB` and 2 more"),
        "{all}"
    );
}
