//! Tests of each documented error, and of parameters that are not as the page says.

use ccc_api::mock::{self, BUSY_CALLEE, MockEndpoint};
use serde_json::json;

use crate::wire::{Acs3, Answer, V1, call_with, endpoint, exchange};

async fn call(endpoint: &MockEndpoint, changes: &[(&str, Option<&str>)]) -> Answer {
    exchange(endpoint.address(), &Acs3::new(call_with(changes)).bytes()).await
}

async fn code(changes: &[(&str, Option<&str>)]) -> String {
    call(&endpoint().start().await.unwrap(), changes).await.code()
}

#[tokio::test]
async fn unknown_instance_is_refused() {
    let answer = call(&endpoint().start().await.unwrap(), &[("InstanceId", Some("nowhere"))]).await;
    assert_eq!(answer.status, 404);
    let body = answer.json();
    assert_eq!(body["Code"], "NotExists.InstanceId");
    assert_eq!(body["Message"], "The specified instance nowhere does not exist.");
    assert_eq!(body["Params"], json!(["nowhere"]));
}

#[tokio::test]
async fn unknown_user_is_refused_and_the_error_names_the_instance() {
    let answer = call(&endpoint().start().await.unwrap(), &[("UserId", Some("nobody@ccc-test"))]).await;
    assert_eq!(answer.status, 404);
    let body = answer.json();
    assert_eq!(body["Code"], "NotExists.UserId");
    assert_eq!(body["Message"], "The user nobody@ccc-test does not exist in instance ccc-test.");
    assert_eq!(body["Params"], json!(["nobody@ccc-test", "ccc-test"]));
}

#[tokio::test]
async fn busy_callee_is_refused() {
    let answer = call(&endpoint().start().await.unwrap(), &[("Callee", Some(BUSY_CALLEE))]).await;
    assert_eq!(answer.status, 400);
    let body = answer.json();
    assert_eq!(body["Code"], "UserBusy");
    assert_eq!(body["Params"], json!([BUSY_CALLEE]));
}

#[tokio::test]
async fn extensions_run_out() {
    let endpoint = endpoint().with(mock::extensions(2)).start().await.unwrap();
    for expected in ["OK", "OK", "NotExists.Extension", "NotExists.Extension"] {
        assert_eq!(call(&endpoint, &[]).await.code(), expected);
    }
    assert_eq!(call(&endpoint, &[]).await.status, 404);
}

#[tokio::test]
async fn refused_call_takes_no_extension() {
    let endpoint = endpoint().with(mock::extensions(1)).start().await.unwrap();
    assert_eq!(call(&endpoint, &[("Callee", Some(BUSY_CALLEE))]).await.code(), "UserBusy");
    assert_eq!(call(&endpoint, &[]).await.code(), "OK");
}

#[tokio::test]
async fn configured_names_exist_beside_the_defaults() {
    let endpoint = endpoint()
        .with(mock::instance("other"))
        .with(mock::user("agent@other"))
        .with(mock::busy("02100000000"))
        .start()
        .await
        .unwrap();
    let other = [("InstanceId", Some("other")), ("UserId", Some("agent@other"))];
    assert_eq!(call(&endpoint, &other).await.code(), "OK");
    assert_eq!(call(&endpoint, &[]).await.code(), "OK");
    assert_eq!(call(&endpoint, &[("Callee", Some("02100000000"))]).await.code(), "UserBusy");
}

#[tokio::test]
async fn error_in_xml_says_the_same() {
    let endpoint = endpoint().start().await.unwrap();
    let request = V1::new(call_with(&[("UserId", Some("<nobody>")), ("Format", Some("XML"))]));
    let answer = exchange(endpoint.address(), &request.bytes()).await;
    assert_eq!((answer.status, answer.code().as_str()), (404, "NotExists.UserId"));
    assert_eq!(answer.header("content-type"), Some("text/xml;charset=utf-8"));
    let id = &endpoint.requests()[0].request_id().to_owned();
    insta::assert_snapshot!(answer.body.replace(id, "[request id]"));
}

#[tokio::test]
async fn error_in_json_has_the_services_fields() {
    let endpoint = endpoint().start().await.unwrap();
    let answer = call(&endpoint, &[("InstanceId", Some("nowhere"))]).await;
    let id = endpoint.requests()[0].request_id().to_owned();
    let body = serde_json::to_string_pretty(&answer.json()).unwrap();
    insta::assert_snapshot!(body.replace(&id, "[request id]"));
}

#[tokio::test]
async fn required_parameter_must_be_there() {
    for name in ["Callee", "DeviceId", "InstanceId"] {
        assert_eq!(code(&[(name, None)]).await, "Parameter.Null", "{name}");
        assert_eq!(code(&[(name, Some(" "))]).await, "Parameter.Blank", "{name}");
    }
}

#[tokio::test]
async fn text_for_an_integer_is_refused() {
    for value in ["soon", "1.5", "99999999999"] {
        assert_eq!(code(&[("TimeoutSeconds", Some(value))]).await, "Parameter.Format", "{value}");
    }
    assert_eq!(code(&[("TimeoutSeconds", Some("30"))]).await, "OK");
}

#[tokio::test]
async fn optional_parameters_may_be_absent_empty_or_newer_than_the_page() {
    assert_eq!(code(&[("UserId", None)]).await, "OK");
    assert_eq!(code(&[("UserId", Some("")), ("TimeoutSeconds", Some(""))]).await, "OK");
    assert_eq!(code(&[("MediaType", Some("AUDIO"))]).await, "OK");
}
