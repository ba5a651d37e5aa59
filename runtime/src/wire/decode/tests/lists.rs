//! Lists and maps.

use super::*;

#[test]
fn list_is_taken_as_such_or_as_json_in_a_text() {
    assert_eq!(value(&json!({"Words": ["a", 1, true]})).words, ["a", "1", "true"]);
    assert_eq!(value(&json!({"Words": "[\"a\",\"b\"]"})).words, ["a", "b"]);
    assert_eq!(value(&json!({"Numbers": "[1, \"2\"]"})).numbers, [1, 2]);
    assert_eq!(value(&json!({"Items": "[{\"Id\":\"a\"}]"})).items, [item("a")]);
    assert_eq!(value(&json!({"Words": "[]"})).words, Vec::<String>::new());
}

#[test]
fn single_element_is_a_list() {
    assert_eq!(value(&json!({"Words": "a"})).words, ["a"]);
    assert_eq!(value(&json!({"Words": 1})).words, ["1"]);
    assert_eq!(value(&json!({"Numbers": 1.0})).numbers, [1]);
    assert_eq!(value(&json!({"Words": true})).words, ["true"]);
    assert_eq!(value(&json!({"Items": {"Id": "a"}})).items, [item("a")]);
    assert_eq!(value(&json!({"Items": "{\"Id\":\"a\"}"})).items, [item("a")]);
}

#[test]
fn text_that_only_looks_like_json_is_an_element() {
    assert_eq!(value(&json!({"Words": "[urgent] call"})).words, ["[urgent] call"]);
}

#[test]
fn documented_wrapper_is_unwrapped() {
    let expected = [item("a"), item("b")];
    assert_eq!(value(&json!({"KeyPairs": {"KeyPair": [{"Id": "a"}, {"Id": "b"}]}})).key_pairs, expected);
    assert_eq!(value(&json!({"KeyPairs": {"KeyPair": {"Id": "a"}}})).key_pairs, [item("a")]);
    assert_eq!(value(&json!({"KeyPairs": [{"Id": "a"}, {"Id": "b"}]})).key_pairs, expected);
    assert_eq!(value(&json!({"KeyPairs": {"KeyPair": []}})).key_pairs, []);
    assert_eq!(value(&json!({"KeyPairs": {}})).key_pairs, []);
    assert_eq!(value(&json!({"KeyPairs": {"Id": "a"}})).key_pairs, [item("a")]);
}

#[test]
fn what_stands_beside_a_wrapper_is_kept() {
    let decoded = decoded(&json!({"KeyPairs": {"Total": 1, "KeyPair": [{"Id": "a"}]}}));
    assert_eq!(decoded.value.key_pairs, [item("a")]);
    assert_eq!(decoded.unknown[0].path(), "KeyPairs.Total");
}

#[test]
fn undocumented_wrapper_is_unwrapped_if_elements_do_not_know_it() {
    assert_eq!(value(&json!({"Items": {"Item": [{"Id": "a"}]}})).items, [item("a")]);
    assert_eq!(value(&json!({"Words": {"Word": ["a"]}})).words, ["a"]);
    assert_eq!(value(&json!({"Words": {"Word": "a"}})).words, ["a"]);
}

#[test]
fn map_with_one_text_is_an_element_and_no_wrapper() {
    #[derive(Debug, Default, PartialEq, Decode)]
    struct Answer {
        rows: Vec<BTreeMap<String, String>>,
    }

    let row = BTreeMap::from([("Name".to_owned(), "a".to_owned())]);
    for (body, count) in [
        ("<R><Rows><Name>a</Name></Rows></R>", 1),
        ("<R><Rows><Row><Name>a</Name></Row></Rows></R>", 1),
        ("<R><Rows><Row><Name>a</Name></Row><Row><Name>a</Name></Row></Rows></R>", 2),
    ] {
        let decoded: Decoded<Answer> = super::super::decode(Format::Xml, body.as_bytes()).expect("whole XML");
        assert_eq!((decoded.value.rows, decoded.notes), (vec![row.clone(); count], vec![]), "{body}");
    }
}

#[test]
fn element_that_fits_nothing_is_left_out_and_noted() {
    let decoded = decoded(&json!({"Items": [{"Id": "a"}, 7, null, {"Count": "x"}]}));
    assert_eq!(decoded.value.items, [item("a"), Item::default()]);
    let notes: Vec<String> = decoded.notes.iter().map(ToString::to_string).collect();
    insta::assert_snapshot!(notes.join("\n"), @r"
    Items[1]: a number where a structure is expected
    Items[2]: nothing where an element is expected
    Items[3].Count: text where a 32-bit whole number is expected
    ");
}

#[test]
fn map_is_an_object_or_the_text_of_one() {
    let expected = BTreeMap::from([("a".to_owned(), 1), ("b".to_owned(), 2)]);
    assert_eq!(value(&json!({"Map": {"a": 1, "b": "2"}})).map, expected);
    assert_eq!(value(&json!({"Map": "{\"a\":1,\"b\":2}"})).map, expected);
}

#[test]
fn value_of_a_map_that_fits_nothing_is_left_out_and_noted() {
    let body = json!({"Map": {"a": 1, "b": "x"}});
    assert_eq!(decoded(&body).value.map, BTreeMap::from([("a".to_owned(), 1)]));
    assert_eq!(notes(&body), ["Map.b: text where a 32-bit whole number is expected"]);
}

#[test]
fn empty_list_is_an_empty_object() {
    assert_eq!(value(&json!({"Map": [], "Item": []})), Sampler::default());
}

#[test]
fn more_elements_than_any_answer_has_are_refused() {
    let body = format!("{{\"Items\":[{}{{}}]}}", "{},".repeat(1 << 16));
    let error = super::super::decode::<Sampler>(Format::Json, body.as_bytes()).expect_err("too many");
    assert!(error.to_string().contains("more than 65536 elements"), "{error}");
}
