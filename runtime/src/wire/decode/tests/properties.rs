//! What holds for every value.

use proptest::prelude::*;

use super::super::decode;
use super::*;

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
        "[\\[{\"1,:}\\]]{0,8}".prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 16, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map("(Id|Count|KeyPair|[a-z])", inner, 0..4)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn proper_types_and_texts_give_equal_values(flag: bool, small: i32, large: i64, real in -1e300_f64..1e300) {
        let proper = value(&json!({"Flag": flag, "Small": small, "Large": large, "Real": real}));
        let texts = json!({
            "Flag": flag.to_string(), "Small": small.to_string(), "Large": large.to_string(), "Real": real.to_string()
        });
        prop_assert_eq!(value(&texts), proper);
    }

    #[test]
    fn list_and_its_json_in_a_text_give_equal_values(words: Vec<String>, numbers: Vec<i32>) {
        let proper = value(&json!({"Words": words, "Numbers": numbers}));
        let texts = json!({"Words": json!(words).to_string(), "Numbers": json!(numbers).to_string()});
        prop_assert_eq!(value(&texts), proper);
    }

    #[test]
    fn text_is_carried_unchanged(text: String) {
        let decoded = value(&json!({"Text": text, "State": text}));
        prop_assert_eq!(decoded.text.as_deref(), Some(text.as_str()));
        prop_assert_eq!(decoded.state.as_ref().map(State::as_str), Some(text.as_str()));
    }

    #[test]
    fn odd_value_costs_its_field_alone(odd in any_json(), field in 0_usize..14) {
        let name = <Sampler as crate::custom::Structure>::FIELDS[field];
        let decoded = decoded(&json!({"Before": 1, name: odd, "zz": 2}));
        let paths: Vec<&str> = decoded.unknown.iter().map(super::super::UnknownField::path).collect();
        prop_assert!(paths.contains(&"Before") && paths.contains(&"zz"));
        prop_assert!(decoded.notes.iter().all(|note| note.path().starts_with(name)));
    }

    #[test]
    fn no_body_stops_the_process(body: Vec<u8>) {
        let _ = decode::<Sampler>(Format::Json, &body);
        let _ = decode::<Sampler>(Format::Xml, &body);
    }

    #[test]
    fn nothing_like_json_or_xml_stops_the_process(
        json in "[{}\\[\\]\",:\\\\u0-9dDeE+. a-z]{0,64}",
        xml in "[<>/&;#xA-C!\\[\\]\"' -]{0,64}",
    ) {
        let _ = decode::<Sampler>(Format::Json, format!("{{{json}").as_bytes());
        let _ = decode::<Sampler>(Format::Json, format!("{{\"Text\":\"{json}").as_bytes());
        let _ = decode::<Sampler>(Format::Xml, xml.as_bytes());
    }
}
