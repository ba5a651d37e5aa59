//! Tests of MakeCall's page as a spec, completed by manifest and overlay. The checked-in spec is the snapshot.

#![expect(clippy::expect_used, reason = "a test that cannot go on fails")]

use ccc_spec::link::link;
use ccc_spec::manifest::Manifest;
use ccc_spec::model::{Field, Operation, ProductSpec, SampleFormat, Sensitivity, Shape};
use ccc_spec::overlay::Overlay;
use ccc_spec::{ir, recover};

const PAGE: &[u8] = include_bytes!("../../spec/docs/ccc/2020-07-01/MakeCall.md");
const OVERLAY: &[u8] = include_bytes!("../../spec/overlays/ccc/2020-07-01/MakeCall.toml");
const MANIFEST: &[u8] = include_bytes!("../../spec/products/ccc.toml");
const SPEC: &str = include_str!("../../spec/ir/ccc/2020-07-01/MakeCall.json");

fn operation() -> Operation {
    recover("MakeCall.md", PAGE).operation.expect("the page documents an operation")
}

/// Returns the operation, corrected by manifest and overlay.
fn corrected() -> Operation {
    let product = Manifest::read("ccc.toml", MANIFEST).manifest;
    let mut operation = operation();
    product.apply(&mut operation);
    let (overlay, wrong) = Overlay::read("MakeCall.toml", OVERLAY);
    let (corrected, refused) = overlay.apply(&operation, &product);
    assert!(wrong.is_empty() && refused.is_empty(), "{wrong:?} {refused:?}");
    corrected
}

fn members(shape: &Shape) -> &[Field] {
    match shape {
        Shape::Structure { fields, .. } => fields,
        Shape::List { element: inner, .. } | Shape::Map { value: inner } => members(inner),
        _ => &[],
    }
}

/// Returns every field with its path.
fn paths(fields: &[Field], above: &str) -> Vec<(String, Field)> {
    let mut found = Vec::new();
    for field in fields {
        let list = if matches!(field.shape, Shape::List { .. }) { "[]" } else { "" };
        let path = format!("{above}{}{list}", field.name);
        found.push((path.clone(), field.clone()));
        found.extend(paths(members(&field.shape), &format!("{path}.")));
    }
    found
}

fn paths_where(fields: &[Field], holds: impl Fn(&Field) -> bool) -> Vec<String> {
    paths(fields, "").into_iter().filter(|(_, field)| holds(field)).map(|(path, _)| path).collect()
}

#[test]
fn the_checked_in_spec_is_what_page_manifest_and_overlay_say() {
    let linked = link(vec![corrected()], &ProductSpec::default()).spec;
    assert!(linked.operations.iter().map(ir::to_json).eq([SPEC]), "run `cargo xtask regen`");
}

#[test]
fn the_overlay_adds_what_the_old_page_lacks() {
    let (before, after) = (operation(), corrected());
    let added = |before: &[Field], after: &[Field]| -> Vec<String> {
        let known: Vec<String> = paths(before, "").into_iter().map(|(path, _)| path).collect();
        paths_where(after, |_| true).into_iter().filter(|path| !known.contains(path)).collect()
    };
    assert_eq!(
        added(&before.request, &after.request),
        ["MediaType", "MaskedCallee", "Tags", "FlashSmsVariables"]
    );
    assert_eq!(
        added(&before.response, &after.response),
        ["Data.CallContext.ChannelContexts[].MediaType", "Data.CallContext.CallVariables", "Data.ContextId"]
    );
    let timeout = after.request.iter().find(|field| field.name == "TimeoutSeconds");
    let range = timeout.and_then(|field| field.range).map(|range| range.to_string());
    assert_eq!(range.as_deref(), Some("30 to 300"));
}

#[test]
fn everything_about_the_operation_is_described_in_english() {
    let operation = corrected();
    assert!(!operation.english.is_empty());
    let fields = [operation.request.as_slice(), &operation.response].map(|fields| paths(fields, ""));
    let mute: Vec<_> = fields.concat().into_iter().filter(|(_, field)| field.english.is_empty()).collect();
    assert!(mute.is_empty(), "{mute:?}");
    assert!(operation.errors.iter().all(|error| !error.english.is_empty()));
}

#[test]
fn the_flat_table_becomes_a_tree() {
    let paths: Vec<_> = paths(&operation().response, "").into_iter().map(|(path, _)| path).collect();
    insta::assert_snapshot!(paths.join("\n"));
}

#[test]
fn the_action_is_not_a_parameter() {
    let operation = operation();
    let names: Vec<_> = operation.request.iter().map(|field| field.name.as_str()).collect();
    assert_eq!(names, ["Callee", "DeviceId", "InstanceId", "UserId", "Caller", "TimeoutSeconds"]);
    assert_eq!(paths_where(&operation.request, |field| field.required), ["Callee", "DeviceId", "InstanceId"]);
}

#[test]
fn the_list_in_a_cell_becomes_values_with_their_meaning() {
    let operation = operation();
    let state =
        paths(&operation.response, "").into_iter().find(|(path, _)| path == "Data.UserContext.UserState");
    let Some((_, Field { shape: Shape::String { values }, .. })) = state else { panic!("{state:?}") };
    let values: Vec<_> = values.iter().map(|value| format!("{} {}", value.value, value.meaning)).collect();
    assert_eq!(
        values,
        [
            "OFFLINE 离线",
            "BREAK 小休",
            "READY 就绪，空闲",
            "DIALING 拨号",
            "RINGING 振铃",
            "TALKING 通话",
            "WORKING 话后处理"
        ]
    );
}

#[test]
fn escapes_are_undone() {
    let fields = paths(&operation().response, "");
    let sample = |path: &str| {
        let field = fields.iter().find(|(known, _)| known == path);
        field.and_then(|(_, field)| field.sample.clone()).unwrap_or_default()
    };
    assert_eq!(sample("Data.UserContext.WorkMode"), "ON_SITE");
    assert_eq!(
        sample("Data.CallContext.ChannelContexts[].ChannelId"),
        "ch:user:1318888888->80011474:1609225718294:job-65700074013925376"
    );
}

#[test]
fn fields_that_hold_phone_numbers_are_sensitive_and_no_others() {
    let operation = operation();
    let phone = |field: &Field| field.sensitive == Some(Sensitivity::PhoneNumber);
    let secret = |field: &Field| field.sensitive == Some(Sensitivity::Secret);
    assert_eq!(paths_where(&operation.request, phone), ["Callee", "Caller"]);
    assert_eq!(
        paths_where(&operation.response, phone),
        [
            "Data.CallContext.ChannelContexts[].ChannelId",
            "Data.CallContext.ChannelContexts[].Destination",
            "Data.CallContext.ChannelContexts[].Originator",
            "Data.CallContext.ChannelContexts[].UserExtension",
            "Data.UserContext.Extension"
        ]
    );
    assert!(paths_where(&operation.response, secret).is_empty());
}

#[test]
fn samples_are_verbatim() {
    let samples = operation().samples;
    let page = String::from_utf8_lossy(PAGE);
    let all: Vec<_> = samples.requests.iter().chain(&samples.responses).collect();
    let formats: Vec<_> = all.iter().map(|sample| sample.format).collect();
    assert_eq!(formats, [SampleFormat::Http, SampleFormat::Xml, SampleFormat::Json]);
    for sample in all {
        assert!(page.contains(&format!("```\n{}\n```\n", sample.text)), "{:?}", sample.format);
    }
}

#[test]
fn links_lead_to_the_explorer_and_the_errors() {
    let links = operation().links;
    let explorer = "https://api.aliyun.com/#product=CCC&api=MakeCall&type=RPC&version=2020-07-01";
    assert_eq!(links.explorer.as_deref(), Some(explorer));
    assert_eq!(links.error_center.as_deref(), Some("https://error-center.aliyun.com/status/product/CCC"));
}
