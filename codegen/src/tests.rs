//! Tests of `generate`: the text of files, and the errors.

use ccc_spec::manifest::Manifest;
use ccc_spec::model::{Operation, ProductSpec, Style};

use crate::fixtures::{linked, list_rooms, operation};
use crate::{GenerateError, GeneratedFile, generate, generate_for};

fn file(path: &str) -> String {
    let files = generate(&linked(&[list_rooms()])).expect("a client");
    files.into_iter().find(|file| file.path == path).map(|file| file.text).expect("the file")
}

#[test]
fn one_operation_is_a_file_and_what_the_local_endpoint_knows_another() {
    let files = generate(&linked(&[list_rooms()])).expect("a client");
    let paths: Vec<_> = files.iter().map(|file| file.path.as_str()).collect();
    assert_eq!(
        paths,
        [
            "descriptions/list_rooms.rs",
            "descriptions/mod.rs",
            "mod.rs",
            "operation/error_code.rs",
            "operation/list_rooms.rs",
            "operation/mod.rs",
            "operations.md",
            "product.rs",
            "types/filter_parameter.rs",
            "types/mod.rs",
            "types/position.rs",
            "types/room.rs",
            "types/room_state.rs",
        ]
    );
}

#[test]
fn an_operation_reads_like_its_page() {
    insta::assert_snapshot!(file("operation/list_rooms.rs"));
}

#[test]
fn codes_show_status_and_message() {
    insta::assert_snapshot!(file("operation/error_code.rs"));
}

#[test]
fn a_shared_structure_has_a_file_of_its_own() {
    insta::assert_snapshot!(file("types/room.rs"));
}

#[test]
fn a_sample_response_is_built_from_the_fields() {
    let description = file("descriptions/list_rooms.rs");
    let (_, sample) = description.split_once("sample_json: ").expect("a sample");
    insta::assert_snapshot!(sample);
}

/// Returns a manifest with every fact that the client has.
const MANIFEST: &[u8] = br#"
code = "Demo"
version = "2024-01-01"
crate = "demo-api"
title = "Demo [of] hotels"

[endpoints]
default-region = "cn-shanghai"
public = "demo.{region}.example.com"
vpc = "demo-vpc.{region}.example.com"
central = { host = "demo.example.com", regions = ["cn-beijing", "eu-west-1"] }

[response]
success-codes = ["OK", "Booked"]
"#;

#[test]
fn facts_of_the_manifest_are_written_once() {
    let manifest = Manifest::read("demo.toml", MANIFEST).manifest;
    let files = generate_for(&manifest, &linked(&[list_rooms()])).expect("a client");
    let text = |path: &str| files.iter().find(|file| file.path == path).map(|file| file.text.as_str());
    insta::assert_snapshot!(text("product.rs").unwrap_or_default());
    let product = "type Product = crate::DemoOfHotels;";
    assert!(text("operation/list_rooms.rs").is_some_and(|text| text.contains(product)));
    assert!(text("mod.rs").is_some_and(|text| text.contains("pub use product::DemoOfHotels;")));
}

#[test]
fn a_product_without_a_manifest_is_where_most_are() {
    let product = file("product.rs");
    assert!(product.contains("pub struct Demo;"), "{product}");
    assert!(product.contains("public: \"demo.{region}.aliyuncs.com\""), "{product}");
}

#[test]
fn types_of_one_area_are_compiled_with_its_feature() {
    let areas = b"[areas.rooms]\ntitle = \"Rooms\"\noperations = [\"ListRooms\"]\n";
    let manifest = [MANIFEST, areas].concat();
    let manifest = Manifest::read("demo.toml", &manifest).manifest;
    let one = generate_for(&manifest, &linked(&[list_rooms()])).expect("a client");
    let other = Operation { action: "Other".to_owned(), ..list_rooms() };
    let two = generate_for(&manifest, &linked(&[list_rooms(), other])).expect("a client");
    let text = |files: &[GeneratedFile], path: &str| {
        files.iter().find(|file| file.path == path).map(|file| file.text.clone()).unwrap_or_default()
    };
    assert!(text(&two, "operation/mod.rs").contains("#[cfg(feature = \"rooms\")]\npub mod list_rooms;"));
    assert!(text(&two, "operation/mod.rs").contains("#[cfg(feature = \"other\")]\npub mod other;"));
    assert!(text(&one, "types/mod.rs").contains("#[cfg(feature = \"rooms\")]\npub use room::Room;"));
    assert!(!text(&two, "types/mod.rs").contains("feature"), "both areas have its types");
    assert!(text(&one, "descriptions/mod.rs").contains("#[cfg(feature = \"rooms\")]"));
}

#[test]
fn an_operation_described_twice_is_refused() {
    let twice = ProductSpec { operations: vec![operation("Get"), operation("Get")], types: vec![] };
    let result = generate(&twice);
    assert_eq!(result, Err(GenerateError::DescribedTwice { action: "Get".to_owned() }));
}

#[test]
fn operations_of_two_products_are_refused() {
    let other = Operation { product: "Other".to_owned(), ..operation("Set") };
    let message = generate(&linked(&[operation("Get"), other])).expect_err("two products").to_string();
    assert_eq!(
        message,
        "\"Set\" belongs to Other 2024-01-01, but the operations before it belong to Demo 2024-01-01; \
         generate a client for each"
    );
}

#[test]
fn operations_that_are_not_rpc_are_refused() {
    let roa = Operation { style: Style::Roa, ..operation("Get") };
    assert_eq!(generate(&linked(&[roa])), Err(GenerateError::NotRpc { action: "Get".to_owned() }));
}
