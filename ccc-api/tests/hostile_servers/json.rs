//! JSON that is deep, or full of elements that a decoder keeps something of.

use std::io::Write as _;

use ccc_api::Error;

use crate::attack::{Outcome, attack, full};
use crate::{BODY, DECODED, ELEMENTS, HEAD};

/// Places a call whose response begins with `start` and goes on with nested lists.
fn nested(start: &'static str, depth: usize) -> Outcome {
    attack(move |stream| {
        let end = "}".repeat(start.matches('{').count());
        let body = format!("{start}{}{}{end}", "[".repeat(depth), "]".repeat(depth));
        write!(stream, "HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{body}", body.len())
    })
}

#[test]
fn deep_json_does_not_exhaust_the_stack() {
    for start in [
        r#"{"Code":"#,
        r#"{"Data":"#,
        r#"{"Data":{"CallContext":{"ChannelContexts":"#,
        r#"{"Params":"#,
        r#"{"New":"#,
        r#"{"Data":{"UserContext":{"SignedSkillGroupIdList":"#,
    ] {
        for depth in [100, 200, 2_000_000] {
            let outcome = nested(start, depth);
            match &outcome.answer {
                Ok(_) => assert!(outcome.peak <= DECODED, "{start} {depth}: {}", outcome.peak),
                Err(_) => drop(outcome.error_within(DECODED)),
            }
        }
    }
}

#[test]
fn json_that_opens_and_never_closes_is_refused() {
    for filling in [b"[".as_slice(), b"{\"Data\":", b"{\"a\":[", b"\"", b"\\", b"{\"Data\":\"{"] {
        full("200 OK", r#"{"Data":"#, filling, "").error_within(DECODED);
    }
}

#[test]
fn elements_by_the_million_are_refused() {
    let many = |list: &'static str, element: &'static [u8], end| full("200 OK", list, element, end);
    let outcome = many(r#"{"Data":{"CallContext":{"ChannelContexts":[{}"#, b",{}", "]}}}");
    assert!(outcome.error_within(ELEMENTS).to_string().contains("more than 65536 elements"));
    many(r#"{"Data":{"CallContext":{"ChannelContexts":"[{}"#, b",{}", r#"]"}}}"#).error_within(ELEMENTS);
    many(r#"{"Code":"X","Params":["""#, br#","""#, "]}").error_within(DECODED);
    many(r#"{"Data":{"CallContext":{"ChannelContexts":[{"New":{"a":"""#, br#","a":"""#, "}}]}}}")
        .answer
        .expect("a success");
}

#[test]
fn only_a_few_notes_are_kept() {
    let outcome = full("200 OK", r#"{"Code":"OK""#, br#","New":{"a":1}"#, "}");
    let answer = outcome.answer.as_ref().expect("a success");
    assert_eq!(answer.unknown_fields().len(), 256);
    assert!(outcome.peak <= BODY, "{}", outcome.peak);
    let outcome = full("200 OK", r#"{"Code":"OK""#, br#","Data":{"CallContext":7}"#, "}");
    let answer = outcome.answer.as_ref().expect("a success");
    assert!((1..=256).contains(&answer.notes().len()), "{}", answer.notes().len());
    assert!(outcome.peak <= BODY, "{}", outcome.peak);
}

#[test]
fn control_characters_by_the_million_are_not_repaired() {
    full("200 OK", r#"{"Code":"OK","Message":""#, b"\x01", r#""}"#).error_within(DECODED);
    full("400 B", r#"{"Code":"X","Params":[0"#, b",1e999", "]}").error_within(DECODED);
}

#[test]
fn broken_escapes_do_no_harm() {
    for body in
        [r#"{"Code":"\ud83d"}"#, r#"{"Code":"\u"}"#, r#"{"Code":"\x"}"#, r#"{"Code":"\"#, "{\"Code\":\"\0\"}"]
    {
        let outcome = attack(move |stream| {
            write!(stream, "HTTP/1.1 400 B\r\nContent-Length: {}\r\n\r\n{body}", body.len())
        });
        let error = outcome.error_within(HEAD);
        assert!(matches!(error, Error::Service(_) | Error::Unreadable(_)), "{error}");
    }
}
