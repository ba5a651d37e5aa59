//! Tests of each documented error of MakeCall, as the service sends it and as an application sees it.
#![expect(clippy::expect_used, reason = "helpers of tests fail the test")]

use ccc_api::custom::{Parameters, Redactor, decode};
use ccc_api::error::{OperationError, ServiceError};
use ccc_api::operation::make_call::{MakeCallError, MakeCallRequest};
use ccc_api::response::Format;
use ccc_api::transport::Bytes;
use serde_json::{Value, json};

/// Decodes the error of a body, for a request that called 13188888888.
fn error_in(format: Format, status: u16, body: &str) -> MakeCallError {
    let request =
        MakeCallRequest::builder().callee("13188888888").device_id("d").instance_id("ccc-test").build();
    let redactor = Redactor::from_request(&request.parameters(), ["the-secret"]);
    let envelope = decode::<()>(format, body.as_bytes()).expect("whole").envelope;
    MakeCallError::from_service(ServiceError::new(
        status,
        envelope,
        Bytes::copy_from_slice(body.as_bytes()),
        &redactor,
    ))
}

fn error(status: u16, body: &Value) -> MakeCallError {
    error_in(Format::Json, status, &body.to_string())
}

fn body(code: &str, message: &str, params: &[&str]) -> Value {
    json!({"Code": code, "Message": message, "RequestId": "26A34338", "HostId": "ccc.cn-shanghai.aliyuncs.com", "Params": params})
}

/// Returns every documented error: status, code, message with arguments, arguments.
const DOCUMENTED: [(u16, &str, &str, &[&str]); 4] = [
    (
        404,
        "NotExists.UserId",
        "The user u@ccc-test does not exist in instance ccc-test.",
        &["u@ccc-test", "ccc-test"],
    ),
    (404, "NotExists.InstanceId", "The specified instance ccc-test does not exist.", &["ccc-test"]),
    (400, "UserBusy", "The user 80011474 you called was busy. Please try again later.", &["80011474"]),
    (404, "NotExists.Extension", "No available extension number exists.", &[]),
];

/// Returns the captured arguments.
fn arguments(error: &MakeCallError) -> Vec<Option<&str>> {
    match error {
        MakeCallError::NotExistsUserId { user, instance, .. } => vec![user.as_deref(), instance.as_deref()],
        MakeCallError::NotExistsInstanceId { instance, .. } => vec![instance.as_deref()],
        MakeCallError::UserBusy { user, .. } => vec![user.as_deref()],
        _ => Vec::new(),
    }
}

#[test]
fn every_documented_error_has_its_variant() {
    let shown: Vec<String> = DOCUMENTED
        .iter()
        .map(|(status, code, message, _)| format!("{:#?}", error(*status, &body(code, message, &[]))))
        .collect();
    insta::assert_snapshot!(shown.join("\n"));
}

#[test]
fn every_documented_error_shows_code_message_status_and_request_id() {
    let shown: Vec<String> = DOCUMENTED
        .iter()
        .map(|(status, code, message, _)| error(*status, &body(code, message, &[])).to_string())
        .collect();
    insta::assert_snapshot!(shown.join("\n"), @r"
    NotExists.UserId: The user u@ccc-test does not exist in instance ccc-test. (HTTP 404, request id 26A34338)
    NotExists.InstanceId: The specified instance ccc-test does not exist. (HTTP 404, request id 26A34338)
    UserBusy: The user 80011474 you called was busy. Please try again later. (HTTP 400, request id 26A34338)
    NotExists.Extension: No available extension number exists. (HTTP 404, request id 26A34338)
    ");
}

#[test]
fn arguments_come_from_the_message() {
    for (status, code, message, expected) in DOCUMENTED {
        let error = error(status, &body(code, message, &[]));
        let expected: Vec<_> = expected.iter().copied().map(Some).collect();
        assert_eq!(arguments(&error), expected, "{code}");
    }
}

#[test]
fn arguments_come_from_params_if_it_has_them() {
    for (status, code, _, expected) in DOCUMENTED {
        let error = error(status, &body(code, "reworded", expected));
        let expected: Vec<_> = expected.iter().copied().map(Some).collect();
        assert_eq!(arguments(&error), expected, "{code}");
    }
}

#[test]
fn arguments_that_are_not_in_the_response_are_absent() {
    let error = error(404, &body("NotExists.UserId", "reworded", &[]));
    assert_eq!(arguments(&error), [None, None]);
}

#[test]
fn xml_errors_are_the_same_errors() {
    for (status, code, message, _) in DOCUMENTED {
        let xml = format!(
            "<?xml version='1.0' encoding='UTF-8'?><Error><RequestId>26A34338</RequestId><HostId>h</HostId>\
             <Code>{code}</Code><Message>{message}</Message></Error>"
        );
        let from_xml = error_in(Format::Xml, status, &xml);
        assert_eq!(format!("{from_xml:?}"), format!("{:?}", error(status, &body(code, message, &[]))));
    }
}

#[test]
fn unknown_code_is_kept_with_its_details() {
    let error = error(
        503,
        &json!({"Code": "InternalService.Common", "Message": "m", "RequestId": "r", "Recommend": "https://x", "Params": ["p"], "New": 1}),
    );
    assert!(matches!(error, MakeCallError::Unknown { .. }));
    assert_eq!((error.code(), error.message(), error.status()), ("InternalService.Common", "m", 503));
    let service = error.service();
    assert_eq!(
        (service.request_id(), service.recommend(), service.params()),
        (Some("r"), Some("https://x"), &["p".to_owned()][..])
    );
    assert!(
        service.raw_body().ends_with(br#""New":1,"Params":["p"],"Recommend":"https://x","RequestId":"r"}"#)
    );
}

#[test]
fn response_without_code_or_message_is_still_a_readable_error() {
    assert_eq!(error(502, &json!({})).to_string(), "no error code (HTTP 502)");
}

#[test]
fn phone_numbers_and_secrets_are_not_shown() {
    for message in [
        "The user 13188888888 you called was busy. Please try again later.",
        "The user +86-131-8888-8888 you called was busy. Please try again later.",
        "Specified signature is not matched: POST&%2F&Callee%3D13188888888%26x with the-secret",
    ] {
        let error = error(400, &body("UserBusy", message, &["13188888888"]));
        let shown = format!("{error} {error:?} {:?} {}", error.service(), error.message());
        assert!(!shown.contains("8888") && !shown.contains("the-secret"), "{shown}");
        assert!(shown.contains("[redacted]"), "{shown}");
    }
}

#[test]
fn phone_number_is_available_to_programs() {
    let message = "The user 13188888888 you called was busy. Please try again later.";
    assert_eq!(arguments(&error(400, &body("UserBusy", message, &[]))), [Some("13188888888")]);
}

#[test]
fn documented_errors_can_be_listed() {
    let listed: Vec<_> = MakeCallError::DOCUMENTED.iter().map(|error| (error.status, error.code)).collect();
    let expected: Vec<_> = DOCUMENTED.iter().map(|(status, code, ..)| (Some(*status), *code)).collect();
    assert_eq!(listed, expected);
}
