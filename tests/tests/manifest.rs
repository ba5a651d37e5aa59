//! Compares the manifest of the product with the crate that is generated for it.

use ccc_spec::manifest::{DEFAULT_AREA, Manifest};

const MANIFEST: &[u8] = include_bytes!("../../spec/products/ccc.toml");
const CRATE: &str = include_str!("../../ccc-api/Cargo.toml");

#[test]
fn every_area_is_a_feature_that_is_on_by_default() {
    let manifest = Manifest::read("ccc.toml", MANIFEST).manifest;
    let mut areas: Vec<&str> = manifest.areas.iter().map(|area| area.name.as_str()).collect();
    areas.push(DEFAULT_AREA);
    let list =
        CRATE.split_once("all-areas = [").and_then(|(_, rest)| rest.split_once(']')).expect("a list").0;
    let mut listed: Vec<&str> = list.split(',').map(|name| name.trim().trim_matches('"')).collect();
    listed.retain(|name| !name.is_empty());
    assert_eq!(listed, areas);
    for area in areas {
        assert!(CRATE.contains(&format!("\n{area} = []\n")), "{area} is no feature");
    }
    let default = CRATE.lines().find(|line| line.starts_with("default = ")).unwrap_or_default();
    assert!(default.contains("\"all-areas\""), "{default}");
}
