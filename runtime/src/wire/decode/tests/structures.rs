//! Structures, the envelope, and bodies as a whole.

use super::super::{Envelope, Malformed, decode};
use super::*;

#[track_caller]
fn malformed(body: impl AsRef<[u8]>) -> Malformed {
    decode::<Sampler>(Format::Json, body.as_ref()).expect_err("no answer")
}

#[test]
fn structure_is_taken_as_such_or_as_json_in_a_text() {
    assert_eq!(
        value(&json!({"Item": {"Id": "a", "Count": 1}})).item,
        Item { id: Some("a".to_owned()), count: Some(1) }
    );
    assert_eq!(value(&json!({"Item": "{\"Id\":\"a\"}"})).item, item("a"));
}

#[test]
fn last_of_duplicate_names_wins() {
    let decoded =
        decode::<Sampler>(Format::Json, br#"{"Text": "a", "Text": "b", "Small": 1, "Small": null}"#);
    let value = decoded.expect("whole JSON").value;
    assert_eq!((value.text.as_deref(), value.small), (Some("b"), None));
}

#[test]
fn names_are_compared_unescaped() {
    let body = br#"{"\u0054ext": "x", "a\"b": "y", "a\u005cb": "z"}"#;
    let decoded = decode::<Sampler>(Format::Json, body).expect("whole JSON");
    assert_eq!((decoded.value.text.as_deref(), decoded.value.r#type.as_deref()), (Some("x"), Some("y")));
    assert_eq!(decoded.unknown[0].path(), "a\\b");
}

#[test]
fn a_name_in_another_case_is_understood() {
    let decoded = decoded(&json!({"text": "a", "item": {"ID": "b"}}));
    assert_eq!(decoded.value.text.as_deref(), Some("a"));
    assert_eq!(decoded.value.item.id.as_deref(), Some("b"));
    assert!(decoded.unknown.is_empty());
}

#[test]
fn a_name_as_it_is_documented_has_precedence() {
    let before = decode::<Sampler>(Format::Json, br#"{"text": "a", "Text": "b"}"#).expect("whole JSON");
    assert_eq!((before.value.text.as_deref(), before.unknown.len()), (Some("b"), 0));
    let after = decode::<Sampler>(Format::Json, br#"{"Text": "b", "text": "a"}"#).expect("whole JSON");
    assert_eq!((after.value.text.as_deref(), after.unknown[0].path()), (Some("b"), "text"));
}

#[test]
fn a_code_in_another_case_is_the_answer_s_too() {
    let body = br#"{"code": "UserBusy", "message": "m"}"#;
    let Envelope { code, message, .. } = decode::<Sampler>(Format::Json, body).expect("whole JSON").envelope;
    assert_eq!((code.as_deref(), message.as_deref()), (Some("UserBusy"), Some("m")));
}

#[test]
fn unknown_fields_are_kept_with_path_and_value() {
    let decoded = decoded(
        &json!({"New": {"a": [1]}, "Item": {"Id": "a", "More": "13188888888"}, "Items": [{"X": null}]}),
    );
    let unknown: Vec<_> = decoded.unknown.iter().map(|field| (field.path(), field.value())).collect();
    let expected =
        [("Item.More", json!("13188888888")), ("Items[0].X", Value::Null), ("New", json!({"a": [1]}))];
    assert_eq!(unknown, expected);
    assert!(!format!("{decoded:?}").contains("13188888888"));
}

#[test]
fn envelope_is_captured_beside_the_value() {
    let body = br#"{"Code": "UserBusy", "Message": "m", "RequestId": "r", "HostId": "h", "Recommend": "u", "Params": ["p"], "Text": "t"}"#;
    let decoded = decode::<Sampler>(Format::Json, body).expect("whole JSON");
    let envelope = decoded.envelope;
    assert_eq!(envelope.code.as_deref(), Some("UserBusy"));
    assert_eq!(envelope.message.as_deref(), Some("m"));
    assert_eq!(envelope.request_id.as_deref(), Some("r"));
    assert_eq!(envelope.host_id.as_deref(), Some("h"));
    assert_eq!(envelope.recommend.as_deref(), Some("u"));
    assert_eq!(envelope.params, ["p"]);
    assert_eq!(decoded.value.text.as_deref(), Some("t"));
}

#[test]
fn envelope_is_of_the_top_level_alone() {
    let decoded = decoded(&json!({"Item": {"Code": "inner"}}));
    assert_eq!(decoded.envelope.code, None);
    assert_eq!(decoded.unknown[0].path(), "Item.Code");
}

#[test]
fn success_is_a_code_that_says_so_or_none() {
    for (code, success) in [
        (json!("OK"), true),
        (json!("200"), true),
        (json!(200), true),
        (json!("Success"), true),
        (json!("ok"), true),
        (json!(""), true),
        (json!("OKAY-ish"), false),
        (Value::Null, true),
        (json!("UserBusy"), false),
    ] {
        assert_eq!(decoded(&json!({"Code": code})).envelope.is_success(), success, "{code}");
    }
}

#[test]
fn body_of_no_interest_still_has_its_envelope() {
    let decoded =
        decode::<()>(Format::Json, br#"{"Code": "Throttling", "Data": {"a": 1}}"#).expect("whole JSON");
    assert_eq!(decoded.envelope.code.as_deref(), Some("Throttling"));
}

#[test]
fn bodies_that_are_no_answer_say_why() {
    assert_eq!(malformed("").to_string(), "the body is empty");
    assert_eq!(malformed(" \n").to_string(), "the body is empty");
    assert_eq!(malformed("<html></html>").to_string(), "the body is not a JSON object");
    assert_eq!(malformed("[]").to_string(), "the body is not a JSON object");
    assert_eq!(malformed("null").to_string(), "the body is not a JSON object");
    assert_eq!(
        malformed("{\"Text\": \"1318888").to_string(),
        "the body is cut short: EOF while parsing a string at line 1 column 17"
    );
    assert_eq!(
        malformed("{\"Text\": \"no\" yes}").to_string(),
        "the body is not JSON: expected `,` or `}` at line 1 column 15"
    );
}

#[test]
fn every_truncation_is_noticed() {
    let body = json!({"Text": "a", "Items": [{"Id": "b"}], "Unknown": {"c": "[1"}}).to_string();
    for end in 0..body.len() {
        malformed(&body.as_bytes()[..end]);
    }
}

#[test]
fn text_after_the_response_is_noted() {
    let decoded = decode::<Sampler>(Format::Json, b"{\"Text\": \"a\"}\0\0").expect("whole JSON");
    assert_eq!(decoded.value.text.as_deref(), Some("a"));
    assert_eq!(decoded.notes[0].to_string(), "more text after the response was ignored");
}

#[test]
fn byte_order_mark_is_passed_over() {
    assert!(decode::<Sampler>(Format::Json, b"\xef\xbb\xbf{}").is_ok());
}

#[test]
fn odd_characters_cost_a_note_not_the_answer() {
    for body in [
        &b"{\"Text\": \"a\xff\", \"Small\": 1}"[..],
        b"{\"Text\": \"a\nb\", \"Small\": 1}",
        b"{\"Text\": \"\\ud83d\", \"Small\": 1}",
        b"{\"Large\": 1e999, \"Small\": 1}",
    ] {
        let decoded = decode::<Sampler>(Format::Json, body).expect("mended");
        assert_eq!(decoded.value.small, Some(1));
        assert!(decoded.notes[0].reason().to_string().starts_with("mended"), "{:?}", decoded.notes);
    }
}

#[test]
fn nesting_is_bounded() {
    let deep = |open: &str, close: &str| format!("{}{}", open.repeat(200_000), close.repeat(200_000));
    let unknown =
        decode::<Sampler>(Format::Json, format!("{{\"New\": {}, \"Small\": 1}}", deep("[", "]")).as_bytes());
    let unknown = unknown.expect("of no interest");
    assert_eq!((unknown.value.small, unknown.unknown[0].value()), (Some(1), Value::Null));
    let any = decode::<Sampler>(Format::Json, format!("{{\"Any\": {}}}", deep("{\"a\":[", "]}")).as_bytes());
    assert!(any.is_err() || any.is_ok_and(|decoded| decoded.notes[0].path() == "Any"));
    let text = decode::<Sampler>(Format::Json, json!({"Items": deep("[", "]")}).to_string().as_bytes());
    assert_eq!(text.expect("a text").value.items, []);
}

#[test]
fn findings_are_bounded() {
    let fields: Vec<String> = (0..2_000).map(|index| format!("\"new{index}\": 1")).collect();
    let body = format!("{{{}, \"Items\": [{}1]}}", fields.join(","), "1,".repeat(2_000));
    let decoded = decode::<Sampler>(Format::Json, body.as_bytes()).expect("whole JSON");
    assert_eq!((decoded.unknown.len(), decoded.notes.len()), (256, 256));
}

#[test]
fn xml_gives_what_json_gives() {
    let xml = "<R><Text>a &amp; b</Text><Flag>false</Flag><Small>7</Small><Item><Id>i</Id></Item>\
        <Items><Id>1</Id></Items><Items><Id>2</Id></Items><Words>x</Words><Numbers/>\
        <KeyPairs><KeyPair><Id>k</Id></KeyPair><KeyPair><Id>l</Id></KeyPair></KeyPairs></R>";
    let decoded = decode::<Sampler>(Format::Xml, xml.as_bytes()).expect("whole XML");
    let json = json!({
        "Text": "a & b", "Flag": false, "Small": 7, "Item": {"Id": "i"}, "Items": [{"Id": "1"}, {"Id": "2"}],
        "Words": ["x"], "Numbers": [], "KeyPairs": {"KeyPair": [{"Id": "k"}, {"Id": "l"}]}
    });
    assert_eq!(decoded.value, value(&json));
    assert_eq!(decoded.notes, []);
}

#[test]
fn xml_error_has_an_envelope() {
    let xml = "<Error><RequestId>r</RequestId><Code>UserBusy</Code><Message>m</Message></Error>";
    let decoded = decode::<()>(Format::Xml, xml.as_bytes()).expect("whole XML");
    assert_eq!(decoded.envelope.code.as_deref(), Some("UserBusy"));
}
