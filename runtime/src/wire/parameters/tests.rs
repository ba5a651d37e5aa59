//! Flat and as JSON.

use std::collections::BTreeMap;

use proptest::prelude::*;
use serde_json::{Value, json};

use super::ParameterValue;
use crate::custom::{OpenEnum, Parameters, RedactedDebug};
use crate::wire::open_enum::UnknownValue;

#[derive(Default, Parameters, RedactedDebug)]
struct Sampler {
    #[field(name = "Callee", sensitive)]
    callee: Option<String>,
    #[field(name = "Flag")]
    flag: Option<bool>,
    #[field(name = "Small")]
    small: Option<i32>,
    #[field(name = "Real")]
    real: Option<f64>,
    #[field(name = "State")]
    state: Option<State>,
    #[field(name = "Word")]
    words: Vec<String>,
    #[field(name = "Item")]
    items: Vec<Item>,
    #[field(name = "Owner", sensitive)]
    owner: Option<Item>,
    #[field(name = "Map")]
    map: BTreeMap<String, String>,
    #[field(name = "Tags", json)]
    tags: Option<Vec<String>>,
    #[field(name = "Rules", json, sensitive)]
    rules: Option<Vec<Item>>,
    #[field(name = "Any")]
    any: Option<Value>,
    #[field(name = "type")]
    r#type: Option<String>,
    #[field(name = "Form", body)]
    form: Option<Item>,
}

#[derive(Default, Parameters, RedactedDebug)]
struct Item {
    #[field(name = "Id")]
    id: Option<String>,
    #[field(name = "Count")]
    count: Option<i64>,
}

#[derive(Clone, PartialEq, Eq, OpenEnum)]
enum State {
    #[value("ON")]
    On,
    #[unknown]
    Other(UnknownValue),
}

fn item(id: &str, count: i64) -> Item {
    Item { id: Some(id.to_owned()), count: Some(count) }
}

/// Names and values, in order.
fn pairs(sampler: &Sampler) -> Vec<(String, String)> {
    let list = sampler.parameters();
    list.iter().map(|parameter| (parameter.name().to_owned(), parameter.value().to_owned())).collect()
}

#[track_caller]
fn assert_pairs(sampler: &Sampler, expected: &[(&str, &str)]) {
    let pairs = pairs(sampler);
    let pairs: Vec<(&str, &str)> =
        pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    assert_eq!(pairs, expected);
}

#[test]
fn absent_values_are_not_written() {
    assert_pairs(&Sampler::default(), &[]);
}

#[test]
fn empty_text_is_written() {
    assert_pairs(&Sampler { callee: Some(String::new()), ..Sampler::default() }, &[("Callee", "")]);
}

#[test]
fn scalars_are_written_as_the_wire_has_them() {
    let sampler = Sampler {
        flag: Some(false),
        small: Some(-1),
        real: Some(1.5),
        state: Some(State::On),
        r#type: Some("t".to_owned()),
        ..Sampler::default()
    };
    let expected = [("Flag", "false"), ("Small", "-1"), ("Real", "1.5"), ("State", "ON"), ("type", "t")];
    assert_pairs(&sampler, &expected);
}

#[test]
fn undocumented_enum_value_is_written_unchanged() {
    assert_pairs(&Sampler { state: Some("new".into()), ..Sampler::default() }, &[("State", "new")]);
}

#[test]
fn what_is_in_a_field_of_the_body_travels_there() {
    let sampler = Sampler { form: Some(item("a", 1)), small: Some(1), ..Sampler::default() };
    let list = sampler.parameters();
    let places: Vec<_> = list.iter().map(|parameter| (parameter.name(), parameter.is_in_body())).collect();
    assert_eq!(places, [("Small", false), ("Form.Id", true), ("Form.Count", true)]);
}

#[test]
fn lists_count_from_one() {
    let sampler = Sampler { words: vec!["a".to_owned(), String::new()], ..Sampler::default() };
    assert_pairs(&sampler, &[("Word.1", "a"), ("Word.2", "")]);
}

#[test]
fn structures_and_lists_of_them_flatten() {
    let sampler = Sampler {
        items: vec![item("a", 1), Item { id: None, count: Some(2) }],
        owner: Some(item("o", 3)),
        map: BTreeMap::from([("k".to_owned(), "v".to_owned())]),
        ..Sampler::default()
    };
    let expected = [
        ("Item.1.Id", "a"),
        ("Item.1.Count", "1"),
        ("Item.2.Count", "2"),
        ("Owner.Id", "o"),
        ("Owner.Count", "3"),
        ("Map.k", "v"),
    ];
    assert_pairs(&sampler, &expected);
}

#[test]
fn json_travels_compact_as_one_parameter() {
    let sampler = Sampler {
        tags: Some(vec!["甲\"".to_owned(), "b".to_owned()]),
        rules: Some(vec![item("a", 1), Item::default()]),
        any: Some(json!({"a": [1, null]})),
        ..Sampler::default()
    };
    let expected = [
        ("Tags", "[\"甲\\\"\",\"b\"]"),
        ("Rules", "[{\"Id\":\"a\",\"Count\":1},{}]"),
        ("Any", "{\"a\":[1,null]}"),
    ];
    assert_pairs(&sampler, &expected);
}

#[test]
fn empty_json_list_is_a_value_and_an_empty_flat_one_is_not() {
    assert_pairs(&Sampler { tags: Some(Vec::new()), ..Sampler::default() }, &[("Tags", "[]")]);
}

#[test]
fn sensitivity_reaches_everything_below() {
    let sampler = Sampler {
        callee: Some("13188888888".to_owned()),
        owner: Some(item("13188888888", 1)),
        rules: Some(vec![item("13188888888", 1)]),
        flag: Some(true),
        ..Sampler::default()
    };
    let list = sampler.parameters();
    insta::assert_debug_snapshot!(list, @r#"
    [
        Callee=[redacted],
        Flag="true",
        Owner.Id=[redacted],
        Owner.Count=[redacted],
        Rules=[redacted],
    ]
    "#);
    assert!(!format!("{sampler:?}").contains("owner: Some(Item"));
}

#[test]
fn debug_shows_which_sensitive_fields_are_set() {
    let sampler = Sampler { callee: Some("13188888888".to_owned()), ..Sampler::default() };
    let debug = format!("{sampler:?}");
    assert!(debug.starts_with("Sampler { callee: Some([redacted]), flag: None,"), "{debug}");
    assert!(debug.ends_with("any: None, type: None, form: None }"), "{debug}");
}

proptest! {
    #[test]
    fn flat_list_is_read_back(words: Vec<String>) {
        let sampler = Sampler { words: words.clone(), ..Sampler::default() };
        let pairs = pairs(&sampler);
        let counted = pairs.iter().zip(1..).all(|((name, _), index)| *name == format!("Word.{index}"));
        prop_assert!(counted);
        prop_assert_eq!(pairs.into_iter().map(|(_, value)| value).collect::<Vec<_>>(), words);
    }

    #[test]
    fn json_is_read_back(tags: Vec<String>, id: String, count: i64, real: f64) {
        let mut json = String::new();
        (tags.clone()).write_json(&mut json);
        prop_assert_eq!(serde_json::from_str::<Vec<String>>(&json).unwrap(), tags);
        let mut json = String::new();
        item(&id, count).write_json(&mut json);
        prop_assert_eq!(serde_json::from_str::<Value>(&json).unwrap(), json!({"Id": id, "Count": count}));
        let mut json = String::new();
        real.write_json(&mut json);
        prop_assert_eq!(serde_json::from_str::<Value>(&json).unwrap(), json!(real));
    }
}
