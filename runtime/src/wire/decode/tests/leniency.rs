//! Values without parts.

use super::*;

#[test]
fn proper_types_are_taken() {
    let body = json!({"Text": "a", "Flag": true, "Small": -5, "Large": 1_609_225_718_295_i64, "Real": 1.5, "State": "ON"});
    let expected = Sampler {
        text: Some("a".to_owned()),
        flag: Some(true),
        small: Some(-5),
        large: Some(1_609_225_718_295),
        real: Some(1.5),
        state: Some(State::On),
        ..Sampler::default()
    };
    assert_eq!(value(&body), expected);
}

#[test]
fn texts_stand_for_numbers_and_truth_values() {
    let body = json!({"Flag": "True", "Small": " -5 ", "Large": "1609225718295", "Real": "1.5"});
    let proper = json!({"Flag": true, "Small": -5, "Large": 1_609_225_718_295_i64, "Real": 1.5});
    assert_eq!(value(&body), value(&proper));
}

#[test]
fn numbers_and_truth_values_stand_for_texts() {
    assert_eq!(value(&json!({"Text": 200})).text.as_deref(), Some("200"));
    assert_eq!(value(&json!({"Text": -1.5})).text.as_deref(), Some("-1.5"));
    assert_eq!(value(&json!({"Text": u64::MAX})).text.as_deref(), Some("18446744073709551615"));
    assert_eq!(value(&json!({"Text": true})).text.as_deref(), Some("true"));
    assert_eq!(value(&json!({"State": 7})).state.as_ref().map(State::as_str), Some("7"));
}

#[test]
fn number_without_fraction_is_whole() {
    assert_eq!(value(&json!({"Small": 123.0})).small, Some(123));
    assert_eq!(value(&json!({"Small": "123.0"})).small, Some(123));
    assert_eq!(value(&json!({"Large": 1e12})).large, Some(1_000_000_000_000));
    assert_eq!(value(&json!({"Real": 7})).real, Some(7.0));
}

#[test]
fn null_and_absence_and_empty_text_are_no_value() {
    let fields = ["Flag", "Small", "Large", "Real", "Item", "Words", "Numbers", "Items", "KeyPairs", "Map"];
    for field in fields {
        assert_eq!(value(&json!({field: null})), Sampler::default());
        assert_eq!(value(&json!({field: " "})), Sampler::default());
    }
    assert_eq!(value(&json!({"Text": null, "State": null, "Any": null})), Sampler::default());
}

#[test]
fn empty_text_is_a_text() {
    assert_eq!(value(&json!({"Text": ""})).text.as_deref(), Some(""));
}

#[test]
fn undocumented_enum_value_is_carried_unchanged() {
    assert_eq!(value(&json!({"State": " on"})).state.as_ref().map(State::as_str), Some(" on"));
}

#[test]
fn any_value_is_taken_as_it_stands() {
    let any = json!({"a": [1, "2", null, {"b": 1.5}]});
    assert_eq!(value(&json!({"Any": any})).any, Some(any));
    assert_eq!(value(&json!({"Any": "[1]"})).any, Some(json!("[1]")));
}

#[test]
fn value_that_fits_nothing_is_absent_and_noted() {
    let body = json!({
        "Text": {"a": 1}, "Flag": "perhaps", "Small": "soon", "Large": 1.5, "Real": [1], "State": [], "RequestId": 1,
        "Item": "none", "Numbers": "无", "Words": "无", "Map": 7
    });
    insta::assert_snapshot!(notes(&body).join("\n"), @r"
    Flag: text where a truth value is expected
    Item: text where a structure is expected
    Large: a number where a 64-bit whole number is expected
    Map: a number where a map is expected
    Numbers: the word for none where a list is expected
    Real: a list where a number is expected
    Small: text where a 32-bit whole number is expected
    State: a list where text is expected
    Text: an object where text is expected
    Words: the word for none where a list is expected
    ");
    assert_eq!(decoded(&body).value, Sampler::default());
}

#[test]
fn numbers_out_of_range_are_noted() {
    let out = "a number out of range where a 32-bit whole number is expected";
    assert_eq!(notes(&json!({"Small": 2_147_483_648_i64})), [format!("Small: {out}")]);
    assert_eq!(notes(&json!({"Small": "1e10"})), [format!("Small: {out}")]);
    let out = "a number out of range where a 64-bit whole number is expected";
    assert_eq!(notes(&json!({"Large": u64::MAX})), [format!("Large: {out}")]);
    assert_eq!(notes(&json!({"Large": 9_223_372_036_854_775_808.0})), [format!("Large: {out}")]);
    assert_eq!(notes(&json!({"Real": "1e999"})), ["Real: a number out of range where a number is expected"]);
}

#[test]
fn words_that_rust_takes_for_floats_are_no_numbers() {
    for word in ["NaN", "inf", "-infinity"] {
        assert_eq!(notes(&json!({"Real": word, "Small": word})).len(), 2, "{word}");
    }
}

#[test]
fn ends_of_the_integers_are_kept() {
    assert_eq!(value(&json!({"Large": i64::MIN, "Small": i32::MIN})).large, Some(i64::MIN));
    assert_eq!(value(&json!({"Large": i64::MAX.to_string()})).large, Some(i64::MAX));
}

#[test]
fn number_of_arbitrary_precision_is_a_number() {
    // What `serde_json` makes of numbers if an application turns that feature on.
    let number = json!({"$serde_json::private::Number": "42"});
    let body = json!({"Small": number, "Text": number, "Numbers": number});
    let value = value(&body);
    assert_eq!((value.small, value.text.as_deref(), value.numbers), (Some(42), Some("42"), vec![42]));
}
