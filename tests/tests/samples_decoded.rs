//! Tests of decoding the samples of the page as they are.
#![expect(clippy::expect_used, reason = "helpers of tests fail the test")]

use ccc_api::custom::{Decoded, decode};
use ccc_api::operation::make_call::MakeCallResponse;
use ccc_api::response::{Format, UnknownField};
use ccc_api::types::{ChannelState, MediaType, UserState};

const PAGE: &str = include_str!("../../spec/docs/ccc/2020-07-01/MakeCall.md");

/// Returns the first fenced block after a heading of the page.
fn sample(heading: &str) -> &'static str {
    let after = PAGE.split_once(heading).expect("heading").1;
    after.split("```").nth(1).expect("fence")
}

fn json() -> Decoded<MakeCallResponse> {
    decode(Format::Json, sample("`JSON`格式").as_bytes()).expect("whole JSON")
}

fn xml() -> Decoded<MakeCallResponse> {
    decode(Format::Xml, sample("`XML`格式").as_bytes()).expect("whole XML")
}

#[test]
fn json_sample_decodes_to_typed_values() {
    let data = json().value.data;
    let channel = &data.call_context.channel_contexts[0];
    assert_eq!(data.call_context.job_id.as_deref(), Some("job-65700074013925376"));
    assert_eq!(data.user_context.user_state, Some(UserState::Ready));
    assert_eq!(data.user_context.outbound_scenario, Some(false));
    assert_eq!(data.user_context.signed_skill_group_id_list, ["skill-group@ccc-test"]);
    assert_eq!(channel.timestamp, Some(1_609_225_718_295));
    assert_eq!(
        channel.channel_id.as_deref(),
        Some("ch:user:1318888888->80011474:1609225718294:job-65700074013925376")
    );
}

#[test]
fn json_and_xml_samples_give_equal_values() {
    assert_eq!(json().value, xml().value);
    assert_eq!(json().envelope, xml().envelope);
}

#[test]
fn sample_shown_keeps_phone_numbers_out() {
    insta::assert_snapshot!(format!("{:#?}", json().value));
}

#[test]
fn words_for_no_value_are_noted_and_cost_nothing_else() {
    let notes = |decoded: Decoded<MakeCallResponse>| {
        decoded.notes.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
    };
    insta::assert_snapshot!(notes(json()), @"Params: the word for none where a list is expected");
    assert_eq!(notes(json()), notes(xml()));
}

#[test]
fn samples_have_no_unknown_fields_except_those_that_the_service_dropped() {
    for decoded in [json(), xml()] {
        let unknown: Vec<&str> = decoded.unknown.iter().map(UnknownField::path).collect();
        assert_eq!(unknown, ["Data.CallContext.ChannelContexts[0].AssociatedData"]);
    }
}

#[test]
fn proper_types_give_the_same_values_as_the_sample() {
    let proper = sample("`JSON`格式")
        .replace(r#""200""#, "200")
        .replace(r#""false""#, "false")
        .replace(r#""1609225718295""#, "1609225718295")
        .replace(r#""[\"skill-group@ccc-test\"]""#, r#"["skill-group@ccc-test"]"#)
        .replace(r#""Params": "无""#, r#""Params": []"#);
    let proper: Decoded<MakeCallResponse> = decode(Format::Json, proper.as_bytes()).expect("whole JSON");
    assert_eq!(proper.value, json().value);
    assert_eq!(proper.notes, []);
}

#[test]
fn fields_from_the_overlay_are_decoded() {
    let body = br#"{"Data": {"ContextId": 7, "CallContext": {"CallVariables": "v",
        "ChannelContexts": [{"MediaType": "VIDEO", "ChannelState": "RINGING"}]}}}"#;
    let decoded: Decoded<MakeCallResponse> = decode(Format::Json, body).expect("whole JSON");
    assert_eq!((decoded.unknown, decoded.notes), (vec![], vec![]));
    let data = decoded.value.data;
    assert_eq!(data.context_id, Some(7));
    assert_eq!(data.call_context.call_variables.as_deref(), Some("v"));
    let channel = &data.call_context.channel_contexts[0];
    assert_eq!(channel.media_type, Some(MediaType::Video));
    assert_eq!(channel.channel_state, Some(ChannelState::Ringing));
}

#[test]
fn unknown_fields_of_later_pages_are_kept() {
    let body = br#"{"Code": "OK", "Data": {"Mood": 7, "UserContext": {"UserState": "LUNCH"}}}"#;
    let decoded: Decoded<MakeCallResponse> = decode(Format::Json, body).expect("whole JSON");
    assert_eq!(decoded.unknown[0].path(), "Data.Mood");
    assert_eq!(decoded.unknown[0].value(), 7);
    let state = decoded.value.data.user_context.user_state.expect("a state");
    assert_eq!((state.as_str(), state.is_documented()), ("LUNCH", false));
}

#[test]
fn odd_side_fields_do_not_cost_the_job() {
    let body = r#"{"Data": {"UserContext": 7, "CallContext": {
        "ChannelContexts": [{"Timestamp": "soon", "JobId": {"a": 1}}], "JobId": "job-1"}}, "HttpStatusCode": "two hundred"}"#;
    let decoded: Decoded<MakeCallResponse> = decode(Format::Json, body.as_bytes()).expect("whole JSON");
    assert_eq!(decoded.value.data.call_context.job_id.as_deref(), Some("job-1"));
    assert_eq!(decoded.notes.len(), 4);
}
