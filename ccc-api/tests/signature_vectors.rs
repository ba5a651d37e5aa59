//! Tests of both signatures, step by step, with the vectors in `tests/vectors/`.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot read its vectors fails"
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use ccc_api::sign::{acs3, canonical_query, v1};

/// The input of a case. Values that a scheme does not have are empty.
struct Input(serde_json::Value);

impl Input {
    fn text(&self, key: &str) -> &str {
        self.0[key].as_str().unwrap_or_else(|| panic!("`{key}` is missing"))
    }

    fn map(&self, key: &str) -> BTreeMap<&str, &str> {
        let object = self.0[key].as_object().unwrap_or_else(|| panic!("`{key}` is missing"));
        object.iter().map(|(name, value)| (name.as_str(), value.as_str().unwrap())).collect()
    }
}

struct Case {
    folder: PathBuf,
    input: Input,
}

impl Case {
    fn step(&self, file: &str) -> String {
        let text = fs::read_to_string(self.folder.join(file)).unwrap();
        text.strip_suffix('\n').expect("ends with a line break").to_owned()
    }

    fn assert_step(&self, file: &str, actual: &str) {
        assert_eq!(actual, self.step(file), "{}/{file}", self.folder.display());
    }
}

fn cases(scheme: &str) -> Vec<Case> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors").join(scheme);
    let cases: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|folder| {
            let input = fs::read_to_string(folder.join("input.json")).unwrap();
            Case { folder, input: Input(serde_json::from_str(&input).unwrap()) }
        })
        .collect();
    assert_eq!(cases.len(), 4, "a vector went missing");
    cases
}

#[test]
fn acs3_computes_every_step_of_every_vector() {
    for case in cases("acs3") {
        let input = &case.input;
        let query = canonical_query(input.map("query"));
        case.assert_step("1-canonical-query.txt", &query);

        let content_sha256 = acs3::content_sha256(input.text("body").as_bytes());
        let mut headers = input.map("headers");
        headers.insert("x-acs-content-sha256", &content_sha256);
        let canonical = acs3::canonical_request(input.text("method"), "/", &query, headers, &content_sha256);
        case.assert_step("2-canonical-request.txt", &canonical.text);

        let string_to_sign = acs3::string_to_sign(&canonical.text);
        case.assert_step("3-string-to-sign.txt", &string_to_sign);

        let signature = acs3::signature(input.text("access_key_secret"), &string_to_sign);
        case.assert_step("4-signature.txt", &signature);

        let id = input.text("access_key_id");
        case.assert_step(
            "5-authorization.txt",
            &acs3::authorization(id, &canonical.signed_headers, &signature),
        );
    }
}

#[test]
fn v1_computes_every_step_of_every_vector() {
    for case in cases("v1") {
        let input = &case.input;
        let query = canonical_query(input.map("parameters"));
        case.assert_step("1-canonical-query.txt", &query);

        let string_to_sign = v1::string_to_sign(input.text("method"), &query);
        case.assert_step("2-string-to-sign.txt", &string_to_sign);

        let signature = v1::signature(input.text("access_key_secret"), &string_to_sign);
        case.assert_step("3-signature.txt", &signature);
    }
}
